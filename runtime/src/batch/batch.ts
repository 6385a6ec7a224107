/**
 * Requests that can wait: they are sent as batches, at the provider's price for batches. Either as calls of a client,
 * each with its promise, or as rows, of which there may be more than fit into memory.
 *
 * @example
 * const batch = meter.batch({ client: openai, name: 'labels' });
 * const answers = await Promise.all(texts.map((text) => batch.client.chat.completions.create(label(text))));
 * await batch.close();
 * @example
 * for await (const { id, status, answer } of batch.rows(rows)) await save(id, answer);
 */
import type { BatchSends } from '../assembly/assemble.ts';
import type { Cost } from '../core/call-log.ts';
import type { CallContext } from '../core/context.ts';
import { MeterError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import type { RecordStore } from '../stores/store.ts';
import { asObject, type Json, type JsonObject, parseObject } from '../support/json-body.ts';
import { once } from '../support/once.ts';
import { createCalls } from './calls.ts';
import { claimJob } from './claim.ts';
import { copyFile, type FileSummary } from './files.ts';
import type { NewRow } from './intake.ts';
import { type Job, openJob } from './job.ts';
import { pagesOf } from './lines.ts';
import { contextOf, createMetering, keptContext } from './metering.ts';
import type { FilledBatchOptions } from './options.ts';
import type { BatchService } from './service.ts';
import { type Answered, createState, PAGE } from './state.ts';
import { createWaiting } from './waiting.ts';

/** The answer to one row. */
export interface BatchAnswer {
  /** The row's own id, or `row-N` (from 1) for rows without one. */
  readonly id: string;
  /** As a live call would have had it; 499 for a row that was cancelled, or that no batch has answered. */
  readonly status: number;
  /** The answer in the provider's form; null for an error. */
  readonly answer: JsonObject | null;
  /** The error in the provider's form; null for an answer. */
  readonly error: Json | null;
  /** Null is unknown. */
  readonly cost: Cost | null;
  /** What answered: a batch, a live call, or `none` for a row that was refused or given up. */
  readonly source: 'batch' | 'live' | 'none';
}

/** A line as the provider's own batch API takes it: `{ custom_id, url, body }` for OpenAI, and
 * `{ custom_id, params }` for Anthropic; `{ key, model, request }` for Google. */
export type BatchRow = Readonly<Record<string, unknown>>;

export interface Batch<Client extends object = object> {
  /**
   * A copy of the client whose calls wait for their answer in a batch. Calls that are made again after a restart, with the
   * same requests, get the answers of the first ones.
   */
  readonly client: Client;
  /** Submits the calls so far, without waiting for others. */
  readonly submit: () => Promise<void>;
  /**
   * The answers to rows, in any order, each once. Rows are read as they are needed, and kept in the store. If it is called
   * again after a crash, with the same rows, it goes on, and gives the answers that it had given as well.
   */
  readonly rows: (rows: Iterable<BatchRow> | AsyncIterable<BatchRow>) => AsyncGenerator<BatchAnswer>;
  /** The same from one file to another, which is written under another name until it is whole. One line of JSON a row. */
  readonly file: (input: string, output: string) => Promise<FileSummary>;
  /** Cancels what is still waiting. What has been answered by then is given; the other rows end with status 499. */
  readonly cancel: () => Promise<void>;
  /** Ends the work on the batch. Its state is deleted if all calls have their answer, and kept for later if not. */
  readonly close: () => Promise<void>;
}

export interface BatchTools<Client extends object> {
  readonly service: BatchService | null;
  /** A copy of the client that sends through another fetch, and waits for as long as it takes. */
  readonly clientWith: (fetch: typeof globalThis.fetch) => Client;
  readonly sends: BatchSends;
  readonly records: RecordStore;
  readonly providerAt: ProviderLookup;
  readonly now: () => number;
  readonly emit: Emit;
  /** The context of the surrounding run. */
  readonly context: () => CallContext;
  readonly runWith: <Result>(context: CallContext, action: () => Result) => Result;
}

export function createBatch<Client extends object>(
  options: FilledBatchOptions,
  tools: BatchTools<Client>,
): Batch<Client> {
  const { service, records } = tools;
  if (service === null)
    throw new MeterError('batch: the client must be one of `openai`, `@anthropic-ai/sdk` or `@google/genai`.');
  const state = createState(records, options.name);
  const waiting = createWaiting(options.poll);
  let isClosed = false;

  const opened = once(async () => {
    const claim = await claimJob(records, state.name, () => waiting.wait(Number.POSITIVE_INFINITY));
    try {
      const job = await openJob({
        service,
        state,
        meteringOf: (run) => createMetering(tools.sends, service, tools.providerAt, run),
        limits: {
          rows: Math.min(options.maxRows, service.limits.rows),
          bytes: Math.min(options.maxBytes, service.limits.bytes),
        },
        deadline: options.deadline,
        now: tools.now,
        waiting,
        emit: tools.emit,
        goesOn: () => {
          claim.check();
          return !isClosed;
        },
        live: (row) => tools.runWith(contextOf(row), () => service.live(row)),
      });
      return { job, claim };
    } catch (error) {
      await claim.release();
      throw error;
    }
  });
  const job = async (): Promise<Job> => (await opened()).job;
  const calls = createCalls({ job, service, context: tools.context, quiet: options.quiet });

  async function* rows(source: Iterable<BatchRow> | AsyncIterable<BatchRow>): AsyncGenerator<BatchAnswer> {
    const { add, seal, drive, answers, forget } = await job();
    const context = keptContext(tools.context());
    for await (const page of pagesOf(numbered(source, service as BatchService, context), PAGE)) await add(page);
    await seal();
    for await (const page of answers()) yield* page.map(answerOf);
    for await (const answered of drive()) yield answerOf(answered);
    if (!isClosed) await forget();
  }

  return {
    client: tools.clientWith(calls.fetch),
    submit: calls.submit,
    rows,
    file: (from, to) => copyFile(from, to, rows),
    cancel: async () => (await job()).cancel(),
    close: async () => {
      isClosed = true;
      const { job: current, claim } = await opened();
      waiting.wake();
      if (await calls.end()) await current.forget();
      await claim.release();
    },
  };
}

/** @throws MeterError for a row that is not a line of a batch */
async function* numbered(
  source: Iterable<BatchRow> | AsyncIterable<BatchRow>,
  service: BatchService,
  context: NewRow['context'],
): AsyncGenerator<NewRow> {
  let count = 0;
  for await (const row of source) {
    count++;
    const json = asObject(row);
    const found = json === null ? 'it is not an object.' : service.read(json);
    if (typeof found === 'string') throw new MeterError(`batch: row ${count}: ${found}`);
    yield { ...found, id: found.id ?? `row-${count}`, context };
  }
}

function answerOf({ id, status, body, cost, source }: Answered): BatchAnswer {
  const json = parseObject(body);
  const isAnswer = status < 300 && json !== null;
  return {
    id,
    status,
    answer: isAnswer ? json : null,
    error: isAnswer ? null : (json?.error ?? json ?? body),
    cost,
    source,
  };
}
