/** The changes that the model may judge. Whatever makes another question in any sentence is none of them. */
import type { OpenPair } from '../judge/judge.ts';
import type { Language, LanguageName } from '../judge/language.ts';
import { LANGUAGES } from '../judge/languages/languages.ts';
import type { Token } from '../judge/tokens.ts';
import type { Edit } from './edits.ts';
import { classOf, WORD_CLASSES } from './word-classes.ts';

/** An edit without the words that are forms of one another. */
export interface Change {
  /** The pairs of endings in which words differ. */
  readonly forms: readonly string[];
  readonly fewer: readonly Token[];
  readonly more: readonly Token[];
  readonly place: Edit['place'];
}

/** Words that are swapped, or added, in one place. */
const MAX_WORDS = 4;

/** Null for a change that makes another question. */
export function changeOf(edit: Edit, { kind, one, other }: OpenPair, language: LanguageName): Change | null {
  const { from, to, place } = edit;
  if ([...from, ...to].some(isLiteral)) return null;
  const forms: string[] = [];
  const left = [...to];
  const kept: Token[] = [];
  for (const token of from) {
    const at = left.findIndex((candidate) => formOf(token.key, candidate.key) !== null);
    const twin = left[at];
    if (twin === undefined) {
      kept.push(token);
      continue;
    }
    const before = beforeOf(token, one) ?? beforeOf(twin, other);
    const form = allowedForm(token.key, twin.key, { kind, before, language });
    if (form === null) return null;
    forms.push(form);
    left.splice(at, 1);
  }
  const [fewer, more] = kept.length <= left.length ? [kept, left] : [left, kept];
  if (more.length > MAX_WORDS || !mayBeSwapped(fewer, more, kind, language)) return null;
  return { forms, fewer, more, place };
}

/** Names and literals are never filled in. */
function isLiteral({ kind, mayBeName }: Token): boolean {
  return kind !== 'word' || mayBeName;
}

/** The word before, or its article. */
function beforeOf(token: Token, tokens: readonly Token[]): string | null {
  const before = tokens[tokens.indexOf(token) - 1];
  return token.article ?? before?.key ?? null;
}

/** The endings of two words that begin alike; null for words that do not. */
function formOf(one: string, other: string): readonly [string, string] | null {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  const endings = [one.slice(length), other.slice(length)].sort() as [string, string];
  return length >= 4 && Math.max(...endings.map((ending) => ending.length)) <= 4 ? endings : null;
}

interface Place {
  readonly kind: string;
  readonly before: string | null;
  readonly language: LanguageName;
}

function allowedForm(one: string, other: string, { kind, before, language }: Place): string | null {
  const rules = LANGUAGES[language];
  const endings = formOf(one, other) ?? ['', ''];
  if (/^e?s$/.test(endings[1]) && endings[0] === '') {
    const isPlural = rules.isPlural(one, other) || rules.isPlural(other, one);
    // In instructions, and where the thing is a certain one, one thing and several things differ.
    if (!isPlural || kind.startsWith('statement') || isCertain(before, rules)) return null;
    return `plural after ${before}`;
  }
  const form = endings.join('/');
  return WORD_CLASSES[language].endings.test(form) ? null : form;
}

/** After these words, one thing and several things differ. */
function isCertain(before: string | null, { definite, definiteArticles }: Language): boolean {
  return before !== null && (definite.has(before) || definiteArticles.has(before));
}

function mayBeSwapped(fewer: readonly Token[], more: readonly Token[], kind: string, language: LanguageName): boolean {
  const { fixed, tasks } = WORD_CLASSES[language];
  const keys = (tokens: readonly Token[], isOne: (key: string) => boolean): string =>
    tokens
      .map(({ key }) => key)
      .filter(isOne)
      .join(' ');
  const differ = (isOne: (key: string) => boolean): boolean => keys(fewer, isOne) !== keys(more, isOne);
  const classed = (name: string) => (key: string) => classOf(key, language) === name;
  if (differ((key) => fixed.has(key)) || differ(classed('preposition'))) return false;
  if (!tasks.has(kind) && differ(classed('possessive'))) return false;
  const isContent = classed('content');
  const extra = fewer.length === 0;
  // "My phone password" is not "my password".
  if (extra) return !more.some(({ key }) => isContent(key));
  const bothHave = (name: string): boolean => keys(fewer, classed(name)) !== '' && keys(more, classed(name)) !== '';
  if (['possessive', 'pronoun', 'determiner'].some((name) => bothHave(name) && differ(classed(name)))) return false;
  // "What does it need?" and "What does it do?": a word that means anything does not stand for one that means something.
  return (keys(fewer, isContent) === '') === (keys(more, isContent) === '');
}
