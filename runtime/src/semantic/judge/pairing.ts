/** Which tokens of two questions can be partners. */
import type { Language } from './language.ts';
import type { Token } from './tokens.ts';

interface Conditions {
  /** True if one of the questions has no capitals, so that its names look like words. */
  readonly isCaseFree: boolean;
  /** False for instructions, in which one thing and several things differ. */
  readonly mayBePlural: boolean;
}

/** @param otherAt the same place as `at` where no word is extra */
export type ArePartners = (one: readonly Token[], at: number, other: readonly Token[], otherAt: number) => boolean;

export function pairing(language: Language, { isCaseFree, mayBePlural }: Conditions): ArePartners {
  return (one, at, other, otherAt) => {
    const [a, b] = [one[at], other[otherAt]];
    if (a === undefined || b === undefined) return false;
    if (a.article !== undefined && b.article !== undefined && !language.doArticlesAgree(a.article, b.article)) {
      return false;
    }
    if (a.kind === b.kind && a.key === b.key) return true;
    if (a.kind === 'name' || b.kind === 'name') return isSameName(a, b);
    if (a.kind !== 'word' || b.kind !== 'word') return false;
    if (language.isSameSpelling(a.key, b.key)) return true;
    if (!mayBePlural || isDefinite(a, one[at - 1]) || isDefinite(b, other[otherAt - 1])) return false;
    return language.isPlural(a.key, b.key) || language.isPlural(b.key, a.key);
  };

  /** A name and a word: the word opens its sentence, or its writer uses no capitals. */
  function isSameName(a: Token, b: Token): boolean {
    const [name, other] = a.kind === 'name' ? [a, b] : [b, a];
    if (other.kind !== 'word' || name.key.toLowerCase() !== other.key) return false;
    return other.mayBeName || (isCaseFree && !language.homonyms.has(other.key));
  }

  /** After an article, a number, a possessive or a name, singular and plural are not the same. */
  function isDefinite({ article }: Token, before: Token | undefined): boolean {
    if (article !== undefined && language.definiteArticles.has(article)) return true;
    if (before === undefined) return false;
    return before.kind !== 'word' || language.definite.has(before.key) || language.scopes.has(before.key);
  }
}
