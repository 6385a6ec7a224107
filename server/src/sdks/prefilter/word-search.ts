/**
 * Finds which of many words a text holds, in one pass that looks at every third character or so: Horspool's algorithm for a
 * set of words. A regular expression over the same words looks at each character and took a fifth of a whole scan.
 */

/**
 * Each word belongs to a group; a dot at the end of a word matches a dot after it, with or without white space
 * around it.
 */
export type WordGroups<Group extends string> = Readonly<Record<Group, readonly string[]>>;

/** Every word is at least this long: the search looks at windows of this many characters. */
const WINDOW = 4;
const HASH_BITS = 12;

interface Word {
  readonly text: string;
  readonly isBeforeDot: boolean;
  readonly group: number;
}

/**
 * The returned function returns the groups that have a word in the text, as bits in the order of `groups`. The text may
 * be UTF-8 that is read as latin1.
 */
export function createWordSearch<Group extends string>(groups: WordGroups<Group>): (text: string) => number {
  const names = Object.keys(groups) as Group[];
  const everything = (1 << names.length) - 1;
  /**
   * By the last two characters of a window: the minimum distance to a window that begins a word. Zero if this one may.
   */
  const steps = new Uint8Array(1 << 16).fill(WINDOW - 1);
  /** By a hash of the whole window: whether a word may begin with it. */
  const beginnings = new Uint8Array(1 << HASH_BITS);
  const words = new Map<string, Word[]>();
  for (const [index, name] of names.entries()) {
    for (const word of groups[name]) {
      const isBeforeDot = /^\w+\.$/.test(word);
      const text = isBeforeDot ? word.slice(0, -1) : word;
      if (text.length < WINDOW) throw new Error(`${text} is too short a word to search for.`);
      for (let at = 0; at < WINDOW - 1; at++) {
        const pair = pairAt(text, at);
        steps[pair] = Math.min(steps[pair] as number, WINDOW - 2 - at);
      }
      beginnings[hashAt(text, 0)] = 1;
      const beginning = text.slice(0, WINDOW);
      words.set(beginning, [...(words.get(beginning) ?? []), { text, isBeforeDot, group: 1 << index }]);
    }
  }

  return (text) => {
    let found = 0;
    const last = text.length - WINDOW;
    for (let at = 0; at <= last; ) {
      const step = steps[pairAt(text, at + WINDOW - 2)] as number;
      if (step > 0) {
        at += step;
        continue;
      }
      if (beginnings[hashAt(text, at)] === 1) {
        for (const word of words.get(text.slice(at, at + WINDOW)) ?? []) {
          if ((found & word.group) === 0 && isAt(text, at, word)) found |= word.group;
        }
        if (found === everything) return found;
      }
      at++;
    }
    return found;
  };
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8)) & 0xffff;
}

function hashAt(text: string, at: number): number {
  const window = pairAt(text, at) | (pairAt(text, at + 2) << 16);
  return Math.imul(window, 0x9e3779b1) >>> (32 - HASH_BITS);
}

function isAt(text: string, at: number, word: Word): boolean {
  if (!text.startsWith(word.text, at)) return false;
  if (!word.isBeforeDot) return true;
  let end = at + word.text.length;
  while (isSpace(text.charCodeAt(end))) end++;
  return text.charCodeAt(end) === 46;
}

/** Within latin1; the separators beyond it do not occur in programs. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}
