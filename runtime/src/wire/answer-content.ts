/**
 * The content of an answer, recognised by its shape in any format: texts, tool calls, and signs that it depends on more
 * than the request. A whole answer is a single event; a stream has one event after another.
 */
import { asArray, asCount, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

export interface AnswerContent {
  /** By the number of the choice. Reasoning is not among them. */
  readonly texts: ReadonlyMap<number, string>;
  /** The arguments of each tool call as text; empty if the call has none, or if they need not be JSON. */
  readonly calls: readonly string[];
  /** True if the answer contains images or audio. */
  readonly hasMedia: boolean;
  /** True if the answer names its sources, or contains the work of a tool at the provider. */
  readonly isSourced: boolean;
}

export function contentOf(events: Iterable<JsonObject>): AnswerContent {
  const texts = new Map<number, string>();
  const calls = new Map<string, string>();
  let hasMedia = false;
  let isSourced = false;
  const add: Add = (piece) => {
    if (piece.kind === 'text') texts.set(piece.choice, (texts.get(piece.choice) ?? '') + piece.text);
    else if (piece.kind === 'call') {
      const place = piece.place ?? `whole ${calls.size}`;
      calls.set(place, (calls.get(place) ?? '') + piece.input);
    } else if (piece.kind === 'media') hasMedia = true;
    else isSourced = true;
  };
  for (const event of events) wrappedPieces(add, event);
  return { texts, calls: [...calls.values()], hasMedia, isSourced };
}

type Piece =
  | { readonly kind: 'text'; readonly choice: number; readonly text: string }
  /** Pieces with the same place form one call; null for a whole call. */
  | { readonly kind: 'call'; readonly place: string | null; readonly input: string }
  | { readonly kind: 'media' | 'source' };
type Add = (piece: Piece) => void;

function piecesOf(add: Add, event: JsonObject): void {
  const { type, delta, message, output, response } = event;
  choices(add, event);
  candidates(add, event);
  blockEvent(add, event);
  if (Array.isArray(event.content)) blocks(add, event.content, 0);
  // Messages of Ollama, Cohere (whole and in pieces) and Bedrock's converse.
  for (const whole of [message, asObject(output)?.message]) messagePieces(add, asObject(whole), 0);
  messagePieces(add, asObject(asObject(delta)?.message), 0, asCount(event.index) ?? 0);
  // The last event of a responses stream contains the whole answer; earlier events contain parts of it.
  blocks(add, asArray(output ?? asObject(response)?.output), 0);
  // Models on Bedrock, Ollama's generate, and Cohere's first version, whose last event repeats the whole text.
  const said = [response, event.generation, event.completion, event.outputText];
  if (type === undefined && event.event_type !== 'stream-end') said.push(event.text);
  for (const result of asArray(event.results)) said.push(asObject(result)?.outputText);
  for (const text of said) textPiece(add, text, 0);
  if (asArray(event.tool_calls).length > 0) add(callPiece('0', undefined));
  if (SOURCE_LISTS.some((name) => hasLinks(event[name])) || asObject(event.search_info) !== null) add(SOURCE);
}

/** The pieces of an event and of those that it wraps, one level deep. */
function wrappedPieces(add: Add, event: JsonObject): void {
  piecesOf(add, event);
  for (const name of WRAPPERS) {
    const inner = asObject(event[name]);
    if (inner !== null) piecesOf(add, inner);
  }
}

const SOURCE: Piece = { kind: 'source' };
const SOURCE_LISTS = ['citations', 'search_results', 'web_search', 'references'] as const;
/** Members in which AWS's SDKs and JSON proxies wrap an event. */
const WRAPPERS = ['contentBlockStart', 'contentBlockDelta', 'chunk'] as const;

function textPiece(add: Add, text: unknown, choice: number): void {
  if (typeof text === 'string') add({ kind: 'text', choice, text });
}

function callPiece(place: string, input: Json | undefined): Piece {
  const isPiece = typeof input === 'string' || input === undefined;
  return isPiece
    ? { kind: 'call', place, input: input ?? '' }
    : { kind: 'call', place: null, input: JSON.stringify(input) };
}

/** OpenAI's chat and completions. */
function choices(add: Add, event: JsonObject): void {
  for (const [at, item] of asArray(event.choices).entries()) {
    const choice = asObject(item);
    const number = asCount(choice?.index) ?? at;
    const message = asObject(choice?.message) ?? asObject(choice?.delta);
    // A choice without text counts as well.
    textPiece(add, '', number);
    if (message === null) textPiece(add, choice?.text, number);
    else messagePieces(add, message, number);
  }
}

/** Gemini's. */
function candidates(add: Add, event: JsonObject): void {
  for (const [at, item] of asArray(event.candidates).entries()) {
    const candidate = asObject(item);
    blocks(add, asArray(asObject(candidate?.content)?.parts), asCount(candidate?.index) ?? at);
    const grounding = Object.keys(asObject(candidate?.groundingMetadata) ?? {});
    if (grounding.length > 0 || asObject(candidate?.urlContextMetadata) !== null) add(SOURCE);
  }
}

/** The message of a choice, or the piece of it in an event. */
function messagePieces(add: Add, message: JsonObject | null, choice: number, index = 0): void {
  if (message === null) return;
  const { content, tool_calls: calls, function_call: older, audio, images, annotations, citations, context } = message;
  if (Array.isArray(content)) blocks(add, content, choice);
  else textPiece(add, content, choice);
  // Cohere streams one block or one call per event.
  textPiece(add, asObject(content)?.text, choice);
  for (const [at, item] of (Array.isArray(calls) ? calls : [calls, older]).entries()) {
    const call = asObject(item);
    if (call === null) continue;
    const place = `${choice} ${asCount(call.index) ?? index + at}`;
    add(callPiece(place, asObject(call.function)?.arguments ?? call.arguments));
  }
  if (asObject(audio) !== null || asArray(images).length > 0) add({ kind: 'media' });
  const isSourced = hasLinks(annotations) || hasLinks(citations) || asArray(message.executed_tools).length > 0;
  // Citations of Azure's data sources need not have an address.
  if (isSourced || asArray(asObject(context)?.citations).length > 0) add(SOURCE);
}

function blocks(add: Add, list: readonly Json[], choice: number): void {
  for (const [at, item] of list.entries()) {
    const block = asObject(item);
    if (block !== null) blockPieces(add, block, choice, at);
  }
}

/** A content block (Anthropic, Bedrock, Cohere, Mistral), a part (Gemini) or an output item (OpenAI's responses). */
function blockPieces(add: Add, block: JsonObject, choice: number, at: number): void {
  const type = asString(block.type) ?? '';
  const place = `${choice} ${at}`;
  if (REASONING.test(type) || block.thought === true) return;
  if (MEDIA.test(type) || block.inlineData !== undefined || block.image !== undefined) add({ kind: 'media' });
  const isSourced = hasLinks(block.annotations) || hasLinks(block.citations) || block.executableCode !== undefined;
  if (isSourced || AT_PROVIDER.test(type)) add(SOURCE);
  if (type === 'message') blocks(add, asArray(block.content), choice);
  else if (type === 'function_call') add(callPiece(place, block.arguments));
  // The arguments of a streamed call start as an empty object and follow in pieces.
  else if (type === 'tool_use') add(callPiece(place, isEmpty(block.input) ? undefined : block.input));
  else if (type.endsWith('_call')) add(callPiece(place, undefined));
  else textPiece(add, block.text, choice);
  const call = asObject(block.functionCall) ?? asObject(block.toolUse);
  if (call !== null) add(callPiece(place, call.args ?? call.input));
}

/** The start of a block in a stream of Anthropic or Bedrock, or its next piece. */
function blockEvent(add: Add, event: JsonObject): void {
  const at = asCount(event.index) ?? asCount(event.contentBlockIndex) ?? 0;
  const begun = asObject(event.content_block) ?? asObject(event.start);
  if (begun !== null) blockPieces(add, begun, 0, at);
  const delta = asObject(event.delta);
  if (delta === null) return;
  textPiece(add, delta.text, 0);
  const input = delta.partial_json ?? asObject(delta.toolUse)?.input;
  if (input !== undefined) add(callPiece(`0 ${at}`, input));
  if (isLink(delta.citation)) add(SOURCE);
}

const REASONING = /thinking|reasoning/;
const MEDIA = /^(?:output_)?(?:image|audio)/;
/** Work at the provider: searches, code, remote tools, and their results. */
const AT_PROVIDER =
  /^(?:server_tool_use|mcp_.*|(?:web_search|file_search|code_interpreter)_call|.*_tool_result|(?:tool_)?reference)$/;

function isEmpty(input: Json | undefined): boolean {
  const object = asObject(input);
  return object !== null && Object.keys(object).length === 0;
}

function hasLinks(list: unknown): boolean {
  return Array.isArray(list) && list.some(isLink);
}

/** Citations of documents in the request have no address. */
function isLink(citation: unknown): boolean {
  const source = asObject(citation);
  if (source === null) return typeof citation === 'string' && /^https?:\/\//.test(citation);
  return (
    source.url_citation !== undefined || [source.url, source.uri, source.link].some((link) => asString(link) !== null)
  );
}
