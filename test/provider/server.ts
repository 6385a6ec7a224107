/**
 * The fake provider: one server on loopback that speaks the providers' wire formats. README.md beside this file says
 * what it promises.
 *
 *     const provider = await startFakeProvider();
 *     provider.script({ model: 'gpt-6-luna' }, [{ text: 'Yes.' }]);
 *     const client = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key' });
 *     ...
 *     provider.spend(priceOf);
 *     await provider.close();
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Batches } from './batches/batches.ts';
import { control } from './control.ts';
import { Exchanges } from './exchanges.ts';
import { Log, type PriceOf, type RecordedCall, type RecordedLine, spend } from './log.ts';
import { type Match, type Predicate, Scripts, type Step } from './script.ts';

export interface FakeProviderOptions {
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** Records neither headers nor bodies: for benchmarks and very many calls. Bills are as exact as ever. */
  readonly quick?: boolean;
}

export interface FakeProvider {
  /** `http://127.0.0.1:PORT`. OpenAI's base URL is this with `/v1`; the others' is this as it is. */
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** Every line of a batch that was answered with success. */
  readonly lines: readonly RecordedLine[];
  /** The batches and files that are there, and the plans for those to come. */
  readonly batches: Pick<Batches, 'all' | 'files' | 'plan'>;
  /** The most requests that were open at the same time. */
  readonly peak: number;
  /** Steps of scripts that no request has used yet. */
  readonly stepsLeft: number;
  /** A list of steps is used up in order, one a request; a single step holds for every request that matches. */
  readonly script: {
    (steps: Step | readonly Step[]): void;
    (match: Match | Predicate, steps: Step | readonly Step[]): void;
  };
  /** The bill over all requests so far, in nano-dollars. */
  readonly spend: (priceOf: PriceOf) => number;
  /** Lets the answers go on that a script's `hold` has stopped. */
  readonly release: () => void;
  /** Resolves once the calls are as they should be; looked at whenever one comes in, is held or ends. */
  readonly until: (isSo: (calls: readonly RecordedCall[]) => boolean) => Promise<void>;
  /** Resolves once no request is open. */
  readonly idle: () => Promise<void>;
  /** Forgets scripts, requests and cached prompts. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** Connections that wait to be accepted; the kernel may allow fewer. */
const BACKLOG = 16_384;

export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const log = new Log();
  const scripts = new Scripts();
  const exchanges = new Exchanges(log, scripts, options.quick === true);
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0, headersTimeout: 0 });
  const provider: FakeProvider = {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo | null)?.port}`;
    },
    calls: log.calls,
    lines: log.lines,
    batches: exchanges.batches,
    get peak() {
      return log.peak;
    },
    get stepsLeft() {
      return scripts.left;
    },
    script: (first: Step | readonly Step[] | Match | Predicate, second?: Step | readonly Step[]) => {
      if (second !== undefined) scripts.add(first as Match | Predicate, second);
      else scripts.add({}, first as Step | readonly Step[]);
    },
    spend: (priceOf) => spend(log, priceOf),
    release: () => log.release(),
    until: (isSo) => log.until(isSo),
    idle: () => log.idle(),
    reset() {
      scripts.clear();
      exchanges.forget();
      log.clear();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A handler that fails is a fault of this server: the client must not take it for a scripted one.
    const handled = request.url?.startsWith('/__')
      ? control(provider, request, response)
      : exchanges.serve(request, response);
    handled.catch((error: unknown) => {
      process.stderr.write(`fake provider: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });
  server.listen({ host: '127.0.0.1', port: options.port ?? 0, backlog: BACKLOG });
  await once(server, 'listening');
  return provider;
}
