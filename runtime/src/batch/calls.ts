/** Calls of a client that wait for their answer in a batch: to the SDK, a very slow `fetch`. */
import { hash } from 'node:crypto';
import { toDollars } from '@farthing/shared/money';
import type { CallContext } from '../core/context.ts';
import { MeterError } from '../core/errors.ts';
import { RESULT_HEADERS } from '../layers/support/result-headers.ts';
import { keyOf, type NewRow } from './intake.ts';
import type { Job } from './job.ts';
import { keptContext } from './metering.ts';
import { type BatchService, isRefusedGroup } from './service.ts';
import type { Answered } from './state.ts';

export interface Calls {
  readonly fetch: typeof globalThis.fetch;
  readonly submit: () => Promise<void>;
  /** No more calls come. True if all of them have their answer. */
  readonly end: () => Promise<boolean>;
}

export interface CallsTools {
  readonly job: () => Promise<Job>;
  readonly service: BatchService;
  readonly context: () => CallContext;
  /** Milliseconds without another call until the calls so far are submitted. */
  readonly quiet: number;
}

interface Pending {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: unknown) => void;
}

export function createCalls({ job, service, context, quiet }: CallsTools): Calls {
  const pending = new Map<string, Pending>();
  /** How many times the same request was made: each call is a separate row. */
  const repeated = new Map<string, number>();
  let waiting: NewRow[] = [];
  let timer: NodeJS.Timeout | null = null;
  let driving: Promise<void> | null = null;
  let isEnded = false;

  const resolve = (answered: Answered): void => {
    pending.get(answered.key)?.resolve(responseOf(answered));
    pending.delete(answered.key);
  };
  const fail = (error: unknown): void => {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };

  const drive = async (): Promise<void> => {
    try {
      for await (const answered of (await job()).drive()) resolve(answered);
    } catch (error) {
      fail(error);
    }
  };

  const submit = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const rows = waiting;
    waiting = [];
    try {
      const { add, seal } = await job();
      for (const answered of await add(rows)) resolve(answered);
      await seal();
    } catch (error) {
      fail(error);
      throw error;
    }
    // One that is running already sees the new rows, unless it has just ended.
    driving = (driving ?? Promise.resolve()).then(drive);
  };

  const enqueue = (row: NewRow): void => {
    waiting.push(row);
    if (timer !== null) clearTimeout(timer);
    // Calls hear of an error by their own promise.
    timer = setTimeout(() => void submit().catch(() => {}), quiet);
  };

  return {
    fetch: async (input, init) => {
      if (isEnded) throw new MeterError('batch: it was closed. Make another one with the same name to go on.');
      const { pathname } = new URL(String(input));
      if (typeof init?.body !== 'string') throw new MeterError(`batch: ${pathname} is not a call that a batch takes.`);
      const request = { path: pathname, body: init.body };
      const group = service.group(request);
      if (isRefusedGroup(group)) throw new MeterError(`batch: ${group.slice(1)}`);
      const kept = keptContext(context());
      const same = hash('sha256', JSON.stringify([request, kept])).slice(0, 24);
      const count = (repeated.get(same) ?? 0) + 1;
      repeated.set(same, count);
      const row: NewRow = { ...request, id: `${same}-${count}`, context: kept };
      const response = new Promise<Response>((resolveCall, reject) => {
        pending.set(keyOf(row.id), { resolve: resolveCall, reject });
      });
      enqueue(row);
      return orAborted(response, init.signal ?? null);
    },
    submit,
    end: async () => {
      isEnded = true;
      if (timer !== null) clearTimeout(timer);
      const isDone = pending.size === 0;
      fail(
        new MeterError('batch: it was closed before this call was answered. It goes on where the batch is made again.'),
      );
      await driving;
      return isDone;
    },
  };
}

/** A caller that gives up is let go. Its row stays in the batch, which is paid for. */
function orAborted(response: Promise<Response>, signal: AbortSignal | null): Promise<Response> {
  if (signal === null) return response;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const done = (): void => signal.removeEventListener('abort', abort);
    response.then(resolve, reject).finally(done);
  });
}

function responseOf({ status, body, call, cost }: Answered): Response {
  const headers = new Headers({ 'content-type': 'application/json', [RESULT_HEADERS.call]: call });
  if (cost !== null) {
    headers.set(RESULT_HEADERS.cost, String(toDollars(cost.amount)));
    headers.set(RESULT_HEADERS.costBasis, cost.basis);
  }
  return new Response(body, { status, headers });
}
