/**
 * What a request is made of, as far as its tokens go: the same for every provider and wire format. The analyzer makes
 * it from code, where a text may not be known; whoever has the request itself makes it from that.
 */
import type { Range } from '../range.ts';
import type { ImageSize } from './image-size.ts';

/** Whose turn a message is. A tool's result is a message or a block of its own, by the provider. */
export type Speaker = 'system' | 'user' | 'assistant';

/** JSON of which parts may be unknown. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject | UnknownJson;
export interface JsonObject {
  readonly [key: string]: Json;
}
/** A value that only the run knows. */
export const UNKNOWN_JSON: unique symbol = Symbol('unknown');
export type UnknownJson = typeof UNKNOWN_JSON;

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A function that the model may ask for. */
export interface ToolDefinition {
  /** Null where only the run knows it. */
  readonly name: string | null;
  readonly description: string | null;
  /** A JSON schema; null where the tool takes nothing, or what it takes is not known. */
  readonly parameters: Json;
}

/** `forced`: the model has to use one. `none`: it must not. */
export type ToolChoice = 'auto' | 'forced' | 'none';

/** A schema that the answer must follow. */
export interface AnswerSchema {
  readonly name: string | null;
  readonly description: string | null;
  readonly schema: Json;
}

/** `low`, `high` and `auto` as OpenAI has them; null where the request does not say. */
export type ImageDetail = 'low' | 'high' | 'original' | 'auto';

export interface SentImage {
  /** Null where it is not known: an address, a file, data from elsewhere. */
  readonly size: ImageSize | null;
  readonly detail: ImageDetail | null;
}

/** What a request sends beyond its messages' texts, which decides what is put around them. */
export interface RequestFrame {
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice: ToolChoice;
  readonly hasSystem: boolean;
  readonly isThinking: boolean;
  readonly schema: AnswerSchema | null;
  /** Tokens of a value that only the run knows, inside tools and schemas. */
  readonly unknown: Range;
}
