import { keepsNumbers } from '../support/exact-numbers.ts';
import { type JsonObject, parseObject } from '../support/json-body.ts';

/** The arguments of an answer's call. Those that are not a JSON object, such as a call that was cut off, are left out. */
export function readInput(text: string, leaveOut: (what: string) => void): JsonObject {
  if (text === '') return {};
  const input = keepsNumbers(text) ? parseObject(text) : null;
  if (input === null) leaveOut('arguments of a call that are not a JSON object');
  return input ?? {};
}
