/**
 * Plain data in a text: JSON, and of YAML and TOML what configuration files are made of. What is written in another
 * way (anchors, tags, blocks of text) is null, never guessed.
 */
import { parse as parseJson } from 'jsonc-parser';

export type Data = string | number | boolean | null | readonly Data[] | ReadonlyMap<string, Data>;
export type DataFormat = 'json' | 'yaml' | 'toml';

/** Deeper data states no setting. */
const MAX_DEPTH = 20;
/** Longer lines hold no setting that is meant to be read. */
const MAX_LINE = 1000;

type Table = Map<string, Data>;

/** Null if the text is not of the format. */
export function dataIn(text: string, format: DataFormat): Data {
  if (format === 'json') return jsonData(text);
  return format === 'yaml' ? yamlData(text) : tomlData(text);
}

function jsonData(text: string): Data {
  try {
    return fromJson(parseJson(text, [], { allowTrailingComma: true }), 0);
  } catch (error) {
    // The parser recurses: a text that is nested too deep for it states no setting either.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function fromJson(value: unknown, depth: number): Data {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => fromJson(item, depth + 1));
  return new Map(Object.entries(value).map(([key, one]) => [key, fromJson(one, depth + 1)]));
}

const KEY = `(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_.$/-]+))`;
const YAML_KEY = new RegExp(`^${KEY}:(?:\\s+(.*))?$`);
const TOML_KEY = new RegExp(`^\\s*${KEY}\\s*=\\s*(.*)$`);
const SECTION = /^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}\s*(?:[#;].*)?$/;

interface Line {
  readonly column: number;
  readonly text: string;
}

/** By the columns of keys and dashes. */
function yamlData(text: string): Data {
  const lines = text.split(/\r?\n/).flatMap((line): readonly Line[] => {
    if (line.length > MAX_LINE || /^\s*(?:#|$)|^(?:---|\.\.\.|%)/.test(line)) return [];
    return [{ column: line.length - line.trimStart().length, text: line.trim() }];
  });
  return new YamlLines(lines).data(0);
}

class YamlLines {
  readonly #lines: Line[];
  #at = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  /** What begins at the present line. */
  data(depth: number): Data {
    const line = this.#lines[this.#at];
    if (line === undefined || depth > MAX_DEPTH) return null;
    return isItem(line) ? this.#list(line.column, depth) : this.#table(line.column, depth);
  }

  #table(column: number, depth: number): Data {
    const table: Table = new Map();
    for (let line = this.#lines[this.#at]; line && line.column >= column; line = this.#lines[this.#at]) {
      if (line.column === column && isItem(line)) break;
      this.#at++;
      const [, double, single, bare, written = ''] = line.column === column ? (YAML_KEY.exec(line.text) ?? []) : [];
      const key = double ?? single ?? bare;
      if (key === undefined) continue;
      const value = written.replace(/^#.*$/, '').trim();
      const isBlock = /^[|>][+-]?\d*$/.test(value);
      if (isBlock) this.#skip(column);
      table.set(key, value === '' ? this.#below(column, depth, true) : plain(value));
    }
    return table;
  }

  #list(column: number, depth: number): Data {
    const list: Data[] = [];
    for (let line = this.#lines[this.#at]; line && line.column >= column; line = this.#lines[this.#at]) {
      if (line.column > column) {
        this.#at++;
        continue;
      }
      if (!isItem(line)) break;
      const rest = line.text.slice(1).trimStart();
      if (rest === '') {
        this.#at++;
        list.push(this.#below(column, depth, false));
      } else if (isItem({ column, text: rest }) || YAML_KEY.test(rest)) {
        // What stands behind the dash is the first line of what the item is.
        this.#lines[this.#at] = { column: column + line.text.length - rest.length, text: rest };
        list.push(depth < MAX_DEPTH ? this.data(depth + 1) : this.#pass());
      } else {
        this.#at++;
        list.push(plain(rest));
      }
    }
    return list;
  }

  /** What stands further in than a key or a dash at `column`; a key's list may stand right under it. */
  #below(column: number, depth: number, isKey: boolean): Data {
    const next = this.#lines[this.#at];
    const isBelow = next && (next.column > column || (isKey && next.column === column && isItem(next)));
    if (!isBelow) return null;
    return depth < MAX_DEPTH ? this.data(depth + 1) : null;
  }

  #pass(): null {
    this.#at++;
    return null;
  }

  /** Passes the lines of a block of text. */
  #skip(column: number): void {
    while ((this.#lines[this.#at]?.column ?? -1) > column) this.#at++;
  }
}

function isItem({ text }: Line): boolean {
  return text === '-' || text.startsWith('- ');
}

/** Sections with keys. */
function tomlData(text: string): Data {
  const root: Table = new Map();
  let current = root;
  for (const line of text.split(/\r?\n/)) {
    if (line.length > MAX_LINE) continue;
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined) {
      current = tableAt(
        root,
        section.split('.').map((part) => part.replace(/^["']|["']$/g, '')),
      );
      continue;
    }
    const [, double, single, bare, written = ''] = TOML_KEY.exec(line) ?? [];
    const key = double ?? single ?? bare;
    if (key !== undefined) current.set(key, plain(written.trim()));
  }
  return root;
}

function tableAt(root: Table, names: readonly string[]): Table {
  let table = root;
  for (const name of names.slice(0, MAX_DEPTH)) {
    const known = table.get(name);
    const next: Table = known instanceof Map ? (known as Table) : new Map<string, Data>();
    table.set(name, next);
    table = next;
  }
  return table;
}

/** A text, number or truth value, or a list of them on one line; null where it is none. */
function plain(written: string): Data {
  const quoted = /^(["'])(.*?)\1\s*(?:[#;].*)?$/.exec(written);
  if (quoted?.[2] !== undefined) return quoted[2].includes('\\') ? null : quoted[2];
  const text = written.replace(/(?:^|\s)[#;].*$/, '').trim();
  if (/^\[.*\]$/.test(text) && !/[[{]/.test(text.slice(1))) {
    const inside = text.slice(1, -1).trim();
    return inside === '' ? [] : inside.split(',').map((item) => plain(item.trim()));
  }
  if (text === '' || /^[&*!|>{}[\]@`"'%]|[{}]/.test(text) || /^(?:null|~|none)$/i.test(text)) return null;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
