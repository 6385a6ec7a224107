/** Words that say little by themselves, by what they do in a sentence. All other words are content. */
import { type LanguageName, words } from '../judge/language.ts';

export interface WordClasses {
  readonly classes: Readonly<Record<string, ReadonlySet<string>>>;
  /**
   * Words that both questions must have: marks of tense, verbs of what is allowed or necessary, conjunctions, and words
   * for other people than the one who asks.
   */
  readonly fixed: ReadonlySet<string>;
  /** Kinds of questions about what the one who asks wants to do: "the flight" is their own there, but "the father" is not. */
  readonly tasks: ReadonlySet<string>;
  /** Pairs of endings that make another tense, gender or owner of a word. */
  readonly endings: RegExp;
}

export const WORD_CLASSES: Readonly<Record<LanguageName, WordClasses>> = {
  en: {
    classes: {
      possessive: words('my your our his her its their mine yours own'),
      determiner: words('this that these those such'),
      pronoun: words('i you we they he she it me us them one someone somebody something anyone people person'),
      preposition: words('to for of on in with by from at into about onto via through as like than out off up down'),
      relative: words('that which who when if'),
      auxiliary: words(
        'be do does did have has had can could will would should may might must shall was were been being got get',
      ),
      adverb: words(
        'just really actually exactly please basically simply usually normally generally properly there so',
      ),
      present: words('currently now current existing nowadays'),
      quality: words('good great nice main common possible typical basic'),
    },
    fixed: words(
      'was were did had been will would shall may might must should and or your our his her their he she they him them',
    ),
    tasks: new Set(['how to', 'where', 'can', 'may']),
    endings: /e?d(?:\/|$)|ly$|'/,
  },
  es: {
    classes: {
      possessive: words('mi mis tu tus su sus nuestro nuestra propio propia'),
      determiner: words('este esta estos estas ese esa'),
      pronoun: words('yo me te se nos lo le alguien gente persona personas'),
      preposition: words('a de en con por para desde hacia mediante según como'),
      relative: words('que cuando'),
      auxiliary: words('es está ser estar hay tiene tener ha han he puede puedo poder hacer suele suelen fue era será'),
      adverb: words('realmente exactamente simplemente normalmente generalmente correctamente tan'),
      present: words('actualmente ahora actual existente'),
      quality: words('buen buena bueno buenos principal principales común comunes posible posibles típico'),
    },
    fixed: words(
      'fue era será hubo había habrá estaba fueron eran tenía tuvo podría debo debe deben debería tengo y e o u nuestro nuestra tu tus su sus te le',
    ),
    tasks: new Set(['cómo hacer', 'cómo puedo', 'dónde', 'puedo']),
    endings: /[áéíóú]|ab|ba|(?:^|\/)(?:a|o)s?\/(?:a|o)s?$|(?:ad|id)[oa]s?/,
  },
};

/** `content` for a word that is in no list. */
export function classOf(word: string, language: LanguageName): string {
  const { classes } = WORD_CLASSES[language];
  return Object.entries(classes).find(([, members]) => members.has(word))?.[0] ?? 'content';
}
