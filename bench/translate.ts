/**
 * Recorded requests and answers translated to each other format and back. A request that comes back equal lost nothing;
 * beside the comparison, every text and number of it is looked up in the translation. One record per line:
 * `{ "path": "/v1/messages", "request": {...}, "answer": {...} or the text of a stream }`.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { asObject, type Json, type JsonObject, parseObject, payloadOfJson } from '../runtime/src/support/json-body.ts';
import type { Asked, Format } from '../runtime/src/translate/format.ts';
import type { NeutralAnswer, NeutralRequest, StreamPiece } from '../runtime/src/translate/neutral.ts';
import { FORMATS, formatNamed, translateAnswer, translateRequest } from '../runtime/src/translate/translate.ts';
import { parseSse, type SseEvent } from '../runtime/src/wire/framing/sse.ts';
import { codecOf } from '../runtime/src/wire/index.ts';
import type { Usage } from '../runtime/src/wire/usage.ts';

interface TrafficRecord {
  readonly path: string;
  readonly model?: string | null;
  readonly request: JsonObject;
  readonly answer?: JsonObject | string | null;
}

interface Count {
  total: number;
  equal: number;
  readonly refused: Map<string, number>;
  readonly lost: string[];
}

/** The output limit of requests without one, where the other format requires it. */
const MAX_OUTPUT = 65_536;
const ignore = (): void => {};

export function benchTranslate(file: string): void {
  const records = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as TrafficRecord);
  const kinds = { requests: requestOutcome, answers: answerOutcome, streams: streamOutcome };
  for (const [title, outcome] of Object.entries(kinds)) {
    const counts = new Map<string, Count>();
    for (const [index, record] of records.entries()) {
      const from = formatOf(record);
      for (const to of from === null ? [] : FORMATS) {
        if (from === null || to === from) continue;
        const result = outcome(record, from, to);
        if (result !== null) add(counts, `${from.name} | ${to.name}`, result, index);
      }
    }
    print(title, counts);
  }
}

type Outcome = { readonly equal: true } | { readonly refused: string } | { readonly lost: string };

function add(counts: Map<string, Count>, pair: string, outcome: Outcome, index: number): void {
  const count: Count = counts.get(pair) ?? { total: 0, equal: 0, refused: new Map(), lost: [] };
  counts.set(pair, count);
  count.total++;
  if ('equal' in outcome) count.equal++;
  else if ('lost' in outcome) count.lost.push(`record ${index}: ${outcome.lost}`);
  else {
    const reason = outcome.refused.replace(/\d{6,}\w*/g, '...');
    count.refused.set(reason, (count.refused.get(reason) ?? 0) + 1);
  }
}

function print(title: string, counts: ReadonlyMap<string, Count>): void {
  console.log(`\n| ${title} of | as | all | equal | refused | lost |\n| --- | --- | ---: | ---: | ---: | ---: |`);
  const reasons = new Map<string, number>();
  for (const [pair, { total, equal, refused, lost }] of counts) {
    for (const [reason, count] of refused) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    console.log(`| ${pair} | ${total} | ${equal} | ${total - equal - lost.length} | ${lost.length} |`);
  }
  const word = title === 'requests' ? 'refused because they have' : 'without';
  console.log(`\n| ${title} ${word} | |\n| --- | ---: |`);
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`| ${reason} | ${count} |`);
  for (const [pair, { lost }] of counts) for (const line of lost.slice(0, 10)) console.log(`lost, ${pair}, ${line}`);
}

function formatOf({ path, request }: TrafficRecord): Format | null {
  if (typeof request !== 'object' || request === null) return null;
  const codec = codecOf(pathOf(path));
  return codec === null ? null : formatNamed(codec.name);
}

