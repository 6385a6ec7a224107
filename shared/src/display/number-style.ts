/**
 * How figures are written in each language, and how certain they are. By hand, since `Intl` takes milliseconds to load.
 */

import type { Language } from '../language.ts';
import type { Basis } from '../vocabulary.ts';
import { currencySign } from './currency.ts';

export interface NumberStyle {
  readonly decimalSign: string;
  readonly groupSign: string;
  /** Fewer digits than this are not grouped. */
  readonly minDigitsToGroup: number;
  /** An amount with the sign of the currency that is shown. */
  readonly money: (amount: string) => string;
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

/** As the CLDR has it, but for `US$`: a program that shows one currency needs no more than its sign. */
export const NUMBER_STYLES: Readonly<Record<Language, NumberStyle>> = {
  en: {
    decimalSign: '.',
    groupSign: ',',
    minDigitsToGroup: 4,
    money: (amount) => `${currencySign()}${amount}`,
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
    money: (amount) => `${amount}${NO_BREAK}${currencySign().trim()}`,
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
