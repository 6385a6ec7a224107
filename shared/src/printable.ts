/**
 * Text that a stranger wrote, made safe to print. Names of files, functions and models come from code that is being
 * looked at, and go to terminals, CI logs and editors. All three act on what they are sent: an escape sequence rewrites a
 * terminal, a right-to-left override shows a name backwards, and a line that begins with `::` is a command to a CI runner.
 */

/**
 * Controls, formats that are not seen (direction, joining, tags), separators of lines and paragraphs, halves of a
 * character.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** JSON is laid out on lines: to stop at each end costs more than all the rest. */
const UNSEEN_IN_JSON = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** GitHub reads a command where a line begins with `::`, spaces aside, and like Azure and TeamCity after `##` anywhere. */
const COMMAND_LINE = /(?<=^|\s):(?=:)/g;
const COMMAND_MARK = /#(?=#(?:\[|vso\[|teamcity\[))/gi;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** On one line, with what cannot be seen, and what a CI runner would obey, written as an escape: `\u{1b}`, `\n`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, escaped).replace(COMMAND_LINE, escaped).replace(COMMAND_MARK, escaped);
}

/** The same for text of several lines, which keep their ends and their tabs. */
export function printableLines(text: string): string {
  return text
    .replace(/[^\t\n\r]+|\r(?!\n)/g, printable)
    .replace(/^[\t ]*:(?=:)/gm, (start) => start.slice(0, -1) + escaped(':'));
}

/** JSON with the same meaning whose text holds nothing unseen and no command. `json` is JSON already. */
export function printableJson(json: string): string {
  // Outside of its strings JSON has only the line breaks of its layout, and in a string no line begins.
  return json.replace(UNSEEN_IN_JSON, escapedInJson).replace(COMMAND_MARK, escapedInJson);
}

/** Every text in plain data, its keys aside, as `printable` gives it. */
export function printableData<Data>(data: Data): Data {
  if (typeof data === 'string') return printable(data) as Data;
  if (Array.isArray(data)) return data.map(printableData) as Data;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printableData(value)])) as Data;
}

function escaped(character: string): string {
  return NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escapedInJson(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
