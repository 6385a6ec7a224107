/** What the learned router sees of a question: a few sizes, and the words and pairs of words as hashed numbers. */

/** The question is read up to here: what comes later hardly changes which model it needs. */
const LONGEST = 2000;
/** A power of 2. Words that share a number are rare enough at this size. */
export const BUCKETS = 2 ** 15;
const MASK = BUCKETS - 1;

export interface Features {
  readonly sizes: readonly number[];
  /** Each number once. */
  readonly grams: readonly number[];
}

export function featuresOf(question: string): Features {
  const text = question.slice(0, LONGEST);
  return { sizes: sizesOf(text, question.length), grams: gramsOf(text) };
}

/** Their number and order are part of the format of weights. */
export const SIZES = 8;

function sizesOf(text: string, length: number): readonly number[] {
  let [digits, symbols, lines, capitals, questions, commas, spaces] = [0, 0, 0, 0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits++;
    else if (code >= 0x41 && code <= 0x5a) capitals++;
    else if (code === 0x20) spaces++;
    else if (code === 0x0a) lines++;
    else if (code === 0x3f) questions++;
    else if (code === 0x2c || code === 0x3b) commas++;
    else if (code < SYMBOLS.length) symbols += SYMBOLS[code] ?? 0;
  }
  const characters = Math.max(text.length, 1);
  const words = spaces + lines + 1;
  return [
    Math.log(length + 1),
    Math.log(words),
    digits / characters,
    symbols / characters,
    lines / words,
    capitals / characters,
    questions / words,
    commas / words,
  ];
}

/** 1 for each symbol of formulas and code. */
const SYMBOLS: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) =>
  '=+*/^<>\\'.includes(String.fromCharCode(code)) ? 1 : 0,
);

const START = 0x9e3779b9;
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Of a number only its length counts, up to here: hardly two questions share the number itself. */
const LONGEST_NUMBER = 4;

/** The round in which each number was last seen, so that a question needs no set of its own. */
const lastSeen = new Uint32Array(BUCKETS);
let round = 0;

/** Read by hand, because an expression takes five times as long: this runs for every request. */
function gramsOf(text: string): readonly number[] {
  round = (round + 1) >>> 0;
  const grams: number[] = [];
  const add = (number: number): void => {
    if (lastSeen[number] === round) return;
    lastSeen[number] = round;
    grams.push(number);
  };
  let previous = START;
  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === SPACE) {
      at++;
      continue;
    }
    let hash = OFFSET;
    const from = at;
    do {
      const code = text.charCodeAt(at);
      if (kind === DIGIT) hash = at - from < LONGEST_NUMBER ? Math.imul(hash ^ HASH_SIGN, PRIME) : hash;
      else hash = Math.imul(hash ^ (code >= 0x41 && code <= 0x5a ? code | 0x20 : code), PRIME);
      at++;
    } while (kind !== SIGN && at < text.length && kindOf(text.charCodeAt(at)) === kind);
    const word = mixed(hash);
    add(word & MASK);
    add(mixed(Math.imul(previous, 31) ^ word) & MASK);
    previous = word;
  }
  return grams;
}

const HASH_SIGN = 0x23;
const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
const SIGN = 3;

/** Everything beyond ASCII counts as a letter. */
function kindOf(code: number): number {
  if (code > 0x7f) return LETTER;
  return KINDS[code] ?? SIGN;
}

const KINDS: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return SPACE;
  if (/[a-z]/i.test(character)) return LETTER;
  return /\d/.test(character) ? DIGIT : SIGN;
});

function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (first ^ (first >>> 12)) >>> 0;
}
