/** OpenAI responses. */
import { type Ask, forcedTool, type PromptPart } from '../ask.ts';
import { type Choice, type Generation, reported, type ToolCall } from '../generation.ts';
import { at, type JsonObject, listAt, numberAt, stringAt, textOf } from '../json.ts';
import { frame, reasoningFirst } from '../sse.ts';
import type { Chunk } from '../tokens.ts';
import type { Usage } from '../usage.ts';
import { CREATED, cacheMarker, caching, common, declaredTools, steering } from './openai-common.ts';
import type { StreamEvent, Wire } from './wire.ts';

export const openaiResponses: Wire = {
  ...common,
  name: 'openai-responses',
  conversationId: (id) => `resp_${id}`,
  route: (path) => (path.endsWith('/responses') ? { model: null, isStream: null, variant: null } : null),
  read,
  answer: (generation, _ask, body) => finished(generation, body),
  stream,
  streamError: ({ status, message }, sent) =>
    frame(
      {
        type: 'error',
        code: status === 429 ? 'rate_limit_exceeded' : 'server_error',
        message,
        param: null,
        sequence_number: sent,
      },
      'error',
    ),
};

function read(body: JsonObject): Ask | string {
  const model = stringAt(body, 'model');
  if (model === null) return "Missing required parameter: 'model'.";
  const tools = declaredTools(body);
  const format = at(body, 'text', 'format', 'type');
  return {
    model,
    isStream: body.stream === true,
    prompt: [
      ...listAt(body, 'tools').map((tool) => ({ role: 'tools', text: textOf(tool) })),
      { role: 'system', text: textOf(body.instructions) },
      ...(Array.isArray(body.input) ? body.input.flatMap((item) => partsOf(item, body)) : [user(body.input)]),
    ],
    ...caching(body),
    outputLimit: numberAt(body, 'max_output_tokens'),
    choices: 1,
    schema:
      format === 'json_schema'
        ? at(body, 'text', 'format', 'schema')
        : format === 'json_object'
          ? { type: 'object' }
          : null,
    forcedTool: forcedTool(tools, stringAt(body, 'tool_choice', 'name'), body.tool_choice === 'required'),
    steering: steering(body),
    continues: stringAt(body, 'previous_response_id'),
  };
}

function user(input: unknown): PromptPart {
  return { role: 'user', text: textOf(input) };
}

function partsOf(item: unknown, body: JsonObject): PromptPart[] {
  const role = stringAt(item, 'role') ?? stringAt(item, 'type') ?? 'user';
  const content = at(item, 'content');
  if (typeof content === 'string') return [{ role, text: content }];
  if (!Array.isArray(content)) return [{ role, text: textOf(item) }];
  return content.map((block) => ({
    role,
    text: stringAt(block, 'text') ?? textOf(block),
    cacheFor: cacheMarker(block, body),
  }));
}

function finished(generation: Generation, body: JsonObject): JsonObject {
  const isCut = generation.choices[0]?.finish === 'length';
  return {
    ...head(generation, body, isCut ? 'incomplete' : 'completed'),
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    output: itemsOf(generation).map(({ whole }) => whole),
    usage: reported(generation, usageOf),
  };
}

function head({ id, model }: Generation, body: JsonObject, status: string): JsonObject {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: CREATED,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model,
    output: [],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    reasoning: body.reasoning ?? { effort: null, summary: null },
    service_tier: 'default',
    store: body.store ?? true,
    temperature: body.temperature ?? 1,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_p: body.top_p ?? 1,
    truncation: body.truncation ?? 'disabled',
    usage: null,
    user: body.user ?? null,
    safety_identifier: body.safety_identifier ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    metadata: body.metadata ?? {},
  };
}

