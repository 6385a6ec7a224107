/**
 * Amazon Bedrock: `converse`, one form for all models, and `invoke`, in which each model has its own. Requests are
 * signed with their body and address, so the runtime changes neither by default.
 */
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
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type StreamScanner } from '../codec.ts';
import { converseUsage, metricsUsage } from '../tokens/bedrock.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { plainCodec, plainScanner } from './plain.ts';

const CONVERSE = /\/model\/([^/]+)\/(converse|converse-stream)$/;
const INVOKE = /\/model\/([^/]+)\/(invoke|invoke-with-response-stream)$/;

const withModelInPath: Codec['withModel'] = (url, body, model) => ({
  url: url.replace(/\/model\/[^/?]+\//, () => `/model/${encodeURIComponent(model)}/`),
  body,
});

const errorBody: Codec['errorBody'] = ({ message, code }) => ({ message, __type: code });

export const bedrockConverse = plainCodec({
  name: 'bedrock-converse',
  path: CONVERSE,
  withoutEffect: new Set(['requestMetadata']),
  read: (body, path) => {
    const { member } = body;
    const config = asObject(member('inferenceConfig'));
    return {
      model: modelIn(CONVERSE, path),
      isStreaming: path.endsWith('-stream'),
      outputLimit: asCount(config?.maxTokens),
      choices: 1,
      temperature: asNumber(config?.temperature),
      tier: asString(asObject(member('serviceTier'))?.type),
      get hasTools() {
        return asArray(asObject(member('toolConfig'))?.tools).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: withModelInPath,
  errorBody,
  usage: converseUsageIn,
  answer: converseAnswer,
  scanner: () => plainScanner(converseUsageIn, converseAnswer),
});

export const bedrockInvoke = plainCodec({
  name: 'bedrock-invoke',
  path: INVOKE,
  read: (body, path) => {
    const { member } = body;
    const config = asObject(member('textGenerationConfig')) ?? asObject(member('inferenceConfig'));
    return {
      model: modelIn(INVOKE, path),
      isStreaming: path.endsWith('-stream'),
      outputLimit:
        asCount(member('max_tokens')) ??
        asCount(member('max_gen_len')) ??
        asCount(config?.maxTokenCount) ??
        asCount(config?.maxTokens) ??
        asCount(config?.max_new_tokens) ??
        (isEmbedding(body.member) ? 0 : null),
      choices: 1,
      temperature: asNumber(member('temperature')) ?? asNumber(config?.temperature),
      tier: null,
      get hasTools() {
        return asArray(member('tools')).length > 0 || asArray(asObject(member('toolConfig'))?.tools).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: withModelInPath,
  errorBody,
  usage: readUsage,
  answer: invokeAnswer,
  scanner: invokeScanner,
});

function modelIn(pattern: RegExp, path: string): string | null {
  const model = pattern.exec(path)?.[1];
  return model === undefined ? null : percentDecoded(model);
}

/** Titan's and Cohere's embeddings have texts, and no answer text. */
function isEmbedding(member: (name: string) => Json | undefined): boolean {
  return member('texts') !== undefined || (member('inputText') !== undefined && !member('textGenerationConfig'));
}

/** AWS's SDKs, and proxies that use JSON, put an event into a member with its name. */
function eventsIn(event: JsonObject): readonly JsonObject[] {
  const inner = Object.values(event).map(asObject);
  return [event, ...inner.filter((value) => value !== null)];
}

function converseUsageIn(event: JsonObject): Usage | null {
  for (const one of eventsIn(event)) {
    const usage = converseUsage(asObject(one.usage));
    if (usage !== null) return usage;
  }
  return null;
}

function converseAnswer(event: JsonObject): AnswerFacts {
  const reason = eventsIn(event).find(({ stopReason }) => typeof stopReason === 'string')?.stopReason;
  return { ...NO_ANSWER, finish: FINISHES[asString(reason) ?? ''] ?? 'unknown' };
}

const FINISHES: Readonly<Partial<Record<string, AnswerFacts['finish']>>> = {
  end_turn: 'complete',
  stop_sequence: 'complete',
  stop: 'complete',
  FINISH: 'complete',
  COMPLETE: 'complete',
  max_tokens: 'truncated',
  length: 'truncated',
  LENGTH: 'truncated',
  tool_use: 'tool-calls',
  guardrail_intervened: 'refused',
  content_filtered: 'refused',
  CONTENT_FILTERED: 'refused',
};

function invokeAnswer(answer: JsonObject): AnswerFacts {
  if (answer['amazon-bedrock-guardrailAction'] === 'INTERVENED') return { ...NO_ANSWER, finish: 'refused' };
  const result = asObject(asArray(answer.results)[0]) ?? asObject(asArray(answer.choices)[0]);
  const reason =
    asString(answer.stop_reason) ??
    asString(answer.stopReason) ??
    asString(answer.completionReason) ??
    asString(result?.completionReason) ??
    asString(result?.finish_reason) ??
    asString(asObject(answer.messageStop)?.stopReason);
  return { ...NO_ANSWER, servedModel: asString(answer.model), finish: FINISHES[reason ?? ''] ?? 'unknown' };
}

/** The model's own events, followed by the counts that Bedrock bills. */
function invokeScanner(): StreamScanner {
  const claude = anthropicMessages.scanner();
  let billed: Usage | null = null;
  const other = plainScanner(readUsage, invokeAnswer);
  return {
    push: (outer) => {
      for (const event of eventsIn(parseObject(outer.data) ?? {})) {
        const data = JSON.stringify(event);
        claude.push({ event: outer.event === 'error' ? 'error' : null, data });
        other.push({ event: outer.event, data });
        billed = metricsUsage(asObject(event['amazon-bedrock-invocationMetrics'])) ?? billed;
      }
    },
    isEnded: claude.isEnded,
    isFailed: () => claude.isFailed() || other.isFailed(),
    usage: () => billed ?? claude.usage() ?? other.usage(),
    usageSoFar: () => claude.usageSoFar() ?? other.usageSoFar(),
    answer: () => (claude.answer().finish === 'unknown' ? other.answer() : claude.answer()),
  };
}

const TEXT_BLOCKS = new Set(['text', 'toolUse', 'toolResult', 'reasoningContent', 'cachePoint', 'guardContent']);
const TEXT_TYPES = new Set(['text', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking']);

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  if (body.promptVariables !== undefined) found.add('a stored prompt');
  if (body.inputImage !== undefined || body.images !== undefined) found.add('image');
  for (const message of asArray(body.messages).map(asObject)) {
    for (const block of asArray(message?.content).map(asObject)) {
      const type = asString(block?.type);
      if (type !== null && !TEXT_TYPES.has(type)) found.add(type);
      if (type === null) for (const name of Object.keys(block ?? {})) if (!TEXT_BLOCKS.has(name)) found.add(name);
    }
  }
  return [...found];
}
