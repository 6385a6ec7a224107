/**
 * How figures are written in each language, and how certain they are. By hand, since `Intl` takes milliseconds to load.
 */
import type { Language } from './language.ts';
import type { Basis } from './vocabulary.ts';

export interface NumberStyle {
  readonly decimalSign: string;
  readonly groupSign: string;
  /** Fewer digits than this are not grouped. */
  readonly minDigitsToGroup: number;
  /** An amount with its dollar sign. */
  readonly dollars: (amount: string) => string;
  /** From the largest: what a count is divided by, and what then follows it. */
  readonly units: readonly (readonly [size: number, suffix: string])[];
  readonly about: (count: string) => string;
  /** Before an amount that is one of many possible. */
  readonly roughly: (amount: string) => string;
  readonly between: (low: string, high: string) => string;
  readonly bases: Readonly<Record<Basis, string>>;
  readonly priceUnknown: string;
  readonly sizeUnknown: string;
}

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00A0';

/** As the CLDR has it, but for `US$`: every amount of the program is in US dollars. */
export const NUMBER_STYLES: Readonly<Record<Language, NumberStyle>> = {
  en: {
    decimalSign: '.',
    groupSign: ',',
    minDigitsToGroup: 4,
    dollars: (amount) => `$${amount}`,
    units: [
      [1_000_000_000, 'B'],
      [1_000_000, 'M'],
      [1_000, 'k'],
    ],
    about: (count) => `about ${count}`,
    roughly: (amount) => `~${amount}`,
    between: (low, high) => `${low} to ${high}`,
    bases: {
      stated: 'stated',
      measured: 'measured',
      declared: 'declared',
      literal: 'literal',
      assumed: 'assumed',
      unknown: 'unknown',
    },
    priceUnknown: 'price unknown',
    sizeUnknown: 'size unknown',
  },
  es: {
    decimalSign: ',',
    groupSign: '.',
    minDigitsToGroup: 5,
    dollars: (amount) => `${amount}${NO_BREAK}$`,
    units: [
      [1_000_000, `${NO_BREAK}M`],
      [1_000, `${NO_BREAK}mil`],
    ],
    about: (count) => `unos ${count}`,
    roughly: (amount) => `~${amount}`,
    between: (low, high) => `de ${low} a ${high}`,
    bases: {
      stated: 'indicado',
      measured: 'medido',
      declared: 'declarado',
      literal: 'literal',
      assumed: 'supuesto',
      unknown: 'desconocido',
    },
    priceUnknown: 'precio desconocido',
    sizeUnknown: 'tamaño desconocido',
  },
};
