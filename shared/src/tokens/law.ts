/**
 * How a family of models bills a request, as data: how texts are counted, and what is added around messages, tools,
 * schemas and images. Providers publish little of this; every figure was fitted to recorded calls, billed against
 * counted (`scripts/fit-tokens.ts`), and is in one file per maker in `laws/`.
 */
import type { ApiName, Basis, ProviderName } from '../vocabulary.ts';
import type { Script } from './text-shape.ts';

/** Lower bound, expectation, upper bound. */
export type Bounds = readonly [low: number, expected: number, high: number];

/** Counted exactly in a published vocabulary, or estimated from o200k's count and the shape of the text. */
export type TextLaw = { readonly vocabulary: 'o200k' | 'cl100k' } | EstimatedText;

export interface EstimatedText {
  /** Factors on o200k's count, by script. */
  readonly scripts: Readonly<Record<Script, number>>;
  /** Additional tokens for each of these. */
  readonly longWord?: number;
  readonly splitDigit?: number;
  readonly symbol?: number;
  readonly lineBreak?: number;
  /** How far the count of a single text may deviate: fractions below and above. */
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
  /** Once per request with tools; without and with a system prompt. */
  readonly request: Bounds;
  readonly requestWithSystem?: Bounds;
  /** Replaces the above if the model has to use a tool. */
  readonly requestForced?: Bounds;
  /** True if tools that the model must not use are left out of the prompt. */
  readonly isDroppedByNone?: boolean;
  /** For each tool. */
  readonly tool: Bounds;
  /** Factors on the tokens of the rendered text. */
  readonly factor: Bounds;
}

export interface SchemaLaw {
  /** Compact JSON, or only the texts in it. */
  readonly rendering: 'json' | 'texts';
  /** Once per request; with a system prompt or with tools, which the schema then follows. */
  readonly request: Bounds;
  readonly requestWithSystem?: Bounds;
  readonly requestWithTools?: Bounds;
  /** Factors on the tokens of the rendered text. */
  readonly factor: Bounds;
  /** Keywords that are not passed on to the model. */
  readonly omits: readonly string[];
  /** True if the model is told the schema's name and description. */
  readonly isNamed: boolean;
  /**
   * Set if answers open with the name of a strict schema, unless there are tools: tokens besides the name, for the answer
   * to come and for each one in the history.
   */
  readonly opening?: { readonly next: Bounds; readonly earlier: Bounds };
}

/** The tokens of an image, from its size in pixels. */
export type ImageLaw =
  /** The same for every image. */
  | { readonly kind: 'fixed'; readonly tokens: Bounds }
  /**
   * Scaled to fit 2,048 and then to a shorter side of 768 pixels; a number of tokens per tile of 512 pixels, plus a
   * base.
   */
  | { readonly kind: 'tiles'; readonly base: number; readonly tile: number }
  /** One piece if neither side is longer than `whole`; otherwise square crops plus one piece for the whole image. */
  | { readonly kind: 'crops'; readonly piece: number; readonly whole: number }
  /** Patches of a number of pixels each way, scaled down to a maximum number of patches, times a factor. */
  | {
      readonly kind: 'patches';
      readonly side: number;
      readonly max: number;
      readonly factor: number;
      /** The maximum length of the longer side. */
      readonly longest?: number;
      /** Tokens added around each image. */
      readonly base?: number;
    };

export interface TokenLaw {
  readonly name: string;
  readonly text: TextLaw;
  /** Once per request: what opens it and primes the answer. */
  readonly request: Bounds;
  readonly message: MessageLaw;
  /** Around a tool call in the history, beyond its name and arguments; and around its result. */
  readonly call: Bounds;
  readonly result: Bounds;
  readonly tools: ToolsLaw;
  /** `tool` if a schema is sent as a tool that the model has to use; null if it costs nothing. */
  readonly schema: SchemaLaw | 'tool' | null;
  /** Added if reasoning is switched on. */
  readonly thinking?: Bounds;
  /** Null if the formula is not published or not confirmed. */
  readonly image: ImageLaw | null;
  /** `literal` if all of it is exact, so that a text without a wrapping has an exact count. */
  readonly basis?: Basis;
}

/** The requests that a law applies to. All given criteria must match. */
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
