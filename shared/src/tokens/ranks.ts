/**
 * The vocabularies that `tiktoken` publishes. They are module data of that package, read once and only when a count is
 * asked for. A bundler that writes CommonJS sees plain `require` calls and puts its own file in their place, so that the
 * bundle runs without `node_modules`; as a module, where `require` does not exist, the package is looked up beside this
 * file.
 */
import { createRequire } from 'node:module';
import type { PackedVocabulary } from './vocabulary.ts';

export interface Ranks {
  /** tiktoken's text, or the same packed: see `vocabulary.ts`. */
  readonly bpe_ranks: string | PackedVocabulary;
}

export type Encoding = 'o200k' | 'cl100k';

/** One function each, so that a bundle which counts in one vocabulary alone leaves the other out. */
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
