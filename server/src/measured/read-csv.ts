/** Rows of CSV (RFC 4180) as it arrives, by the names of their columns. Only one row is in memory at a time. */
import { LargeValue } from './read-json.ts';

export interface CsvRow {
  /** Null for a row with another number of fields than the head has. */
  readonly fields: Readonly<Record<string, string>> | null;
  /** The line that it begins on, from 1. */
  readonly line: number;
}

/** UTF-16 units of one row: exports may hold whole prompts. */
const MAX_ROW = 16 * 1024 * 1024;

/** @throws LargeValue */
export function* csvRows(chunks: Iterable<string>, max = MAX_ROW): Generator<CsvRow> {
  let head: readonly string[] | null = null;
  for (const { fields, line } of rawRows(chunks, max)) {
    if (fields.length === 1 && fields[0] === '') continue;
    if (head === null) {
      head = fields.map((name) => name.trim().replace(/^\uFEFF/, ''));
      continue;
    }
    const isWhole = fields.length === head.length;
    yield { fields: isWhole ? Object.fromEntries(head.map((name, at) => [name, fields[at] ?? ''])) : null, line };
  }
}

function* rawRows(
  chunks: Iterable<string>,
  max: number,
): Generator<{ readonly fields: readonly string[]; readonly line: number }> {
  let fields: string[] = [];
  let field = '';
  let size = 0;
  let line = 1;
  let startLine = 1;
  let state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start';
  for (const chunk of chunks) {
    for (const character of chunk) {
      size += character.length;
      if (size > max) throw new LargeValue(startLine);
      if (character === '\n') line++;
      if (state === 'quoted') {
        if (character === '"') state = 'after-quote';
        else field += character;
      } else if (character === '"' && state === 'after-quote') {
        field += '"';
        state = 'quoted';
      } else if (character === '"' && state === 'start') state = 'quoted';
      else if (character === ',') {
        fields.push(field);
        field = '';
        state = 'start';
      } else if (character === '\n') {
        fields.push(field.endsWith('\r') ? field.slice(0, -1) : field);
        yield { fields, line: startLine };
        fields = [];
        field = '';
        size = 0;
        startLine = line;
        state = 'start';
      } else if (character !== '\uFEFF' || state !== 'start') {
        field += character;
        if (state === 'start') state = 'plain';
      }
    }
  }
  if (field !== '' || fields.length > 0) yield { fields: [...fields, field], line: startLine };
}
