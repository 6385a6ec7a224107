/** Whether two answers to one request say the same, as far as their surface shows. */
import { isDeepStrictEqual } from 'node:util';
import type { AnswerContent } from '../../../wire/answer-content.ts';

/** From 0 to 1: the share of words that both have. 0 if their numbers, their JSON or their calls of tools differ. */
export function agreementOf(one: AnswerContent, other: AnswerContent): number {
  if (!isDeepStrictEqual(one.calls.map(jsonOrText), other.calls.map(jsonOrText))) return 0;
  const [text, otherText] = [textOf(one), textOf(other)];
  const [value, otherValue] = [jsonOrText(text), jsonOrText(otherText)];
  if (typeof value === 'object' || typeof otherValue === 'object') return isDeepStrictEqual(value, otherValue) ? 1 : 0;
  const [words, otherWords] = [wordsOf(text), wordsOf(otherText)];
  if (!isDeepStrictEqual(words.filter(isNumber).sort(), otherWords.filter(isNumber).sort())) return 0;
  const all = words.length + otherWords.length;
  return all === 0 ? 1 : (2 * shared(words, otherWords)) / all;
}

function textOf({ texts }: AnswerContent): string {
  return [...texts.values()].join('\n').trim();
}

/** JSON as its value, any other text as it is. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Numbers keep their signs and points. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/-?\d+(?:[.,]\d+)*|[\p{L}\p{M}]+/gu) ?? [];
}

function isNumber(word: string): boolean {
  return /\d/.test(word);
}

/** How many words of one list are in the other, each as often as it occurs. */
function shared(words: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  let count = 0;
  for (const word of words) {
    const rest = left.get(word) ?? 0;
    if (rest === 0) continue;
    left.set(word, rest - 1);
    count++;
  }
  return count;
}
