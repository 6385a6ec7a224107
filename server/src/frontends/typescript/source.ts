/** What lowering knows about the file, and where its tokens start. */
import type ts from 'typescript';
import type { Expression, Opaque, Span, SyntaxProblem } from '../../ir/nodes.ts';

/**
 * How deeply the IR of one file may nest. Every reader of the IR recurses, so this limits their stacks too;
 * hand-written code stays below 100. Anything deeper is an opaque node without children.
 */
export const MAXIMUM_DEPTH = 400;

export interface Source {
  readonly text: string;
  depth: number;
  /** The first place that lies deeper than the IR may nest. */
  tooDeep: SyntaxProblem | null;
  /**
   * The number of functions and namespaces around the current node: exports inside them are not exports of the module.
   */
  enclosing: number;
  /** The last result of `startOf`: the nodes of a chain share their position, including the comments before it. */
  lastPosition: number;
  lastStart: number;
}

export function newSource(text: string): Source {
  return { text, depth: 0, tooDeep: null, enclosing: 0, lastPosition: -1, lastStart: 0 };
}

/** True where `node` would nest too deep; the first such place is remembered. */
export function isTooDeep(source: Source, node: ts.TextRange): boolean {
  if (source.depth < MAXIMUM_DEPTH) return false;
  source.tooDeep ??= { ...spanOf(source, node), cause: 'depth' };
  return true;
}

/**
 * Offset of the node's first token. `node.pos` is where the trivia before it begins. A node that the parser made up has
 * no token: it starts where its parent does if it is the first child, and at its position otherwise.
 */
export function startOf(source: Source, node: ts.TextRange): number {
  const { pos } = node;
  if (pos === source.lastPosition) return source.lastStart;
  if (pos === node.end) return pos;
  source.lastPosition = pos;
  source.lastStart = tokenStart(source.text, pos);
  return source.lastStart;
}

export function spanOf(source: Source, node: ts.TextRange): Span {
  const start = startOf(source, node);
  return { start, end: Math.max(start, node.end) };
}

/** Skips white space, comments and merge conflict markers, starting at `position`. */
export function tokenStart(text: string, position: number): number {
  let index = position;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code === SLASH) {
      const next = text.charCodeAt(index + 1);
      if (next === SLASH) index = lineEnd(text, index);
      else if (next === ASTERISK) index = commentEnd(text, index);
      else return index;
    } else if (code <= SPACE) {
      if (code !== SPACE && (code < TAB || code > CARRIAGE_RETURN)) return index;
      index++;
    } else if (code === HASH && index === 0 && text.charCodeAt(1) === EXCLAMATION) {
      index = lineEnd(text, 0);
    } else if (code < 0x80) {
      if (!isConflictMarker(text, index, code)) return index;
      index = code === EQUALS || code === BAR ? conflictSideEnd(text, index, code) : lineEnd(text, index);
    } else if (isWideSpace(code)) {
      index++;
    } else {
      return index;
    }
  }
}

/** The end of the comment that starts at `start`, closed or not. */
export function commentEnd(text: string, start: number): number {
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? text.length : end + 2;
}

export function lineEnd(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === LINE_FEED || code === CARRIAGE_RETURN || code === 0x2028 || code === 0x2029) return index;
  }
  return text.length;
}

/** A node that the parser made up ends before the token at which it starts, so it gets no width. */
export function opaque(start: number, end: number, children: readonly Expression[]): Opaque {
  return { kind: 'opaque', start, end: Math.max(start, end), children };
}

export const NO_EXPRESSIONS: readonly Expression[] = [];

/**
 * A handler for one kind of node, as an entry in a table over all kinds. The method form lets it name the type of the
 * kind.
 */
export type Handler<Result> = { handle(source: Source, node: ts.Node): Result }['handle'];

/** Like the parser's own scanner: seven marks at the start of a line, followed by a space except after `=======`. */
function isConflictMarker(text: string, index: number, code: number): boolean {
  if (code !== LESS && code !== GREATER && code !== EQUALS && code !== BAR) return false;
  if (index > 0) {
    const before = text.charCodeAt(index - 1);
    if (before !== LINE_FEED && before !== CARRIAGE_RETURN) return false;
  }
  for (let offset = 1; offset < 7; offset++) if (text.charCodeAt(index + offset) !== code) return false;
  return code === EQUALS || text.charCodeAt(index + 7) === SPACE;
}

/** The text between `=======` (or `|||||||`) and the next mark of another kind is skipped completely. */
function conflictSideEnd(text: string, start: number, mark: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code === GREATER || code === EQUALS) && code !== mark && isConflictMarker(text, index, code)) return index;
  }
  return text.length;
}

function isWideSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x85 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const EXCLAMATION = 33;
const HASH = 35;
const ASTERISK = 42;
const SLASH = 47;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const BAR = 124;
