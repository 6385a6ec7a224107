/** Takes records of one file, whatever they are: what is understood is added, and what is not is counted. */
import type { Aggregate } from './aggregate.ts';
import { type Fields, fieldsOf, listOf } from './sources/fields.ts';
import { sourceOf } from './sources/index.ts';
import type { Source } from './sources/source.ts';

export interface ImportedFile {
  /** The formats that were found, in the order in which they came. */
  readonly formats: readonly string[];
  /** Calls that were added. */
  readonly calls: number;
  /** Records that were not understood, and the line of the first. */
  readonly unknown: number;
  readonly firstUnknown: number | null;
}

export interface RecordReader {
  /** @param value null for text that could not be parsed */
  readonly take: (value: unknown, line: number) => void;
  readonly result: () => ImportedFile;
}

export function createRecordReader(aggregate: Pick<Aggregate, 'add'>): RecordReader {
  const formats = new Set<string>();
  let source: Source | null = null;
  let calls = 0;
  let unknown = 0;
  let firstUnknown: number | null = null;

  const takeOne = (record: Fields): boolean => {
    if (source === null || !source.recognises(record)) source = sourceOf(record) ?? source;
    if (source === null || !source.recognises(record)) return false;
    const read = source.read(record);
    if (read === null) return false;
    formats.add(source.name);
    for (const call of read) {
      aggregate.add(call);
      calls += call.count ?? 1;
    }
    return true;
  };

  return {
    take: (value, line) => {
      const record = fieldsOf(value);
      const records = record === null ? [] : recordsIn(record);
      if (records.length > 0 && records.map(takeOne).every(Boolean)) return;
      unknown++;
      firstUnknown ??= line;
    },
    result: () => ({ formats: [...formats], calls, unknown, firstUnknown }),
  };
}

/** A page of an API holds its records under `data`. */
function recordsIn(record: Fields): readonly Fields[] {
  if (sourceOf(record) !== null || !Array.isArray(record.data)) return [record];
  return listOf(record.data).map((one) => fieldsOf(one) ?? {});
}
