/** Python's implementation of the syntax interface for edits. */
import { applyOperations } from '../../../edits/apply.ts';
import type { Operation, TextEdit } from '../../../edits/fix.ts';
import type { Bracketed, HoledText, Item, Syntax } from '../../../edits/syntax.ts';
import type { Notation } from '../../../edits/write.ts';
import type { Span } from '../../../ir/nodes.ts';
import { once, oncePerTree } from '../../once.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  isExpression,
  kindOf,
  newSource,
  type Source,
  spanOf,
  startOf,
  textOf,
} from '../source.ts';
import { firstFrom, parseModule, type SyntaxTree } from '../tree.ts';
import { embedTogether } from './embedding-loops.ts';
import { literalOf, parentsOf } from './variables.ts';

export function edit(text: string, operations: readonly Operation[]): readonly TextEdit[] | null {
  const code = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  return applyOperations(syntaxOf(parseModule(code), code), operations);
}

const LISTS: Readonly<Record<string, Bracketed<number>['kind']>> = {
  ArgList: 'arguments',
  DictionaryExpression: 'entries',
  ArrayExpression: 'items',
  TupleExpression: 'items',
};

/** A file has several findings, each with fixes that are tried. */
const syntaxOf = oncePerTree((tree: SyntaxTree, text: string): Syntax<number> => {
  const source = newSource(text, tree);

  const list = (outer: number): Bracketed<number> | null => {
    const node = bare(source, outer);
    if (kindOf(source, node) === 'VariableName') {
      const literal = literalOf(source, node);
      return literal === null ? null : list(literal);
    }
    const brackets = kindOf(source, node) === 'CallExpression' ? childOfKind(source, node, 'ArgList') : node;
    const kind = brackets === undefined ? undefined : LISTS[kindOf(source, brackets)];
    if (brackets === undefined || kind === undefined) return null;
    const { start, end } = spanOf(source, brackets);
    if (!/[()[\]{}]/.test(text[start] ?? '') || !/[)\]}]/.test(text[end - 1] ?? '')) return null;
    const items = itemsOf(source, brackets, kind);
    return items === null ? null : { kind, open: start + 1, close: end - 1, items };
  };

  /** The innermost one is the last of those that start there. */
  const find = (span: Span): number | null => {
    let found: number | null = null;
    for (let node = firstFrom(tree, span.start); tree.from[node] === span.start; node++) {
      if (endOf(source, node) === span.end && isExpression(source, node)) found = node;
    }
    return found;
  };

  return {
    text,
    notation: notationOf(text),
    hasOptionsObjects: false,
    find,
    isCall: (node) => kindOf(source, node) === 'CallExpression',
    list,
    embedTogether: (span, input, answers) => {
      const call = find(span);
      return call === null ? null : embedTogether(source, call, input, answers);
    },
    textAround: (span) => textAround(source, span),
    characters: (node) => {
      if (kindOf(source, node) !== 'String') return null;
      const { start, end } = spanOf(source, node);
      const quote = /^("""|'''|"|')/.exec(text.slice(start, end))?.[0];
      if (quote === undefined || end - start < 2 * quote.length) return null;
      return { start: start + quote.length, end: end - quote.length };
    },
  };
});

/** Only for a single f-string: adjacent strings do not form a text that ends with one of them. */
function textAround(source: Source, span: Span): HoledText | null {
  const { text, tree } = source;
  const last = firstFrom(tree, span.start + 1) - 1;
  const around = [last, ...parentsOf(source, last)];
  const node = around.find(
    (at) => kindOf(source, at) === 'FormatString' && startOf(source, at) <= span.start && endOf(source, at) >= span.end,
  );
  if (node === undefined || parentsOf(source, node).some((at) => kindOf(source, at) === 'ContinuedString')) return null;
  const { start, end } = spanOf(source, node);
  const opening = /^[fF]("""|'''|"|')/.exec(text.slice(start, end));
  if (opening === null) return null;
  const holes = childrenOf(source, node).flatMap((child) =>
    kindOf(source, child) === 'FormatReplacement' ? [spanOf(source, child)] : [],
  );
  const content = { start: start + opening[0].length, end: end - opening[0].length + 1 };
  return holes.some((hole) => hole.start < span.start && span.end < hole.end) ? { content, holes } : null;
}

/** The items between two brackets, split at their commas; null if they are not a list (a generator, broken code). */
function itemsOf(source: Source, brackets: number, kind: Bracketed<number>['kind']): Item<number>[] | null {
  const items: Item<number>[] = [];
  let part: number[] = [];
  for (const node of childrenOf(source, brackets).slice(1)) {
    const token = kindOf(source, node);
    const isEnd = token === ')' || token === ']' || token === '}';
    if (token !== ',' && !isEnd) {
      part.push(node);
      continue;
    }
    if (part.length > 0) {
      const item = itemOf(source, part, kind, token === ',' ? spanOf(source, node).start : null);
      if (item === null) return null;
      items.push(item);
    }
    part = [];
  }
  return part.length > 0 ? null : items;
}

function itemOf(
  source: Source,
  part: readonly number[],
  kind: Bracketed<number>['kind'],
  comma: number | null,
): Item<number> | null {
  const [first, sign, third, ...more] = part as [number, number?, number?, ...number[]];
  const common = { start: spanOf(source, first).start, comma };
  const valueAt = (node: number) => ({ value: node, valueSpan: spanOf(source, node), end: endOf(source, node) });
  const marker = kindOf(source, first);
  if (marker === '*' || marker === '**') {
    if (sign === undefined || third !== undefined) return null;
    return { ...common, kind: 'spread', name: null, nameEnd: -1, ...valueAt(sign) };
  }
  if (sign === undefined) {
    if (!isExpression(source, first) || kind === 'entries') return null;
    return { ...common, kind: 'plain', name: null, nameEnd: -1, ...valueAt(first) };
  }
  if (third === undefined || more.length > 0 || !isExpression(source, third)) return null;
  const isNamed = kind === 'entries' ? kindOf(source, sign) === ':' : textOf(source, sign) === '=';
  if (!isNamed) return null;
  return {
    ...common,
    kind: 'named',
    name: nameOf(source, first, kind),
    nameEnd: endOf(source, first),
    ...valueAt(third),
  };
}

/** An argument's name, or a key that is a plain string; null for any other key. */
function nameOf(source: Source, node: number, kind: Bracketed<number>['kind']): string | null {
  const text = textOf(source, node);
  if (kind === 'arguments') return kindOf(source, node) === 'VariableName' ? text : null;
  return /^(["'])(\w*)\1$/.exec(text)?.[2] ?? null;
}

/** The expression without the brackets around it. */
function bare(source: Source, node: number): number {
  let inner = node;
  while (kindOf(source, inner) === 'ParenthesizedExpression') {
    const next = childrenOf(source, inner).find((child) => isExpression(source, child));
    if (next === undefined) break;
    inner = next;
  }
  return inner;
}

const WORDS: Notation['words'] = { true: 'True', false: 'False', null: 'None' };

function notationOf(text: string): Notation {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return {
    words: WORDS,
    quote: once(() => (count(/(?<!\w)'/g) > count(/(?<!\w)"(?!"")/g) ? "'" : '"')),
    bracePadding: once(() => (count(/\{ ['"]/g) > count(/\{['"]/g) ? ' ' : '')),
    quotesKeys: true,
    argumentSign: '=',
    entrySign: ': ',
    restOfLine: /[ \t]*(?:#[^\n\r]*)?(?=[\n\r])/y,
  };
}
