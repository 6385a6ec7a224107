/**
 * What a family of models makes of a request, as data: how it counts a text and what it puts around messages, tools,
 * schemas and images. Providers publish little of it; every figure was fitted on recorded calls, billed against counted
 * (`scripts/fit-tokens.ts`), and stands in a file for each maker under `laws/`.
 */
import type { ApiName, Basis, ProviderName } from '../vocabulary.ts';
import type { Script } from './text-shape.ts';

/** The least, what to expect, the most. */
export type Bounds = readonly [low: number, expected: number, high: number];

/** Counted exactly in a published vocabulary, or estimated from o200k's count and the text's shape. */
export type TextLaw = { readonly vocabulary: 'o200k' | 'cl100k' } | EstimatedText;

export interface EstimatedText {
  /** Factors on o200k's count, by script. */
  readonly scripts: Readonly<Record<Script, number>>;
  /** Tokens more for each of these. */
  readonly longWord?: number;
  readonly splitDigit?: number;
  readonly symbol?: number;
  readonly lineBreak?: number;
  /** How far a single text may fall outside: fractions below and above. */
  readonly spread: { readonly below: number; readonly above: number };
}

export interface MessageLaw {
  readonly system: Bounds;
  readonly user: Bounds;
  readonly assistant: Bounds;
}

export interface ToolsLaw {
  /** `declarations` as OpenAI renders them, the JSON of name, description and parameters, or only the texts in it. */
  readonly rendering: 'declarations' | 'json' | 'texts';
  /** Once a request that has tools; without and with a system prompt. */
  readonly request: Bounds;
  readonly requestWithSystem?: Bounds;
  /** Instead, where the model has to use a tool. */
  readonly requestForced?: Bounds;
  /** True where tools that the model must not use are left out of the prompt. */
  readonly isDroppedByNone?: boolean;
  /** For each tool. */
  readonly tool: Bounds;
  /** Factors on the tokens of what is rendered. */
  readonly factor: Bounds;
}

export interface SchemaLaw {
  /** Compact JSON, or only the texts in it. */
  readonly rendering: 'json' | 'texts';
  /** Once a request; with a system prompt or tools, under which the schema then stands. */
  readonly request: Bounds;
  readonly requestUnderOthers?: Bounds;
  /** Factors on the tokens of what is rendered. */
  readonly factor: Bounds;
  /** Keywords that are not passed on to the model. */
  readonly omits: readonly string[];
  /** True where the model is told the schema's name and description. */
  readonly isNamed: boolean;
}

/** What an image comes to, from its size in pixels. */
export type ImageLaw =
  /** The same for every image. */
  | { readonly kind: 'fixed'; readonly tokens: Bounds }
  /** Scaled to fit 2,048 and then to a shorter side of 768 pixels; so many for each tile of 512, and a base. */
  | { readonly kind: 'tiles'; readonly base: number; readonly tile: number }
  /** One piece where neither side is longer than `whole`; otherwise square crops and one piece for the whole image. */
  | { readonly kind: 'crops'; readonly piece: number; readonly whole: number }
  /** Patches of so many pixels each way, scaled down to at most so many, times a factor. */
  | {
      readonly kind: 'patches';
      readonly side: number;
      readonly max: number;
      readonly factor: number;
      /** The longest side that is kept. */
      readonly longest?: number;
      /** Tokens that are put around each image. */
      readonly base?: number;
    };

export interface TokenLaw {
  readonly name: string;
  readonly text: TextLaw;
  /** Once a request: what opens it and primes the answer. */
  readonly request: Bounds;
  readonly message: MessageLaw;
  /** Around a tool call in the history, beyond its name and arguments; and around its result. */
  readonly call: Bounds;
  readonly result: Bounds;
  readonly tools: ToolsLaw;
  /** Null where an answer's schema costs nothing. */
  readonly schema: SchemaLaw | null;
  /** Where reasoning is switched on. */
  readonly thinking?: Bounds;
  /** Null where the formula is not published or not confirmed. */
  readonly image: ImageLaw | null;
  /** `literal` where all of it is exact, so that a text without a wrapping has an exact count. */
  readonly basis?: Basis;
}

/** Which requests a law holds for. All that is given must match. */
export interface LawEntry {
  /** Against the model's id in lower case. */
  readonly models: RegExp;
  readonly providers?: readonly ProviderName[];
  readonly apis?: readonly ApiName[];
  readonly law: TokenLaw;
}

export const NOTHING: Bounds = [0, 0, 0];

export function always(tokens: number): Bounds {
  return [tokens, tokens, tokens];
}
