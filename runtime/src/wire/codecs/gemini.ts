/** Google's generateContent, in Gemini's own API and in Vertex AI. The model and the streaming are in the URL. */
import {
  asArray,
  asCount,
  asNumber,
  asObject,
  asString,
  type JsonObject,
  parseObject,
} from '../../support/json-body.ts';
import { percentDecoded } from '../../support/percent.ts';
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type StreamScanner, worstFinish } from '../codec.ts';
import { geminiAnswer, geminiStream } from '../convert/gemini.ts';
import { statedCost } from '../stated-cost.ts';
import { countWhere, withFees } from '../tokens/counts.ts';
import { geminiUsage } from '../tokens/google.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';

/** `endpoints` and `tunedModels` are fine-tuned models. */
const PATH = /\/(?:models|tunedModels|endpoints)\/([^/:]+):(generateContent|streamGenerateContent)$/;

export const gemini: Codec = {
  name: 'gemini',
  matches: (path) => PATH.test(path),
  tail: (path) => PATH.exec(path)?.[0] ?? '',
  keyHeader: (key) => ['x-goog-api-key', key],
  withoutEffect: new Set(['labels']),
  cacheUrl: (url) =>
    url
      .replace(':streamGenerateContent', ':generateContent')
      .replace(/([?&])alt=sse&?/, '$1')
      .replace(/[?&]$/, ''),
  read: (body, path) => {
    const [, model, method] = PATH.exec(path) ?? [];
    // Google's servers accept both spellings of each name.
    const config = asObject(body.member('generationConfig') ?? body.member('generation_config'));
    return {
      model: model === undefined ? null : percentDecoded(model),
      isStreaming: method === 'streamGenerateContent',
      outputLimit: asCount(config?.maxOutputTokens ?? config?.max_output_tokens),
      choices: asCount(config?.candidateCount ?? config?.candidate_count) ?? 1,
      temperature: asNumber(config?.temperature),
      tier: asString(body.member('serviceTier') ?? body.member('service_tier')),
      get hasTools() {
        return asArray(body.member('tools')).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withModel: (url, body, model) => ({
    url: url.replace(/\/models\/[^/:?]+:/, () => `/models/${encodeURIComponent(model)}:`),
    body,
  }),
  withOutputLimit: (body, limit) => {
    // Servers refuse a request with both spellings.
    const name = body.generation_config === undefined ? 'generationConfig' : 'generation_config';
    const { maxOutputTokens, max_output_tokens, ...config } = asObject(body[name]) ?? {};
    return { ...body, [name]: { ...config, maxOutputTokens: limit } };
  },
  withStreamUsage: () => null,
  usage: contentUsage,
  answer: answerOf,
  scanner,
  cachePrefix: () => null,
  withPromptCache: () => null,
  withLogProbabilities: (body) => {
    const name = body.generation_config === undefined ? 'generationConfig' : 'generation_config';
    return { ...body, [name]: { ...asObject(body[name]), responseLogprobs: true } };
  },
  delivery: (_, { isStreaming }, url) => (!isStreaming ? 'json' : /[?&]alt=sse\b/.test(url) ? 'sse' : 'stream'),
  toAnswer: geminiAnswer,
  toStream: geminiStream,
  errorBody: ({ status, message, code }) => ({
    error: { code: status, message, status: code.toUpperCase(), details: [] },
  }),
};

/** Vertex names the tier in its traffic type: `ON_DEMAND_FLEX`. */
function servedTierOf(usage: JsonObject | null): string | null {
  const named = asString(usage?.serviceTier);
  if (named !== null) return named;
  return /^ON_DEMAND_(FLEX|PRIORITY)$/.exec(asString(usage?.trafficType) ?? '')?.[1]?.toLowerCase() ?? null;
}

function scanner(): StreamScanner {
  let usage: Usage | null = null;
  let fees: Usage['fees'] = {};
  let facts: AnswerFacts = NO_ANSWER;
  const finishes: AnswerFacts['finish'][] = [];
  let isFinished = false;
  let isFailed = false;
  return {
    push: ({ data }) => {
      const chunk = parseObject(data);
      if (chunk === null) return;
      if (asObject(chunk.error) !== null) isFailed = true;
      // The counts are running totals.
      usage = contentUsage(chunk) ?? usage;
      fees = { ...fees, ...groundingOf(chunk) };
      const { servedModel, servedTier, statedCost: cost, finish } = answerOf(chunk);
      // Several answers at once end one after the other.
      if (finish !== 'unknown') finishes.push(finish);
      isFinished ||= finish !== 'unknown' && reasonOf(asObject(asArray(chunk.candidates)[0])) !== null;
      facts = {
        ...facts,
        servedModel: servedModel ?? facts.servedModel,
        servedTier: servedTier ?? facts.servedTier,
        statedCost: cost ?? facts.statedCost,
        finish: worstFinish(finishes),
      };
    },
    // There is no final event: the stream just ends.
    isEnded: () => false,
    isFailed: () => isFailed,
    // Before the end the output is unknown.
    usage: () => (isFinished && usage !== null ? withFees(usage, fees ?? {}) : null),
    usageSoFar: () => usage,
    answer: () => facts,
  };
}

function contentUsage(answer: JsonObject): Usage | null {
  const usage = geminiUsage(asObject(answer.usageMetadata)) ?? readUsage(answer);
  return usage === null ? null : withFees(usage, groundingOf(answer));
}

/**
 * Older models charge for an answer that is based on searches, newer ones for each query; maps are charged separately.
 * File searches, and pages that the request itself names, have chunks as well, but only cost their tokens.
 */
function groundingOf({ candidates }: JsonObject): Partial<Record<'grounding' | 'web-search' | 'maps', number>> {
  let queries = 0;
  let isSearched = false;
  let hasMaps = false;
  for (const candidate of asArray(candidates).map(asObject)) {
    const found = asObject(candidate?.groundingMetadata);
    queries += asArray(found?.webSearchQueries).length;
    isSearched ||= queries > 0 || asObject(found?.searchEntryPoint) !== null;
    hasMaps ||= countWhere(found?.groundingChunks, ({ maps }) => maps !== undefined) > 0;
  }
  return {
    ...(isSearched && { grounding: 1 }),
    ...(queries > 0 && { 'web-search': queries }),
    ...(hasMaps && { maps: 1 }),
  };
}

function answerOf(answer: JsonObject): AnswerFacts {
  return {
    servedModel: asString(answer.modelVersion),
    servedTier: servedTierOf(asObject(answer.usageMetadata)),
    statedCost: statedCost(answer),
    finish: finishOf(answer),
  };
}

function finishOf(answer: JsonObject): AnswerFacts['finish'] {
  if (asString(asObject(answer.promptFeedback)?.blockReason) !== null) return 'refused';
  return worstFinish(asArray(answer.candidates).map((candidate) => finishOfCandidate(asObject(candidate))));
}

function finishOfCandidate(candidate: JsonObject | null): AnswerFacts['finish'] {
  const parts = asArray(asObject(candidate?.content)?.parts).map(asObject);
  const hasCall = parts.some((part) => part?.functionCall !== undefined);
  switch (reasonOf(candidate)) {
    case null:
    case 'FINISH_REASON_UNSPECIFIED':
      return hasCall ? 'tool-calls' : 'unknown';
    case 'STOP':
      return hasCall ? 'tool-calls' : 'complete';
    case 'MAX_TOKENS':
      return 'truncated';
    default:
      return 'refused';
  }
}

/** Some clients ask for enumerations as numbers. */
const REASONS = ['FINISH_REASON_UNSPECIFIED', 'STOP', 'MAX_TOKENS'] as const;

function reasonOf(candidate: JsonObject | null): string | null {
  const reason = candidate?.finishReason;
  return typeof reason === 'number' ? (REASONS[reason] ?? 'OTHER') : asString(reason);
}

// Google's servers take both spellings of each name.
const DECLARATIONS: ReadonlySet<string> = new Set(['functionDeclarations', 'function_declarations']);
const FILES = ['fileData', 'file_data', 'inlineData', 'inline_data'] as const;

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  if (body.cachedContent !== undefined || body.cached_content !== undefined) found.add('cachedContent');
  for (const tool of asArray(body.tools).map(asObject)) {
    for (const name of Object.keys(tool ?? {})) if (!DECLARATIONS.has(name)) found.add(`tool ${name}`);
  }
  for (const content of asArray(body.contents).map(asObject)) {
    for (const part of asArray(content?.parts).map(asObject)) {
      if (FILES.some((name) => part?.[name] !== undefined)) found.add('file');
    }
  }
  return [...found];
}
