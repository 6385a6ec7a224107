/** What differs between two texts, line by line, with a little of what stands around it. */
import { structuredPatch } from 'diff';

const LINES_AROUND = 3;

export function linesChanged(before: string, after: string): string {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: LINES_AROUND });
  return hunks.flatMap(({ lines }) => lines.map((line) => `  ${line}`)).join('\n');
}
