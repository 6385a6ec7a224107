/** Rows from a file, and their answers into another, line by line. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { MeterError } from '../core/errors.ts';
import { parseObject } from '../support/json-body.ts';
import type { BatchAnswer, BatchRow } from './batch.ts';
import { linesOf } from './lines.ts';

export interface FileSummary {
  readonly rows: number;
  /** Rows whose answer is an error. */
  readonly errors: number;
  /** Nano-dollars for all rows whose cost is known. */
  readonly cost: number;
}

export async function copyFile(
  input: string,
  output: string,
  answersTo: (rows: AsyncIterable<BatchRow>) => AsyncIterable<BatchAnswer>,
): Promise<FileSummary> {
  const summary = { rows: 0, errors: 0, cost: 0 };
  const partial = `${output}.partial`;
  const file = createWriteStream(partial, { mode: 0o600 });
  const closed = once(file, 'close');
  for await (const answer of answersTo(rowsOf(input))) {
    summary.rows++;
    summary.errors += answer.error === null ? 0 : 1;
    summary.cost += answer.cost?.amount ?? 0;
    if (!file.write(`${JSON.stringify(answer)}\n`)) await once(file, 'drain');
  }
  file.end();
  await closed;
  await rename(partial, output);
  return summary;
}

/** @throws MeterError for a line that is not a JSON object */
async function* rowsOf(path: string): AsyncGenerator<BatchRow> {
  let count = 0;
  for await (const line of linesOf(createReadStream(path))) {
    count++;
    const row = parseObject(line);
    if (row === null) throw new MeterError(`batch: line ${count} of ${path} is not a JSON object.`);
    yield row;
  }
}
