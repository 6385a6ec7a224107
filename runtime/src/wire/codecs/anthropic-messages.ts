/** Anthropic's messages. */
import {
  asArray,
  asCount,
  asNumber,
  asObject,
  asString,
  type Json,
  type JsonObject,
  parseObject,
} from '../../support/json-body.ts';
import { percentDecoded } from '../../support/percent.ts';
import { type AnswerFacts, type CacheLifetime, type Codec, NO_ANSWER, NO_JSON, type StreamScanner } from '../codec.ts';
import { messagesAnswer, messagesStream } from '../convert/anthropic-messages.ts';
import { statedCost } from '../stated-cost.ts';
import { anthropicUsage } from '../tokens/anthropic.ts';
import { withFees } from '../tokens/counts.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';
import { sameUrl, withModelInBody } from './openai-common.ts';

/** Anthropic's own address, and that of Vertex AI, which has the model in the path. */
const PATH = /\/v1\/messages\/?$|\/publishers\/anthropic\/models\/([^/:]+):(rawPredict|streamRawPredict)$/;

const VERTEX_MODEL = /(\/publishers\/anthropic\/models\/)[^/:?]+:/;

export const anthropicMessages: Codec = {
  name: 'anthropic-messages',
  matches: (path) => PATH.test(path),
  tail: (path) => PATH.exec(path)?.[0].replace(/\/$/, '') ?? '',
  keyHeader: (key) => ['x-api-key', key],
  withoutEffect: new Set(['stream', 'metadata', 'cache_control']),
  cacheUrl: sameUrl,
  read: (body, path) => {
    const { member } = body;
    const [, model, method] = PATH.exec(path) ?? [];
    return {
      model: model === undefined ? asString(member('model')) : percentDecoded(model),
      isStreaming: member('stream') === true || method === 'streamRawPredict',
      outputLimit: asCount(member('max_tokens')),
      choices: 1,
      temperature: asNumber(member('temperature')),
      tier: asString(member('speed')) === 'fast' ? 'priority' : null,
      mayBeResident: asString(member('inference_geo')) !== 'global',
      get hasTools() {
        return asArray(member('tools')).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: (url, body, model) =>
    VERTEX_MODEL.test(url)
      ? { url: url.replace(VERTEX_MODEL, (_, front: string) => `${front}${encodeURIComponent(model)}:`), body }
      : withModelInBody(url, body, model),
  withOutputLimit: (body, limit) => ({ ...body, max_tokens: limit }),
  withStreamUsage: () => null,
  usage: (answer) => withContainer(anthropicUsage(asObject(answer.usage)) ?? readUsage(answer), answer.container),
  answer: (answer) => ({
    servedModel: asString(answer.model),
    servedTier: tierOf(asObject(answer.usage)),
    statedCost: statedCost(answer),
    finish: finishOf(answer.stop_reason),
    isResident: isResident(asObject(answer.usage)),
  }),
  scanner,
  cachePrefix: (body) => {
    const { tools, system } = body;
    const isMarked = body.cache_control !== undefined || JSON.stringify(body).includes('"cache_control":{');
    return isMarked || (tools === undefined && system === undefined) ? null : JSON.stringify([tools, system]);
  },
  withPromptCache: ({ tools, system, ...rest }, _provider, _feature, lifetime) => {
    // The prefix consists of tools, system and messages: a mark on the last system block covers the tools too.
    const blocks = asString(system) === null ? asArray(system) : [{ type: 'text', text: asString(system) ?? '' }];
    if (blocks.length > 0)
      return { ...rest, ...(tools !== undefined && { tools }), system: withMarkOnLast(blocks, lifetime) };
    const list = asArray(tools);
    return list.length === 0 ? null : { ...rest, tools: withMarkOnLast(list, lifetime) };
  },
  delivery: (_, { isStreaming }) => (isStreaming ? 'sse' : 'json'),
  toAnswer: messagesAnswer,
  toStream: messagesStream,
  errorBody: ({ message, code }) => ({ type: 'error', error: { type: code, message } }),
};

function scanner(): StreamScanner {
  let usage: JsonObject | null = null;
  let container: unknown = null;
  let facts: AnswerFacts = NO_ANSWER;
  let isEnded = false;
  let isFailed = false;
  const note = (event: JsonObject, more: unknown): void => {
    // The counts are running totals: values that a later event does not repeat still apply.
    usage = { ...usage, ...withoutNulls(asObject(more)) };
    const cost = statedCost(event) ?? facts.statedCost;
    facts = { ...facts, servedTier: tierOf(usage), statedCost: cost, isResident: isResident(usage) };
  };
  return {
    push: ({ event: name, data }) => {
      // Most events are a few characters of text, which are not parsed.
      const type = name ?? asString(parseObject(data)?.type);
      switch (type) {
        case 'message_start': {
          const message = asObject(parseObject(data)?.message);
          facts = { ...facts, servedModel: asString(message?.model) };
          note(message ?? {}, message?.usage);
          break;
        }
        case 'message_delta': {
          const delta = parseObject(data);
          facts = { ...facts, finish: finishOf(asObject(delta?.delta)?.stop_reason) };
          container = asObject(delta?.delta)?.container ?? container;
          note(delta ?? {}, delta?.usage);
          break;
        }
        case 'message_stop':
          isEnded = true;
          break;
        case 'error':
          isFailed = true;
          break;
      }
    },
    isEnded: () => isEnded,
    isFailed: () => isFailed,
    // Before the end the output is unknown: `message_start` counts a token or two.
    usage: () => (facts.finish === 'unknown' ? null : withContainer(anthropicUsage(usage), container)),
    usageSoFar: () => anthropicUsage(usage),
    answer: () => facts,
  };
}

/** Code runs in a container, which is charged once however often it is used. */
function withContainer(usage: Usage | null, container: unknown): Usage | null {
  const isUsed = asString(asObject(container)?.id) !== null;
  return usage === null || !isUsed ? usage : withFees(usage, { 'code-execution': 1 });
}

function withoutNulls(object: JsonObject | null): JsonObject {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => value !== null));
}

/** Only the fast mode has a higher price by its name: other tiers say how a call was admitted. */
function tierOf(usage: JsonObject | null): string | null {
  return asString(usage?.speed) === 'fast' ? 'priority' : null;
}

/** Inference in one country is more expensive than the global one; older models name none. */
function isResident(usage: JsonObject | null): boolean {
  const place = asString(usage?.inference_geo);
  return place !== null && place !== 'global' && place !== 'not_available';
}

function finishOf(reason: unknown): AnswerFacts['finish'] {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'complete';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'truncated';
    case 'tool_use':
    case 'pause_turn':
      return 'tool-calls';
    case 'refusal':
      return 'refused';
    default:
      return 'unknown';
  }
}

const TEXT_BLOCKS = new Set(['text', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking']);

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  if (asArray(body.mcp_servers).length > 0) found.add('mcp_servers');
  if (body.container !== undefined && body.container !== null) found.add('container');
  for (const tool of asArray(body.tools).map(asObject)) {
    const type = asString(tool?.type);
    // A tool of the application has no type, or this one; all others run at the provider.
    if (type !== null && type !== 'custom') found.add(`tool ${type}`);
  }
  const contents = [body.system, ...asArray(body.messages).map((message) => asObject(message)?.content)];
  for (const content of contents) collectBlocks(content, found);
  return [...found];
}

function collectBlocks(content: unknown, found: Set<string>): void {
  for (const block of asArray(content).map(asObject)) {
    const type = asString(block?.type);
    if (type !== null && !TEXT_BLOCKS.has(type)) found.add(type);
    if (type === 'tool_result') collectBlocks(block?.content, found);
  }
}

function withMarkOnLast(blocks: readonly Json[], lifetime: CacheLifetime): readonly Json[] {
  const mark = { type: 'ephemeral', ...(lifetime === 'long' && { ttl: '1h' }) };
  return blocks.with(-1, { ...asObject(blocks.at(-1)), cache_control: mark });
}
