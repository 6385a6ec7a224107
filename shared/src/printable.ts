/**
 * Makes foreign text safe to print. Names of files, functions and models come from the code being analysed, and are
 * sent to terminals, CI logs and editors. All three act on what they receive: an escape sequence rewrites a terminal, a
 * right-to-left override shows a name backwards, and a line that begins with `::` is a command to a CI runner.
 */

/**
 * Control characters, invisible format characters (direction, joining, tags), line and paragraph separators, lone
 * surrogates.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** JSON spans many lines, and matching every line break would cost more than all the rest. */
const UNSEEN_IN_JSON = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/**
 * GitHub reads a command if a line begins with `::` (after spaces), and like Azure and TeamCity after `##` anywhere.
 */
const COMMAND_LINE = /(?<=^|\s):(?=:)/g;
const COMMAND_MARK = /#(?=#(?:\[|vso\[|teamcity\[))/gi;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** On one line; invisible characters and commands to a CI runner become escapes: `\u{1b}`, `\n`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, escaped).replace(COMMAND_LINE, escaped).replace(COMMAND_MARK, escaped);
}

/** The same for multi-line text, which keeps its line breaks and tabs. */
export function printableLines(text: string): string {
  return text
    .replace(/[^\t\n\r]+|\r(?!\n)/g, printable)
    .replace(/^[\t ]*:(?=:)/gm, (start) => start.slice(0, -1) + escaped(':'));
}

/** JSON with the same meaning whose text contains no invisible characters and no commands. `json` must be JSON. */
export function printableJson(json: string): string {
  // Outside its strings, JSON has only the line breaks of its layout, and no line begins inside a string.
  return json.replace(UNSEEN_IN_JSON, escapedInJson).replace(COMMAND_MARK, escapedInJson);
}

/**
 * Applies `printable` to every text in plain data, except its keys. Data in which that changes nothing is returned as it
 * is: a large report is not in memory twice.
 */
export function printableData<Data>(data: Data): Data {
  if (typeof data === 'string') return printable(data) as Data;
  if (Array.isArray(data)) {
    const elements = data.map(printableData);
    return elements.some((element, index) => element !== data[index]) ? (elements as Data) : data;
  }
  if (typeof data !== 'object' || data === null) return data;
  let changed: Record<string, unknown> | null = null;
  for (const [key, value] of Object.entries(data)) {
    const text = printableData(value);
    if (text !== value) changed = { ...(changed ?? data), [key]: text };
  }
  return (changed as Data | null) ?? data;
}

function escaped(character: string): string {
  return NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escapedInJson(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
