/** Keeps an answer to a length that a model's context has room for. */

/** UTF-16 units: about 8,000 tokens of tables. */
const MAX_ANSWER = 24_000;

/** Cut at the end of a line, with the last line saying how to ask for the rest. */
export function boundedText(text: string, max = MAX_ANSWER): string {
  if (text.length <= max) return text;
  const end = text.lastIndexOf('\n', max);
  const kept = end < 0 ? text.slice(0, max) : text.slice(0, end);
  const left = text.slice(kept.length).split('\n').length - 1;
  return `${kept}\n(cut here: ${left} more lines. Ask for less: summary, groupBy, filter, path or limit)\n`;
}
