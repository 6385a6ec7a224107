/** Writes values as code: one writer for all languages, which receives the notation of the language and the file. */
import { type Literal, SAME } from './fix.ts';

export type Quote = "'" | '"';

export interface Notation {
  readonly words: { readonly true: string; readonly false: string; readonly null: string };
  /**
   * The file's preferred quote. Computed on demand, because it examines the whole file and most fixes write no text.
   */
  readonly quote: () => Quote;
  /** A space, if the file has one within braces; empty otherwise. */
  readonly bracePadding: () => '' | ' ';
  /** True where keys are always strings (Python's dict). */
  readonly quotesKeys: boolean;
  /** What stands between a name and its value: of an argument, of an entry. */
  readonly argumentSign: string;
  readonly entrySign: string;
  /** Matches, from an offset on, what may stand before a line's end without being code: spaces and one comment. */
  readonly restOfLine: RegExp;
}

export function writeLiteral(value: Literal, notation: Notation): string {
  if (value === SAME) return SAME;
  if (typeof value === 'string') return quoted(value, notation.quote());
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return notation.words[value ? 'true' : 'false'];
  if (value === null) return notation.words.null;
  if (isList(value)) return `[${value.map((item) => writeLiteral(item, notation)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${writeKey(key, notation)}${notation.entrySign}${writeLiteral(item, notation)}`,
  );
  if (entries.length === 0) return '{}';
  const padding = notation.bracePadding();
  return `{${padding}${entries.join(', ')}${padding}}`;
}

export function writeKey(key: string, notation: Notation): string {
  return notation.quotesKeys || !/^[A-Za-z_$][\w$]*$/.test(key) ? quoted(key, notation.quote()) : key;
}

/** `text` between quotes, with what a string literal of either language may not hold as it is escaped. */
export function quoted(text: string, quote: string): string {
  return `${quote}${escaped(text, quote)}${quote}`;
}

export function escaped(text: string, quote: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll(quote, `\\${quote}`);
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}
