/**
 * Consecutive JSON values, read from bytes as they arrive: the elements of one array (Gemini's streams without
 * `alt=sse`), one value per line (Ollama), or a single whole answer. Line breaks mean nothing.
 */
import { LONGEST_EVENT } from './sse.ts';

/** The part of a string without escapes: the engine skips it many times faster than a loop. */
const PLAIN = /[^"\\]*/y;

/** Returns a function that takes the bytes in order and emits each complete object or array. It never throws. */
export function createJsonReader(onValue: (json: string) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let isBroken = false;
  let depth = 0;
  /** The depth at which values begin: 1 inside an array that contains all of them. */
  let base = 0;
  let isString = false;
  let isEscaped = false;
  /** Pieces of an incomplete value. */
  let pieces: string[] = [];
  let length = 0;

  const keep = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
    isBroken = length > LONGEST_EVENT;
    if (isBroken) pieces = [];
  };
  const emit = (): void => {
    const json = pieces.join('');
    pieces = [];
    length = 0;
    onValue(json);
  };

  return (bytes) => {
    if (isBroken) return;
    const text = decoder.decode(bytes, { stream: true });
    let from = depth > base ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (isEscaped) isEscaped = false;
      else if (isString) {
        if (sign === '\\') isEscaped = true;
        else if (sign === '"') isString = false;
        else {
          PLAIN.lastIndex = at;
          PLAIN.test(text);
          at = PLAIN.lastIndex - 1;
        }
      } else if (sign === '"') isString = true;
      else if (sign === '[' && depth === 0) base = depth = 1;
      else if (sign === '{' || sign === '[') {
        if (depth === base) from = at;
        depth++;
      } else if ((sign === '}' || sign === ']') && depth > 0) {
        depth--;
        if (depth < base) base = 0;
        else if (depth === base && from >= 0) {
          keep(text.slice(from, at + 1));
          from = -1;
          if (isBroken) return;
          emit();
        }
      }
    }
    if (from >= 0) keep(text.slice(from));
  };
}
