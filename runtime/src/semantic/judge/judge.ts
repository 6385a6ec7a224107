/**
 * Decides whether the answer to a stored question also answers a new one. It is a white list: two questions are the same
 * only if every word of either has a partner in the other, in the same order, and both ask for the same kind of thing.
 * Whatever the lists of a language do not name must be written in the same way.
 */
import { framesOf } from './frames.ts';
import type { Frame, Language, LanguageName } from './language.ts';
import { LANGUAGES } from './languages/languages.ts';
import { type ArePartners, pairing } from './pairing.ts';
import type { Token } from './tokens.ts';
import { whyUnreadable } from './unreadable.ts';

export type Verdict =
  | { readonly outcome: 'same' }
  /** They ask for different things: never serve. */
  | { readonly outcome: 'different'; readonly reason: string }
  /** They may mean the same, which cannot be seen from their words. */
  | { readonly outcome: 'unsure'; readonly reason: string; readonly open: readonly OpenPair[] };

/** Two sentences in which the rules find no difference that matters, and words without partners. */
export interface OpenPair {
  /** What both ask for. */
  readonly kind: string;
  readonly one: readonly Token[];
  readonly other: readonly Token[];
  readonly arePartners: ArePartners;
}

/** @param language null for any other language: its questions are the same only if they are written in the same way */
export function judge(stored: string, asked: string, language: LanguageName | null): Verdict {
  if (spaced(stored) === spaced(asked)) return { outcome: 'same' };
  if (language === null) return unsure('their language is not supported');
  const unreadable = whyUnreadable(stored) ?? whyUnreadable(asked);
  if (unreadable !== null) return unsure(unreadable);
  const [one, other] = [framesOf(stored, language), framesOf(asked, language)];
  if (one.length === 0 || other.length === 0) return unsure('they contain no words');
  if (one.length !== other.length) return unsure('they have different numbers of sentences');
  const isCaseFree = isLowerCase(stored) || isLowerCase(asked);
  const verdicts = one.map((frame, index) => compare(frame, other[index] as Frame, LANGUAGES[language], isCaseFree));
  const open = verdicts.filter((verdict) => verdict.outcome === 'unsure');
  const worst = verdicts.find(({ outcome }) => outcome === 'different') ?? open[0];
  if (worst === undefined || worst.outcome === 'same') return { outcome: 'same' };
  return worst.outcome === 'different' ? worst : { ...worst, open: open.flatMap((verdict) => verdict.open) };
}

function compare(one: Frame, other: Frame, language: Language, isCaseFree: boolean): Verdict {
  const literal = differentLiteral(one.tokens, other.tokens, language);
  if (literal !== null) return { outcome: 'different', reason: literal };
  if (one.kind !== other.kind) return { outcome: 'different', reason: 'they ask for different kinds of things' };
  const arePartners = pairing(language, { isCaseFree, mayBePlural: !one.kind.startsWith('statement') });
  const open = [{ kind: one.kind, one: one.tokens, other: other.tokens, arePartners }];
  if (one.tokens.length !== other.tokens.length) return unsure('one of them says more than the other', open);
  for (const index of one.tokens.keys()) {
    if (!arePartners(one.tokens, index, other.tokens, index)) {
      return isReordered(one.tokens, other.tokens)
        ? { outcome: 'different', reason: 'their words are in a different order' }
        : unsure('a word of one has no partner in the other', open);
    }
  }
  return { outcome: 'same' };
}

/** Null if both have the same numbers, quotations, names, negations and scope words. */
function differentLiteral(one: readonly Token[], other: readonly Token[], language: Language): string | null {
  const differ = (isOf: (token: Token) => boolean): boolean => keysOf(one, isOf) !== keysOf(other, isOf);
  if (differ(({ kind }) => kind === 'number')) return 'their numbers differ';
  if (differ(({ kind }) => kind === 'quote')) return 'their quotations differ';
  if (differ(({ kind }) => kind === 'symbol')) return 'their symbols differ';
  if (differ(({ kind, key }) => kind === 'word' && language.negations.has(key))) return 'one of them is negated';
  if (differ(({ kind, key }) => kind === 'word' && language.scopes.has(key))) return 'their scope differs';
  return null;
}

function keysOf(tokens: readonly Token[], isOf: (token: Token) => boolean): string {
  const keys = tokens.filter(isOf).map(({ key }) => key);
  return JSON.stringify(keys);
}

function isReordered(one: readonly Token[], other: readonly Token[]): boolean {
  const sorted = (tokens: readonly Token[]): string =>
    JSON.stringify(tokens.map(({ key }) => key.toLowerCase()).sort());
  return sorted(one) === sorted(other);
}

function spaced(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ');
}

/** A text without capitals does not say which of its words are names. */
function isLowerCase(text: string): boolean {
  return !/(?<=\S\s*)(?<![.?!]\s*)\p{Lu}/u.test(text.replace(/\bI\b/g, ''));
}

function unsure(reason: string, open: readonly OpenPair[] = []): Verdict {
  return { outcome: 'unsure', reason, open };
}
