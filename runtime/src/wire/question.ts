/**
 * The question of a request, recognised by its shape in any format: one message of a user with one text, besides instructions.
 * In a conversation a question depends on what was said before, so it only has one for callers that ask for the last turn.
 */
import { asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

export interface Question {
  readonly text: string;
  /** The same request with another text for its question. */
  readonly replaced: (text: string) => JsonObject;
}

/** Which requests have a question: those with a single turn, or conversations as well, by their last turn. */
export type Turns = 'single' | 'last';

export function questionOf(body: JsonObject, turns: Turns = 'single'): Question | null {
  const found = LISTS.filter((name) => body[name] !== undefined);
  const [name] = found;
  if (name === undefined || found.length > 1) return null;
  return inMember(body, name, turns === 'single' ? inOnlyTurn : inLastTurn);
}

/** Where formats have their messages. */
const LISTS = ['messages', 'input', 'contents'] as const;
const INSTRUCTIONS: ReadonlySet<unknown> = new Set(['system', 'developer']);
/** The names under which a message has its text. */
const TEXTS = ['content', 'parts'] as const;

interface Found {
  readonly text: string;
  readonly replaced: (text: string) => Json;
}
type Find = (value: Json | undefined) => Found | null;

function inMember(object: JsonObject, name: string, find: Find): Question | null {
  const found = find(object[name]);
  return found === null ? null : { ...found, replaced: (text) => ({ ...object, [name]: found.replaced(text) }) };
}

function inText(value: Json | undefined): Found | null {
  const text = asString(value);
  return text === null ? null : { text, replaced: (other) => other };
}

function inOnlyTurn(value: Json | undefined): Found | null {
  if (!Array.isArray(value)) return inText(value);
  const first = (value as readonly Json[]).findIndex((turn) => !INSTRUCTIONS.has(asObject(turn)?.role));
  // Instructions after the question may refer to it.
  return first === value.length - 1 ? inLastTurn(value) : null;
}

function inLastTurn(value: Json | undefined): Found | null {
  return Array.isArray(value) ? inItem(value, value.length - 1, inTurn) : inText(value);
}

function inTurn(value: Json | undefined): Found | null {
  const turn = asObject(value);
  if (turn === null || (turn.role ?? 'user') !== 'user' || (turn.type ?? 'message') !== 'message') return null;
  const names = TEXTS.filter((name) => turn[name] !== undefined);
  const [name] = names;
  return name === undefined || names.length > 1 ? null : inMember(turn, name, inParts);
}

function inParts(value: Json | undefined): Found | null {
  if (!Array.isArray(value)) return inText(value);
  const parts: readonly Json[] = value;
  return parts.length === 1 ? inItem(parts, 0, inPart) : null;
}

function inPart(value: Json | undefined): Found | null {
  const part = asObject(value);
  return part === null ? null : inMember(part, 'text', inText);
}

function inItem(list: readonly Json[], at: number, find: Find): Found | null {
  const found = find(list[at]);
  return found === null ? null : { ...found, replaced: (text) => list.with(at, found.replaced(text)) };
}
