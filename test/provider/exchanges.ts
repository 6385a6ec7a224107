/** One request, from its first byte to the end of its answer. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Ask } from './ask.ts';
import { anthropicBatches } from './batches/anthropic.ts';
import { Batches, type BatchLine, type LineAnswer } from './batches/batches.ts';
import { geminiBatches } from './batches/gemini.ts';
import { openaiBatches } from './batches/openai.ts';
import { type Generation, generate } from './generation.ts';
import { isObject, type JsonObject, parsed } from './json.ts';
import type { Log, RecordedCall } from './log.ts';
import { PromptCache } from './prompt-cache.ts';
import { readBody } from './read-body.ts';
import type { ScriptedBody, ScriptedError, Scripts, Step } from './script.ts';
import { sendBody, sendStream } from './send.ts';
import { partOf } from './usage.ts';
import type { Failure, Route, Wire } from './wires/wire.ts';
import { usualWire, wireFor } from './wires/wires.ts';

/** A request that could be read. */
interface Request {
  readonly wire: Wire;
  readonly route: Route;
  readonly body: JsonObject;
  readonly ask: Ask;
}

/** Where its answer goes. */
interface Target {
  readonly response: ServerResponse;
  readonly call: RecordedCall;
  readonly step: Step;
  readonly wire: Wire;
  readonly hold: () => Promise<void>;
}

const BATCH_APIS = [anthropicBatches, geminiBatches, openaiBatches];

