/**
 * The provider over HTTP, for tests in other processes: `POST /__script` with `{match, steps}`, `POST /__log` with
 * `{hasBodies}`, `POST /__spend` with `{prices}` by model, `GET /__idle`, `POST /__release`, `POST /__reset`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, parsed } from './json.ts';
import { priceTable, type RecordedCall, type TokenPrices } from './log.ts';
import { readBody } from './read-body.ts';
import type { Match, Step } from './script.ts';
import type { FakeProvider } from './server.ts';

/** A recorded request as JSON carries it: the body is its text, and null where bodies are not asked for. */
export type ReportedCall = Omit<RecordedCall, 'body' | 'json'> & { readonly body: string | null };

export async function control(provider: FakeProvider, message: IncomingMessage, response: ServerResponse) {
  const bytes = await readBody(message);
  if (bytes === null) return;
  const body = parsed(bytes.toString());
  try {
    const result = JSON.stringify(await resultOf(provider, message.url ?? '', isObject(body) ? body : {}));
    response.writeHead(200, { 'content-type': 'application/json' }).end(result);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ error: text }));
  }
}

async function resultOf(provider: FakeProvider, path: string, body: Readonly<Record<string, unknown>>) {
  switch (path) {
    case '/__script':
      provider.script((body.match ?? {}) as Match, (body.steps ?? []) as readonly Step[]);
      return { stepsLeft: provider.stepsLeft };
    case '/__log':
      return { peak: provider.peak, calls: provider.calls.map((call) => reported(call, body.hasBodies === true)) };
    case '/__spend':
      return { nanoDollars: provider.spend(priceTable((body.prices ?? {}) as Record<string, TokenPrices>)) };
    case '/__idle':
      await provider.idle();
      return {};
    case '/__release':
      provider.release();
      return {};
    case '/__reset':
      provider.reset();
      return {};
    default:
      throw new Error(`There is no ${path} here.`);
  }
}

function reported({ json: _json, body, ...call }: RecordedCall, hasBody: boolean): ReportedCall {
  return { ...call, body: hasBody ? (body?.toString() ?? null) : null };
}
