/**
 * Changes single values in a JSON text. Everything else keeps its text: the spelling of numbers, escapes, names that
 * occur twice.
 */
import type { Json } from './json-body.ts';
import { elementsOf, outlineOf, type Span } from './json-members.ts';

/** Names of members and indices of elements, from the outermost value inwards. */
export type Path = readonly (string | number)[];

export interface Edit {
  readonly path: Path;
  /** Undefined removes the member or element. A member that does not exist is added. */
  readonly value: Json | undefined;
}

/**
 * The text with all edits made; null if a path does not exist in it. Of two edits of one place, the later one counts.
 *
 * @example withEdits('{"a": [1.0, 2]}', [{ path: ['a', 1], value: 3 }]) // '{"a": [1.0, 3]}'
 */
export function withEdits(text: string, edits: readonly Edit[]): string | null {
  const root = new Node();
  for (const { path, value } of edits) {
    let node = root;
    for (const step of path) node = node.child(step);
    node.replacement = { value };
  }
  return rewritten(text, root) ?? null;
}

class Node {
  replacement: { readonly value: Json | undefined } | null = null;
  readonly children = new Map<string | number, Node>();

  child(step: string | number): Node {
    const known = this.children.get(step);
    if (known !== undefined) return known;
    const made = new Node();
    this.children.set(step, made);
    return made;
  }

  get isRemoved(): boolean {
    return this.replacement !== null && this.replacement.value === undefined;
  }
}

/** Null if a path does not exist. */
function rewritten(text: string, { replacement, children }: Node): string | null {
  if (replacement !== null) return JSON.stringify(replacement.value ?? null);
  if (children.size === 0) return text;
  const elements = elementsOf(text);
  if (elements !== null) return inArray(text, elements, children);
  const members = outlineOf(text);
  return members === null ? null : inObject(text, members, children);
}

type Children = ReadonlyMap<string | number, Node>;

interface Change {
  readonly span: Span;
  readonly value: string;
}

function spliced(text: string, changes: readonly Change[]): string {
  let result = '';
  let at = 0;
  for (const { span, value } of changes.toSorted((a, b) => a.span.from - b.span.from)) {
    result += text.slice(at, span.from) + value;
    at = span.to;
  }
  return result + text.slice(at);
}

function inArray(text: string, elements: readonly Span[], children: Children): string | null {
  const changes = new Map<Span, string>();
  const removed = new Set<Span>();
  for (const [index, node] of children) {
    const span = typeof index === 'number' ? elements[index] : undefined;
    if (span === undefined) return null;
    const value = node.isRemoved ? '' : rewritten(text.slice(span.from, span.to), node);
    if (value === null) return null;
    if (node.isRemoved) removed.add(span);
    else changes.set(span, value);
  }
  if (removed.size === 0)
    return spliced(
      text,
      Array.from(changes, ([span, value]) => ({ span, value })),
    );
  const kept = elements.filter((span) => !removed.has(span));
  return `[${kept.map((span) => changes.get(span) ?? text.slice(span.from, span.to)).join(',')}]`;
}

function inObject(text: string, members: ReadonlyMap<string, Span>, children: Children): string | null {
  const changes: Change[] = [];
  const added: string[] = [];
  for (const [step, node] of children) {
    const name = String(step);
    const span = members.get(name);
    if (node.isRemoved) {
      // The commas around a member are those of its neighbours too, so its object is written anew.
      if (span === undefined) continue;
      return withoutMember(text, members, children);
    }
    if (span === undefined) {
      if (node.replacement === null) return null;
      added.push(`${JSON.stringify(name)}:${JSON.stringify(node.replacement.value)}`);
      continue;
    }
    const value = rewritten(text.slice(span.from, span.to), node);
    if (value === null) return null;
    changes.push({ span, value });
  }
  const result = spliced(text, changes);
  if (added.length === 0) return result;
  const end = result.lastIndexOf('}');
  return `${result.slice(0, end)}${members.size === 0 ? '' : ','}${added.join(',')}${result.slice(end)}`;
}

function withoutMember(text: string, members: ReadonlyMap<string, Span>, children: Children): string | null {
  const kept: string[] = [];
  for (const [name, { from, to }] of members) {
    const node = children.get(name);
    if (node?.isRemoved === true) continue;
    const value = node === undefined ? text.slice(from, to) : rewritten(text.slice(from, to), node);
    if (value === null) return null;
    kept.push(`${JSON.stringify(name)}:${value}`);
  }
  for (const [name, { replacement }] of children) {
    if (members.has(String(name)) || replacement?.value === undefined) continue;
    kept.push(`${JSON.stringify(String(name))}:${JSON.stringify(replacement.value)}`);
  }
  return `{${kept.join(',')}}`;
}
