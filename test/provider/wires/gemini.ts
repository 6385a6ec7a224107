/** Gemini generateContent and streamGenerateContent. */
import { type Ask, forcedTool } from '../ask.ts';
import { type Choice, type Generation, reported } from '../generation.ts';
import { at, type JsonObject, listAt, numberAt, parsed, stringAt, textOf } from '../json.ts';
import { crlfFrame, reasoningFirst } from '../sse.ts';
import type { Usage } from '../usage.ts';
import { common, errorBody, partsOf, routeOf } from './gemini-common.ts';
import type { Route, StreamEvent, Wire } from './wire.ts';

/** The real API refuses more. */
const MAX_CANDIDATES = 8;

export const gemini: Wire = {
  ...common,
  name: 'gemini',
  route: (path, query) => routeOf(path, ['generateContent', 'streamGenerateContent'], query),
  read,
  answer: (generation) => response(generation, generation.choices.map(candidate), generation.usage),
  stream,
  streamError: (failure) => crlfFrame(errorBody(failure)),
};

function read(body: JsonObject, route: Route): Ask | string {
  if (route.variant === 'array') return 'Streams are served with alt=sse only.';
  if (!Array.isArray(body.contents)) return 'GenerateContentRequest.contents: contents is not specified';
  const config = at(body, 'generationConfig');
  const schema = at(config, 'responseJsonSchema') ?? at(config, 'responseSchema') ?? null;
  const isJson = at(config, 'responseMimeType') === 'application/json';
  const tools = listAt(body, 'tools').flatMap((tool) => listAt(tool, 'functionDeclarations'));
  const calling = at(body, 'toolConfig', 'functionCallingConfig');
  return {
    model: route.model,
    isStream: route.isStream === true,
    prompt: [
      ...listAt(body, 'tools').map((tool) => ({ role: 'tools', text: textOf(tool) })),
      ...partsOf(body.systemInstruction, 'system'),
      ...listAt(body, 'contents').flatMap((content) => partsOf(content, 'user')),
    ],
    caching: 'automatic',
    isWriteBilled: false,
    outputLimit: numberAt(config, 'maxOutputTokens'),
    choices: Math.min(MAX_CANDIDATES, Math.max(1, numberAt(config, 'candidateCount') ?? 1)),
    schema: schema ?? (isJson ? { type: 'object' } : null),
    forcedTool: forcedTool(
      tools.map((tool) => ({
        name: stringAt(tool, 'name'),
        schema: at(tool, 'parametersJsonSchema') ?? at(tool, 'parameters') ?? { type: 'object' },
      })),
      null,
      stringAt(calling, 'mode') === 'ANY',
    ),
    steering: [...STEERING.map((name) => at(config, name) ?? null), calling ?? null],
    continues: null,
  };
}

const STEERING = [
  'temperature',
  'topP',
  'topK',
  'seed',
  'stopSequences',
  'responseSchema',
  'responseJsonSchema',
  'thinkingConfig',
];

function response(generation: Generation, candidates: readonly JsonObject[], usage: Usage): JsonObject {
  return {
    candidates,
    usageMetadata: reported(generation, usageOf, usage),
    modelVersion: generation.model,
    responseId: generation.id,
  };
}

function usageOf(usage: Usage): JsonObject {
  return {
    promptTokenCount: usage.inputTokens,
    candidatesTokenCount: usage.outputTokens - usage.reasoningTokens,
    totalTokenCount: usage.inputTokens + usage.outputTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.inputTokens }],
    ...(usage.cachedInputTokens > 0 ? { cachedContentTokenCount: usage.cachedInputTokens } : {}),
    ...(usage.reasoningTokens > 0 ? { thoughtsTokenCount: usage.reasoningTokens } : {}),
  };
}

function candidate(choice: Choice, index: number): JsonObject {
  const text = choice.refusal ?? choice.text;
  return {
    content: { parts: [...(text === '' ? [] : [{ text }]), ...callsOf(choice)], role: 'model' },
    finishReason: finishReason(choice),
    index,
  };
}

function callsOf({ toolCalls }: Choice): JsonObject[] {
  return toolCalls.map(({ name, arguments: json }) => ({ functionCall: { name, args: parsed(json) ?? {} } }));
}

function finishReason({ finish }: Choice): string {
  if (finish === 'length') return 'MAX_TOKENS';
  return finish === 'refusal' || finish === 'content_filter' ? 'SAFETY' : 'STOP';
}

/** Every event is a whole response that carries what is new, and the counts so far. */
function* stream(generation: Generation): Generator<StreamEvent> {
  let { outputTokens, reasoningTokens } = { outputTokens: 0, reasoningTokens: 0 };
  for (const [index, choice] of generation.choices.entries()) {
    const count = reasoningFirst(choice.reasoningTokens);
    const event = (parts: readonly JsonObject[], tokens: number, finish: string | null): StreamEvent => {
      const counted = count(tokens);
      outputTokens += counted;
      reasoningTokens += counted - tokens;
      const isLast = finish !== null && index === generation.choices.length - 1;
      const usage = isLast ? generation.usage : { ...generation.usage, outputTokens, reasoningTokens };
      const said = { content: { parts, role: 'model' }, ...(finish === null ? {} : { finishReason: finish }), index };
      return { frame: crlfFrame(response(generation, [said], usage)), tokens: counted };
    };
    for (const { text, tokens } of choice.chunks.slice(0, -1)) yield event([{ text }], tokens, null);
    const last = choice.chunks.at(-1);
    const parts = [...(last === undefined ? [] : [{ text: last.text }]), ...callsOf(choice)];
    const callTokens = choice.toolCalls.flatMap(({ chunks }) => chunks).reduce((sum, { tokens }) => sum + tokens, 0);
    yield event(parts, (last?.tokens ?? 0) + callTokens, finishReason(choice));
  }
}
