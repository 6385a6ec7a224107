/** Reads the results of a batch that has ended. What it left unanswered is submitted again, without the rest. */
import { isTemporaryStatus } from './errors.ts';
import type { JobTools } from './job.ts';
import { pagesOf } from './lines.ts';
import type { Metering } from './metering.ts';
import type { BatchFailure, BatchState, LineResult } from './service.ts';
import { type Answered, type Chunk, PAGE, type Row } from './state.ts';

interface Tools extends JobTools {
  readonly metering: Metering;
}

export async function* collectResults(chunk: Chunk, found: BatchState, tools: Tools): AsyncGenerator<Answered> {
  const { service, state, metering } = tools;
  for await (const page of pagesOf(service.results(found), PAGE)) {
    const { answers, changed } = await readPage(chunk, page, tools);
    // The ledger comes first: what is not in the store yet is read, counted and recorded again, under the same ids.
    await metering.recorded();
    await state.answer(chunk, answers, changed);
    yield* answers;
  }
  if (found.failure !== null) yield* endWrongLines(chunk, found.failure, tools);
  if (chunk.submitted !== null) await service.remove(chunk.submitted, found);
  let rows = 0;
  for await (const page of state.rows(chunk)) rows += page.length;
  if (rows === 0) return void (await state.removeChunk(chunk));
  // Waiting for a limit does not count as a round: nothing was tried.
  const rounds = found.failure?.isTemporary ? chunk.rounds : chunk.rounds + 1;
  await state.setChunk({ ...chunk, state: 'sealed', rows, marker: null, submitted: null, rounds });
}

/** Lines of rows that were answered before, or twice in the same results, are passed over. */
async function readPage(chunk: Chunk, page: readonly LineResult[], { state, metering }: Tools) {
  const answers: Answered[] = [];
  const changed: Row[] = [];
  const rows = await state.rowsNamed(
    chunk,
    page.map(({ key }) => key),
  );
  const seen = new Set<string>();
  for (const [index, { key, answer }] of page.entries()) {
    const row = rows[index] ?? null;
    if (row === null || answer === null || seen.has(key)) continue;
    if (isTemporaryStatus(answer.status)) {
      changed.push({ ...row, error: answer });
      continue;
    }
    seen.add(key);
    answers.push({ key, id: row.id, ...answer, ...(await metering.settle(row, answer)), source: 'batch' });
  }
  return { answers, changed: changed.filter(({ key }) => !seen.has(key)) };
}

/** A batch that was not begun because of some of its lines: those get their error, and the others are tried again. */
async function* endWrongLines(chunk: Chunk, failure: BatchFailure, tools: Tools): AsyncGenerator<Answered> {
  if (failure.isTemporary) {
    tools.emit({ type: 'batch-failed', batch: chunk.submitted?.batch ?? null, message: failure.message });
    return;
  }
  const { state, metering } = tools;
  const wrong = new Map(failure.lines.map(({ line, message }) => [line, message]));
  let line = 0;
  for await (const page of state.rows(chunk)) {
    const answers: Answered[] = [];
    for (const row of page) {
      const message = wrong.size === 0 ? failure.message : wrong.get(++line);
      if (message === undefined) continue;
      const answer = { status: 400, body: JSON.stringify({ error: { message, type: 'invalid_request_error' } }) };
      answers.push({ key: row.key, id: row.id, ...answer, ...(await metering.settle(row, answer)), source: 'none' });
    }
    await metering.recorded();
    await state.answer(chunk, answers);
    yield* answers;
  }
}
