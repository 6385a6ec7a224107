/** The implementation of the syntax interface for edits, for TypeScript and JavaScript. */
import ts from 'typescript';
import { applyOperations } from '../../../edits/apply.ts';
import type { Operation, TextEdit } from '../../../edits/fix.ts';
import type { Bracketed, HoledText, Item, Syntax } from '../../../edits/syntax.ts';
import type { Notation } from '../../../edits/write.ts';
import type { Span } from '../../../ir/nodes.ts';
import { once, oncePerTree } from '../../once.ts';
import { nameOf, textOf } from '../names.ts';
import { parseOnce } from '../parse.ts';
import { tokenStart } from '../source.ts';
import { embedTogether } from './embedding-loops.ts';
import { bare, literalOf } from './variables.ts';
import { visitAround } from './visit-around.ts';

export function edit(text: string, path: string, operations: readonly Operation[]): readonly TextEdit[] | null {
  const file = parseOnce(text, path);
  return file === null ? null : applyOperations(syntaxOf(file), operations);
}

/** A file has several findings, each with fixes that are tried. */
const syntaxOf = oncePerTree((file: ts.SourceFile): Syntax<ts.Node> => {
  const { text } = file;
  const start = (node: ts.Node) => tokenStart(text, node.pos);

  /**
   * The innermost expression with this span. Expressions that are transparent to the IR have no span of their own
   * there.
   */
  const find = (span: Span): ts.Node | null => {
    let found: ts.Node | null = null;
    visitAround(file, span, (node) => {
      if (node.end === span.end && start(node) === span.start) found = node;
    });
    return found;
  };

  const list = (outer: ts.Node): Bracketed<ts.Node> | null => {
    const node = bare(outer);
    if (ts.isIdentifier(node)) {
      const literal = literalOf(file, node);
      return literal === null ? null : list(literal);
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (node.arguments === undefined || text[node.end - 1] !== ')') return null;
      return bracketed('arguments', node.arguments, node.end, (item) => argumentItem(item));
    }
    if (ts.isArrayLiteralExpression(node)) {
      if (text[node.end - 1] !== ']') return null;
      return bracketed('items', node.elements, node.end, (item) => argumentItem(item));
    }
    if (!ts.isObjectLiteralExpression(node) || text[node.end - 1] !== '}') return null;
    return bracketed('entries', node.properties, node.end, entryItem);
  };

  const bracketed = <T extends ts.Node>(
    kind: Bracketed<ts.Node>['kind'],
    nodes: ts.NodeArray<T>,
    end: number,
    itemOf: (node: T) => Omit<Item<ts.Node>, 'start' | 'end' | 'comma'>,
  ): Bracketed<ts.Node> => ({
    kind,
    open: nodes.pos,
    close: end - 1,
    items: nodes.map((node) => {
      const behind = tokenStart(text, node.end);
      return { start: start(node), end: node.end, comma: text[behind] === ',' ? behind : null, ...itemOf(node) };
    }),
  });

  const spanOf = (node: ts.Node): Span => ({ start: start(node), end: node.end });
  const plain = (kind: Item<ts.Node>['kind'], value: ts.Node) => ({
    kind,
    name: null,
    nameEnd: -1,
    value,
    valueSpan: spanOf(value),
  });

  const argumentItem = (node: ts.Node): Omit<Item<ts.Node>, 'start' | 'end' | 'comma'> =>
    ts.isSpreadElement(node) ? plain('spread', node.expression) : plain('plain', node);

  const entryItem = (node: ts.ObjectLiteralElementLike): Omit<Item<ts.Node>, 'start' | 'end' | 'comma'> => {
    if (ts.isSpreadAssignment(node)) return plain('spread', node.expression);
    if (ts.isShorthandPropertyAssignment(node))
      return { ...plain('shorthand', node.name), name: nameOf(node.name), nameEnd: node.name.end };
    // The value of a method or getter is the member itself; a computed key has no name.
    const value = ts.isPropertyAssignment(node) ? node.initializer : node;
    const isRead = ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name);
    const name = isRead ? textOf(node.name) : null;
    return { ...plain('named', value), name, nameEnd: node.name.end };
  };

  return {
    text,
    notation: notationOf(text),
    hasOptionsObjects: true,
    find,
    isCall: (node) => ts.isCallExpression(node) || ts.isNewExpression(node),
    list,
    embedTogether: (span, input, answers) => {
      const call = find(span);
      return call === null ? null : embedTogether(file, call, input, answers);
    },
    textAround: (span) => {
      let found: HoledText | null = null;
      visitAround(file, span, (node) => {
        if (!ts.isTemplateExpression(node)) return;
        const holes = node.templateSpans.map((hole, index) => ({
          start: (index === 0 ? node.head.end : (node.templateSpans[index - 1] as ts.TemplateSpan).end) - 2,
          end: start(hole.literal) + 1,
        }));
        const isInHole = holes.some((hole) => hole.start < span.start && span.end < hole.end);
        if (isInHole) found = { content: { start: start(node) + 1, end: node.end - 1 }, holes };
      });
      return found;
    },
    characters: (node) => {
      const isPlain = ts.isStringLiteralLike(node) && node.end - start(node) >= 2;
      return isPlain ? { start: start(node) + 1, end: node.end - 1 } : null;
    },
  };
});

const WORDS: Notation['words'] = { true: 'true', false: 'false', null: 'null' };

function notationOf(text: string): Notation {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return {
    words: WORDS,
    quote: once(() => (count(/(?<!\w)"/g) > count(/(?<!\w)'/g) ? '"' : "'")),
    bracePadding: once(() => (count(/(?<!\$)\{[\w'"]/g) > count(/(?<!\$)\{ [\w'"]/g) ? '' : ' ')),
    quotesKeys: false,
    argumentSign: ': ',
    entrySign: ': ',
    restOfLine: /[ \t]*(?:\/\/[^\n\r]*|\/\*[^\n\r]*?\*\/[ \t]*)?(?=[\n\r])/y,
  };
}
