/**
 * What a request asks and what an answer says, in no format's own words. Each format is read into this form and written
 * from it, so that four formats need four readers and four writers. Two spellings of the same request have one neutral
 * form: a text and a list with one text, `max_tokens` and `max_completion_tokens`, neighbouring results of tools.
 */
import type { Json, JsonObject } from '../support/json-body.ts';
import type { Usage } from '../wire/usage.ts';

export interface NeutralRequest {
  /** Null if the request names none. */
  readonly model: string | null;
  readonly isStreaming: boolean;
  /** The texts before the first turn. */
  readonly system: readonly string[];
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly output: OutputFormat;
  readonly settings: Settings;
}

export interface Turn {
  readonly role: 'user' | 'assistant' | 'system';
  readonly parts: readonly Part[];
}

export type Part = TextPart | ImagePart | DocumentPart | CallPart | ResultPart | RefusalPart;

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly kind: 'image';
  readonly source: Base64 | { readonly url: string };
  /** How closely the model looks; null leaves it to the API. */
  readonly detail: string | null;
}

export interface DocumentPart {
  readonly kind: 'document';
  readonly source: Base64;
  readonly name: string | null;
}

export interface Base64 {
  /** `image/png`, `application/pdf`. */
  readonly type: string;
  readonly data: string;
}

export interface CallPart {
  readonly kind: 'call';
  readonly id: string;
  readonly name: string;
  readonly input: JsonObject;
}

export interface ResultPart {
  readonly kind: 'result';
  /** The id of the call. */
  readonly call: string;
  /** A value that was sent as JSON stays a value, so that its text does not change on the way. */
  readonly content: readonly (TextPart | ImagePart)[] | { readonly value: JsonObject };
  readonly isError: boolean;
}

/** The model declined, in a place of its own: only answers have it. */
export interface RefusalPart {
  readonly kind: 'refusal';
  readonly text: string;
}

export interface Tool {
  readonly name: string;
  readonly description: string | null;
  /** A JSON schema. */
  readonly schema: JsonObject;
  /** True if the provider guarantees that calls match the schema. */
  readonly isStrict: boolean;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

export type OutputFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'schema';
      readonly schema: JsonObject;
      readonly name: string | null;
      readonly description: string | null;
      readonly isStrict: boolean;
    };

/** What a request sets; a missing one is left to the API. */
export interface Settings {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly effort?: string;
  readonly verbosity?: string;
  /** False if the model may make one call at a time. */
  readonly parallelCalls?: false;
  readonly user?: string;
  readonly tier?: string;
  readonly metadata?: JsonObject;
}

/** `stop-sequence`: one of the request's; `text` says which, if the provider does. */
export type Finish = 'complete' | 'truncated' | 'tool-calls' | 'refused' | 'stop-sequence';

export interface NeutralAnswer {
  readonly id: string | null;
  readonly model: string | null;
  readonly parts: readonly (TextPart | CallPart | RefusalPart)[];
  readonly finish: Finish;
  readonly stopSequence: string | null;
  readonly usage: Usage | null;
}

/** A streamed answer, piece by piece. Pieces of a text or of a call's input join the one that began last. */
export type StreamPiece =
  | { readonly kind: 'start'; readonly id: string | null; readonly model: string | null }
  | { readonly kind: 'text' | 'refusal'; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string }
  | { readonly kind: 'input'; readonly json: string }
  | {
      readonly kind: 'end';
      readonly finish: Finish;
      readonly stopSequence: string | null;
      readonly usage: Usage | null;
    }
  /** The provider broke the stream off with an error. */
  | { readonly kind: 'error'; readonly message: string };

/** What a tool takes that declares no parameters. */
export const NO_PARAMETERS: JsonObject = { type: 'object', properties: {} };

/** The arguments of a call as formats write them that have them as text. */
export function argumentsOf(input: Json): string {
  return JSON.stringify(input);
}
