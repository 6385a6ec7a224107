/**
 * The one token rule of the fake provider: a token is 4 bytes of UTF-8, rounded up over the whole text. It stands in
 * for every tokenizer, so that a test can work out by hand what a request costs.
 */
export const BYTES_PER_TOKEN = 4;

/** `tokensOf('hello')` is 2. */
export function tokensOf(text: string): number {
  return tokensOfBytes(Buffer.byteLength(text));
}

export function tokensOfBytes(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** A text of exactly this many tokens. */
export function textOfTokens(tokens: number): string {
  return 'sum '.repeat(tokens);
}

/** The longest start of a text that has at most this many tokens, cut between characters. */
export function cut(text: string, tokens: number): string {
  const limit = Math.max(0, tokens) * BYTES_PER_TOKEN;
  if (Buffer.byteLength(text) <= limit) return text;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** A part of a text as it is streamed, and the tokens that were generated for it. */
export interface Chunk {
  readonly text: string;
  readonly tokens: number;
}

/** Chunks that a text is streamed in where a script does not say. */
const MAX_CHUNKS = 32;

/**
 * A text in chunks, which together have the text's tokens: as many as asked for, or the parts themselves, or one a token
 * and at most 32. No chunk is empty and no character is torn.
 */
export function chunksOf(text: string, wanted: number | readonly string[] | undefined): Chunk[] {
  if (text === '') return [];
  const parts =
    typeof wanted === 'object' && wanted.join('') === text
      ? wanted
      : evenParts(text, typeof wanted === 'number' ? wanted : Math.min(MAX_CHUNKS, tokensOf(text)));
  const chunks: Chunk[] = [];
  let bytes = 0;
  for (const part of parts) {
    const before = tokensOfBytes(bytes);
    bytes += Buffer.byteLength(part);
    chunks.push({ text: part, tokens: tokensOfBytes(bytes) - before });
  }
  return chunks;
}

function evenParts(text: string, count: number): string[] {
  const length = Math.max(1, Math.ceil(text.length / Math.max(1, count)));
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + length);
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff && end < text.length) end++;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
