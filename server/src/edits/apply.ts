/** Operations on one text as edits, by what its frontend tells of the syntax. */
import { type Literal, type Operation, SAME, type Target, type TextEdit } from './fix.ts';
import { insertAfter } from './insert.ts';
import { moveLine } from './move-line.ts';
import type { Bracketed, Item, Syntax } from './syntax.ts';
import { escaped, type Notation, type Quote, writeKey, writeLiteral } from './write.ts';

/**
 * Edits in the order of the text, without overlaps; null if one of the operations cannot be carried out completely.
 */
export function applyOperations<N>(syntax: Syntax<N>, operations: readonly Operation[]): readonly TextEdit[] | null {
  const all: TextEdit[] = [];
  for (const operation of operations) {
    const edits = editsFor(syntax, operation);
    if (edits === null) return null;
    all.push(...edits);
  }
  // Stable, so that insertions at one place stay in the order of the operations.
  all.sort((a, b) => a.start - b.start || a.end - b.end);
  const isSound = all.every((edit, index) => {
    const before = all[index - 1];
    return before === undefined || (before.end <= edit.start && !isSecondComma(before, edit));
  });
  return isSound ? all : null;
}

/** Two items after one that is followed by a comment but no comma: each would add the comma. */
function isSecondComma(before: TextEdit, edit: TextEdit): boolean {
  return before.text === ',' && edit.text === ',' && before.start === edit.start;
}

function editsFor<N>(syntax: Syntax<N>, operation: Operation): readonly TextEdit[] | null {
  switch (operation.kind) {
    case 'set':
      return set(syntax, operation.target, operation.value, operation.after ?? null);
    case 'wrap':
      return wrap(syntax, operation.target, operation.value);
    case 'append':
      return append(syntax, operation.target, operation.value);
    case 'rename':
      return rename(syntax, operation.target, operation.name);
    case 'move-line':
      return moveLine(syntax.text, syntax.textAround(operation.origin), operation.origin);
    case 'embed-together': {
      const input = placeOf(syntax, operation.input)?.item ?? null;
      return input === null ? null : syntax.embedTogether(operation.call, input, operation.answers);
    }
    case 'replace-text':
      return replaceText(syntax, operation.origin, operation.value);
  }
}

type Step = string | number;

/** Where a path leads: its last list, the item of its last step, and the steps for which nothing is written yet. */
interface Place<N> {
  readonly list: Bracketed<N>;
  readonly item: Item<N> | null;
  readonly missing: readonly Step[];
}

function placeOf<N>(syntax: Syntax<N>, target: Target): Place<N> | null {
  const node = syntax.find(target.at);
  if (node === null) return null;
  const isByPosition = syntax.hasOptionsObjects && syntax.isCall(node) && typeof target.path[0] !== 'number';
  if (isByPosition && target.position === null) return null;
  const path: readonly Step[] = isByPosition ? [target.position as number, ...target.path] : target.path;
  let list = syntax.list(node);
  for (const [index, step] of path.entries()) {
    if (list === null) return null;
    const item = itemAt(list, step);
    if (item === null) return canGrow(list, step) ? { list, item, missing: path.slice(index) } : null;
    if (index === path.length - 1) return { list, item, missing: [] };
    list = syntax.list(item.value);
  }
  return null;
}

function itemAt<N>(list: Bracketed<N>, step: Step): Item<N> | null {
  if (typeof step === 'string') return list.items.findLast(({ name }) => name === step) ?? null;
  const index = step < 0 ? list.items.length + step : step;
  const counted = step < 0 ? list.items.slice(index) : list.items.slice(0, index + 1);
  return counted.some(({ kind }) => kind === 'spread') ? null : (list.items[index] ?? null);
}

/** A name can be added where names stand; an argument only as the next one. */
function canGrow<N>(list: Bracketed<N>, step: Step): boolean {
  if (typeof step === 'string') return list.kind !== 'items';
  return list.kind === 'arguments' && step === list.items.length && list.items.every(({ kind }) => kind !== 'spread');
}

function set<N>(syntax: Syntax<N>, target: Target, value: Literal, after: string | null): readonly TextEdit[] | null {
  const place = placeOf(syntax, target);
  if (place === null) return null;
  const { list, item, missing } = place;
  if (item === null) {
    const [first, ...rest] = missing;
    // A new object reads best after the existing parameters.
    const index = rest.length > 0 ? list.items.length - 1 : indexBehind(list, after);
    const nested = rest.reduceRight<Literal>((inner, step) => ({ [step]: inner }), value);
    if (rest.some((step) => typeof step === 'number')) return null;
    return insertAfter(syntax.text, list, index, itemText(syntax, list, first as Step, nested), syntax.notation);
  }
  if (item.kind === 'shorthand' || item.kind === 'spread') return null;
  return [{ ...item.valueSpan, text: writeLiteral(value, styleOf(syntax, list)) }];
}

