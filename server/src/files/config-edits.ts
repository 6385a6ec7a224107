/**
 * Edits of a configuration's text. `modify` of `jsonc-parser` writes the lines around the change anew: a list on one line
 * becomes three, and a comment moves. Here what is there stays as its author wrote it.
 */
import { applyEdits, type Edit, findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';

/** Which calls an entry under `models` is for, and their models: one, any of several, or each with its share. */
export interface ModelEntry {
  readonly path?: string;
  readonly function?: string;
  readonly call?: string;
  readonly provider?: string;
  readonly model: string | readonly string[] | Readonly<Record<string, number>>;
}

/** In the order of the text. Null where it is not an object in JSON with comments, or `rules` is something else than an object. */
export function ruleOffEdits(text: string, rule: string): readonly Edit[] | null {
  const root = parse(text);
  if (root?.type !== 'object') return null;
  const value = findNodeAtLocation(root, ['rules', rule]);
  if (value !== undefined) return [{ offset: value.offset, length: value.length, content: '"off"' }];
  const property = `${JSON.stringify(rule)}: "off"`;
  const rules = findNodeAtLocation(root, ['rules']);
  if (rules !== undefined) return rules.type === 'object' ? appended(text, rules, () => property) : null;
  return appended(text, root, (layout) => `"rules": ${wrapped('{', property, '}', layout)}`);
}

/** The same for one more entry of `models`, after those that are there: they are for other calls. */
export function declareModelEdits(text: string, entry: ModelEntry): readonly Edit[] | null {
  const root = parse(text);
  if (root?.type !== 'object') return null;
  const written = writeEntry(entry);
  const models = findNodeAtLocation(root, ['models']);
  if (models !== undefined) return models.type === 'array' ? appended(text, models, () => written) : null;
  return appended(text, root, (layout) => `"models": ${wrapped('[', written, ']', layout)}`);
}

/** The text with all `entries`; null where it cannot be edited with certainty. */
export function declareModels(text: string, entries: readonly ModelEntry[]): string | null {
  let result: string | null = text;
  for (const entry of entries) {
    const edits: readonly Edit[] | null = result === null ? null : declareModelEdits(result, entry);
    result = result === null || edits === null ? null : applyEdits(result, [...edits]);
  }
  return result;
}

/** On one line, with spaces inside braces, as people write it. */
export function writeEntry(entry: ModelEntry): string {
  const { path, function: name, call, provider, model } = entry;
  return writeObject({ path, function: name, call, provider, model });
}

/** A plain object on one line. */
export function writeObject(value: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}: ${writeValue(member)}`],
  );
  return `{ ${members.join(', ')} }`;
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
  return typeof value === 'object' && value !== null ? writeObject({ ...value }) : JSON.stringify(value);
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

interface Layout {
  readonly indent: string;
  readonly unit: string;
  /** A line's end; a space where everything stands on one line. */
  readonly end: string;
}

function wrapped(open: string, content: string, close: string, { indent, unit, end }: Layout): string {
  if (end !== ' ') return `${open}${end}${indent}${unit}${content}${end}${indent}${close}`;
  return open === '{' ? `{ ${content} }` : `${open}${content}${close}`;
}

/** A member after the last one, on a new line unless its object or list is written on one line. */
function appended(text: string, parent: Node, write: (layout: Layout) => string): readonly Edit[] {
  const close = parent.offset + parent.length - 1;
  // After comments, which may be all that the parent holds.
  const at = text.slice(0, close).trimEnd().length;
  const last = parent.children?.at(-1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^([\t ]+)\S/m.exec(text)?.[1] ?? '  ';
  const outer = /^[\t ]*/.exec(text.slice(text.lastIndexOf('\n', parent.offset) + 1))?.[0] ?? '';
  if (last === undefined) {
    const content = `${end}${outer}${unit}${write({ indent: outer + unit, unit, end })}${end}${outer}`;
    return [{ offset: at, length: close - at, content }];
  }
  const behind = last.offset + last.length;
  const hasComma = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*,/.test(text.slice(behind, close));
  const comma: readonly Edit[] = hasComma ? [] : [{ offset: behind, length: 0, content: ',' }];
  const isOneLine = !text.slice(parent.offset, close).includes('\n');
  const indent = isOneLine ? '' : (/^[\t ]*/.exec(text.slice(text.lastIndexOf('\n', last.offset) + 1))?.[0] ?? '');
  const content = isOneLine
    ? ` ${write({ indent: '', unit: '', end: ' ' })}`
    : `${end}${indent}${write({ indent, unit, end })}`;
  return [...comma, { offset: at, length: 0, content: content + (hasComma ? ',' : '') }];
}
