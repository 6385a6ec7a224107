/**
 * The values of JSON text as it arrives: JSON lines, values one after the other, and the elements of one list. Only one
 * value is in memory at a time.
 */

export interface TextValue {
  readonly text: string;
  /** The line that it begins on, from 1. */
  readonly line: number;
}

/** A value is larger than a record of a call can be. */
export class LargeValue extends Error {
  readonly line: number;

  constructor(line: number) {
    super('');
    this.line = line;
  }
}

/** UTF-16 units. A batch of spans is the largest record there is. */
const MAX_VALUE = 64 * 1024 * 1024;

/** @throws LargeValue */
export function* jsonValues(chunks: Iterable<string>, max = MAX_VALUE): Generator<TextValue> {
  const splitter = new Splitter(max);
  for (const chunk of chunks) yield* splitter.take(chunk);
  yield* splitter.end();
}

/** Looks at brackets outside of strings only: whether a value is JSON, its parser says. */
class Splitter {
  readonly #max: number;
  #line = 1;
  #startLine = 1;
  #value = '';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isAfterLine = true;
  /** True between the brackets of the list that is the whole document. */
  #isInList = false;

  constructor(max: number) {
    this.#max = max;
  }

  *take(chunk: string): Generator<TextValue> {
    /** Where the value begins in this chunk. */
    let start = this.#value === '' ? -1 : 0;
    for (let at = 0; at < chunk.length; at++) {
      const unit = chunk.charCodeAt(at);
      const isLineStart = this.#isAfterLine;
      this.#isAfterLine = unit === LINE_FEED;
      // A line that was cut short: no string holds a line break, and no value of a list begins where lines do.
      const isCut = this.#isInString ? unit === LINE_FEED : isLineStart && unit === OPEN && this.#depth > 0;
      if (isCut) {
        yield this.#finish(chunk.slice(Math.max(start, 0), at));
        start = -1;
      }
      if (unit === LINE_FEED) this.#line++;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (unit === BACKSLASH) this.#isEscaped = true;
        else if (unit === QUOTE) this.#isInString = false;
        continue;
      }
      const isBetween = this.#value === '' && start === -1;
      if (isBetween) {
        if (isSpace(unit) || unit === COMMA || unit === BYTE_ORDER_MARK) continue;
        if (unit === OPEN_LIST && !this.#isInList) {
          this.#isInList = true;
          continue;
        }
        if (unit === CLOSE_LIST) {
          this.#isInList = false;
          continue;
        }
        start = at;
        this.#startLine = this.#line;
      }
      if (unit === QUOTE) this.#isInString = true;
      else if (unit === OPEN || unit === OPEN_LIST) this.#depth++;
      else if (unit === CLOSE || unit === CLOSE_LIST) this.#depth--;
      // What is no object ends with its line, so that one broken line is one unreadable value.
      const isEnd = this.#depth <= 0 && (unit === CLOSE || unit === LINE_FEED || unit === CLOSE_LIST);
      if (isEnd) {
        yield this.#finish(chunk.slice(start, at + 1));
        start = -1;
      }
    }
    if (start !== -1) this.#value += chunk.slice(start);
    if (this.#value.length > this.#max) throw new LargeValue(this.#startLine);
  }

  #finish(rest: string): TextValue {
    const text = this.#value + rest;
    this.#value = '';
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
    return { text, line: this.#startLine };
  }

  *end(): Generator<TextValue> {
    if (this.#value.trim() !== '') yield { text: this.#value, line: this.#startLine };
  }
}

const LINE_FEED = 10;
const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;
const BYTE_ORDER_MARK = 0xfeff;

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}
