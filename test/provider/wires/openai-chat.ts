/** OpenAI chat completions, also under Azure's deployment path, and as every compatible provider speaks them. */
import { type Ask, forcedTool, type PromptPart } from '../ask.ts';
import { type Choice, type Generation, reported } from '../generation.ts';
import { at, type JsonObject, listAt, numberAt, stringAt, textOf } from '../json.ts';
import { frame, reasoningFirst } from '../sse.ts';
import type { Usage } from '../usage.ts';
import {
  CREATED,
  cacheMarker,
  caching,
  choicesOf,
  common,
  declaredTools,
  errorBody,
  steering,
} from './openai-common.ts';
import type { Route, StreamEvent, Wire } from './wire.ts';

export const openaiChat: Wire = {
  ...common,
  name: 'openai-chat',
  route(path) {
    if (!path.endsWith('/chat/completions')) return null;
    const deployment = /\/openai\/deployments\/([^/]+)\//.exec(path)?.[1];
    return { model: deployment ?? null, isStream: null, variant: deployment === undefined ? null : 'azure' };
  },
  read,
  answer: (generation) => ({
    ...head(generation, 'chat.completion'),
    choices: generation.choices.map((choice, index) => ({
      index,
      message: message(choice),
      logprobs: null,
      finish_reason: finishReason(choice),
    })),
    usage: reported(generation, usageOf),
  }),
  stream,
  streamError: (failure) => frame(errorBody(failure)),
};

function read(body: JsonObject, route: Route): Ask | string {
  const model = stringAt(body, 'model') ?? route.model;
  if (model === null) return 'you must provide a model parameter';
  if (!Array.isArray(body.messages)) return "Missing required parameter: 'messages'.";
  const tools = declaredTools(body);
  const format = at(body, 'response_format', 'type');
  return {
    model,
    isStream: body.stream === true,
    prompt: [
      ...listAt(body, 'tools').map((tool) => ({ role: 'tools', text: textOf(tool) })),
      ...listAt(body, 'messages').flatMap((said) => partsOf(said, body)),
    ],
    ...caching(body),
    outputLimit: numberAt(body, 'max_completion_tokens') ?? numberAt(body, 'max_tokens'),
    choices: choicesOf(body),
    schema:
      format === 'json_schema'
        ? at(body, 'response_format', 'json_schema', 'schema')
        : format === 'json_object'
          ? { type: 'object' }
          : null,
    forcedTool: forcedTool(tools, stringAt(body, 'tool_choice', 'function', 'name'), body.tool_choice === 'required'),
    steering: steering(body),
    continues: null,
  };
}

function partsOf(said: unknown, body: JsonObject): PromptPart[] {
  const role = stringAt(said, 'role') ?? 'user';
  const content = at(said, 'content');
  const blocks = Array.isArray(content) ? content : [content];
  const parts: PromptPart[] = blocks.map((block) => ({
    role,
    text: stringAt(block, 'text') ?? textOf(block),
    cacheFor: cacheMarker(block, body),
  }));
  const calls = at(said, 'tool_calls');
  return calls === undefined ? parts : [...parts, { role, text: textOf(calls) }];
}

function head({ id, model }: Generation, object: string): JsonObject {
  return {
    id: `chatcmpl-${id}`,
    object,
    created: CREATED,
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_0123456789',
  };
}

function message({ text, refusal, toolCalls }: Choice): JsonObject {
  const calls = toolCalls.map((call) => ({
    id: `call_${call.id}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }));
  return {
    role: 'assistant',
    content: refusal !== null || (text === '' && calls.length > 0) ? null : text,
    refusal,
    annotations: [],
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function finishReason({ finish }: Choice): string {
  return finish === 'refusal' ? 'stop' : finish;
}

function usageOf(usage: Usage): JsonObject {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      audio_tokens: 0,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function* stream(generation: Generation, _ask: Ask, body: JsonObject, route: Route): Generator<StreamEvent> {
  const hasUsage = at(body, 'stream_options', 'include_usage') === true;
  const start = head(generation, 'chat.completion.chunk');
  const end = hasUsage ? { usage: null } : {};
  if (route.variant === 'azure') yield { frame: frame(AZURE_FILTER), tokens: 0 };
  const chunk = (index: number, delta: JsonObject, finish: string | null) =>
    frame({ ...start, choices: [{ index, delta, logprobs: null, finish_reason: finish }], ...end });
  for (const [index] of generation.choices.entries()) {
    yield { frame: chunk(index, { role: 'assistant', content: '', refusal: null }, null), tokens: 0 };
  }
  yield* interleaved(
    generation.choices.map((choice, index) => deltas(choice, (delta, finish) => chunk(index, delta, finish))),
  );
  if (hasUsage) {
    const usage = reported(generation, usageOf);
    yield { frame: frame({ ...start, choices: [], usage }), tokens: 0 };
  }
  yield { frame: frame('[DONE]'), tokens: 0 };
}

function* deltas(choice: Choice, chunk: (delta: JsonObject, finish: string | null) => string): Generator<StreamEvent> {
  const count = reasoningFirst(choice.reasoningTokens);
  const name = choice.refusal === null ? 'content' : 'refusal';
  for (const { text, tokens } of choice.chunks) yield { frame: chunk({ [name]: text }, null), tokens: count(tokens) };
  for (const [index, call] of choice.toolCalls.entries()) {
    const begun = { index, id: `call_${call.id}`, type: 'function', function: { name: call.name, arguments: '' } };
    yield { frame: chunk({ tool_calls: [begun] }, null), tokens: count(0) };
    for (const { text, tokens } of call.chunks) {
      yield { frame: chunk({ tool_calls: [{ index, function: { arguments: text } }] }, null), tokens: count(tokens) };
    }
  }
  yield { frame: chunk({}, finishReason(choice)), tokens: count(0) };
}

/** Choices are generated side by side, and their events come in turn. */
function* interleaved(choices: readonly Iterator<StreamEvent>[]): Generator<StreamEvent> {
  let open = choices;
  while (open.length > 0) {
    const next: Iterator<StreamEvent>[] = [];
    for (const choice of open) {
      const { value, done } = choice.next();
      if (done === true) continue;
      yield value;
      next.push(choice);
    }
    open = next;
  }
}

/** The first event of an Azure stream has no choices. */
const AZURE_FILTER = {
  choices: [],
  created: 0,
  id: '',
  model: '',
  object: '',
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }],
};
