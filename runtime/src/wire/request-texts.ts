/**
 * The texts of a request that a model reads, in the order in which it reads them, recognised by their shape in any wire
 * format. Not among them: what the model wrote itself, prompts that it continues, media, and documents that it may cite.
 */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';
import type { Path } from '../support/json-edits.ts';

export interface RequestText {
  /** Its place in the body. */
  readonly path: Path;
  readonly text: string;
  readonly role: 'instructions' | 'user' | 'tool';
  /** The call of a tool that the text is a result of; null for other texts. */
  readonly call: ToolCall | null;
}

export interface ToolCall {
  /** As the request names it; formats without ids get one from the place of the result. */
  readonly id: string;
  /** Null if the request does not say. */
  readonly tool: string | null;
  /** The arguments as JSON text; empty if the request does not say. */
  readonly input: string;
}

export function requestTexts(body: JsonObject): readonly RequestText[] {
  const found: RequestText[] = [];
  const calls = toolCalls(body);
  const instructions = (path: Path, value: Json | undefined): void =>
    inContent(value, path, (at, text) => found.push({ path: at, text, role: 'instructions', call: null }));
  for (const name of INSTRUCTIONS) {
    const value = body[name];
    const parts = asObject(value)?.parts;
    if (parts === undefined) instructions([name], value);
    else instructions([name, 'parts'], parts);
  }
  for (const name of LISTS) {
    const value = body[name];
    if (typeof value === 'string') found.push({ path: [name], text: value, role: 'user', call: null });
    asArray(value).forEach((item, index) => {
      inMessage(asObject(item), [name, index], calls, found);
    });
  }
  return found;
}

const INSTRUCTIONS = ['system', 'instructions', 'systemInstruction', 'system_instruction'] as const;
const LISTS = ['messages', 'input', 'contents'] as const;
/** The types of parts whose `text` is text for the model. Formats without types have none. */
const TEXT_TYPES: ReadonlySet<unknown> = new Set([undefined, 'text', 'input_text']);

type Found = (path: Path, text: string) => void;

/** A text, or a list of parts with text. */
function inContent(value: Json | undefined, path: Path, found: Found): void {
  if (typeof value === 'string') found(path, value);
  asArray(value).forEach((item, index) => {
    const part = asObject(item);
    const text = asString(part?.text);
    if (text !== null && TEXT_TYPES.has(part?.type) && part?.thought !== true) found([...path, index, 'text'], text);
  });
}

function inMessage(message: JsonObject | null, path: Path, calls: Calls, found: RequestText[]): void {
  if (message === null) return;
  const { role, type, content, parts } = message;
  const add = (kind: RequestText['role'], call: ToolCall | null): Found => {
    return (at, text) => found.push({ path: at, text, role: kind, call });
  };
  const resultOf = (id: Json | undefined, place: Path, tool: Json | undefined): Found => {
    const known = calls.get(asString(id) ?? '');
    const name = asString(tool) ?? known?.tool ?? null;
    return add('tool', { id: asString(id) ?? place.join('.'), tool: name, input: known?.input ?? '' });
  };
  if (asString(type)?.endsWith('_call_output') === true) {
    inContent(message.output, [...path, 'output'], resultOf(message.call_id, path, undefined));
    return;
  }
  if (type !== undefined && type !== 'message') return;
  if (role === 'tool' || role === 'function') {
    inContent(content, [...path, 'content'], resultOf(message.tool_call_id, path, message.tool_name ?? message.name));
  }
  const isInstruction = role === 'system' || role === 'developer';
  if (isInstruction || role === undefined || role === 'user') {
    const own = add(isInstruction ? 'instructions' : 'user', null);
    inContent(content, [...path, 'content'], own);
    inContent(parts, [...path, 'parts'], own);
  }
  for (const [name, list] of [['content', content] as const, ['parts', parts] as const]) {
    asArray(list).forEach((item, index) => {
      inResult(asObject(item), [...path, name, index], resultOf);
    });
  }
}

/** A part that is the result of a tool: Anthropic's, Bedrock's, Google's. */
function inResult(
  part: JsonObject | null,
  path: Path,
  resultOf: (id: Json | undefined, place: Path, tool: Json | undefined) => Found,
): void {
  if (part === null) return;
  if (part.type === 'tool_result') {
    inContent(part.content, [...path, 'content'], resultOf(part.tool_use_id, path, undefined));
  }
  const ofBedrock = asObject(part.toolResult);
  if (ofBedrock !== null) {
    inContent(ofBedrock.content, [...path, 'toolResult', 'content'], resultOf(ofBedrock.toolUseId, path, undefined));
  }
  for (const name of ['functionResponse', 'function_response']) {
    const result = asObject(part[name]);
    if (result === null) continue;
    const add = resultOf(result.id, path, result.name);
    for (const [member, value] of Object.entries(asObject(result.response) ?? {})) {
      if (typeof value === 'string') add([...path, name, 'response', member], value);
    }
  }
}

type Calls = ReadonlyMap<string, { readonly tool: string | null; readonly input: string }>;

/** The calls that the model made, by id. */
function toolCalls(body: JsonObject): Calls {
  const calls = new Map<string, { readonly tool: string | null; readonly input: string }>();
  const add = (id: Json | undefined, tool: Json | undefined, input: Json | undefined): void => {
    const known = asString(id);
    if (known === null) return;
    const text = typeof input === 'string' ? input : JSON.stringify(input ?? null);
    calls.set(known, { tool: asString(tool), input: text });
  };
  for (const item of LISTS.flatMap((name) => asArray(body[name]))) {
    const message = asObject(item);
    if (message === null) continue;
    if (asString(message.type)?.endsWith('_call') === true) {
      add(message.call_id, message.name, message.arguments ?? message.input);
    }
    for (const call of asArray(message.tool_calls).map(asObject)) {
      const called = asObject(call?.function);
      add(call?.id, called?.name, called?.arguments);
    }
    for (const part of asArray(message.content).map(asObject)) {
      if (part?.type === 'tool_use') add(part.id, part.name, part.input);
      const ofBedrock = asObject(part?.toolUse);
      if (ofBedrock !== null) add(ofBedrock.toolUseId, ofBedrock.name, ofBedrock.input);
    }
    for (const part of asArray(message.parts).map(asObject)) {
      const ofGoogle = asObject(part?.functionCall ?? part?.function_call);
      if (ofGoogle !== null) add(ofGoogle.id, ofGoogle.name, ofGoogle.args);
    }
  }
  return calls;
}
