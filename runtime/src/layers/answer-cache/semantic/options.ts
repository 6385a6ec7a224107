import type { Embedder } from '../../../semantic/embedders/embedder.ts';
import { isModelWeights, type ModelWeights } from '../../../semantic/model/model-weights.ts';
import type { Verifier } from '../../../semantic/verifiers/verifier.ts';
import { byDefault, fun, listOf, milliseconds, number, object, required, such, text } from '../../../support/schema.ts';
import { type Mode, modeSchema } from '../../support/mode.ts';

export interface SemanticOptions {
  /** Turns questions into vectors: `lexicalEmbedder()`, `localEmbedder()`, `transformersEmbedder({ path })`, `openaiEmbedder({ ... })`, or your own `{ name, embed }`. */
  readonly embedder: Embedder;
  /** Default: `shadow`, nothing is served, and what would have been served is compared with the real answers. */
  readonly mode?: Mode;
  /** Milliseconds to wait for the embedder; after that the request goes on. Default: 300. */
  readonly timeLimit?: number;
  /** Only questions of these features are looked up. Default: all questions. */
  readonly features?: readonly string[];
  /**
   * In these features the last question of a conversation is looked up as well, among conversations in which everything before it
   * is the same. Default: none, conversations are only looked up exactly.
   */
  readonly conversations?: readonly string[];
  /**
   * Questions that are further apart are not compared. `farthing-runtime report --semantic` advises one for the embedder
   * and the traffic that it saw. Default: 0, the rules alone decide.
   */
  readonly minSimilarity?: number;
  /**
   * Also serves what the rules leave open and a small model finds the same, as long as at most this share of all that is
   * served is wrong, with 95% confidence. That is counted over questions that the model was not trained on and the
   * feedback of your users: where they are too few, the rules alone decide. 0.01 is one answer in a hundred. Default: 0,
   * no model.
   */
  readonly maxWrong?: number;
  /** The model for `maxWrong`, trained on your own records by `npm run train-semantic`. Default: the model that ships. */
  readonly weights?: ModelWeights;
  /**
   * Says whether an answer to one question also answers another, where the rules cannot tell: `openaiVerifier({ model })`,
   * or a function. It is asked after the answer went out, and what it says holds the next time. Default: such questions
   * are never taken for the same.
   */
  readonly verifier?: Verifier;
  /**
   * Milliseconds in which a user who asks again what was answered from here is answered by the provider, and the pair of
   * questions counts as wrong. It needs a `user` or a `session`; 0 is off. Default: 30,000.
   */
  readonly reask?: number;
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

export const semanticSchema = object<SemanticOptions, 'mode' | 'timeLimit' | 'minSimilarity' | 'maxWrong' | 'reask'>(
  'SemanticOptions',
  {
    embedder: required(embedderSchema),
    mode: byDefault('shadow', modeSchema),
    timeLimit: byDefault(300, milliseconds()),
    features: listOf(text()),
    conversations: listOf(text()),
    minSimilarity: byDefault(0, number({ min: 0, max: 1 })),
    maxWrong: byDefault(0, number({ min: 0, max: 1 })),
    weights: such<ModelWeights>('what npm run train-semantic has written', isModelWeights),
    verifier: fun<Verifier>(),
    reask: byDefault(30_000, milliseconds({ min: 0 })),
  },
);

export type FilledSemantic = SemanticOptions &
  Required<Pick<SemanticOptions, 'mode' | 'timeLimit' | 'minSimilarity' | 'maxWrong' | 'reask'>>;
