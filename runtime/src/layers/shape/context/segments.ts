/**
 * Divides a text into what may be shortened without loss, and what stays as it is: code, quotations, what is marked
 * exact.
 */
import { afterNested } from '../../../support/json-members.ts';

export interface Segment {
  /** `exact` keeps every character; `json` is one JSON array or object; `prose` is anything else. */
  readonly kind: 'exact' | 'json' | 'prose';
  readonly text: string;
}

const END = '(?![\\s\\S])';
/** A block that is not closed goes to the end of the text. */
const BLOCKS: readonly string[] = [
  `^[ \\t]*(?<fence>\`{3,}(?!\`)|~{3,}(?!~))[^\\n]*\\n(?:[\\s\\S]*?\\n)??[ \\t]*\\k<fence>[\`~]*[ \\t\\r]*(?=\\n|${END})`,
  '^[ \\t]*(?:`{3,}|~{3,})[\\s\\S]*',
  `"""[\\s\\S]*?(?:"""|${END})`,
  `'''[\\s\\S]*?(?:'''|${END})`,
  `<exact>[\\s\\S]*?(?:</exact>|${END})`,
];
const BLOCK = new RegExp(BLOCKS.join('|'), 'gm');

export function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { 0: block, index } of text.matchAll(BLOCK)) {
    addOutside(segments, text.slice(at, index));
    segments.push({ kind: 'exact', text: block });
    at = index + block.length;
  }
  addOutside(segments, text.slice(at));
  return segments;
}

/** What may stand before JSON on its line: nothing, a label (`Result:`), a tag (`<data>`), or a list's mark. */
const BEFORE_JSON = /^[ \t]*(?:[-*][ \t]+)?$|[:=][ \t]*$|<[^<>\s][^<>]*>[ \t]*$/;
const QUOTED_LINE = /^[ \t]*>/;
/** Text that looks like JSON and is not would otherwise be searched to its end from each bracket. */
const MAX_FAILURES = 30;
/** Less than this may be something else: the `[ ]` of a list of tasks is valid JSON. */
const SHORTEST_JSON = 12;
/** A longer line is not read from its beginning. */
const LONGEST_LABEL = 200;

/** Finds JSON in a text without blocks. */
function addOutside(segments: Segment[], text: string): void {
  const quotation = new Quotation();
  let start = 0;
  let read = 0;
  let failures = 0;
  for (let at = nextBracket(text, 0); at >= 0 && failures < MAX_FAILURES; ) {
    const from = Math.max(start, at - LONGEST_LABEL);
    const line = text.slice(from, at).replace(/[\s\S]*\n/, '');
    const isPlace = !quotation.read(text.slice(read, at)) && BEFORE_JSON.test(line) && !QUOTED_LINE.test(line);
    read = at;
    const end = isPlace ? afterNested(text, at) : -1;
    if (end - at >= SHORTEST_JSON && isJson(text.slice(at, end))) {
      addProse(segments, text.slice(start, at));
      segments.push({ kind: 'json', text: text.slice(at, end) });
      start = end;
      read = end;
      at = nextBracket(text, end);
    } else {
      if (isPlace) failures++;
      at = nextBracket(text, at + 1);
    }
  }
  addProse(segments, text.slice(start));
}

const BRACKET = /[[{]/g;

function nextBracket(text: string, from: number): number {
  BRACKET.lastIndex = from;
  return BRACKET.exec(text)?.index ?? -1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const MARKS = /["`“”«»]/g;

/** Follows quotations through a text. An apostrophe is not a quotation mark. */
class Quotation {
  #isPlain = false;
  #isCode = false;
  #depth = 0;

  /** True if a quotation is open after this text. */
  read(text: string): boolean {
    for (const [mark] of text.matchAll(MARKS)) {
      if (mark === '"') this.#isPlain = !this.#isPlain;
      else if (mark === '`') this.#isCode = !this.#isCode;
      else this.#depth = mark === '“' || mark === '«' ? this.#depth + 1 : Math.max(0, this.#depth - 1);
    }
    return this.isOpen;
  }

  get isOpen(): boolean {
    return this.#isPlain || this.#isCode || this.#depth > 0;
  }
}

/** A paragraph is exact if a quotation runs over its line breaks, or if a line of it is quoted. */
function addProse(segments: Segment[], text: string): void {
  const quotation = new Quotation();
  let paragraph = '';
  let isExact = false;
  const end = (): void => {
    const kind = isExact ? 'exact' : 'prose';
    const last = segments.at(-1);
    if (last?.kind === kind) segments[segments.length - 1] = { kind, text: last.text + paragraph };
    else if (paragraph !== '') segments.push({ kind, text: paragraph });
    paragraph = '';
    isExact = quotation.isOpen;
  };
  let wasBlank = false;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const isBlank = line.trim() === '';
    if (wasBlank && !isBlank) end();
    wasBlank = isBlank;
    paragraph += line;
    isExact = quotation.read(line) || isExact || QUOTED_LINE.test(line);
  }
  end();
}
