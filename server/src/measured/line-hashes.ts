/** Short hashes of lines of code, by which a later scan sees what has changed without the text itself. */
import { hash48 } from '@farthing/shared/callsite';

/** Lines from `first` to `last`, from 1. Indentation does not count. */
export function lineHashes(text: string, first: number, last: number): readonly string[] {
  return text
    .split('\n')
    .slice(first - 1, last)
    .map((line) => hash48(line.trim()));
}

/** How many of the lines that were measured the code from `start` to `end` no longer has. Both are offsets in the text. */
export function changedLines(measured: readonly string[], text: string, start: number, end: number): number {
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const last = text.indexOf('\n', end);
  const code = text.slice(first, last === -1 ? undefined : last);
  const now = new Set(code.split('\n').map((line) => hash48(line.trim())));
  return measured.filter((line) => !now.has(line)).length;
}
