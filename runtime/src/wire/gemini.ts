/** Google's generateContent, of Gemini's own API and of Vertex AI. The model and the streaming are in the URL. */
import { asArray, asCount, asNumber, asObject, asString, type JsonObject, parseObject } from '../support/json-body.ts';
import { percentDecoded } from '../support/percent.ts';
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type StreamScanner } from './codec.ts';
import { geminiAnswer, geminiStream } from './convert/gemini.ts';
import type { Usage } from './usage.ts';

const PATH = /\/models\/([^/:]+):(generateContent|streamGenerateContent)$/;

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
    const config = asObject(body.member('generationConfig'));
    return {
      model: model === undefined ? null : percentDecoded(model),
      isStreaming: method === 'streamGenerateContent',
      outputLimit: asCount(config?.maxOutputTokens),
      choices: asCount(config?.candidateCount) ?? 1,
      temperature: asNumber(config?.temperature),
      tier: asString(body.member('serviceTier')),
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
  withOutputLimit: (body, limit) => ({
    ...body,
    generationConfig: { ...asObject(body.generationConfig), maxOutputTokens: limit },
  }),
  withStreamUsage: () => null,
  usage: ({ usageMetadata }) => usageOf(asObject(usageMetadata)),
  answer: answerOf,
  scanner,
  cachePrefix: () => null,
  withPromptCache: () => null,
  delivery: (_, { isStreaming }) => (isStreaming ? 'sse' : 'json'),
  toAnswer: geminiAnswer,
  toStream: geminiStream,
  errorBody: ({ status, message, code }) => ({
    error: { code: status, message, status: code.toUpperCase(), details: [] },
  }),
};

function scanner(): StreamScanner {
  let usage: Usage | null = null;
  let facts: AnswerFacts = NO_ANSWER;
  let hasCall = false;
  let isFinished = false;
  let isFailed = false;
  return {
    push: ({ data }) => {
      const chunk = parseObject(data);
      if (chunk === null) return;
      if (asObject(chunk.error) !== null) isFailed = true;
      // The counts are totals so far.
      usage = usageOf(asObject(chunk.usageMetadata)) ?? usage;
      const { servedModel, finish } = answerOf(chunk);
      hasCall ||= finish === 'tool-calls';
      isFinished ||= finish !== 'unknown' && asString(asObject(asArray(chunk.candidates)[0])?.finishReason) !== null;
      facts = {
        ...facts,
        servedModel: servedModel ?? facts.servedModel,
        finish: finish === 'unknown' ? facts.finish : hasCall && finish === 'complete' ? 'tool-calls' : finish,
      };
    },
    // There is no last event: the stream just ends.
    isEnded: () => false,
    isFailed: () => isFailed,
    // Before the end the output is not known.
    usage: () => (isFinished ? usage : null),
    answer: () => facts,
  };
}

function usageOf(usage: JsonObject | null): Usage | null {
  const prompt = asCount(usage?.promptTokenCount);
  if (usage === null || prompt === null) return null;
  const reasoning = asCount(usage.thoughtsTokenCount);
  return {
    input: prompt + (asCount(usage.toolUsePromptTokenCount) ?? 0),
    cachedInput: asCount(usage.cachedContentTokenCount) ?? 0,
    cacheWriteInput: 0,
    cacheWriteLongInput: 0,
    output: (asCount(usage.candidatesTokenCount) ?? 0) + (reasoning ?? 0),
    reasoning,
  };
}

function answerOf(answer: JsonObject): AnswerFacts {
  return { ...NO_ANSWER, servedModel: asString(answer.modelVersion), finish: finishOf(answer) };
}

function finishOf(answer: JsonObject): AnswerFacts['finish'] {
  if (asString(asObject(answer.promptFeedback)?.blockReason) !== null) return 'refused';
  const candidate = asObject(asArray(answer.candidates)[0]);
  const parts = asArray(asObject(candidate?.content)?.parts).map(asObject);
  const hasCall = parts.some((part) => part?.functionCall !== undefined);
  switch (asString(candidate?.finishReason)) {
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

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  if (body.cachedContent !== undefined) found.add('cachedContent');
  for (const tool of asArray(body.tools).map(asObject)) {
    for (const name of Object.keys(tool ?? {})) if (name !== 'functionDeclarations') found.add(`tool ${name}`);
  }
  for (const content of asArray(body.contents).map(asObject)) {
    for (const part of asArray(content?.parts).map(asObject)) {
      if (part?.fileData !== undefined || part?.inlineData !== undefined) found.add('file');
    }
  }
  return [...found];
}
