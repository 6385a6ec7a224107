/** Records the calls of this process: what they used, where they stand in the code, never what they say. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CallResult } from '../core/call-result.ts';
import type { CallOptions } from '../core/context.ts';
import { createProviderLookup } from '../core/provider-lookup.ts';
import { currentScope } from '../sdk/context.ts';
import type { Fetch, FetchInput } from '../sdk/fetch-exchange.ts';
import { callersOf, currentMark } from '../sdk/marks.ts';
import { createMeter } from '../sdk/meter.ts';
import { memoryStores } from '../stores/memory/memory.ts';
import type { LedgerStore } from '../stores/store.ts';
import { codecOf } from '../wire/index.ts';
import { readCallSites } from './call-sites-file.ts';
import { markCalls } from './mark-calls.ts';
import { createRecordFile } from './record-file.ts';

export interface RecordOptions {
  readonly path: string;
  /** The commit that runs; null if it is not known. */
  readonly revision: string | null;
  /** The file that says where the calls are. Without it, a call's place is what the stack says. */
  readonly callSites: string;
}

/** Rows go to the file alone: a process that runs for weeks must not keep them. */
const NO_LEDGER: LedgerStore = {
  append: () => {},
  async *rows() {},
  get: () => null,
  prune: () => 0,
  close: () => {},
};

/** Replaces the global fetch and that of an installed `undici`, and writes what remains when the process ends. */
export function recordProcess({ path, revision, callSites }: RecordOptions): void {
  const file = createRecordFile(path);
  const meter = createMeter({
    stores: { ...memoryStores(), ledger: NO_LEDGER },
    callSites: { capture: 'always' },
    onCall: (result) => file.add(rowOf(result, revision)),
  });
  // Nothing is decided here: no retries, no cache.
  meter.setEnabled(false);
  /** Set while the meter itself sends: to the fetch that it took the place of. */
  const sending = new AsyncLocalStorage<Fetch>();

  const recorded = (inner: Fetch): Fetch =>
    function fetch(input, init) {
      const below = sending.getStore();
      if (below !== undefined) return below(input, init);
      if (!isCall(input, init)) return inner(input, init);
      return sending.run(inner, () => meter.run(whereMarked(), () => meter.fetch(input, init)));
    };

  mark(callSites);
  globalThis.fetch = recorded(globalThis.fetch);
  recordUndici(recorded);
  endWithProcess(file.end);
}

/** Marks the calls of the code that is loaded from now on. */
function mark(name: string): void {
  const say = (text: string): unknown => process.stderr.write(`farthing: ${text}\n`);
  try {
    markCalls(readCallSites(name), (path) =>
      say(`${path} has changed since "farthing measure prepare": its calls are known by the stack alone`),
    );
  } catch (error) {
    say(
      `${name} is not used: ${error instanceof Error ? error.message : error}. "farthing measure prepare" writes a new one`,
    );
  }
}

/** Before the id of a call that led to a request, among the tags that the application itself sets. */
const CALLER = 'farthing:caller:';

/** The calls that led to a request; and the marked request, unless the application names its own call site. */
function whereMarked(): CallOptions {
  const mark = currentMark();
  if (mark === null) return {};
  const callSite = mark.isRequest && currentScope()?.context.callSite == null ? mark.id : undefined;
  return { callSite, tags: callersOf(mark).map((id) => CALLER + id) };
}

/** SDKs and applications may bring their own undici, which has another fetch. It is the one that the application finds. */
function recordUndici(recorded: (inner: Fetch) => Fetch): void {
  try {
    const undici: { fetch?: Fetch } = createRequire(join(process.cwd(), 'x.js'))('undici');
    if (undici.fetch !== undefined) undici.fetch = recorded(undici.fetch);
  } catch {
    // It is not installed, or cannot be changed.
  }
}

const providerAt = createProviderLookup({});

/** True for a request to a known provider, or in a known format. Whatever else the process sends is not looked at. */
function isCall(input: FetchInput, init: RequestInit | undefined): boolean {
  try {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    if (providerAt(url) !== 'openai-compatible') return true;
    return typeof init?.body === 'string' && codecOf(new URL(url).pathname) !== null;
  } catch {
    return false;
  }
}

/** Of a row of the ledger, the figures: no user, no tag, no text. */
function rowOf(result: CallResult, revision: string | null): object {
  const { id, callSite, provider, endpoint, model, servedModel, status, origin, end, usage, latency } = result;
  return {
    id,
    at: Date.now() - Math.round(latency),
    callSite,
    callers: result.tags.filter((tag) => tag.startsWith(CALLER)).map((tag) => tag.slice(CALLER.length)),
    revision,
    provider,
    endpoint,
    model,
    servedModel,
    status,
    origin,
    end,
    inputTokens: usage?.input ?? null,
    cachedInputTokens: usage?.cachedInput ?? null,
    cacheWriteTokens: usage === null ? null : usage.cacheWriteInput + usage.cacheWriteLongInput,
    cacheWriteLongTokens: usage?.cacheWriteLongInput ?? null,
    outputTokens: usage?.output ?? null,
    reasoningTokens: usage?.reasoning ?? null,
    latency: Math.round(latency),
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal ends the process as it would without a recording, unless the application listens to it itself. */
function endWithProcess(end: () => void): void {
  process.on('exit', end);
  for (const signal of SIGNALS) {
    const onSignal = (): void => {
      end();
      if (process.listenerCount(signal) > 1) return;
      process.off(signal, onSignal);
      process.kill(process.pid, signal);
    };
    process.on(signal, onSignal);
  }
}
