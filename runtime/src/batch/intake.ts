/** Takes rows into a job: each is admitted by the meter's layers, and finds its place in a batch. */
import { hash } from 'node:crypto';
import { MeterError } from '../core/errors.ts';
import type { JobTools } from './job.ts';
import type { Metering } from './metering.ts';
import { type BatchRequest, isRefusedGroup } from './service.ts';
import type { Answered, Chunk, Row } from './state.ts';

export interface NewRow extends BatchRequest {
  readonly id: string;
  readonly context: Row['context'];
}

export interface Intake {
  /** Adds rows that are new. Returns the answers of those that have one already. */
  readonly add: (rows: readonly NewRow[]) => Promise<readonly Answered[]>;
  /** No more rows come for now: what was added is to be submitted. */
  readonly seal: () => Promise<void>;
}

/** The key of a row: providers allow few characters in it. */
export function keyOf(id: string): string {
  return hash('sha256', id).slice(0, 32);
}

/** @param known the chunks that are in the store */
export function createIntake(
  { service, state, limits, waiting }: JobTools,
  metering: Metering,
  known: readonly Chunk[],
): Intake {
  let count = Math.max(0, ...known.map(({ id }) => Number(id)));
  const open = new Map(known.filter((chunk) => chunk.state === 'open').map((chunk) => [chunk.group, chunk]));
  const exclusive = createExclusive();

  const newChunk = ({ path }: BatchRequest, group: string): Chunk => ({
    id: String(++count).padStart(8, '0'),
    path,
    group,
    state: 'open',
    rows: 0,
    bytes: 0,
    marker: null,
    submitted: null,
    rounds: 0,
    isStopped: false,
  });

  /** Admits one row, and finds the chunk that takes it. Chunks that are full by then are sealed. */
  const place = async (row: Row, changed: Map<string, Chunk>): Promise<{ row: Row; chunk: string } | Answered> => {
    const admitted = await metering.admit(row);
    if ('refusal' in admitted) return { key: row.key, id: row.id, ...admitted.refusal, source: 'none' };
    const { path, body } = admitted.request;
    const sent = { ...row, path, body };
    const group = service.group(sent);
    if (isRefusedGroup(group)) throw new MeterError(`batch: the row "${row.id}": ${group.slice(1)}`);
    const bytes = Buffer.byteLength(service.line(row.key, sent)) + 1;
    let chunk = open.get(group) ?? newChunk(sent, group);
    if (chunk.rows > 0 && (chunk.rows >= limits.rows || chunk.bytes + bytes > limits.bytes)) {
      changed.set(chunk.id, { ...chunk, state: 'sealed' });
      chunk = newChunk(sent, group);
    }
    chunk = { ...chunk, rows: chunk.rows + 1, bytes: chunk.bytes + bytes };
    open.set(group, chunk);
    changed.set(chunk.id, chunk);
    return { row: sent, chunk: chunk.id };
  };

  const addPage = async (rows: readonly NewRow[]): Promise<readonly Answered[]> => {
    const asked = rows.map((row) => ({
      ...row,
      key: keyOf(row.id),
      digest: hash('sha256', `${row.path}\n${row.body}`),
    }));
    const places = await state.places(asked.map(({ key }) => key));
    const again = asked.filter(({ digest, id }, index) => {
      const place = places[index] ?? null;
      if (place !== null && place !== digest) throw new MeterError(otherRow(id));
      return place !== null;
    });
    const fresh = asked.filter((_, index) => (places[index] ?? null) === null);
    const seen = new Set<string>();
    const added: { row: Row; chunk: string; digest: string }[] = [];
    const refused: { answered: Answered; digest: string }[] = [];
    const changed = new Map<string, Chunk>();
    for (const { digest, ...row } of fresh) {
      if (seen.has(row.key)) throw new MeterError(`batch: two rows have the id "${row.id}". Each row needs its own.`);
      seen.add(row.key);
      const placed = await place(row, changed);
      if ('status' in placed) refused.push({ answered: placed, digest });
      else added.push({ ...placed, digest });
    }
    await state.addRows([...changed.values()], added);
    if (refused.length > 0) await state.answerAtOnce(refused);
    const kept = await state.answersNamed(again.map(({ key }) => key));
    return [...refused.map(({ answered }) => answered), ...kept.filter((one) => one !== null)];
  };

  const seal = async (): Promise<void> => {
    for (const chunk of open.values()) await state.setChunk({ ...chunk, state: 'sealed' });
    open.clear();
    waiting.wake();
  };

  return {
    add: (rows) => exclusive(() => addPage(rows)),
    seal: () => exclusive(seal),
  };
}

function otherRow(id: string): string {
  return `batch: the row "${id}" was added before with another request. Give changed rows another id, or the batch another name.`;
}

/** Runs one action after the other. */
function createExclusive(): <Result>(action: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const result = last.then(action, action);
    last = result.catch(() => {});
    return result;
  };
}
