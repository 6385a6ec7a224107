/**
 * Columns for which a database's schema states a default text: Prisma's schemas, and statements of SQL. Read line by
 * line: of use here are only columns that stand on a line of their table.
 */
import { nameOf } from '../paths.ts';
import type { StatedSetting } from './settings-text.ts';

export interface StatedColumn extends StatedSetting {
  /** In small letters, without a schema's name. */
  readonly table: string;
}

/** Longer lines hold data, and no column. */
const MAX_LINE = 1000;

const PRISMA_MODEL = /^\s*model\s+(\w+)\s*\{/;
const PRISMA_COLUMN = /^\s*(\w+)\s+\w+\??\s.*@default\(\s*"([^"]*)"\s*\)/;

const IDENTIFIER = '["`\\[]?(\\w+)["`\\]]?';
const SQL_TABLE = new RegExp(
  `^\\s*(?:create|alter)\\s+table\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?(?:only\\s+)?(?:${IDENTIFIER}\\.)?${IDENTIFIER}(.*)$`,
  'i',
);
const SQL_CHANGE = new RegExp(
  `^\\s*(?:add|alter)\\s+(?:column\\s+)?(?:if\\s+not\\s+exists\\s+)?${IDENTIFIER}\\s+.*?\\bdefault\\s+'([^']*)'`,
  'i',
);
const SQL_COLUMN = new RegExp(
  `^\\s*\\(?\\s*${IDENTIFIER}\\s+(?:text|(?:var)?char|character|string)\\b.*?\\bdefault\\s+'([^']*)'`,
  'i',
);

export function isSchemaFile(path: string): boolean {
  return /\.(?:prisma|sql)$/i.test(nameOf(path));
}

/** In the order of the text. */
export function columnsIn(path: string, text: string): readonly StatedColumn[] {
  const read = /\.prisma$/i.test(path) ? prismaColumn : sqlColumn;
  const found: StatedColumn[] = [];
  let table: string | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.length > MAX_LINE) continue;
    const { table: now, column } = read(line, table);
    // A statement of SQL ends with its semicolon: a column on that line still belongs to it.
    table = /;\s*$/.test(line) ? null : now;
    if (now === null || column === null) continue;
    const [name, value] = column;
    found.push({ table: now.toLowerCase(), name, value, path, line: index + 1 });
  }
  return found;
}

interface Read {
  /** The table whose columns follow; null outside of any. */
  readonly table: string | null;
  readonly column: readonly [name: string, value: string] | null;
}

function prismaColumn(line: string, table: string | null): Read {
  const model = PRISMA_MODEL.exec(line)?.[1];
  if (model !== undefined) return { table: model, column: null };
  if (/^\s*\}/.test(line)) return { table: null, column: null };
  return { table, column: table === null ? null : pair(PRISMA_COLUMN.exec(line)) };
}

function sqlColumn(line: string, table: string | null): Read {
  const [, , started, rest = ''] = SQL_TABLE.exec(line) ?? [];
  const written = started === undefined ? line : rest;
  const now = started ?? table;
  if (now === null) return { table: null, column: null };
  const column = pair(SQL_CHANGE.exec(written) ?? SQL_COLUMN.exec(written));
  return { table: now, column };
}

function pair(match: RegExpExecArray | null): readonly [string, string] | null {
  const [, name, value] = match ?? [];
  return name === undefined || value === undefined ? null : [name, value];
}
