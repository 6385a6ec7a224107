/** Columns of equal width, for a monospaced font. */
import { printable } from '@farthing/shared/printable';

/** `right` lists the columns that contain numbers, from 0. Trailing spaces are omitted. */
export function alignRows(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
}

/** Monospaced lines, as the client can show them. Quoted text cannot break out of them. */
export function block(lines: readonly string[], isMarkdown: boolean): string {
  const text = lines.map(printable).join('\n');
  return isMarkdown ? `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\`` : text;
}
