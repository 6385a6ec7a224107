/** "Did you mean": the candidate with the fewest edits, if it is close enough; null otherwise. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  return nearestFew(word, candidates, 1)[0] ?? null;
}

/** The candidates that are close enough, closest first; the word itself is never one of them. */
export function nearestFew(word: string, candidates: Iterable<string>, count: number): readonly string[] {
  const limit = Math.floor(Math.max(word.length, 4) / 2);
  const wanted = word.toLowerCase();
  const found = new Map<string, number>();
  for (const candidate of candidates) {
    if (candidate === word || found.has(candidate)) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < limit) found.set(candidate, edits);
  }
  return [...found]
    .sort((a, b) => a[1] - b[1])
    .slice(0, count)
    .map(([candidate]) => candidate);
}

/** Letters added, removed, changed, or swapped with their neighbour; longer words are cut at 64 letters. */
function distance(from: string, to: string): number {
  const source = from.slice(0, 64);
  const target = to.slice(0, 64);
  let before: readonly number[] = [];
  let row = Array.from({ length: target.length + 1 }, (_, index) => index);
  for (let i = 1; i <= source.length; i++) {
    const next = [i];
    for (let j = 1; j <= target.length; j++) {
      const change = (row[j - 1] as number) + (source[i - 1] === target[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && source[i - 1] === target[j - 2] && source[i - 2] === target[j - 1];
      const swap = isSwapped ? (before[j - 2] as number) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    before = row;
    row = next;
  }
  return row[target.length] as number;
}
