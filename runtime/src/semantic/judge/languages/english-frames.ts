/** Different ways to ask for one thing, in one form. */
import { type Frame, words } from '../language.ts';
import { type Token, word } from '../tokens.ts';

export function reframeEnglish(frame: Frame): Frame {
  return (
    meaning(frame) ?? price(frame) ?? owned(property(frame) ?? frame) ?? adverbLast(withoutAuxiliary(obligation(frame)))
  );
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

/** "What are the library's rules?" and "What are the rules of the library?": the owner first. */
function owned({ kind, tokens }: Frame): Frame | null {
  if (kind !== 'what is') return null;
  const at = tokens.findIndex((token) => isWord(token, 'of'));
  const [thing, owner] = [tokens.slice(0, at), tokens.slice(at + 1)];
  if (at > 0 && owner.length > 0 && !owner.some(isPreposition) && !thing.some(isUnowned)) {
    return { kind, tokens: [...withoutThe(owner), ...withoutThe(thing)] };
  }
  const possessive = tokens.findIndex(({ key }) => /.['’]s$/.test(key));
  const token = tokens[possessive];
  if (token === undefined || possessive === tokens.length - 1 || tokens.some(isUnowned)) return null;
  return { kind, tokens: withoutThe(tokens.with(possessive, { ...token, key: token.key.slice(0, -2) })) };
}

/** An article of the owner is not one of the thing. */
function withoutThe(tokens: readonly Token[]): readonly Token[] {
  return isWord(tokens[0], 'the') ? tokens.slice(1) : tokens;
}

function isPreposition({ kind, key }: Token): boolean {
  return kind === 'word' && PREPOSITIONS.has(key);
}

const PREPOSITIONS = words('of to for in on at with by from about between into and or than that which');

/** A wine glass is no glass of wine, and Maria's picture need not show her. */
function isUnowned({ kind, key }: Token): boolean {
  return kind === 'word' && (UNOWNED.has(key) || isPreposition({ kind, key, mayBeName: false }));
}

const UNOWNED = words(
  'glass cup bottle box bag can bowl jar pack packet piece slice group number amount kind type sort lack list set range picture photo photograph portrait image drawing painting story fear love hatred review one',
);

/** "Do I have to pay?" and "Do I need to pay?"; in "What do I have to lose?", having is meant. */
function obligation({ kind, tokens }: Frame): Frame {
  const isThere = kind === 'yes or no' && isWord(tokens[1], 'have') && isWord(tokens[2], 'to');
  return isThere ? { kind, tokens: tokens.with(1, word('need')) } : { kind, tokens };
}

/** "How can I quickly lose weight?" and "How can I lose weight quickly?" */
function adverbLast({ kind, tokens }: Frame): Frame {
  const [first, ...others] = tokens;
  const isMoved = kind === 'how to' && first?.kind === 'word' && MANNERS.has(first.key) && others.length > 0;
  return isMoved ? { kind, tokens: [...others, first] } : { kind, tokens };
}

const MANNERS = words('quickly rapidly easily safely properly correctly effectively efficiently');

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
