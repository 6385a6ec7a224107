/**
 * The parts of a request that determine its tokens: the same for every provider and wire format. The analyzer builds it
 * from code, where a text may be unknown; a caller that has the request builds it from that.
 */
import type { Range } from '../range.ts';
import type { ImageSize } from './image-size.ts';

/** Whose turn a message is. A tool's result is a separate message or block, depending on the provider. */
export type Speaker = 'system' | 'user' | 'assistant';

/** JSON with parts that may be unknown. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject | UnknownJson;
export interface JsonObject {
  readonly [key: string]: Json;
}
/** A value that is only known at run time. */
export const UNKNOWN_JSON: unique symbol = Symbol('unknown');
export type UnknownJson = typeof UNKNOWN_JSON;

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A function that the model may call. */
export interface ToolDefinition {
  /** Null if it is only known at run time. */
  readonly name: string | null;
  readonly description: string | null;
  /** A JSON schema; null if the tool takes no arguments, or if they are unknown. */
  readonly parameters: Json;
}

/** `forced`: the model has to use one. `none`: it must not. */
export type ToolChoice = 'auto' | 'forced' | 'none';

/** A schema that the answer must follow. */
export interface AnswerSchema {
  readonly name: string | null;
  readonly description: string | null;
  readonly schema: Json;
  /** True if the answer is guaranteed to follow it. */
  readonly isStrict: boolean;
}

/** `low`, `high` and `auto` as in OpenAI's API; null if the request does not say. */
export type ImageDetail = 'low' | 'high' | 'original' | 'auto';

export interface SentImage {
  /** Null if unknown: an address, a file, data from elsewhere. */
  readonly size: ImageSize | null;
  readonly detail: ImageDetail | null;
}

/** What a request contains besides its messages' texts, which determines the tokens around them. */
export interface RequestFrame {
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice: ToolChoice;
  readonly hasSystem: boolean;
  readonly isThinking: boolean;
  /** Answers in the history. */
  readonly earlierAnswers: number;
  readonly schema: AnswerSchema | null;
  /** Tokens of a value that is only known at run time, inside tools and schemas. */
  readonly unknown: Range;
}
