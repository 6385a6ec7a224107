/**
 * A job: the rows of an application on their way through as many batches as they need. Its state is in the store, so
 * that a process that starts where another one ended goes on: rows that have been submitted are not submitted again.
 */
import { randomUUID } from 'node:crypto';
import { MeterError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { collectResults } from './collect.ts';
import { giveUpRows, sendRows } from './end-rows.ts';
import { isTemporary } from './errors.ts';
import { createIntake, type Intake } from './intake.ts';
import type { Metering } from './metering.ts';
import type { BatchService } from './service.ts';
import type { Answered, Chunk, JobRecord, Row, State } from './state.ts';
import { submitChunk } from './submit.ts';
import type { Waiting } from './waiting.ts';

export interface JobTools {
  readonly service: BatchService;
  readonly state: State;
  /** @param run distinguishes the calls of this job from those of earlier ones */
  readonly meteringOf: (run: string) => Metering;
  readonly limits: BatchService['limits'];
  /** Milliseconds from the beginning of the job until rows are sent as live calls; infinite for never. */
  readonly deadline: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly waiting: Waiting;
  readonly emit: Emit;
  /** False once the job is to go on elsewhere, or later. @throws if another process has taken it over */
  readonly goesOn: () => boolean;
  /** Sends a row as a live call, with its context. */
  readonly live: (row: Row) => Promise<Response>;
}

export interface Job extends Intake {
  /** Submits, waits and reads results, until every row that was added has its answer. */
  readonly drive: () => AsyncGenerator<Answered>;
  /** Answers that are kept. */
  readonly answers: () => AsyncGenerator<readonly Answered[]>;
  readonly cancel: () => Promise<void>;
  readonly forget: () => Promise<void>;
}

/** How often a row is submitted that comes back without an answer. */
const MAX_ROUNDS = 3;

export async function openJob(tools: JobTools): Promise<Job> {
  const { service, state, now, waiting } = tools;
  let job = await state.job();
  if (job?.isOver) {
    await state.forget();
    job = null;
  }
  if (job !== null && job.service !== service.name) {
    throw new MeterError(`The batch was begun with ${job.service}. Continue it with that client, or use another name.`);
  }
  const record: JobRecord = job ?? {
    run: randomUUID(),
    service: service.name,
    begun: now(),
    isCancelled: false,
    isOver: false,
  };
  if (job === null) await state.setJob(record);
  const metering = tools.meteringOf(record.run);
  let isCancelled = record.isCancelled;
  const known = await state.chunks();
  const isLate = (): boolean => now() - record.begun >= tools.deadline;

  const ending = { ...tools, metering };
  const intake = createIntake(tools, metering, known);

  /** What is to be done about one chunk now; false if there is nothing but to wait. */
  async function* step(chunk: Chunk): AsyncGenerator<Answered, boolean> {
    if (chunk.state === 'sealed') {
      if (isCancelled) yield* giveUpRows(chunk, 'batch_cancelled', ending);
      else if (isLate()) yield* sendRows(chunk, ending);
      else if (chunk.rounds >= MAX_ROUNDS) yield* giveUpRows(chunk, 'batch_expired', ending);
      else await submitChunk(chunk, tools);
      return true;
    }
    if (chunk.state === 'sending') {
      await submitChunk(chunk, tools);
      return true;
    }
    const { submitted } = chunk;
    if (submitted === null) throw new TypeError(`The batch ${chunk.id} is running, but nothing names it.`);
    const found = await service.state(submitted);
    if (!found.isEnded) {
      if ((isCancelled || isLate()) && !chunk.isStopped) {
        await service.cancel(submitted);
        await state.setChunk({ ...chunk, isStopped: true });
      }
      return false;
    }
    yield* collectResults(chunk, found, ending);
    return true;
  }

  return {
    add: intake.add,
    seal: intake.seal,
    drive: async function* () {
      while (tools.goesOn()) {
        const chunks = (await state.chunks()).filter((chunk) => chunk.state !== 'open');
        if (chunks.length === 0) return;
        let hasChanged = false;
        for (const chunk of chunks) {
          if (!tools.goesOn()) return;
          try {
            hasChanged = (yield* step(chunk)) || hasChanged;
          } catch (error) {
            // Everything so far is in the store, and the step can be made again.
            if (!isTemporary(error)) throw error;
            const message = error instanceof Error ? error.message : String(error);
            tools.emit({ type: 'batch-failed', batch: chunk.submitted?.batch ?? null, message });
          }
        }
        if (hasChanged) waiting.reset();
        else await waiting.wait(Math.max(0, record.begun + tools.deadline - now()) || Number.POSITIVE_INFINITY);
      }
    },
    answers: state.answers,
    cancel: async () => {
      isCancelled = true;
      await state.setJob({ ...record, isCancelled });
      waiting.wake();
    },
    forget: async () => {
      await state.setJob({ ...record, isOver: true });
      await state.forget();
    },
  };
}
