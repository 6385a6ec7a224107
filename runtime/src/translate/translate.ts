/**
 * Requests, answers and streams of one format in another. A request that the other format cannot express is refused with
 * the reason. An answer has been paid for and is never refused: what has no place in the other format is left out, and
 * named.
 */
import { keepsNumbers } from '../support/exact-numbers.ts';
import type { JsonObject, Payload } from '../support/json-body.ts';
import { CannotTranslate, cannotCarry } from './fields.ts';
import type { Asked, Format } from './format.ts';
import { anthropicMessages } from './formats/anthropic-messages/format.ts';
import { gemini } from './formats/gemini/format.ts';
import { openaiChat } from './formats/openai-chat/format.ts';
import { openaiResponses } from './formats/openai-responses/format.ts';
import type { NeutralRequest } from './neutral.ts';

export const FORMATS: readonly Format[] = [openaiChat, openaiResponses, anthropicMessages, gemini];

/** Null if nothing is translated from and to the format. */
export function formatNamed(name: string): Format | null {
  return FORMATS.find((format) => format.name === name) ?? null;
}

export type TranslatedRequest =
  | {
      readonly body: JsonObject;
      /** What was left out because it has no effect on the answer: marks, labels. */
      readonly leftOut: readonly string[];
      readonly reason: null;
    }
  /** `reason` names what cannot be carried, as a phrase. */
  | { readonly body: null; readonly reason: string };

export interface Direction {
  readonly from: Format;
  readonly to: Format;
}

/** @param maxOutput the output limit where the other format requires one and the request has none; null if unknown */
export function translateRequest(
  { from, to }: Direction,
  payload: Pick<Payload, 'json' | 'text'>,
  asked: Asked,
  maxOutput: number | null,
): TranslatedRequest {
  const leftOut = new Set<string>();
  const leaveOut = (what: string): void => void leftOut.add(what);
  try {
    const given = payload.json ?? cannotCarry('a body that is not JSON');
    if (!keepsNumbers(payload.text)) cannotCarry('a number that JavaScript cannot represent');
    const request = from.readRequest(given, asked, leaveOut);
    checkRequest(request);
    return { body: to.writeRequest(request, { maxOutput, leaveOut }), leftOut: [...leftOut], reason: null };
  } catch (error) {
    if (error instanceof CannotTranslate) return { body: null, reason: error.message };
    throw error;
  }
}

/** What a request asks for, in the neutral form; null if it holds something that has none. */
export function readNeutral(format: Format, body: JsonObject, asked: Asked): NeutralRequest | null {
  try {
    return format.readRequest(body, asked, () => {});
  } catch (error) {
    if (error instanceof CannotTranslate) return null;
    throw error;
  }
}

/** Some providers continue a last turn of the assistant and others answer it. */
function checkRequest({ model, turns }: NeutralRequest): void {
  if (model === null) cannotCarry('a request without a model');
  if (turns.length === 0) cannotCarry('a request without messages');
  if (turns.at(-1)?.role === 'assistant') cannotCarry('a beginning of the answer in the request');
}

export interface TranslatedAnswer {
  readonly answer: JsonObject;
  readonly leftOut: readonly string[];
}

/** @param usage of the answer, as the codec of its format reads it */
export function translateAnswer(
  { from, to }: Direction,
  answer: JsonObject,
  usage: Parameters<Format['readAnswer']>[1],
): TranslatedAnswer {
  const leftOut = new Set<string>();
  const leaveOut = (what: string): void => void leftOut.add(what);
  const read = from.readAnswer(answer, usage, leaveOut);
  return { answer: to.writeAnswer(read, leaveOut), leftOut: [...leftOut] };
}
