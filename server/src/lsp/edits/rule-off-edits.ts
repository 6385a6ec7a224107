/**
 * The text edits that turn a rule off in a configuration. `modify` of `jsonc-parser` rewrites the lines around the
 * change: a list on one line becomes three, and a comment moves. Here the existing text stays as it is.
 */
import { type Edit, findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';

/**
 * In the order of the text. Null if the text is not an object in JSON with comments, or if `rules` is not an object.
 */
export function ruleOffEdits(text: string, rule: string): readonly Edit[] | null {
  const root = parse(text);
  if (root?.type !== 'object') return null;
  const value = findNodeAtLocation(root, ['rules', rule]);
  if (value !== undefined) return [{ offset: value.offset, length: value.length, content: '"off"' }];
  const rules = findNodeAtLocation(root, ['rules']);
  if (rules !== undefined) {
    return rules.type === 'object' ? appended(text, rules, () => property(rule)) : null;
  }
  return appended(text, root, (indent, unit, end) => {
    const inner = end === ' ' ? ' ' : `${end}${indent}${unit}`;
    return `"rules": {${inner}${property(rule)}${end === ' ' ? ' ' : `${end}${indent}`}}`;
  });
}

function property(rule: string): string {
  return `${JSON.stringify(rule)}: "off"`;
}

function parse(text: string): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? root : undefined;
  } catch {
    // It is nested more deeply than the parser can follow.
    return undefined;
  }
}

type Write = (indent: string, unit: string, end: string) => string;

/** A property after the last one, on a separate line unless the object is written on one line. */
function appended(text: string, object: Node, write: Write): readonly Edit[] {
  const close = object.offset + object.length - 1;
  // After comments, which may be all that the object contains.
  const at = text.slice(0, close).trimEnd().length;
  const last = object.children?.at(-1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^([\t ]+)\S/m.exec(text)?.[1] ?? '  ';
  const outer = /^[\t ]*/.exec(text.slice(text.lastIndexOf('\n', object.offset) + 1))?.[0] ?? '';
  if (last === undefined) {
    const content = `${end}${outer}${unit}${write(outer + unit, unit, end)}${end}${outer}`;
    return [{ offset: at, length: close - at, content }];
  }
  const behind = last.offset + last.length;
  const hasComma = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*,/.test(text.slice(behind, close));
  const comma: readonly Edit[] = hasComma ? [] : [{ offset: behind, length: 0, content: ',' }];
  const isOneLine = !text.slice(object.offset, close).includes('\n');
  const indent = isOneLine ? '' : (/^[\t ]*/.exec(text.slice(text.lastIndexOf('\n', last.offset) + 1))?.[0] ?? '');
  const content = isOneLine ? ` ${write('', '', ' ')}` : `${end}${indent}${write(indent, unit, end)}`;
  return [...comma, { offset: at, length: 0, content: content + (hasComma ? ',' : '') }];
}