function pathOf(path: string): string {
  return path.replace(/[?#].*$/, '');
}

function askedBy({ path, request, model }: TrafficRecord): Asked {
  const codec = codecOf(pathOf(path));
  const facts = codec?.read(payloadOfJson(request), pathOf(path));
  return { model: facts?.model ?? model ?? 'a-model', isStreaming: facts?.isStreaming ?? false };
}

function requestOutcome(record: TrafficRecord, from: Format, to: Format): Outcome {
  const asked = askedBy(record);
  const there = translateRequest({ from, to }, payloadOfJson(record.request), asked, MAX_OUTPUT);
  if (there.body === null) return { refused: there.reason };
  const back = translateRequest({ from: to, to: from }, payloadOfJson(there.body), asked, MAX_OUTPUT);
  if (back.body === null) return { lost: `the way back: ${back.reason}` };
  const before = from.readRequest(record.request, asked, ignore);
  const after = from.readRequest(back.body, asked, ignore);
  if (!isDeepStrictEqual(comparable(before), comparable(withoutMaximum(after, before)))) return { lost: 'not equal' };
  const missing = missingIn(there.body, record.request, new Set(there.leftOut));
  return missing === null ? { equal: true } : { lost: missing };
}

/** A limit that the other format requires, at the maximum, limits nothing. */
function withoutMaximum(after: NeutralRequest, { settings }: NeutralRequest): NeutralRequest {
  if (settings.maxTokens !== undefined || after.settings.maxTokens !== MAX_OUTPUT) return after;
  const { maxTokens: _, ...rest } = after.settings;
  return { ...after, settings: rest };
}

/** Without the schema's name, a label that the translation says it left out. */
function comparable({ output, ...rest }: NeutralRequest): unknown {
  return { ...rest, output: output.kind === 'schema' ? { ...output, name: null } : output };
}

/** Members that are spelled differently, or that are compared in the neutral form alone. */
const SPELLINGS =
  /^(type|role|status|model|mode|id|object|detail|cache_control|service_tier|tool_choice|toolConfig|tool_config|truncation|include|stream|stream_options|n|store|prompt_cache_key|prompt_cache_retention|nullable|anthropic_version|index|candidateCount|parallel_tool_calls|responseMimeType|response_mime_type|responseModalities|reasoning_effort|effort|thinkingLevel|thinking_level|presence_penalty|frequency_penalty)$/;

/** The first text or number of the request that is not in the translation; null if all are. */
function missingIn(body: JsonObject, request: JsonObject, leftOut: ReadonlySet<string>): string | null {
  const text = JSON.stringify(body);
  const visit = (value: Json | undefined, name: string, parent: string): string | null => {
    if (SPELLINGS.test(name) && !(typeof value === 'object' && name === 'type')) return null;
    if (name === 'name' && leftOut.has("the output schema's name") && /json_schema|format/.test(parent)) return null;
    if (typeof value === 'string') return hasText(text, value) ? null : `${parent}.${name}: ${value.slice(0, 60)}`;
    if (typeof value === 'number') return text.includes(String(value)) ? null : `${parent}.${name}: ${value}`;
    if (typeof value !== 'object' || value === null) return null;
    for (const [key, inner] of Object.entries(value)) {
      const missing = visit(inner, Array.isArray(value) ? name : key, Array.isArray(value) ? parent : name);
      if (missing !== null) return missing;
    }
    return null;
  };
  for (const [key, value] of Object.entries(request)) {
    const missing = visit(value, key, '');
    if (missing !== null) return missing;
  }
  return null;
}

/** Also inside of JSON in a text, and as the data of an address. */
function hasText(text: string, value: string): boolean {
  const data = /^data:[^,]*;base64,(.*)$/s.exec(value)?.[1] ?? value;
  const once = JSON.stringify(data).slice(1, -1);
  if (text.includes(once) || text.includes(JSON.stringify(once).slice(1, -1))) return true;
  // The arguments of a call, and results, are a text here and a value there.
  try {
    const parsed = JSON.stringify(JSON.parse(value));
    return text.includes(parsed) || text.includes(JSON.stringify(parsed).slice(1, -1));
  } catch {
    return false;
  }
}

function answerOutcome(record: TrafficRecord, from: Format, to: Format): Outcome | null {
  const { answer, path } = record;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return null;
  const usage = usageIn(codecOf(pathOf(path))?.usage(answer) ?? null);
  const there = translateAnswer({ from, to }, answer, usage);
  if (there.leftOut.length > 0) return { refused: there.leftOut.join(', ') };
  const before = from.readAnswer(answer, usage, ignore);
  const codec = codecOf(PATHS[to.name] ?? '');
  const after = to.readAnswer(there.answer, codec?.usage(there.answer) ?? null, ignore);
  return compared(before, after);
}

function compared(before: NeutralAnswer, after: NeutralAnswer): Outcome {
  const fields = ['id', 'model', 'parts', 'finish', 'usage'] as const;
  const own = { ...before, finish: plainFinish(before), parts: joined(before.parts) };
  const other = { ...after, finish: plainFinish(after), parts: joined(after.parts), usage: usageIn(after.usage) };
  if (own.model === null || own.id === null) return { refused: 'an id or a model' };
  const wrong = fields.find((name) => !isDeepStrictEqual(own[name], other[name]));
  if (wrong === undefined) return { equal: true };
  return {
    lost: `${wrong}: ${JSON.stringify(own[wrong])?.slice(0, 150)} or ${JSON.stringify(other[wrong])?.slice(0, 150)}`,
  };
}

/** Which stop sequence ended an answer is in no other format. An answer with a call asks for its result. */
function plainFinish({ finish, parts }: NeutralAnswer): string {
  if (finish === 'truncated' || finish === 'refused') return finish;
  return parts.some(({ kind }) => kind === 'call') ? 'tool-calls' : 'complete';
}

/** Texts one after the other are one text in some formats, before all calls. */
function joined(parts: NeutralAnswer['parts']): unknown {
  const said = parts.filter(({ kind }) => kind !== 'call').map((part) => ('text' in part ? part.text : ''));
  return [said.join(''), parts.filter(({ kind }) => kind === 'call')];
}

/** The counts that all formats have; the ledger counts the others from the answer as it came. */
function usageIn(usage: Usage | null): Usage | null {
  if (usage === null) return null;
  const { input, cachedInput, output } = usage;
  return { input, cachedInput, output, cacheWriteInput: 0, cacheWriteLongInput: 0, reasoning: null };
}

const PATHS: Readonly<Record<string, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
  gemini: '/v1beta/models/a-model:streamGenerateContent',
};

function streamOutcome({ answer, path }: TrafficRecord, from: Format, to: Format): Outcome | null {
  const codec = codecOf(pathOf(path));
  if (typeof answer !== 'string' || codec === null) return null;
  const events = parseSse(new TextEncoder().encode(answer));
  const scanner = codec.scanner();
  for (const event of events) scanner.push(event);
  if (scanner.isFailed()) return null;
  const usage = usageIn(scanner.usage());
  const leftOut = new Set<string>();
  const leaveOut = (what: string): void => void leftOut.add(what);
  const written: SseEvent[] = [];
  const write = to.streamWriter({ wantsUsage: true, leaveOut });
  const pieces: StreamPiece[] = [];
  const reader = from.streamReader((piece) => {
    pieces.push(piece);
    written.push(...write(piece));
  }, leaveOut);
  for (const event of events) reader.push(event);
  reader.end(usage);
  if (leftOut.size > 0) return { refused: [...leftOut].join(', ') };
  // The stream that was written is read by the code that assembles streams for the cache.
  const other = codecOf(PATHS[to.name] ?? '');
  const whole = other?.toAnswer(written, usage) ?? responseIn(written.at(-1));
  if (whole === null) return { lost: 'the written stream does not form an answer' };
  const before = wholeOf(pieces);
  const after = to.readAnswer(whole, other?.usage(whole) ?? null, ignore);
  return compared(before, after);
}

/** A cut answer is not assembled for the cache, but its last event has it. */
function responseIn(last: SseEvent | undefined): JsonObject | null {
  return last === undefined ? null : asObject(parseObject(last.data)?.response);
}

function wholeOf(pieces: readonly StreamPiece[]): NeutralAnswer {
  const parts: NeutralAnswer['parts'][number][] = [];
  const inputs = new Map<number, string>();
  let [id, model]: (string | null)[] = [null, null];
  let end: Extract<StreamPiece, { kind: 'end' }> | null = null;
  for (const piece of pieces) {
    if (piece.kind === 'start') [id, model] = [piece.id, piece.model];
    else if (piece.kind === 'text' || piece.kind === 'refusal') parts.push(piece);
    else if (piece.kind === 'call') parts.push({ ...piece, input: {} });
    else if (piece.kind === 'input') inputs.set(parts.length - 1, (inputs.get(parts.length - 1) ?? '') + piece.json);
    else if (piece.kind === 'end') end = piece;
  }
  const whole = parts.map((part, index) =>
    part.kind === 'call' ? { ...part, input: JSON.parse(inputs.get(index) || '{}') as JsonObject } : part,
  );
  const { finish = 'complete', stopSequence = null, usage = null } = end ?? {};
  return { id: id ?? null, model: model ?? null, parts: whole, finish, stopSequence, usage };
}
