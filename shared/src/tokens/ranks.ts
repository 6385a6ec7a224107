/**
 * The vocabularies that `tiktoken` publishes. They are module data of that package, read once and only when a count is
 * needed. A bundler that writes CommonJS sees plain `require` calls and puts its own file in their place, so that the
 * bundle runs without `node_modules`; in an ES module, where `require` does not exist, the package is resolved relative
 * to this file.
 */
import { createRequire } from 'node:module';
import type { PackedVocabulary } from './vocabulary.ts';

export interface Ranks {
  /** tiktoken's text, or the packed form: see `vocabulary.ts`. */
  readonly bpe_ranks: string | PackedVocabulary;
}

export type Encoding = 'o200k' | 'cl100k';

/** Separate functions, so that a bundle which only counts in one vocabulary omits the other. */
export function readO200k(): Ranks {
  return typeof require === 'function'
    ? require('tiktoken/encoders/o200k_base.json')
    : createRequire(import.meta.url)('tiktoken/encoders/o200k_base.json');
}

export function readCl100k(): Ranks {
  return typeof require === 'function'
    ? require('tiktoken/encoders/cl100k_base.json')
    : createRequire(import.meta.url)('tiktoken/encoders/cl100k_base.json');
}
