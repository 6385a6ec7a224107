/** What must be changed in one sentence to get the other: the words that have no partner, in the places where they stand. */
import type { OpenPair } from '../judge/judge.ts';
import type { Token } from '../judge/tokens.ts';

/** Words of both sides between two pairs of partners; one side may be empty. */
export interface Edit {
  readonly from: readonly Token[];
  readonly to: readonly Token[];
  /** Before all partners, between them, or after them. */
  readonly place: 'first' | 'middle' | 'last';
}

export interface Alignment {
  readonly edits: readonly Edit[];
  /** Pairs of words that are partners. */
  readonly partners: number;
}

/** Longer sentences carry content, not only a question. */
const MAX_TOKENS = 40;

/** The longest sequence of partners in the same order; null for long sentences. */
export function alignmentOf({ one, other, arePartners }: OpenPair): Alignment | null {
  if (one.length > MAX_TOKENS || other.length > MAX_TOKENS) return null;
  const isPair = (at: number, otherAt: number): boolean => arePartners(one, at, other, otherAt);
  const longest = longestFrom(one.length, other.length, isPair);
  const lengthAt = (at: number, otherAt: number): number => longest[at]?.[otherAt] ?? 0;
  const edits: Edit[] = [];
  let [partners, at, otherAt] = [0, 0, 0];
  let [from, to]: [Token[], Token[]] = [[], []];
  const close = (isLast: boolean): void => {
    if (from.length + to.length > 0)
      edits.push({ from, to, place: partners === 0 ? 'first' : isLast ? 'last' : 'middle' });
    [from, to] = [[], []];
  };
  while (at < one.length || otherAt < other.length) {
    if (at < one.length && otherAt < other.length && isPair(at, otherAt)) {
      close(false);
      partners++;
      at++;
      otherAt++;
    } else if (otherAt >= other.length || (at < one.length && lengthAt(at + 1, otherAt) >= lengthAt(at, otherAt + 1))) {
      from.push(one[at++] as Token);
    } else {
      to.push(other[otherAt++] as Token);
    }
  }
  close(true);
  return { edits, partners };
}

/** How many partners there can be from two places on. */
function longestFrom(
  length: number,
  otherLength: number,
  isPair: (at: number, otherAt: number) => boolean,
): readonly (readonly number[])[] {
  const longest = Array.from({ length: length + 1 }, () => new Array<number>(otherLength + 1).fill(0));
  for (let at = length - 1; at >= 0; at--) {
    const [row, next] = [longest[at] as number[], longest[at + 1] as number[]];
    for (let otherAt = otherLength - 1; otherAt >= 0; otherAt--) {
      const skipped = Math.max(next[otherAt] as number, row[otherAt + 1] as number);
      row[otherAt] = isPair(at, otherAt) ? Math.max(skipped, 1 + (next[otherAt + 1] as number)) : skipped;
    }
  }
  return longest;
}
