/** Different ways to ask for one thing, in one form. */
import { type Frame, words } from '../language.ts';
import { type Token, word } from '../tokens.ts';

export function reframeEnglish(asked: Frame): Frame {
  const frame = withoutKind(superlative(asked) ?? difference(asked) ?? asked);
  return (
    meaning(frame) ??
    price(frame) ??
    owned(property(frame) ?? frame) ??
    adverbLast(ownerLast(needed(creator(having(withoutAuxiliary(obligation(frame)))))))
  );
}

/** "Which mountain is the tallest in Africa?" and "What is the tallest mountain in Africa?" */
function superlative({ kind, tokens }: Frame): Frame | null {
  const at = tokens.findIndex((token) => isWord(token, 'is') || isWord(token, 'are'));
  const [thing, [, the, most, next]] = [tokens.slice(0, at), tokens.slice(at)];
  if (kind !== 'what' || at < 1 || thing.some(isPreposition) || !isWord(the, 'the')) return null;
  if (most?.kind !== 'word' || !/.est$/.test(most.key) || (next !== undefined && !isPreposition(next))) return null;
  return { kind: 'what is', tokens: [...tokens.slice(at + 1, at + 3), ...thing, ...tokens.slice(at + 3)] };
}

/** "How does X differ from Y?" and "What is the difference between X and Y?" */
function difference({ kind, tokens }: Frame): Frame | null {
  const at = tokens.findIndex((token) => isWord(token, 'differ'));
  const [one, other] = [tokens.slice(0, at), tokens.slice(at + 2)];
  if (kind !== 'how' || at < 1 || !isWord(tokens[at + 1], 'from') || other.length === 0) return null;
  if ([...one, ...other].some((token) => isPreposition(token) || isWord(token, 'and'))) return null;
  return {
    kind: 'what is',
    tokens: [...['difference', 'between'].map((key) => word(key)), ...one, word('and'), ...other],
  };
}

/** "What kind of dog is it?" and "What dog is it?" */
function withoutKind({ kind, tokens }: Frame): Frame {
  return { kind: kind === 'what kind' ? 'what' : kind, tokens };
}

/** "What does X mean?", "What is the meaning of X?" and "What is the definition of X?" */
function meaning({ kind, tokens }: Frame): Frame | null {
  if (kind === 'what' && isWord(tokens.at(-1), 'mean') && tokens.length > 1) {
    return { kind: 'meaning', tokens: tokens.slice(0, -1) };
  }
  const of = after(tokens, ['meaning', 'of']) ?? after(tokens, ['definition', 'of']);
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

/** "How many bones are there in the body?", "How many bones are in the body?" and "How many bones does the body have?" */
function having({ kind, tokens }: Frame): Frame {
  const at = tokens.findIndex((token) => isWord(token, 'be') || isWord(token, 'are'));
  const place = tokens.slice(at + 2);
  const isThere = kind === 'how many' && at > 0 && isWord(tokens[at + 1], 'in') && place.length > 0;
  if (!isThere || [...tokens.slice(0, at), ...place].some(isPreposition)) return { kind, tokens };
  return { kind, tokens: [...tokens.slice(0, at), ...place, word('have')] };
}

/** "Who is the author of Emma?" and "Who wrote Emma?" */
function creator({ kind, tokens }: Frame): Frame {
  const [name, of, ...work] = isWord(tokens[0], 'the') ? tokens.slice(1) : tokens;
  const verb = name?.kind === 'word' ? CREATORS.get(name.key) : undefined;
  if (kind !== 'who' || verb === undefined || !isWord(of, 'of') || work.length === 0) return { kind, tokens };
  return { kind, tokens: [word(verb), ...work] };
}

const CREATORS = new Map([
  ['author', 'wrote'],
  ['writer', 'wrote'],
  ['inventor', 'invented'],
  ['discoverer', 'discovered'],
  ['founder', 'founded'],
  ['painter', 'painted'],
  ['composer', 'composed'],
]);

/** "Which documents are needed to rent a car?" and "Which documents do I need to rent a car?" */
function needed({ kind, tokens }: Frame): Frame {
  const at = tokens.findIndex((token) => isWord(token, 'needed') || isWord(token, 'required'));
  const isThere = kind === 'what' && at > 1 && isWord(tokens[at - 1], 'are') && isWord(tokens[at + 1], 'to');
  return isThere ? { kind, tokens: tokens.toSpliced(at - 1, 2, word('i'), word('need')) } : { kind, tokens };
}

/** "How do I change the app's language?" and "How do I change the language of the app?" */
function ownerLast({ kind, tokens }: Frame): Frame {
  const at = tokens.findIndex(({ key }) => /.['’]s$/.test(key));
  const from = tokens.slice(0, at).findLastIndex((token) => token.kind === 'word' && OWNER_STARTS.has(token.key));
  const end = tokens.findIndex((token, index) => index > at && isPreposition(token));
  const owner = tokens[at];
  const [thing, rest] = end < 0 ? [tokens.slice(at + 1), []] : [tokens.slice(at + 1, end), tokens.slice(end)];
  const isThere = kind === 'how to' && owner !== undefined && from >= 0 && thing.length > 0;
  if (!isThere || [...tokens.slice(from, at), ...thing].some(isUnowned)) return { kind, tokens };
  const owners = [...tokens.slice(from, at), { ...owner, key: owner.key.slice(0, -2) }];
  return { kind, tokens: [...tokens.slice(0, from), word('the'), ...thing, word('of'), ...owners, ...rest] };
}

const OWNER_STARTS = words('the a an my your his her our their this that');

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
