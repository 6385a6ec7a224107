import type { TextEdit } from './fix.ts';

/** `text` with the edits made: they are in the order of the text, and none overlaps another. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let end = 0;
  for (const edit of edits) {
    result += text.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return result + text.slice(end);
}