/**
 * After the item with this name, unless a later item could replace the new one or must come first; otherwise at the
 * end.
 */
function indexBehind<N>(list: Bracketed<N>, name: string | null): number {
  const last = list.items.length - 1;
  const index = name === null ? -1 : list.items.findIndex((item) => item.name === name);
  if (index < 0) return last;
  return list.items.slice(index + 1).every(({ kind }) => kind === 'named' || kind === 'shorthand') ? index : last;
}

/** A new item in the style of its neighbours: their quotes around names, their spaces around the sign. */
function itemText<N>(syntax: Syntax<N>, list: Bracketed<N>, step: Step, value: Literal): string {
  const { text } = syntax;
  const notation = styleOf(syntax, list);
  const written = writeLiteral(value, notation);
  if (typeof step === 'number') return written;
  const neighbour = list.items.find((item) => item.kind === 'named');
  const sign = neighbour === undefined ? '' : text.slice(neighbour.nameEnd, neighbour.valueSpan.start);
  const usual = list.kind === 'arguments' ? notation.argumentSign : notation.entrySign;
  const key = list.kind === 'arguments' ? step : writeKey(step, { ...notation, ...quotesOf(text, list, notation) });
  return `${key}${/^ ?[=:] ?$/.test(sign) ? sign : usual}${written}`;
}

/** How values are written here: with the quotes of the list's own strings, if they agree. */
function styleOf<N>({ text, notation }: Syntax<N>, { items }: Bracketed<N>): Notation {
  const found = items.flatMap(
    ({ valueSpan }) => /^[a-zA-Z]{0,2}(["'])/.exec(text.slice(valueSpan.start, valueSpan.end))?.[1] ?? [],
  );
  const [quote] = found;
  const isAgreed = (quote === '"' || quote === "'") && found.every((other) => other === quote);
  return isAgreed ? { ...notation, quote: () => quote } : notation;
}

function quotesOf<N>(text: string, list: Bracketed<N>, { quotesKeys }: { readonly quotesKeys: boolean }) {
  const named = list.items.filter((item) => item.kind === 'named' || item.kind === 'shorthand');
  const areQuoted = named.length > 0 && named.every((item) => /["']/.test(text[item.nameEnd - 1] ?? ''));
  const quote = areQuoted ? (text[(named[0] as Item<N>).nameEnd - 1] as Quote) : null;
  return { quotesKeys: quotesKeys || areQuoted, ...(quote === null ? {} : { quote: () => quote }) };
}

function wrap<N>(syntax: Syntax<N>, target: Target, value: Literal): readonly TextEdit[] | null {
  const place = placeOf(syntax, target);
  const item = place?.item ?? null;
  if (place === null || item === null || item.kind === 'spread') return null;
  const [before, behind, ...more] = writeLiteral(value, styleOf(syntax, place.list)).split(SAME);
  if (before === undefined || behind === undefined || more.length > 0) return null;
  const { start, end } = item.valueSpan;
  const name = item.kind === 'shorthand' ? `${item.name}${syntax.notation.entrySign}` : '';
  return [
    { start, end: start, text: `${name}${before}` },
    { start: end, end, text: behind },
  ];
}

function append<N>(syntax: Syntax<N>, target: Target, value: Literal): readonly TextEdit[] | null {
  const item = placeOf(syntax, target)?.item ?? null;
  const list = item === null || item.kind === 'spread' ? null : syntax.list(item.value);
  if (list === null || list.kind !== 'items') return null;
  return insertAfter(syntax.text, list, list.items.length - 1, writeLiteral(value, syntax.notation), syntax.notation);
}

function rename<N>(syntax: Syntax<N>, target: Target, name: string): readonly TextEdit[] | null {
  const place = placeOf(syntax, target);
  const item = place?.item ?? null;
  if (place === null || item === null || item.name === null) return null;
  const { start, nameEnd } = item;
  if (item.kind === 'shorthand') return [{ start, end: start, text: `${name}${syntax.notation.entrySign}` }];
  const quote = /^["']/.exec(syntax.text.slice(start, nameEnd))?.[0] ?? '';
  return [{ start: start + quote.length, end: nameEnd - quote.length, text: name }];
}

function replaceText<N>(
  syntax: Syntax<N>,
  origin: { readonly start: number; readonly end: number },
  value: string,
): readonly TextEdit[] | null {
  const node = syntax.find(origin);
  const characters = node === null ? null : syntax.characters(node);
  if (characters === null) return null;
  return [{ ...characters, text: escaped(value, syntax.text[characters.end] ?? '') }];
}
