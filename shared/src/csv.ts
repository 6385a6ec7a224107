/** Fields of CSV (RFC 4180) that a spreadsheet shows and never runs. */
import { printableLines } from './printable.ts';

export type CsvField = string | number | null;

/** Characters with which a formula begins: a spreadsheet would run it, even if it came from a user's name. */
const FORMULA = /^[=+\-@\t\r]/;

/** Lines with their line breaks, the heading first. */
export function csvLines(lines: readonly (readonly CsvField[])[]): string {
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

function csvField(value: CsvField): string {
  // Amounts may be negative; they come from the report itself.
  const isName = typeof value === 'string' && !/^-?\d+(?:\.\d+)?$/.test(value);
  const text = printableLines(isName && FORMULA.test(value) ? `'${value}` : String(value ?? ''));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Without an exponent, which spreadsheets may misread. */
export function csvDollars(dollars: number): string {
  return dollars.toFixed(9).replace(/\.?0+$/, '');
}
