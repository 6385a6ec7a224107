/** Different ways to ask for one thing, in one form. */
import type { Frame } from '../language.ts';
import { type Token, word } from '../tokens.ts';

export function reframeEnglish(frame: Frame): Frame {
  return meaning(frame) ?? price(frame) ?? property(frame) ?? withoutAuxiliary(frame);
}

/** "What does X mean?" and "What is the meaning of X?" */
function meaning({ kind, tokens }: Frame): Frame | null {
  if (kind === 'what' && isWord(tokens.at(-1), 'mean') && tokens.length > 1) {
    return { kind: 'meaning', tokens: tokens.slice(0, -1) };
  }
  const of = after(tokens, ['meaning', 'of']);
  return kind === 'what is' && of !== null ? { kind: 'meaning', tokens: of } : null;
}

/** "How much does X cost?" and "What is the price of X?" */
function price({ kind, tokens }: Frame): Frame | null {
  if ((kind === 'how much' || kind === 'what') && isWord(tokens.at(-1), 'cost') && tokens.length > 1) {
    return { kind: 'price', tokens: tokens.slice(0, -1) };
  }
  const of = after(tokens, ['price', 'of']) ?? after(tokens, ['cost', 'of']);
  return kind === 'what is' && of !== null ? { kind: 'price', tokens: of } : null;
}

/** "What side effects does aspirin have?" and "What are the side effects of aspirin?" */
function property({ kind, tokens }: Frame): Frame | null {
  const at = tokens.findIndex((token) => isWord(token, 'do') || isWord(token, 'does'));
  if (kind !== 'what' || at < 1 || !isWord(tokens.at(-1), 'have')) return null;
  return { kind: 'what is', tokens: [...tokens.slice(0, at), word('of'), ...tokens.slice(at + 1, -1)] };
}

/** "Which foods do contain": in a question for a thing, the auxiliary follows the thing. */
function withoutAuxiliary({ kind, tokens }: Frame): Frame {
  if (kind !== 'what' && kind !== 'how many' && kind !== 'how much') return { kind, tokens };
  const at = tokens.findIndex((token) => isWord(token, 'do') || isWord(token, 'does'));
  return at < 1 ? { kind, tokens } : { kind, tokens: tokens.toSpliced(at, 1) };
}

export function isWord(token: Token | undefined, key: string): boolean {
  return token?.kind === 'word' && token.key === key;
}

/** What follows the words, articles aside; null if the tokens begin otherwise. */
export function after(tokens: readonly Token[], expected: readonly string[]): readonly Token[] | null {
  const start = isWord(tokens[0], 'the') ? 1 : 0;
  const isThere = expected.every((key, index) => isWord(tokens[start + index], key));
  return isThere && tokens.length > start + expected.length ? tokens.slice(start + expected.length) : null;
}
