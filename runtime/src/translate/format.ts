/** A format that requests and answers are translated from and to: one file for each direction of each format. */
import type { Json, JsonObject } from '../support/json-body.ts';
import type { SseEvent } from '../wire/framing/sse.ts';
import type { Usage } from '../wire/usage.ts';
import type { NeutralAnswer, NeutralRequest, StreamPiece } from './neutral.ts';

/** What the address of a request says. */
export interface Asked {
  readonly model: string | null;
  readonly isStreaming: boolean;
}

export interface WriteOptions {
  /** The output limit for formats that require one, if the request has none: the model's maximum, or null. */
  readonly maxOutput: number | null;
  /** Notes what the format has no place for although it has no effect on the answer: marks, labels. */
  readonly leaveOut: (what: string) => void;
}

export interface Format {
  /** The name of the codec that reads this format's requests and answers. */
  readonly name: string;
  /** What follows a client's base URL in the address of a request. */
  readonly tail: (asked: Asked) => string;
  /** Headers that the format requires. */
  readonly headers: Readonly<Record<string, string>>;
  /** Throws `CannotTranslate` for what has no neutral form. */
  readonly readRequest: (body: JsonObject, asked: Asked, leaveOut: (what: string) => void) => NeutralRequest;
  /** Throws `CannotTranslate` for what the format cannot express. */
  readonly writeRequest: (request: NeutralRequest, options: WriteOptions) => JsonObject;
  /** Never throws: the answer has been paid for. `leaveOut` gets what has no neutral form. */
  readonly readAnswer: (answer: JsonObject, usage: Usage | null, leaveOut: (what: string) => void) => NeutralAnswer;
  readonly writeAnswer: (answer: NeutralAnswer, leaveOut: (what: string) => void) => JsonObject;
  /** Takes the events of a stream in order. */
  readonly streamReader: (emit: (piece: StreamPiece) => void, leaveOut: (what: string) => void) => StreamReader;
  readonly streamWriter: (options: StreamWriterOptions) => (piece: StreamPiece) => readonly SseEvent[];
}

export interface StreamReader {
  readonly push: (event: SseEvent) => void;
  /** The stream is over; `usage` is what the codec's scanner has read. */
  readonly end: (usage: Usage | null) => void;
}

export interface StreamWriterOptions {
  /** True if the reader asked for the usage at the end. */
  readonly wantsUsage: boolean;
  readonly leaveOut: (what: string) => void;
}

/** A member of a written body that is left out if there is nothing to say. */
export function present(members: Readonly<Record<string, Json | null | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}
