/**
 * Tokens of other families as ratios to o200k, by the kind of text. English, code, Spanish and Chinese were measured on
 * small samples; `spread` is how far a single text may fall outside its ratio.
 */
import type { TokenizerFamily } from '../catalogue/catalogue.ts';

export const TEXT_KINDS = ['english', 'code', 'otherLatin', 'cjk'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export interface FamilyFactors {
  readonly ratio: Readonly<Record<TextKind, number>>;
  /** Fractions below and above the ratio. */
  readonly spread: { readonly below: number; readonly above: number };
}

const CLAUDE: FamilyFactors = {
  ratio: { english: 1.13, code: 1.13, otherLatin: 1.36, cjk: 1.21 },
  spread: { below: 0.1, above: 0.12 },
};

/** Families without an exact counter. `o200k` and `cl100k` are counted, not estimated. */
export const FAMILY_FACTORS: Readonly<Record<Exclude<TokenizerFamily, 'o200k' | 'cl100k'>, FamilyFactors>> = {
  claude: CLAUDE,
  // Anthropic documents "about 30% more" than the old vocabulary, and up to 35%.
  'claude-2026': {
    ratio: { english: 1.47, code: 1.47, otherLatin: 1.77, cjk: 1.57 },
    spread: { below: 0.25, above: 0.15 },
  },
  gemini: {
    ratio: { english: 1.09, code: 1.19, otherLatin: 1.0, cjk: 0.9 },
    spread: { below: 0.1, above: 0.12 },
  },
  llama: {
    ratio: { english: 1.0, code: 1.0, otherLatin: 1.19, cjk: 0.97 },
    spread: { below: 0.1, above: 0.15 },
  },
  deepseek: {
    ratio: { english: 1.03, code: 1.06, otherLatin: 1.21, cjk: 0.77 },
    spread: { below: 0.1, above: 0.12 },
  },
  // Not measured: the neighbours' ratios, with a wider spread.
  mistral: {
    ratio: { english: 1.08, code: 1.1, otherLatin: 1.2, cjk: 1.1 },
    spread: { below: 0.2, above: 0.25 },
  },
  unknown: {
    ratio: { english: 1.1, code: 1.12, otherLatin: 1.2, cjk: 1.1 },
    spread: { below: 0.3, above: 0.4 },
  },
};
