/** "Did you mean": the candidate with the fewest edits, if it is close enough to be meant; null otherwise. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = Math.floor(Math.max(word.length, 4) / 2);
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance; words in configuration files are short, longer ones are cut at 64 letters. */
function distance(from: string, to: string): number {
  const source = from.slice(0, 64);
  const target = to.slice(0, 64);
  let row = Array.from({ length: target.length + 1 }, (_, index) => index);
  for (let i = 1; i <= source.length; i++) {
    const next = [i];
    for (let j = 1; j <= target.length; j++) {
      const change = (row[j - 1] as number) + (source[i - 1] === target[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[target.length] as number;
}
