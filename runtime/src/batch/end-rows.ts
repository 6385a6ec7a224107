/** Ends rows that no batch answers any more: they are sent as live calls, or given up. */
import { nanoDollars } from '@farthing/shared/money';
import type { Basis } from '@farthing/shared/vocabulary';
import { RESULT_HEADERS } from '../layers/support/result-headers.ts';
import type { JobTools } from './job.ts';
import type { Metering } from './metering.ts';
import type { Answered, Chunk, Row } from './state.ts';

/** Live calls at the same time. */
const AT_ONCE = 8;

export interface EndTools extends Pick<JobTools, 'state' | 'live'> {
  readonly metering: Metering;
}

export async function* sendRows(chunk: Chunk, { state, live, metering }: EndTools): AsyncGenerator<Answered> {
  for await (const page of state.rows(chunk)) {
    yield* await eachOf(page, async (row) => {
      await metering.release(row);
      const answered = await answeredLive(row, await live(row));
      // Each by itself: a row that is sent again would be paid for again.
      await metering.recorded();
      await state.answer(chunk, [answered]);
      return answered;
    });
  }
  await state.removeChunk(chunk);
}

/** @param code what became of the rows that have no error of their own */
export async function* giveUpRows(
  chunk: Chunk,
  code: 'batch_cancelled' | 'batch_expired',
  { state, metering }: EndTools,
): AsyncGenerator<Answered> {
  const error = { message: MESSAGES[code], type: code, code };
  for await (const page of state.rows(chunk)) {
    const answers: Answered[] = [];
    for (const row of page) {
      const answer = row.error ?? { status: 499, body: JSON.stringify({ error }) };
      const settled = await metering.settle(row, answer);
      answers.push({ key: row.key, id: row.id, ...answer, ...settled, source: 'none' });
    }
    await metering.recorded();
    await state.answer(chunk, answers);
    yield* answers;
  }
  await state.removeChunk(chunk);
}

const MESSAGES = {
  batch_cancelled: 'The batch was cancelled.',
  batch_expired: 'No batch answered this row in time.',
} as const;

async function answeredLive({ key, id }: Row, response: Response): Promise<Answered> {
  const { status, headers } = response;
  const call = headers.get(RESULT_HEADERS.call) ?? '';
  return { key, id, status, body: await response.text(), call, cost: costIn(headers), source: 'live' };
}

function costIn(headers: Headers): Answered['cost'] {
  const dollars = headers.get(RESULT_HEADERS.cost);
  const basis = headers.get(RESULT_HEADERS.costBasis) as Basis | null;
  return dollars === null || basis === null ? null : { amount: nanoDollars(Number(dollars)), basis };
}

/** What has ended is returned by its own work; the first error is thrown when all others have ended. */
async function eachOf(rows: readonly Row[], send: (row: Row) => Promise<Answered>): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  const left = [...rows];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) answers.push(await send(row));
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, rows.length) }, work));
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected' && answers.length === 0) throw failed.reason;
  return answers;
}
