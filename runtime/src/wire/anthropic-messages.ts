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
} from '../support/json-body.ts';
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type StreamScanner } from './codec.ts';
import { messagesAnswer, messagesStream } from './convert/anthropic-messages.ts';
import { sameUrl, withModelInBody } from './openai-common.ts';
import type { Usage } from './usage.ts';

const TAIL = '/v1/messages';

export const anthropicMessages: Codec = {
  name: 'anthropic-messages',
  matches: (path) => path.endsWith(TAIL),
  tail: () => TAIL,
  keyHeader: (key) => ['x-api-key', key],
  withoutEffect: new Set(['stream', 'metadata', 'cache_control']),
  cacheUrl: sameUrl,
  read: (body) => {
    const { member } = body;
    return {
      model: asString(member('model')),
      isStreaming: member('stream') === true,
      outputLimit: asCount(member('max_tokens')),
      choices: 1,
      temperature: asNumber(member('temperature')),
      tier: asString(member('speed')) === 'fast' ? 'priority' : null,
      get hasTools() {
        return asArray(member('tools')).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: withModelInBody,
  withOutputLimit: (body, limit) => ({ ...body, max_tokens: limit }),
  withStreamUsage: () => null,
  usage: ({ usage }) => usageOf(asObject(usage)),
  answer: ({ model, stop_reason: reason }) => ({
    ...NO_ANSWER,
    servedModel: asString(model),
    finish: finishOf(reason),
  }),
  scanner,
  cachePrefix: (body) => {
    const { tools, system } = body;
    const isMarked = body.cache_control !== undefined || JSON.stringify(body).includes('"cache_control":{');
    return isMarked || (tools === undefined && system === undefined) ? null : JSON.stringify([tools, system]);
  },
  withPromptCache: ({ tools, system, ...rest }) => {
    // The prefix goes tools, system, messages: a mark on the last system block covers the tools as well.
    const blocks = asString(system) === null ? asArray(system) : [{ type: 'text', text: asString(system) ?? '' }];
    if (blocks.length > 0) return { ...rest, ...(tools !== undefined && { tools }), system: withMarkOnLast(blocks) };
    const list = asArray(tools);
    return list.length === 0 ? null : { ...rest, tools: withMarkOnLast(list) };
  },
  delivery: (_, { isStreaming }) => (isStreaming ? 'sse' : 'json'),
  toAnswer: messagesAnswer,
  toStream: messagesStream,
  errorBody: ({ message, code }) => ({ type: 'error', error: { type: code, message } }),
};

function scanner(): StreamScanner {
  let usage: JsonObject | null = null;
  let servedModel: string | null = null;
  let finish: AnswerFacts['finish'] = 'unknown';
  let isEnded = false;
  let isFailed = false;
  return {
    push: ({ event, data }) => {
      switch (event) {
        case 'message_start': {
          const message = asObject(parseObject(data)?.message);
          servedModel = asString(message?.model);
          usage = asObject(message?.usage);
          break;
        }
        case 'message_delta': {
          // The counts are totals so far: what a later event does not repeat still holds.
          const delta = parseObject(data);
          usage = { ...usage, ...withoutNulls(asObject(delta?.usage)) };
          finish = finishOf(asObject(delta?.delta)?.stop_reason);
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
    // Before the end the output is not known: `message_start` counts a token or two.
    usage: () => (finish === 'unknown' ? null : usageOf(usage)),
    answer: () => ({ ...NO_ANSWER, servedModel, finish }),
  };
}

function withoutNulls(object: JsonObject | null): JsonObject {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => value !== null));
}

/** `input_tokens` leaves out what the cache held and what was written to it. */
function usageOf(usage: JsonObject | null): Usage | null {
  const input = asCount(usage?.input_tokens);
  const output = asCount(usage?.output_tokens);
  if (usage === null || input === null || output === null) return null;
  const cachedInput = asCount(usage.cache_read_input_tokens) ?? 0;
  const written = asCount(usage.cache_creation_input_tokens) ?? 0;
  const long = Math.min(asCount(asObject(usage.cache_creation)?.ephemeral_1h_input_tokens) ?? 0, written);
  return {
    input: input + cachedInput + written,
    cachedInput,
    cacheWriteInput: written - long,
    cacheWriteLongInput: long,
    output,
    reasoning: null,
  };
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
    // A tool of the application has no type, or this one; all others run at the provider's.
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

function withMarkOnLast(blocks: readonly Json[]): readonly Json[] {
  return blocks.with(-1, { ...asObject(blocks.at(-1)), cache_control: { type: 'ephemeral' } });
}
