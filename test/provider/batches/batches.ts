/**
 * The batches of the fake provider. Nothing in them depends on the time: a batch is validated, is processed and ends after
 * so many looks at it, as its plan says.
 */

import type { IncomingHttpHeaders } from 'node:http';

/** What becomes of one batch. Plain data, so that it can be sent to a provider in another process. */
export interface BatchPlan {
  /** Looks at the batch that find it unfinished. Default: 1. */
  readonly looks?: number;
  /** The share of the lines that are not processed, so that the batch expires. Default: 0. */
  readonly expired?: number;
  /** Every nth result comes twice. Default: none. */
  readonly twice?: number;
  /** The whole batch fails its validation, with errors in the form of the provider. */
  readonly failure?: readonly { readonly code: string; readonly message: string; readonly line?: number }[];
}

export interface BatchLine {
  readonly key: string;
  /** The path of the live call. */
  readonly path: string;
  readonly body: unknown;
}

export interface LineAnswer {
  readonly key: string;
  readonly status: number;
  readonly body: unknown;
  readonly id: string;
}

export interface FakeBatch {
  readonly id: string;
  readonly lines: readonly BatchLine[];
  /** What else the provider says of it: its metadata, its name, its input. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly plan: BatchPlan;
  readonly createdAt: number;
  looks: number;
  isCancelled: boolean;
  /** Null until it has ended. */
  results: Ended | null;
}

export interface Ended {
  readonly status: 'completed' | 'expired' | 'cancelled' | 'failed';
  /** In the order of the lines, without those that were not processed. */
  readonly answers: readonly LineAnswer[];
  readonly unprocessed: readonly string[];
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly bytes: Buffer;
}

/** Answers one line, and bills it. */
export type AnswerLine = (line: BatchLine) => LineAnswer;

export class Batches {
  readonly all = new Map<string, FakeBatch>();
  readonly files = new Map<string, StoredFile>();
  /** Batches by the key under which their creation may be repeated. */
  readonly #byKey = new Map<string, FakeBatch>();
  readonly #plans: BatchPlan[] = [];
  #always: BatchPlan = {};
  #count = 0;
  readonly #answer: AnswerLine;

  constructor(answer: AnswerLine) {
    this.#answer = answer;
  }

  /** A list holds for the next batches, one each; a single plan for all that have none. */
  plan(plans: BatchPlan | readonly BatchPlan[]): void {
    if (isList(plans)) this.#plans.push(...plans);
    else this.#always = plans;
  }

  id(prefix: string): string {
    return `${prefix}${String(++this.#count).padStart(6, '0')}`;
  }

  store(name: string, purpose: string, bytes: Buffer, id = this.id('file-')): StoredFile {
    const file = { id, name, purpose, bytes };
    this.files.set(id, file);
    return file;
  }

  create(id: string, lines: readonly BatchLine[], facts: FakeBatch['facts'], key: string | null = null): FakeBatch {
    const known = key === null ? undefined : this.#byKey.get(key);
    if (known !== undefined) return known;
    const plan = this.#plans.shift() ?? this.#always;
    const createdAt = 1_790_000_000 + this.#count;
    const batch: FakeBatch = { id, lines, facts, plan, createdAt, looks: 0, isCancelled: false, results: null };
    this.all.set(id, batch);
    if (key !== null) this.#byKey.set(key, batch);
    return batch;
  }

  /** A look at a batch may be the one that finds it ended. */
  look(batch: FakeBatch): FakeBatch {
    const { plan } = batch;
    if (batch.results === null && (batch.isCancelled || batch.looks >= (plan.looks ?? 1)))
      batch.results = this.#end(batch);
    batch.looks++;
    return batch;
  }

  newestFirst(): readonly FakeBatch[] {
    return [...this.all.values()].reverse();
  }

  clear(): void {
    this.all.clear();
    this.files.clear();
    this.#byKey.clear();
    this.#plans.length = 0;
    this.#always = {};
  }

  #end({ lines, plan, isCancelled }: FakeBatch): Ended {
    const unprocessed = (from: number): readonly string[] => lines.slice(from).map(({ key }) => key);
    if (plan.failure !== undefined) return { status: 'failed', answers: [], unprocessed: unprocessed(0) };
    // A batch that is cancelled has come half of its way.
    const share = isCancelled ? 0.5 : 1 - (plan.expired ?? 0);
    const processed = Math.floor(lines.length * share);
    const answers = lines.slice(0, processed).flatMap((line, index) => {
      const answer = this.#answer(line);
      return plan.twice !== undefined && (index + 1) % plan.twice === 0 ? [answer, answer] : [answer];
    });
    const status = isCancelled ? 'cancelled' : processed < lines.length ? 'expired' : 'completed';
    return { status, answers, unprocessed: unprocessed(processed) };
  }
}

function isList(plans: BatchPlan | readonly BatchPlan[]): plans is readonly BatchPlan[] {
  return Array.isArray(plans);
}

/** A request about batches or files, and its answer. */
export interface BatchAsk {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

export interface BatchReply {
  readonly status: number;
  readonly body: string | Buffer;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BatchApi {
  readonly isFor: (path: string, headers: IncomingHttpHeaders) => boolean;
  readonly serve: (ask: BatchAsk, batches: Batches) => BatchReply | Promise<BatchReply>;
}

export function reply(body: unknown, status = 200): BatchReply {
  return { status, body: JSON.stringify(body), type: 'application/json' };
}
