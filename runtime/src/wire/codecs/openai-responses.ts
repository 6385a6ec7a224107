/** OpenAI's responses. */
import type { Fee } from '@farthing/shared/vocabulary';
import {
  asArray,
  asCount,
  asNumber,
  asObject,
  asString,
  type JsonObject,
  parseObject,
} from '../../support/json-body.ts';
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type StreamScanner } from '../codec.ts';
import { responsesAnswer, responsesStream } from '../convert/openai-responses.ts';
import { containerSize } from '../server-use.ts';
import { statedCost } from '../stated-cost.ts';
import { countOf, countWhere, withFees } from '../tokens/counts.ts';
import { openaiUsage } from '../tokens/openai.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';
import { bearerKey, openaiError, sameUrl, WITHOUT_EFFECT, withCacheKey, withModelInBody } from './openai-common.ts';

/** `/responses/compact` shortens a history, and reports its usage in the same way. */
const PATH = /\/responses(?:\/compact)?\/?$/;

export const openaiResponses: Codec = {
  name: 'openai-responses',
  matches: (path) => PATH.test(path),
  tail: (path) => (path.includes('/compact') ? '/responses/compact' : '/responses'),
  keyHeader: bearerKey,
  withoutEffect: WITHOUT_EFFECT,
  cacheUrl: sameUrl,
  read: (body) => {
    const { member } = body;
    return {
      model: asString(member('model')),
      isStreaming: member('stream') === true,
      outputLimit: asCount(member('max_output_tokens')),
      choices: 1,
      temperature: asNumber(member('temperature')),
      tier: asString(member('service_tier')),
      get hasTools() {
        return asArray(member('tools')).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: withModelInBody,
  withOutputLimit: (body, limit) => ({ ...body, max_output_tokens: limit }),
  withStreamUsage: () => null,
  usage: responseUsage,
  answer: answerOf,
  scanner,
  cachePrefix: ({ tools, instructions }) =>
    tools === undefined && instructions === undefined ? null : JSON.stringify([tools, instructions]),
  withPromptCache: withCacheKey,
  withLogProbabilities: (body) => ({
    ...body,
    include: [...new Set([...asArray(body.include), 'message.output_text.logprobs'])],
  }),
  delivery: (_, { isStreaming }) => (isStreaming ? 'sse' : 'json'),
  toAnswer: responsesAnswer,
  toStream: responsesStream,
  errorBody: openaiError,
};

/** Events that contain the whole response, with which it ends. */
const LAST = new Set(['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled']);

function scanner(): StreamScanner {
  let last: JsonObject | null = null;
  let isFailed = false;
  return {
    push: ({ event, data }) => {
      const type = event ?? asString(parseObject(data)?.type);
      if (type === 'error') isFailed = true;
      if (type === null || !LAST.has(type)) return;
      if (type === 'response.failed') isFailed = true;
      last = asObject(parseObject(data)?.response);
    },
    isEnded: () => last !== null,
    isFailed: () => isFailed,
    usage: () => (last === null ? null : responseUsage(last)),
    usageSoFar: () => null,
    answer: () => (last === null ? NO_ANSWER : answerOf(last)),
  };
}

function responseUsage(response: JsonObject): Usage | null {
  const usage = openaiUsage(asObject(response.usage)) ?? readUsage(response);
  return usage === null ? null : withFees(usage, feesIn(response));
}

/** Tools that ran at the provider, if they are charged per use. Opening a page that a search found is free. */
function feesIn({ output, tools, tool_usage: used }: JsonObject): Partial<Record<Fee, number | null>> {
  const calls = (type: string): number => countWhere(output, (item) => item.type === type);
  const searches = countWhere(output, (item) => {
    const action = asString(asObject(item.action)?.type);
    return item.type === 'web_search_call' && (action === null || action === 'search');
  });
  // A container is charged once, by its memory, however often code runs in it.
  const containers = new Set<unknown>();
  const interpreter = asArray(tools)
    .map(asObject)
    .find((tool) => tool?.type === 'code_interpreter');
  for (const item of asArray(output).map(asObject)) {
    if (item?.type === 'code_interpreter_call') containers.add(item.container_id ?? null);
  }
  const counted = countOf(asObject(asObject(used)?.web_search)?.num_requests);
  return {
    'web-search': Math.max(searches, counted ?? 0),
    'file-search': calls('file_search_call'),
    'code-execution': containers.size * containerSize(interpreter?.container, 1),
    'computer-use': calls('computer_call'),
    'image-generation': calls('image_generation_call'),
  };
}

function answerOf(response: JsonObject): AnswerFacts {
  return {
    servedModel: asString(response.model),
    servedTier: asString(response.service_tier),
    statedCost: statedCost(response),
    finish: finishOf(response),
  };
}

function finishOf(response: JsonObject): AnswerFacts['finish'] {
  if (response.status === 'incomplete') {
    const reason = asString(asObject(response.incomplete_details)?.reason);
    return reason === 'max_output_tokens' ? 'truncated' : 'refused';
  }
  if (response.status !== 'completed') return 'unknown';
  const items = asArray(response.output).map(asObject);
  const parts = items.flatMap((item) => asArray(item?.content).map(asObject));
  if (parts.some((part) => part?.type === 'refusal')) return 'refused';
  return items.some((item) => asString(item?.type)?.endsWith('_call')) ? 'tool-calls' : 'complete';
}

/** Tools that the application runs itself; all others run at the provider and are paid for there. */
const OWN_TOOLS = new Set(['function', 'custom']);
const TEXT_PARTS = new Set(['input_text', 'output_text', 'text', 'refusal', 'summary_text', 'reasoning_text']);
const TEXT_ITEMS = new Set(['message', 'function_call', 'function_call_output', 'reasoning']);

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  for (const name of ['previous_response_id', 'prompt', 'conversation'] as const) {
    if (body[name] !== undefined && body[name] !== null) found.add(name);
  }
  for (const tool of asArray(body.tools).map(asObject)) {
    const type = asString(tool?.type);
    if (type !== null && !OWN_TOOLS.has(type)) found.add(`tool ${type}`);
  }
  for (const item of asArray(body.input).map(asObject)) {
    const type = asString(item?.type) ?? 'message';
    if (!TEXT_ITEMS.has(type)) found.add(type);
    for (const part of asArray(item?.content).map(asObject)) {
      const kind = asString(part?.type);
      if (kind !== null && !TEXT_PARTS.has(kind)) found.add(kind);
    }
  }
  return [...found];
}
