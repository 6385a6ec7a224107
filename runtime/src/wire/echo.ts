/**
 * Fields of the request that an answer repeats although they do not affect it, such as `metadata` and `user`. If an answer
 * is given to another request, they are replaced by that request's. The rest of the answer keeps its spelling.
 */
import { isDeepStrictEqual } from 'node:util';
import { asObject, type Json, type JsonObject, type Payload } from '../support/json-body.ts';
import { outlineOf } from '../support/json-members.ts';
import type { Codec, Delivery } from './codec.ts';
import { createSseRewriter, type SseRewriter } from './framing/sse-rewriter.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The fields of two requests under the names that answers may repeat. */
export interface EchoChange {
  /** The request that the answer was made for. */
  readonly from: JsonObject;
  /** The request that it is given to. */
  readonly to: JsonObject;
  readonly names: readonly string[];
  /** Names that the answer is known to repeat, even if `from` lacks them. */
  readonly repeated?: ReadonlySet<string>;
  /** Called for each name that the answer repeats. */
  readonly onEcho?: (name: string) => void;
}

/** Names that only choose the delivery; answers do not repeat them. */
const DELIVERY: ReadonlySet<string> = new Set(['stream', 'stream_options']);

/** Each call asks for them, of the few sets that the codecs have. */
const namesIn = new WeakMap<ReadonlySet<string>, readonly string[]>();

export function echoNames({ withoutEffect }: Codec): readonly string[] {
  let names = namesIn.get(withoutEffect);
  if (names === undefined) {
    names = [...withoutEffect].filter((name) => !DELIVERY.has(name));
    namesIn.set(withoutEffect, names);
  }
  return names;
}

/** What `echoOf` returns for a request without any of these fields, as most are. */
export const NO_ECHO: JsonObject = {};

/** Leaves out null, which has the same meaning as no value. */
export function echoOf(payload: Payload, names: readonly string[]): JsonObject {
  let echo = NO_ECHO;
  for (const name of names) {
    const value = payload.member(name);
    if (value !== undefined && value !== null) echo = { ...echo, [name]: value };
  }
  return echo;
}

/** The same answer for the other request. */
export function withEcho(bytes: Bytes, delivery: Delivery, change: EchoChange): Bytes {
  if (delivery === 'stream' || change.from === change.to || isDeepStrictEqual(change.from, change.to)) return bytes;
  if (delivery === 'json') {
    const text = decoder.decode(bytes);
    const changed = changedJson(text, change);
    return changed === text ? bytes : encoder.encode(changed);
  }
  const rewriter = createEchoRewriter(change);
  return Uint8Array.from(Buffer.concat([rewriter.push(bytes), rewriter.flush()]));
}

export function createEchoRewriter(change: EchoChange): SseRewriter {
  const isTelling = new RegExp(`"(?:${change.names.join('|')})"\\s*:`);
  return createSseRewriter((event) =>
    isTelling.test(event)
      ? event.replace(DATA, (_, front: string, data: string) => {
          const json = changedJson(Buffer.from(data, 'latin1').toString(), change);
          return front + Buffer.from(json).toString('latin1');
        })
      : event,
  );
}

/** A data line of an event. It is matched on bytes, where no character of a text can look like a line ending. */
const DATA = /^(data: ?)([^\r\n]+)/gm;

/** Members of stream events that contain the answer. */
const CARRIERS: readonly string[] = ['response', 'message', 'interaction'];
const NONE: readonly string[] = [];

function changedJson(text: string, change: EchoChange, carriers = CARRIERS): string {
  const outline = outlineOf(text);
  if (outline === null) return text;
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  const enter = (name: string, changed: (before: string) => string | null): void => {
    const span = outline.get(name);
    const after = span === undefined ? null : changed(text.slice(span.from, span.to));
    if (span !== undefined && after !== null) edits.push({ ...span, text: after });
  };
  for (const name of change.names) enter(name, (before) => changedValue(name, before, change));
  for (const name of carriers) enter(name, (before) => changedJson(before, change, NONE));
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((rest, edit) => rest.slice(0, edit.from) + edit.text + rest.slice(edit.to), text);
}

/** Null if the value stays the same. */
function changedValue(name: string, text: string, { from, to, repeated, onEcho }: EchoChange): string | null {
  const value = parsed(text);
  if (value === undefined || !(repeated?.has(name) || isEcho(value, from[name]))) return null;
  onEcho?.(name);
  const after = replaced(value, from[name], to[name]);
  return isDeepStrictEqual(after, value) ? null : JSON.stringify(after);
}

/** False for a value that the provider adds itself: xAI's `metadata` has a version of the model. */
function isEcho(value: Json, said: Json | undefined): boolean {
  const parts = asObject(value);
  // Without a value in the request, the API's default is repeated.
  if (said === undefined) return Object.keys(parts ?? {}).length === 0;
  const own = asObject(said);
  if (parts === null || own === null) return isDeepStrictEqual(value, said);
  return Object.entries(own).every(([name, part]) => isDeepStrictEqual(parts[name], part));
}

function replaced(value: Json, said: Json | undefined, wanted: Json | undefined): Json {
  const parts = asObject(value);
  if (parts === null) return wanted ?? (said === undefined ? value : null);
  const rest = Object.entries(parts).filter(([name]) => asObject(said)?.[name] === undefined);
  return { ...Object.fromEntries(rest), ...asObject(wanted) };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
