/** Python's string literals: prefixes, quotes, escapes, adjacent literals, and the holes of f-strings. */
import type { Expression, Span, StringLiteral, Template, TemplatePart } from '../../ir/nodes.ts';
import { flatten, lowerExpression, lowerList } from './expressions.ts';
import {
  childrenOf,
  endOf,
  isExpression,
  kindOf,
  missing,
  newSource,
  opaque,
  type Source,
  spanOf,
  startOf,
} from './source.ts';
import { parseTree } from './tree.ts';

const OPENING = /^([a-zA-Z]*)("""|'''|"|')?/;
const ESCAPE = /\\(?:\r\n|N\{[^}]*\}|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g;
const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '\r': '',
  '\r\n': '',
};

/** How a literal is written: the span of its body, and the meaning of its prefix. */
interface Quoted {
  readonly body: Span;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  readonly isFormat: boolean;
}

/** Null for a node that does not start with a quote. */
function quoted(source: Source, node: number): Quoted | null {
  const start = startOf(source, node);
  const end = source.tree.to[node] ?? start;
  const [opening = '', prefix = '', quote = ''] = OPENING.exec(source.text.slice(start, end)) ?? [];
  if (quote === '') return null;
  const bodyStart = start + opening.length;
  // A string that is still being typed has no closing quote; it ends with its line.
  const isClosed = end - quote.length >= bodyStart && source.text.slice(end - quote.length, end) === quote;
  return {
    body: { start: bodyStart, end: isClosed ? end - quote.length : end },
    isRaw: /r/i.test(prefix),
    isBytes: /b/i.test(prefix),
    isFormat: /[ft]/i.test(prefix),
  };
}

/** The characters that a literal's text stands for. `\N{...}` is left as written. */
function decode(written: string, style: Quoted): string {
  let text = written.includes('\r') ? written.replaceAll('\r\n', '\n') : written;
  const hasEscapes = !style.isRaw && text.includes('\\');
  if (hasEscapes) text = text.replace(ESCAPE, (written) => decodeEscape(written, style.isBytes));
  return text;
}

function decodeEscape(written: string, isBytes: boolean): string {
  const body = written.slice(1);
  const simple = SIMPLE[body];
  if (simple !== undefined) return simple;
  if (/^[0-7]/.test(body)) return String.fromCharCode(Number.parseInt(body, 8));
  if (body.length > 1 && body[0] === 'x') return String.fromCharCode(Number.parseInt(body.slice(1), 16));
  if (body.length > 1 && !isBytes && /^[uU]/.test(body)) {
    const code = Number.parseInt(body.slice(1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  }
  return written;
}

/** The text of an f-string between two holes: doubled braces become single ones, except in `\N{...}`. */
function decodeFormat(written: string, style: Quoted): string {
  if (!/[{}]/.test(written)) return decode(written, style);
  const pieces = style.isRaw ? [written] : written.split(/(\\N\{[^}]*\})/);
  return pieces
    .map((piece, index) =>
      index % 2 === 1
        ? piece
        : decode(
            piece.replace(/\{\{|\}\}/g, (pair) => pair.charAt(0)),
            style,
          ),
    )
    .join('');
}

/** `String`, `FormatString` and `ContinuedString`. */
export function lowerString(source: Source, node: number): Expression {
  const literals = kindOf(source, node) === 'ContinuedString' ? childrenOf(source, node) : [node];
  const parts: TemplatePart[] = [];
  const torn: Expression[] = [];
  let isBytes = false;
  for (const literal of literals) {
    const style = quoted(source, literal);
    if (style === null) {
      torn.push(lowerTorn(source, spanOf(source, literal)));
      continue;
    }
    isBytes ||= style.isBytes;
    if (style.isFormat) {
      const behind = addFormatParts(source, literal, style, parts);
      if (behind !== null) torn.push(lowerTorn(source, behind));
    } else addText(parts, style.body, decode(source.text.slice(style.body.start, style.body.end), style));
  }
  const span = spanOf(source, node);
  const string = joined(parts, span, isBytes);
  return torn.length === 0 ? string : opaque(span, [string, ...torn]);
}

function joined(parts: readonly TemplatePart[], span: Span, isBytes: boolean): StringLiteral | Template {
  if (parts.some((part) => part.kind === 'hole')) return { kind: 'template', ...span, parts };
  const value = parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
  return { kind: 'string', ...span, value, isBytes };
}

/**
 * Code that the parser has taken for a string because the previous line is incomplete: parsed separately, for its
 * calls.
 */
function lowerTorn(source: Source, span: Span): Expression {
  const tree = parseTree(source.text.slice(span.start, span.end), span.start);
  return flatten({ ...newSource(source.text, tree), isFlat: source.isFlat, depth: source.depth }, 0);
}

function addText(parts: TemplatePart[], span: Span, value: string): void {
  if (value !== '') parts.push({ kind: 'text', start: span.start, end: span.end, value });
}

/**
 * Adds the parts of an f-string. If a hole is still open at the end of its line, the following lines are returned,
 * because they are code.
 */
function addFormatParts(source: Source, literal: number, style: Quoted, parts: TemplatePart[]): Span | null {
  let from = style.body.start;
  const addUpTo = (end: number): void => {
    if (end > from) addText(parts, { start: from, end }, decodeFormat(source.text.slice(from, end), style));
  };
  for (const child of childrenOf(source, literal)) {
    if (kindOf(source, child) !== 'FormatReplacement') continue;
    addUpTo(startOf(source, child));
    addReplacement(source, child, parts);
    from = endOf(source, child);
    if (source.text[from - 1] === '}') continue;
    const lineEnd = source.text.indexOf('\n', from);
    if (lineEnd >= 0 && lineEnd < style.body.end) return { start: lineEnd, end: style.body.end };
  }
  addUpTo(style.body.end);
  return null;
}

/** `{value!r:>{width}}` is a hole; the text that `{value=}` prints before the value is text. */
function addReplacement(source: Source, node: number, parts: TemplatePart[]): void {
  const span = spanOf(source, node);
  const inside = childrenOf(source, node);
  const selfDocument = inside.find((child) => kindOf(source, child) === 'FormatSelfDoc');
  if (selfDocument !== undefined) {
    const text = { start: span.start + 1, end: endOf(source, selfDocument) };
    addText(parts, text, source.text.slice(text.start, text.end));
  }
  const value = lowerList(source, inside) ?? missing(span.start + 1);
  const format = inside.find((child) => kindOf(source, child) === 'FormatSpec');
  const nested = format === undefined ? [] : formatExpressions(source, format);
  // A width given by a name says nothing about the text; one given by a call must keep the call.
  const isPlain = nested.every((expression) => expression.kind === 'name' || expression.kind === 'number');
  parts.push({ kind: 'hole', ...span, expression: isPlain ? value : opaque(span, [value, ...nested]) });
}

function formatExpressions(source: Source, format: number): Expression[] {
  const expressions: Expression[] = [];
  for (const replacement of childrenOf(source, format)) {
    for (const child of childrenOf(source, replacement)) {
      if (isExpression(source, child)) expressions.push(lowerExpression(source, child));
    }
  }
  return expressions;
}
