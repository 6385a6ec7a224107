/** Reads the records of one file, in memory that does not depend on its size. */
import { describeError, isMissing } from '../../files/problem.ts';
import { readStart, readTextInPieces } from '../../files/regular-file.ts';
import type { Aggregate } from '../../measured/aggregate.ts';
import { createRecordReader, type ImportedFile } from '../../measured/import-records.ts';
import { csvRows } from '../../measured/read-csv.ts';
import { jsonValues, LargeValue } from '../../measured/read-json.ts';
import { parsed } from '../../measured/sources/fields.ts';
import { UsageError } from '../exit.ts';
import { ledgerRows } from './ledger-rows.ts';

const SQLITE_MAGIC = 'SQLite format 3\0';
const GZIP_MAGIC = [0x1f, 0x8b];
const NOTHING_WRITTEN = 'Nothing was written.';

/**
 * @param name the path as the user wrote it, for messages
 * @throws UsageError if it cannot be read, or holds nothing that is understood
 */
export function readRecords(path: string, name: string, aggregate: Pick<Aggregate, 'add'>): ImportedFile {
  const reader = createRecordReader(aggregate);
  try {
    for (const { value, line } of valuesIn(path, name)) reader.take(value, line);
  } catch (error) {
    if (error instanceof LargeValue)
      throw new UsageError(
        `${name}:${error.line}: one record is larger than any that a tool writes for a call. Export the file as JSON lines. ${NOTHING_WRITTEN}`,
      );
    if (error instanceof Error && 'code' in error)
      throw new UsageError(`${name} cannot be read: ${describeError(error)}. ${NOTHING_WRITTEN}`);
    throw error;
  }
  const result = reader.result();
  if (result.formats.length > 0) return result;
  if (result.unknown === 0) throw new UsageError(`${name} is empty. ${NOTHING_WRITTEN}`);
  throw new UsageError(
    `${name}:${result.firstUnknown}: this is not a record of calls in a format that can be imported. "farthing measure import --help" lists the formats. ${NOTHING_WRITTEN}`,
  );
}

interface Value {
  /** Null for text that is not JSON, or a row that has other fields than its head. */
  readonly value: unknown;
  readonly line: number;
}

function valuesIn(path: string, name: string): Iterable<Value> {
  const start = startOf(path, name);
  if (start.toString('latin1', 0, SQLITE_MAGIC.length) === SQLITE_MAGIC) return ledgerRows(path, name);
  if (start[0] === GZIP_MAGIC[0] && start[1] === GZIP_MAGIC[1])
    throw new UsageError(`${name} is compressed. Unpack it first: gunzip -k ${name}. ${NOTHING_WRITTEN}`);
  const text = readTextInPieces(path) ?? [];
  return /^(?:\uFEFF)?\s*[[{]/.test(start.toString('utf8')) ? jsonIn(text) : csvIn(text);
}

function startOf(path: string, name: string): Buffer {
  try {
    const start = readStart(path, 64);
    if (start !== null) return start;
  } catch (error) {
    if (isMissing(error)) throw new UsageError(`there is no file ${name}. ${NOTHING_WRITTEN}`);
    throw error;
  }
  throw new UsageError(`${name} is not a regular file. ${NOTHING_WRITTEN}`);
}

function* jsonIn(text: Iterable<string>): Generator<Value> {
  for (const { text: json, line } of jsonValues(text)) yield { value: parsed(json), line };
}

function* csvIn(text: Iterable<string>): Generator<Value> {
  for (const { fields, line } of csvRows(text)) yield { value: fields, line };
}
