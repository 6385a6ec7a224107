/**
 * Exact counts in OpenAI's two vocabularies: the length of `tiktoken`'s `encode(text, [], [])`, with special tokens as
 * plain text. Counting is synchronous; a vocabulary is read on first use, packed or from tiktoken's text (o200k: 2 or
 * 25 ms).
 */
import { countPiece } from './merge.ts';
import { type Encoding, type Ranks, readCl100k, readO200k } from './ranks.ts';
import { pieces } from './split.ts';
import { rememberTexts } from './text-memo.ts';
import { createVocabulary } from './vocabulary.ts';

/** Tokens of any text in o200k (gpt-4o and later). Lone surrogates count as U+FFFD, as on the wire. */
export const countO200k = /* @__PURE__ */ createCounter('o200k', readO200k);

/** Tokens of any text in cl100k (gpt-4, gpt-3.5, the embedding models). */
export const countCl100k = /* @__PURE__ */ createCounter('cl100k', readCl100k);

function createCounter(encoding: Encoding, read: () => Ranks): (text: string) => number {
  let count: ((text: string) => number) | null = null;
  const remembered = rememberTexts((text) => {
    count ??= loadEncoder(encoding, read());
    return count(text);
  });
  return (text) => (text === '' ? 0 : remembered(text));
}

function loadEncoder(encoding: Encoding, { bpe_ranks }: Ranks): (text: string) => number {
  const vocabulary = createVocabulary(bpe_ranks);
  const pattern = pieces(encoding);
  const encoder = new TextEncoder();
  let buffer = new Uint8Array(1024);
  return (text) => {
    const wellFormed = text.toWellFormed();
    let tokens = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(wellFormed); match !== null; match = pattern.exec(wellFormed)) {
      const piece = match[0];
      // One UTF-16 unit becomes at most three bytes in UTF-8.
      if (piece.length * 3 > buffer.length) buffer = new Uint8Array(piece.length * 3);
      const { written } = encoder.encodeInto(piece, buffer);
      tokens += countPiece(buffer, 0, written, vocabulary);
    }
    return tokens;
  };
}
