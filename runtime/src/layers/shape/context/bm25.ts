/** How well passages answer a query, by the words that they share with it (Okapi BM25). */

const WORD = /[\p{L}\p{N}]+/gu;
/** How soon a repeated word counts no more, and how much the length of a passage counts: the usual values. */
const K1 = 1.2;
const B = 0.75;

/** A score for each passage; 0 if it has no word of the query. */
export function bm25(query: string, passages: readonly string[]): readonly number[] {
  const wanted = new Set(wordsOf(query));
  const words = passages.map(wordsOf);
  const average = words.reduce((sum, list) => sum + list.length, 0) / Math.max(1, words.length);
  const counts = words.map((list) => {
    const count = new Map<string, number>();
    for (const word of list) if (wanted.has(word)) count.set(word, (count.get(word) ?? 0) + 1);
    return count;
  });
  const found = new Map<string, number>();
  for (const count of counts) for (const word of count.keys()) found.set(word, (found.get(word) ?? 0) + 1);
  return counts.map((count, index) => {
    const length = 1 - B + (B * (words[index]?.length ?? 0)) / Math.max(1, average);
    let score = 0;
    for (const [word, times] of count) {
      const others = found.get(word) ?? 0;
      const rarity = Math.log(1 + (passages.length - others + 0.5) / (others + 0.5));
      score += (rarity * times * (K1 + 1)) / (times + K1 * length);
    }
    return score;
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
