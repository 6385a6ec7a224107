/** What the judge must know of a language. Everything that is not listed must be the same on both sides. */
import { type Phrase, type PhraseTable, phrases } from './phrase-table.ts';
import type { Token } from './tokens.ts';

export type LanguageName = 'en' | 'es';

/** What a sentence asks for, and the words that are left. */
export interface Frame {
  readonly kind: string;
  readonly tokens: readonly Token[];
}

export interface Language {
  readonly name: LanguageName;
  readonly digits: (written: string) => string;
  /** Number words and their values. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Words that can directly follow the digits of a number. */
  readonly units: ReadonlySet<string>;
  /** Names that are words: they have plurals. */
  readonly weekdays: ReadonlySet<string>;
  /** Units that are written in capitals, and the words for them. */
  readonly unitNames: ReadonlyMap<string, string>;
  /** The words of a contraction; null for any other word. */
  readonly expand: (word: string) => readonly string[] | null;
  /** Courtesies that change nothing where they stand between commas. */
  readonly courtesies: PhraseTable<true>;
  /** Those that also change nothing at the very start. */
  readonly greetings: PhraseTable<true>;
  /** Openings such as "can you", which change nothing before a verb of `tasks`. */
  readonly requests: PhraseTable<true>;
  readonly tasks: ReadonlySet<string>;
  /** Openings such as "tell me", which change nothing if a question follows. */
  readonly askings: PhraseTable<true>;
  /** The kind of a sentence that asks for a thing: "What is the ...?" */
  readonly thing: string;
  /** Several words with one meaning, and what stands for them. */
  readonly phrases: PhraseTable<Phrase>;
  /** What a sentence can begin with, and what it then asks for. */
  readonly openings: PhraseTable<string>;
  /** Verbs that open a question to be answered with yes or no, and stay part of it. */
  readonly auxiliaries: ReadonlySet<string>;
  /** Brings the ways to ask one thing to one form. */
  readonly reframe: (frame: Frame) => Frame;
  /** Words that carry no meaning of their own: articles. */
  readonly ignored: ReadonlySet<string>;
  readonly definiteArticles: ReadonlySet<string>;
  /** False for articles of two genders: some words have another meaning in each. */
  readonly doArticlesAgree: (one: string, other: string) => boolean;
  /** Words, and kinds of questions, that are about words themselves: there, a synonym is another word. */
  readonly aboutWords: ReadonlySet<string>;
  /** What stands for a word. */
  readonly synonyms: ReadonlyMap<string, string>;
  /** True if the two words differ in spelling alone. */
  readonly isSameSpelling: (one: string, other: string) => boolean;
  readonly isPlural: (plural: string, singular: string) => boolean;
  /** Words after which singular and plural are different questions: `my`, `this`. */
  readonly definite: ReadonlySet<string>;
  readonly negations: ReadonlySet<string>;
  readonly scopes: ReadonlySet<string>;
  /** Common words that are names if they are capitalised. */
  readonly homonyms: ReadonlySet<string>;
}

export function isAboutWords({ kind, tokens }: Frame, { aboutWords }: Language): boolean {
  return aboutWords.has(kind) || tokens.some((token) => token.kind === 'word' && aboutWords.has(token.key));
}

/** Words in one text, separated by spaces. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** `fast quickly rapidly | big large`: the first word stands for its group. */
export function groups(text: string): ReadonlyMap<string, string> {
  return new Map(phrases(text).flatMap((group) => group.map((one) => [one, group[0] ?? one] as const)));
}
