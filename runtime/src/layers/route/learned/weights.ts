/** The learned router as plain JSON, as `farthing-runtime train` writes it. */
import { SIZES } from './features.ts';

export interface RouterWeights {
  readonly version: 1;
  /** How much more often the larger model is right, over all examples. */
  readonly bias: number;
  /** What a feature adds to it. */
  readonly features: Readonly<Record<string, number>>;
  readonly sizes: {
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
    readonly all: readonly number[];
    /** What a feature adds to `all`. */
    readonly byFeature: Readonly<Record<string, readonly number[]>>;
  };
  /** By the number of a word or a pair of words; those that are missing are 0. */
  readonly grams: { readonly numbers: readonly number[]; readonly weights: readonly number[] };
  /** From this gain on, the larger model answers. */
  readonly threshold: number;
}

export function isRouterWeights(input: unknown): input is RouterWeights {
  const { version, bias, features, sizes, grams, threshold } = (input ?? {}) as Partial<RouterWeights>;
  const areSizes = (list: unknown): boolean => areNumbers(list) && (list as readonly number[]).length === SIZES;
  return (
    version === 1 &&
    Number.isFinite(bias) &&
    Number.isFinite(threshold) &&
    areNumbers(Object.values(features ?? { none: null })) &&
    areSizes(sizes?.mean) &&
    areSizes(sizes?.deviation) &&
    areSizes(sizes?.all) &&
    Object.values(sizes?.byFeature ?? { none: null }).every(areSizes) &&
    areNumbers(grams?.numbers) &&
    areNumbers(grams?.weights) &&
    grams?.numbers.length === grams?.weights.length
  );
}

function areNumbers(list: unknown): boolean {
  return Array.isArray(list) && list.every((value) => Number.isFinite(value));
}
