/**
 * A job as records of a store. A row is kept from the moment it is admitted until the job is forgotten; each step is made
 * as a whole or not at all, so that another process finds either the state before it or the state after it.
 *
 *     batch/NAME/job            the job itself
 *     batch/NAME/chunk/N        one batch: lines that are submitted together
 *     batch/NAME/row/N/KEY      a row of it that has no answer yet
 *     batch/NAME/place/KEY      what a row asked for, so that the same row is known again
 *     batch/NAME/answer/KEY     its answer
 */
import type { Cost } from '../core/call-log.ts';
import type { CallContext } from '../core/context.ts';
import type { RecordStore, RecordWrite } from '../stores/store.ts';
import type { BatchRequest, Submitted } from './service.ts';

export interface JobRecord {
  /** Distinguishes this run of the job from earlier ones with the same name. */
  readonly run: string;
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly begun: number;
  readonly isCancelled: boolean;
  /** True once all its answers were taken: what is left of it is being deleted. */
  readonly isOver: boolean;
}

export interface Chunk {
  readonly id: string;
  readonly path: string;
  readonly group: string;
  /** `open` takes rows; `sealed` is to be submitted; `sending` may have been; `running` has been. */
  readonly state: 'open' | 'sealed' | 'sending' | 'running';
  readonly rows: number;
  readonly bytes: number;
  readonly marker: string | null;
  readonly submitted: Submitted | null;
  /** How often its rows have been submitted and were not answered. */
  readonly rounds: number;
  /** True once its rows are to be sent as live calls, or are given up. */
  readonly isStopped: boolean;
}

export interface Row extends BatchRequest {
  readonly key: string;
  /** The application's name for it. */
  readonly id: string;
  readonly context: Partial<CallContext>;
  /** The last error that may pass, for the time when it is not tried again. */
  readonly error?: { readonly status: number; readonly body: string };
}

export interface Answered {
  readonly key: string;
  readonly id: string;
  readonly status: number;
  readonly body: string;
  readonly call: string;
  /** Null is unknown. */
  readonly cost: Cost | null;
  readonly source: 'batch' | 'live' | 'none';
}

/** Records that are read or written together. */
export const PAGE = 500;

export function createState(store: RecordStore, name: string) {
  const at = (...parts: readonly string[]): string => ['batch', encodeURIComponent(name), ...parts].join('/');
  const put = (key: string, value: unknown): RecordWrite => ({ key, value: JSON.stringify(value) });
  const gone = (key: string): RecordWrite => ({ key, value: null });

  async function* listed<Value>(prefix: string): AsyncGenerator<readonly Value[]> {
    for (let after: string | undefined; ; ) {
      const page = await store.list(prefix, PAGE, after);
      if (page.length > 0) yield page.map(({ value }) => JSON.parse(value) as Value);
      if (page.length < PAGE) return;
      after = page.at(-1)?.key;
    }
  }

  const rowAt = (chunk: string, key: string): string => at('row', chunk, key);

  return {
    name: at(),
    job: async (): Promise<JobRecord | null> => {
      const [text] = await store.get([at('job')]);
      return typeof text === 'string' ? (JSON.parse(text) as JobRecord) : null;
    },
    setJob: (job: JobRecord) => store.set([put(at('job'), job)]),

    chunks: async (): Promise<Chunk[]> => {
      const chunks: Chunk[] = [];
      for await (const page of listed<Chunk>(at('chunk', ''))) chunks.push(...page);
      return chunks;
    },
    setChunk: (chunk: Chunk) => store.set([put(at('chunk', chunk.id), chunk)]),
    removeChunk: (chunk: Chunk) => store.set([gone(at('chunk', chunk.id))]),

    /** What each row asked for when it was first seen; null for rows that are new. */
    places: (keys: readonly string[]) => store.get(keys.map((key) => at('place', key))),
    addRows: (chunks: readonly Chunk[], rows: readonly { row: Row; chunk: string; digest: string }[]) =>
      store.set([
        ...rows.flatMap(({ row, chunk, digest }) => [
          put(rowAt(chunk, row.key), row),
          { key: at('place', row.key), value: digest },
        ]),
        ...chunks.map((chunk) => put(at('chunk', chunk.id), chunk)),
      ]),
    rows: (chunk: Chunk) => listed<Row>(at('row', chunk.id, '')),
    rowsNamed: async (chunk: Chunk, keys: readonly string[]): Promise<readonly (Row | null)[]> => {
      const texts = await store.get(keys.map((key) => rowAt(chunk.id, key)));
      return texts.map((text) => (text === null ? null : (JSON.parse(text) as Row)));
    },

    /** Answers replace their rows; other rows may be changed in the same step. */
    answer: (chunk: Chunk, answers: readonly Answered[], changed: readonly Row[] = []) =>
      store.set([
        ...answers.flatMap((answered) => [
          gone(rowAt(chunk.id, answered.key)),
          put(at('answer', answered.key), answered),
        ]),
        ...changed.map((row) => put(rowAt(chunk.id, row.key), row)),
      ]),
    /** A row that was answered without a batch. */
    answerAtOnce: (answers: readonly { answered: Answered; digest: string }[]) =>
      store.set(
        answers.flatMap(({ answered, digest }) => [
          put(at('answer', answered.key), answered),
          { key: at('place', answered.key), value: digest },
        ]),
      ),
    answers: () => listed<Answered>(at('answer', '')),
    answersNamed: async (keys: readonly string[]): Promise<readonly (Answered | null)[]> => {
      const texts = await store.get(keys.map((key) => at('answer', key)));
      return texts.map((text) => (text === null ? null : (JSON.parse(text) as Answered)));
    },

    forget: async (): Promise<void> => {
      // The job itself goes last: what is left by a crash is found again by it.
      for (const prefix of [at('chunk', ''), at('row', ''), at('place', ''), at('answer', ''), at('job')]) {
        for (;;) {
          const page = await store.list(prefix, PAGE);
          if (page.length === 0) break;
          await store.set(page.map(({ key }) => gone(key)));
        }
      }
    },
  };
}

export type State = ReturnType<typeof createState>;