export class Exchanges {
  readonly batches = new Batches((line) => this.#answerLine(line));
  readonly #log: Log;
  readonly #scripts: Scripts;
  readonly #isQuick: boolean;
  readonly #cache = new PromptCache();
  /** Tokens of the conversation that ends with an answer, by the answer's id. */
  readonly #conversations = new Map<string, number>();

  constructor(log: Log, scripts: Scripts, isQuick: boolean) {
    this.#log = log;
    this.#scripts = scripts;
    this.#isQuick = isQuick;
  }

  forget(): void {
    this.#cache.clear();
    this.batches.clear();
    this.#conversations.clear();
  }

  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = message.url ?? '/';
    const call = this.#log.begin(message.method ?? 'GET', path, this.#isQuick ? null : message.headers);
    // A client that goes away makes writing fail, which `close` tells as well.
    response.on('error', () => {});
    response.once('close', () => this.#log.end(call, response.writableFinished ? 'served' : 'aborted'));
    const bytes = await readBody(message);
    if (bytes === null) return;
    call.isReceived = true;
    const json = parsed(bytes.toString());
    if (!this.#isQuick) {
      call.body = bytes;
      call.json = json;
    }
    if (await this.#serveBatch(message, path, bytes, { response, call })) return;
    const request = this.#read(path, json);
    const { wire } = request;
    const ask = 'ask' in request ? request.ask : null;
    call.wire = ask === null && 'status' in request && request.status === 404 ? null : wire.name;
    call.model = ask?.model ?? null;
    call.isStream = ask?.isStream ?? false;
    this.#log.changed();
    const step = this.#scripts.next({ wire: call.wire, path, headers: message.headers, ask });
    const target: Target = { response, call, step, wire, hold: () => this.#log.hold(call, response) };
    if (step.error !== undefined) return fail(target, step.error);
    const generation = 'ask' in request ? this.#accept(request, message.headers, step) : null;
    call.servedModel = generation?.model ?? null;
    if (step.body !== undefined) return sendScripted(target, step.body, generation);
    if ('status' in request) return fail(target, request);
    if (generation !== null) await answer(target, request, generation);
  }

  /** True for a request about batches or their files. */
  async #serveBatch(
    { method = 'GET', headers }: IncomingMessage,
    target: string,
    bytes: Buffer,
    { response, call }: Pick<Target, 'response' | 'call'>,
  ): Promise<boolean> {
    const { pathname: path, searchParams: query } = new URL(target, 'http://localhost');
    const api = BATCH_APIS.find(({ isFor }) => isFor(path, headers));
    if (api === undefined) return false;
    const step = this.#scripts.next({ wire: 'batches', path: `${method} ${path}`, headers, ask: null });
    const to: Target = { response, call, step, wire: usualWire, hold: () => this.#log.hold(call, response) };
    if (step.error !== undefined || step.body !== undefined) {
      await (step.error !== undefined ? fail(to, step.error) : sendScripted(to, step.body as ScriptedBody, null));
      return true;
    }
    const ask = { method, path, query, headers: new Headers(headers as Record<string, string>), bytes };
    const found = await api.serve(ask, this.batches);
    call.wire = 'batches';
    this.#log.changed();
    await sendBody({ ...to, headers: { 'content-type': found.type, ...found.headers } }, found.status, found.body);
    return true;
  }

  /** A line is answered like a live call, and billed as a line. */
  #answerLine({ key, path, body }: BatchLine): LineAnswer {
    const request = this.#read(path, body);
    if ('status' in request) {
      const error = request.wire.error(failureOf(request));
      return { key, status: request.status, body: error, id: key };
    }
    const { wire, ask, route } = request;
    const step = this.#scripts.next({ wire: wire.name, path, headers: {}, ask });
    if (step.error !== undefined) {
      return { key, status: step.error.status, body: wire.error(failureOf(step.error)), id: key };
    }
    const generation = this.#accept(request, {}, step);
    this.#log.lines.push({ key, model: ask.model, servedModel: generation.model, billed: generation.usage });
    return { key, status: 200, body: wire.answer(generation, ask, request.body, route), id: generation.id };
  }

  /** What is asked, or the error that the provider would answer with. */
  #read(path: string, json: unknown): Request | (ScriptedError & { readonly wire: Wire }) {
    const found = wireFor(path);
    if (found === null) return { wire: usualWire, status: 404, message: `Invalid URL (${path})` };
    const { wire, route } = found;
    if (!isObject(json)) return { wire, status: 400, message: 'We could not parse the JSON body of your request.' };
    const ask = wire.read(json, route);
    if (typeof ask === 'string') return { wire, status: 400, message: ask };
    if (ask.continues !== null && !this.#conversations.has(ask.continues)) {
      return { wire, status: 400, message: `Previous response with id '${ask.continues}' not found.` };
    }
    return { wire, route, body: json, ask };
  }

  #accept({ ask, wire }: Request, headers: IncomingHttpHeaders, step: Step): Generation {
    const account = headers.authorization ?? headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers['api-key'];
    const cache = this.#cache.use(String(account ?? ''), ask, Date.now());
    const earlier = ask.continues === null ? 0 : (this.#conversations.get(ask.continues) ?? 0);
    const generation = generate(ask, step, cache, earlier);
    if (wire.conversationId !== null) {
      const { inputTokens, outputTokens } = generation.usage;
      this.#conversations.set(wire.conversationId(generation.id), inputTokens + outputTokens);
    }
    return generation;
  }
}

async function answer(target: Target, { ask, body, route }: Request, generation: Generation): Promise<void> {
  const { call, wire } = target;
  if (!ask.isStream) {
    call.billed = generation.usage;
    const whole = JSON.stringify(wire.answer(generation, ask, body, route));
    return sendBody({ ...target, headers: headersOf(target, 'application/json', generation.id) }, 200, whole);
  }
  const total = generation.choices.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
  let written = 0;
  call.billed = { ...generation.usage, outputTokens: 0, reasoningTokens: 0 };
  await sendStream(
    { ...target, headers: headersOf(target, wire.streamType, generation.id) },
    () => wire.stream(generation, ask, body, route),
    ({ tokens }) => {
      written += tokens;
      call.billed = partOf(generation.usage, written, total);
    },
    (fault, sent) => wire.streamError(failureOf(fault), sent),
  );
}

/** The model has answered, and what arrives is something else. */
async function sendScripted(target: Target, scripted: ScriptedBody, generation: Generation | null): Promise<void> {
  const { call, wire } = target;
  const status = scripted.status ?? 200;
  if (status < 400) call.billed = generation?.usage ?? null;
  const type = call.isStream ? wire.streamType : 'application/json';
  const bytes = Buffer.from(scripted.content, scripted.form === 'base64' ? 'base64' : 'utf8');
  await sendBody({ ...target, headers: headersOf(target, type, generation?.id ?? '0') }, status, bytes);
}

async function fail(target: Target, error: ScriptedError): Promise<void> {
  const headers = {
    ...headersOf(target, 'application/json', String(target.call.id)),
    ...(error.retryAfter === undefined ? {} : { 'retry-after': String(error.retryAfter) }),
    ...(error.retryAfterMs === undefined ? {} : { 'retry-after-ms': String(error.retryAfterMs) }),
  };
  const body = target.wire.error(failureOf(error));
  await sendBody({ ...target, headers }, error.status, JSON.stringify(body));
}

/** What a scripted error or a fault says, with what it leaves out. */
function failureOf(said: Partial<ScriptedError>): Failure {
  const status = said.status ?? 500;
  const message = said.message ?? `Scripted failure with status ${status}.`;
  return { status, message, retryAfter: said.retryAfter ?? null };
}

function headersOf({ step, wire }: Target, type: string, id: string): Record<string, string> {
  return { 'content-type': step.contentType ?? type, ...wire.headers(id), ...step.headers };
}
