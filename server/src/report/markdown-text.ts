/** Foreign text inside Markdown: what a file is called, or a message quotes, never becomes markup. */
import { printable } from '@farthing/shared/printable';

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '#': '&#35;',
  '~': '&#126;',
};

/** Text as text: no markup, no HTML, no link, no mention, no reference to an issue, no other cell of a table. */
export function markdownText(text: string): string {
  return printable(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]|!]/g, '\\$&')
    .replace(/[<>&#~]/g, (character) => ENTITIES[character] ?? character)
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, (start) => start.replace('.', '&#46;'))
    .replaceAll('@', '@\u200b');
}

/** Code on one line. In a table a pipe ends the cell even inside code. */
export function markdownCode(text: string): string {
  const code = printable(text.replace(/\s+/g, ' ')).replaceAll('|', '\\|');
  const runs = code.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const space = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return fence + space + code + space + fence;
}
