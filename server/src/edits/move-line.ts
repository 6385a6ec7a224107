/** Moving a line within a text of several lines: written as lines, or on one with `\n` between them. */
import type { Span } from '../ir/nodes.ts';
import type { TextEdit } from './fix.ts';
import type { HoledText } from './syntax.ts';

const LINE_BREAK = /\r?\n|(?<!\\)(?:\\\\)*(?<escape>\\n)/g;

/**
 * Moves the line around `hole` to the end of the text; null if no line follows it, or if it is part of another hole.
 */
export function moveLine(source: string, text: HoledText | null, hole: Span): readonly TextEdit[] | null {
  if (text === null) return null;
  const { start, end } = text.content;
  const breaks = lineBreaks(source, text);
  const before = breaks.findLast((lineBreak) => lineBreak.end <= hole.start);
  const behind = breaks.find((lineBreak) => lineBreak.start >= hole.end);
  if (behind === undefined) return null;
  const line: Span = { start: before?.end ?? start, end: behind.start };
  // What a text ends with, be it the indentation of its closing quotes, stays its end.
  const last = source.slice(start, end).replace(/(?:\r?\n)?[ \t]*$/, '').length + start;
  if (last <= behind.end) return null;
  const lineBreak = source.slice(behind.start, behind.end);
  const isEnded = breaks.some((other) => other.end === last);
  const moved = source.slice(line.start, line.end);
  return [
    { start: line.start, end: behind.end, text: '' },
    { start: last, end: last, text: isEnded ? `${moved}${lineBreak}` : `${lineBreak}${moved}` },
  ];
}

function lineBreaks(source: string, { content, holes }: HoledText): readonly Span[] {
  const found: Span[] = [];
  for (const match of source.slice(content.start, content.end).matchAll(LINE_BREAK)) {
    const end = content.start + match.index + match[0].length;
    const start = end - (match.groups?.escape ?? match[0]).length;
    if (!holes.some((hole) => hole.start <= start && start < hole.end)) found.push({ start, end });
  }
  return found;
}