function usageOf(usage: Usage): JsonObject {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens, cache_write_tokens: usage.cacheWriteTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

/** An output item: whole, as it is announced, and what is streamed in between. */
interface Item {
  readonly whole: JsonObject;
  readonly announced: JsonObject;
  readonly chunks: readonly Chunk[];
  /** The streamed part of a message; null for a call. */
  readonly part: { readonly type: 'output_text' | 'refusal'; readonly text: string } | null;
}

function itemsOf({ id, choices }: Generation): Item[] {
  const [choice] = choices;
  if (choice === undefined) return [];
  const items: Item[] = [];
  if (choice.reasoningTokens > 0) {
    const whole = { id: `rs_${id}`, type: 'reasoning', summary: [] };
    items.push({ whole, announced: whole, chunks: [], part: null });
  }
  if (choice.toolCalls.length === 0 || choice.text !== '') items.push(messageItem(id, choice));
  return [...items, ...choice.toolCalls.map(callItem)];
}

function messageItem(id: string, choice: Choice): Item {
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant' };
  const part =
    choice.refusal === null
      ? { type: 'output_text' as const, text: choice.text }
      : { type: 'refusal' as const, text: choice.refusal };
  const status = choice.finish === 'length' ? 'incomplete' : 'completed';
  return {
    whole: { ...message, status, content: [contentOf(part)] },
    announced: { ...message, status: 'in_progress', content: [] },
    chunks: choice.chunks,
    part,
  };
}

function contentOf({ type, text }: NonNullable<Item['part']>): JsonObject {
  return type === 'refusal' ? { type, refusal: text } : { type, text, annotations: [], logprobs: [] };
}

function callItem(call: ToolCall): Item {
  const item = { id: `fc_${call.id}`, type: 'function_call', call_id: `call_${call.id}`, name: call.name };
  return {
    whole: { ...item, arguments: call.arguments, status: 'completed' },
    announced: { ...item, arguments: '', status: 'in_progress' },
    chunks: call.chunks,
    part: null,
  };
}

function* stream(generation: Generation, _ask: Ask, body: JsonObject): Generator<StreamEvent> {
  let sequence = 0;
  const event = (type: string, fields: JsonObject, tokens = 0): StreamEvent => ({
    frame: frame({ type, sequence_number: sequence++, ...fields }, type),
    tokens,
  });
  const begun = head(generation, body, 'in_progress');
  yield event('response.created', { response: begun });
  yield event('response.in_progress', { response: begun });
  const count = reasoningFirst(generation.choices[0]?.reasoningTokens ?? 0);
  for (const [index, item] of itemsOf(generation).entries()) {
    yield event('response.output_item.added', { output_index: index, item: item.announced }, count(0));
    const place = { item_id: item.whole.id, output_index: index };
    if (item.part !== null) yield* partEvents({ ...place, content_index: 0 }, item.part, item.chunks, event);
    else if (item.whole.type === 'function_call') {
      for (const { text, tokens } of item.chunks) {
        yield event('response.function_call_arguments.delta', { ...place, delta: text }, tokens);
      }
      const { arguments: text, name } = item.whole;
      yield event('response.function_call_arguments.done', { ...place, name, arguments: text });
    }
    yield event('response.output_item.done', { output_index: index, item: item.whole });
  }
  const response = finished(generation, body);
  yield event(`response.${response.status}`, { response });
}

function* partEvents(
  place: JsonObject,
  part: NonNullable<Item['part']>,
  chunks: readonly Chunk[],
  event: (type: string, fields: JsonObject, tokens?: number) => StreamEvent,
): Generator<StreamEvent> {
  const extra = part.type === 'output_text' ? { logprobs: [] } : {};
  yield event('response.content_part.added', { ...place, part: contentOf({ ...part, text: '' }) });
  for (const { text, tokens } of chunks) {
    yield event(`response.${part.type}.delta`, { ...place, delta: text, ...extra }, tokens);
  }
  const key = part.type === 'output_text' ? 'text' : 'refusal';
  yield event(`response.${part.type}.done`, { ...place, [key]: part.text, ...extra });
  yield event('response.content_part.done', { ...place, part: contentOf(part) });
}
