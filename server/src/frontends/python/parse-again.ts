/**
 * Reparses a text after an edit in time proportional to the edited statements. The tree is the one that `parseTree`
 * would give, even around errors: statements are kept only if they were outside everything that was broken, and
 * statements after the edit only if the parser has read several statements the same as before. Lezer's own reuse of
 * nodes gives different trees around errors.
 */
import { changeBetween } from '../change.ts';
import { children, parseTree, type SyntaxTree } from './tree.ts';

/** How many statements after an edit must come out as before until the rest is assumed to be unchanged. */
const AGREEING_STATEMENTS = 2;
/** The number of nodes in them: the parser drops the less likely ways to recover from an error within about 125. */
const AGREEING_NODES = 200;

/** The tree of `text`, given that of `before`, which may be any text. */
export function parseAgain(before: string, tree: SyntaxTree, text: string): SyntaxTree {
  const change = changeBetween(before, text);
  if (change === null) return tree;
  const statements = children(tree, 0);
  const shift = text.length - before.length;
  const first = firstToParse(tree, statements, before, Math.min(change.start, tree.firstError?.start ?? change.start));
  const from = first === 0 ? 0 : (tree.from[statements[first] ?? 0] ?? 0);
  const kept = first === 0 ? 1 : (statements[first] ?? 1);
  const agreeing = statementsAfter(tree, statements, before, Math.max(change.end, tree.lastError?.end ?? change.end));
  if (agreeing !== null) {
    const part = parseTree(text.slice(from, agreeing.windowEnd + shift), from);
    const end = endOfAgreement(part, tree, agreeing, shift);
    if (end !== null) return join(tree, kept, from, part, end, { ...agreeing, shift }, text.length);
  }
  const rest = parseTree(text.slice(from), from);
  return join(tree, kept, from, rest, rest.name.length, null, text.length);
}

/**
 * The statement before the one that contains `offset`: an edit can make a statement part of the previous one, but not
 * of an earlier one.
 */
function firstToParse(tree: SyntaxTree, statements: readonly number[], text: string, offset: number): number {
  let index = statements.findLastIndex((node) => (tree.from[node] ?? 0) <= offset) - 1;
  while (index > 0 && !beginsLine(text, tree.from[statements[index] ?? 0] ?? 0)) index--;
  return Math.max(0, index);
}

/** A range of statements that the edit does not touch, as nodes of the old tree. */
interface Agreeing {
  readonly first: number;
  readonly last: number;
  /** The end of one more statement: what follows decides where a statement ends. */
  readonly windowEnd: number;
}

/** Null if too little follows `offset`. */
function statementsAfter(
  tree: SyntaxTree,
  statements: readonly number[],
  text: string,
  offset: number,
): Agreeing | null {
  const begin = statements.findIndex(
    (node) => (tree.from[node] ?? 0) > offset && beginsLine(text, tree.from[node] ?? 0),
  );
  if (begin < 0) return null;
  const first = statements[begin] ?? 0;
  for (let index = begin + AGREEING_STATEMENTS - 1; index + 1 < statements.length; index++) {
    const last = statements[index] ?? 0;
    const next = statements[index + 1] ?? 0;
    if ((tree.end[last] ?? 0) - first < AGREEING_NODES || !beginsLine(text, tree.from[next] ?? 0)) continue;
    return { first, last, windowEnd: tree.to[next] ?? 0 };
  }
  return null;
}

/** The node of `part` after the agreeing statements; null if they, or what follows them, came out differently. */
function endOfAgreement(part: SyntaxTree, tree: SyntaxTree, { first, last }: Agreeing, shift: number): number | null {
  const start = (tree.from[first] ?? 0) + shift;
  if (part.lastError !== null && part.lastError.end > start) return null;
  const begin = children(part, 0).find((node) => part.from[node] === start);
  if (begin === undefined) return null;
  const stop = tree.end[last] ?? 0;
  for (let node = first; node < stop; node++) {
    const other = begin + node - first;
    const isSame =
      part.name[other] === tree.name[node] &&
      part.from[other] === (tree.from[node] ?? 0) + shift &&
      part.to[other] === (tree.to[node] ?? 0) + shift &&
      (part.end[other] ?? 0) - other === (tree.end[node] ?? 0) - node;
    if (!isSame) return null;
  }
  return begin + stop - first;
}

/** The old tree's nodes up to `kept`, those of `part` after its root up to `end`, and the old ones from `rest` on. */
function join(
  old: SyntaxTree,
  kept: number,
  start: number,
  part: SyntaxTree,
  end: number,
  rest: (Agreeing & { readonly shift: number }) | null,
  length: number,
): SyntaxTree {
  const shift = rest?.shift ?? 0;
  const from = rest === null ? old.name.length : (old.end[rest.last] ?? 0);
  const name = [...old.name.slice(0, kept), ...part.name.slice(1, end), ...old.name.slice(from)];
  const spliced = (table: 'from' | 'to' | 'end', partShift: number, restShift: number): number[] => {
    const numbers = old[table].slice(0, kept);
    for (let node = 1; node < end; node++) numbers.push((part[table][node] ?? 0) + partShift);
    for (let node = from; node < old.name.length; node++) numbers.push((old[table][node] ?? 0) + restShift);
    return numbers;
  };
  const to = spliced('to', 0, shift);
  const ends = spliced('end', kept - 1, kept + end - 1 - from);
  to[0] = length;
  ends[0] = name.length;
  const cut = rest === null ? Number.POSITIVE_INFINITY : (old.to[rest.last] ?? 0);
  return {
    name,
    from: spliced('from', 0, shift),
    to,
    end: ends,
    comments: [
      ...old.comments.filter((comment) => comment.start < start),
      ...part.comments.filter((comment) => comment.start < cut + shift),
      ...old.comments.flatMap((comment) =>
        comment.start < cut ? [] : [{ start: comment.start + shift, end: comment.end + shift }],
      ),
    ],
    firstError: part.firstError,
    lastError: part.lastError,
  };
}

function beginsLine(text: string, offset: number): boolean {
  return offset === 0 || text.charCodeAt(offset - 1) === LINE_FEED || text.charCodeAt(offset - 1) === CARRIAGE_RETURN;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
