/** What the rewriting of loops needs in every language. */

/** Code that stood deeper, so that its later lines are indented from `column` on as they were from its own first line. */
export function dedented(code: string, column: string): string {
  const [first = '', ...rest] = code.split(/\r?\n/);
  const depths = rest.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  // The last line closes what the first one opened, so it keeps the indentation of the code.
  const indentation = depths.at(-1) ?? '';
  return [
    first,
    ...rest.map((line) => (line.startsWith(indentation) ? column + line.slice(indentation.length) : line)),
  ].join('\n');
}

/** A name for one item of the answers that the file does not mention. */
export function freshName(text: string): string {
  const names = ['item', 'entry', 'embedded', 'result'];
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? 'embeddedItem';
}
