/**
 * A vocabulary as one flat hash table over bytes, in one block of memory. Packing tiktoken's ranks takes about a tenth
 * of the time of tiktoken's own constructor, and a table packed at build time takes none of it, which matters in a scan
 * that takes a third of a second. Nothing is allocated per token.
 */

/** `rank` is the merge priority of the token with these bytes, or -1 if they are not a token. */
export interface Vocabulary {
  readonly rank: (bytes: Uint8Array, start: number, end: number) => number;
}

/** The result of `packVocabulary`, read from a file. */
export type PackedVocabulary = Uint8Array;

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
const SPACE = 32;
const PADDING = 61;

/** The first word of a packed vocabulary. In the other byte order it reads as another number. */
const MAGIC = 0x46415254;
const HEADER_WORDS = 3;
const WORD = 4;
/** The table is at most half full, so that a failed lookup ends quickly. */
const SLOTS_PER_TOKEN = 2;

/**
 * @param bpeRanks tiktoken's format: a line `! 0 <base64 token> <base64 token> ...`, in the order of their ranks
 * @returns the header, the start of each token, the table, and the tokens' bytes one after the other
 */
export function packVocabulary(bpeRanks: string): PackedVocabulary {
  const header = /^\S+ 0 /.exec(bpeRanks);
  if (header === null || bpeRanks.includes('\n'))
    throw new Error('Not the ranks of a vocabulary, from 0 on, in one line.');
  const decode = base64Values();
  const count = countOf(bpeRanks, SPACE) - 1;
  let slots = 1024;
  while (slots < count * SLOTS_PER_TOKEN) slots *= 2;
  const mask = slots - 1;
  const words = HEADER_WORDS + count + 1 + slots;
  const packed = new Uint8Array(words * WORD + Math.ceil((bpeRanks.length * 3) / 4));
  const { starts, table, bytes } = partsOf(packed, count, slots);
  let token = 0;
  let used = 0;
  for (let at = header[0].length; at < bpeRanks.length; at++) {
    starts[token] = used;
    let hash = FNV_OFFSET;
    for (; at < bpeRanks.length && bpeRanks.charCodeAt(at) !== SPACE; at += 4) {
      const first = decode[bpeRanks.charCodeAt(at)] as number;
      const second = decode[bpeRanks.charCodeAt(at + 1)] as number;
      let byte = (first << 2) | (second >> 4);
      bytes[used++] = byte;
      hash = Math.imul(hash ^ byte, FNV_PRIME);
      const thirdCode = bpeRanks.charCodeAt(at + 2);
      if (thirdCode === PADDING) continue;
      const third = decode[thirdCode] as number;
      byte = ((second & 15) << 4) | (third >> 2);
      bytes[used++] = byte;
      hash = Math.imul(hash ^ byte, FNV_PRIME);
      const fourthCode = bpeRanks.charCodeAt(at + 3);
      if (fourthCode === PADDING) continue;
      byte = ((third & 3) << 6) | (decode[fourthCode] as number);
      bytes[used++] = byte;
      hash = Math.imul(hash ^ byte, FNV_PRIME);
    }
    let slot = mix(hash) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = ++token;
  }
  starts[token] = used;
  new Int32Array(packed.buffer, 0, HEADER_WORDS).set([MAGIC, count, slots]);
  return packed.subarray(0, words * WORD + used);
}

/** @param ranks tiktoken's text, or its packed form */
export function createVocabulary(ranks: string | PackedVocabulary): Vocabulary {
  const packed = typeof ranks === 'string' ? packVocabulary(ranks) : aligned(ranks);
  const [magic, count = 0, slots = 0] = new Int32Array(packed.buffer, packed.byteOffset, HEADER_WORDS);
  if (magic !== MAGIC) throw new Error('The packed vocabulary is damaged, or was made for another byte order.');
  const { starts, table, bytes } = partsOf(packed, count, slots);
  const mask = slots - 1;

  return {
    rank(text, start, end) {
      let hash = FNV_OFFSET;
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ (text[i] as number), FNV_PRIME);
      const length = end - start;
      for (let slot = mix(hash) & mask; ; slot = (slot + 1) & mask) {
        const entry = table[slot] as number;
        if (entry === 0) return -1;
        const from = starts[entry - 1] as number;
        if ((starts[entry] as number) - from !== length) continue;
        let same = 0;
        while (same < length && bytes[from + same] === text[start + same]) same++;
        if (same === length) return entry - 1;
      }
    },
  };
}

function partsOf({ buffer, byteOffset, byteLength }: Uint8Array, count: number, slots: number) {
  const startsAt = byteOffset + HEADER_WORDS * WORD;
  const tableAt = startsAt + (count + 1) * WORD;
  const bytesAt = tableAt + slots * WORD;
  return {
    /** The start of each token, and the end of the last one. */
    starts: new Uint32Array(buffer, startsAt, count + 1),
    /** By hash: the token's rank plus 1; 0 is an empty slot. */
    table: new Int32Array(buffer, tableAt, slots),
    bytes: new Uint8Array(buffer, bytesAt, byteOffset + byteLength - bytesAt),
  };
}

/** Words are read in place, which needs an address that is a multiple of their size. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % WORD === 0 ? bytes : bytes.slice();
}

function countOf(text: string, code: number): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === code) count++;
  return count;
}

/** FNV's low bits alone are weak for a power-of-two table. */
function mix(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0;
}

function base64Values(): Uint8Array {
  const values = new Uint8Array(128);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}
