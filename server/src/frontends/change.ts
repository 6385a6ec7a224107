/** Finds what an edit changed by comparing the texts. */
import type { Span } from '../ir/nodes.ts';

/** The part of `before` that differs in `text`; null if the texts are the same. */
export function changeBetween(before: string, text: string): Span | null {
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === text.charCodeAt(start)) start++;
  if (start === before.length && start === text.length) return null;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === text.charCodeAt(text.length - 1 - end))
    end++;
  return { start, end: before.length - end };
}
