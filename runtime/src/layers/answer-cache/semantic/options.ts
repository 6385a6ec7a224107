import type { Embedder } from '../../../semantic/embedders/embedder.ts';
import { byDefault, listOf, milliseconds, object, required, such, text } from '../../../support/schema.ts';
import { type Mode, modeSchema } from '../../support/mode.ts';

export interface SemanticOptions {
  /** Turns questions into vectors: `lexicalEmbedder()`, `localEmbedder()`, `openaiEmbedder({ ... })`, or your own `{ name, embed }`. */
  readonly embedder: Embedder;
  /** Default: `shadow`, nothing is served, and what would have been served is compared with the real answers. */
  readonly mode?: Mode;
  /** Milliseconds to wait for the embedder; after that the request goes on. Default: 300. */
  readonly timeLimit?: number;
  /** Only questions of these features are looked up. Default: all questions. */
  readonly features?: readonly string[];
}

const embedderSchema = such<Embedder>(
  'an embedder with a name and embed(texts), such as lexicalEmbedder()',
  (input) =>
    typeof input === 'object' &&
    input !== null &&
    'name' in input &&
    typeof input.name === 'string' &&
    input.name !== '' &&
    'embed' in input &&
    typeof input.embed === 'function',
);

export const semanticSchema = object<SemanticOptions, 'mode' | 'timeLimit'>('SemanticOptions', {
  embedder: required(embedderSchema),
  mode: byDefault('shadow', modeSchema),
  timeLimit: byDefault(300, milliseconds()),
  features: listOf(text()),
});

export type FilledSemantic = SemanticOptions & Required<Pick<SemanticOptions, 'mode' | 'timeLimit'>>;
