/** Anthropic messages. */
import { type Ask, forcedTool, type PromptPart } from '../ask.ts';
import { type Choice, type Generation, reported } from '../generation.ts';
import { at, isObject, type JsonObject, listAt, numberAt, parsed, stringAt, textOf } from '../json.ts';
import { frame, reasoningFirst } from '../sse.ts';
import type { Chunk } from '../tokens.ts';
import type { Usage } from '../usage.ts';
import type { Failure, StreamEvent, Wire } from './wire.ts';

const FIVE_MINUTES = 5 * 60_000;
const ONE_HOUR = 60 * 60_000;

export const anthropicMessages: Wire = {
  name: 'anthropic-messages',
  route: (path) => (path.endsWith('/messages') ? { model: null, isStream: null, variant: null } : null),
  read,
  answer: (generation) => ({
    ...head(generation),
    content: blocksOf(generation).map(({ whole }) => whole),
    stop_reason: stopReason(generation.choices[0]),
    usage: reported(generation, usageOf),
  }),
  stream,
  error: errorBody,
  streamError: (failure) => frame(errorBody(failure), 'error'),
  headers: (id) => ({ 'request-id': `req_${id}`, 'anthropic-organization-id': '0123456789' }),
  conversationId: null,
  streamType: 'text/event-stream; charset=utf-8',
};

function read(body: JsonObject): Ask | string {
  const model = stringAt(body, 'model');
  if (model === null) return 'model: Field required';
  if (numberAt(body, 'max_tokens') === null) return 'max_tokens: Field required';
  if (!Array.isArray(body.messages)) return 'messages: Field required';
  const choice = stringAt(body, 'tool_choice', 'type');
  return {
    model,
    isStream: body.stream === true,
    prompt: promptOf(body),
    caching: 'marked',
    isWriteBilled: true,
    outputLimit: numberAt(body, 'max_tokens'),
    choices: 1,
    schema: at(body, 'output_config', 'format', 'schema') ?? at(body, 'output_format', 'schema') ?? null,
    forcedTool: forcedTool(
      listAt(body, 'tools').map((tool) => ({ name: stringAt(tool, 'name'), schema: at(tool, 'input_schema') })),
      choice === 'tool' ? stringAt(body, 'tool_choice', 'name') : null,
      choice === 'any',
    ),
    steering: STEERING.map((name) => body[name] ?? null),
    continues: null,
  };
}

const STEERING = [
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
];

/** In the order of the prompt cache: tools, system, messages. A marker on the request itself is on its last block. */
function promptOf(body: JsonObject): PromptPart[] {
  const parts = [
    ...listAt(body, 'tools').map((tool) => partOf('tools', tool)),
    ...blocksIn(body.system).map((block) => partOf('system', block)),
    ...listAt(body, 'messages').flatMap((said) =>
      blocksIn(at(said, 'content')).map((block) => partOf(stringAt(said, 'role') ?? 'user', block)),
    ),
  ];
  const last = parts.at(-1);
  const automatic = lifetime(body);
  if (automatic === undefined || last === undefined) return parts;
  return [...parts.slice(0, -1), { ...last, cacheFor: last.cacheFor ?? automatic }];
}

function blocksIn(content: unknown): readonly unknown[] {
  if (content === undefined) return [];
  return Array.isArray(content) ? content : [content];
}

/** The marker is not part of the text. */
function partOf(role: string, block: unknown): PromptPart {
  const text = stringAt(block, 'text');
  if (text !== null || !isObject(block)) return { role, text: text ?? textOf(block), cacheFor: lifetime(block) };
  const { cache_control: _marker, ...said } = block;
  return { role, text: JSON.stringify(said), cacheFor: lifetime(block) };
}

function lifetime(block: unknown): number | undefined {
  if (!isObject(at(block, 'cache_control'))) return undefined;
  return stringAt(block, 'cache_control', 'ttl') === '1h' ? ONE_HOUR : FIVE_MINUTES;
}

function head({ id, model }: Generation): JsonObject {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
}

function stopReason(choice: Choice | undefined): string {
  switch (choice?.finish) {
    case 'length':
      return 'max_tokens';
    case 'tool_calls':
      return 'tool_use';
    case 'refusal':
    case 'content_filter':
      return 'refusal';
    default:
      return 'end_turn';
  }
}

function usageOf(usage: Usage): JsonObject {
  return {
    input_tokens: usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens,
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_read_input_tokens: usage.cachedInputTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWriteTokens - usage.longCacheWriteTokens,
      ephemeral_1h_input_tokens: usage.longCacheWriteTokens,
    },
    output_tokens: usage.outputTokens,
    service_tier: 'standard',
  };
}

/** A content block: whole, as it begins, and the deltas in between. */
interface Block {
  readonly whole: JsonObject;
  readonly begun: JsonObject;
  readonly chunks: readonly Chunk[];
  readonly delta: (text: string) => JsonObject;
}

function blocksOf({ choices, id }: Generation): Block[] {
  const [choice] = choices;
  if (choice === undefined) return [];
  const blocks: Block[] = [];
  if (choice.reasoningTokens > 0) {
    blocks.push({
      whole: { type: 'thinking', thinking: 'Thinking.', signature: id },
      begun: { type: 'thinking', thinking: '', signature: '' },
      chunks: [
        { text: 'Thinking.', tokens: 0 },
        { text: '', tokens: 0 },
      ],
      delta: (text) =>
        text === '' ? { type: 'signature_delta', signature: id } : { type: 'thinking_delta', thinking: text },
    });
  }
  const text = choice.refusal ?? choice.text;
  if (text !== '') {
    blocks.push({
      whole: { type: 'text', text },
      begun: { type: 'text', text: '' },
      chunks: choice.chunks,
      delta: (part) => ({ type: 'text_delta', text: part }),
    });
  }
  for (const call of choice.toolCalls) {
    const use = { type: 'tool_use', id: `toolu_${call.id}`, name: call.name };
    blocks.push({
      whole: { ...use, input: parsed(call.arguments) ?? {} },
      begun: { ...use, input: {} },
      chunks: [{ text: '', tokens: 0 }, ...call.chunks],
      delta: (part) => ({ type: 'input_json_delta', partial_json: part }),
    });
  }
  return blocks;
}

function* stream(generation: Generation): Generator<StreamEvent> {
  const event = (type: string, fields: JsonObject, tokens = 0): StreamEvent => ({
    frame: frame({ type, ...fields }, type),
    tokens,
  });
  const [choice] = generation.choices;
  const count = reasoningFirst(choice?.reasoningTokens ?? 0);
  const begun = { ...generation.usage, outputTokens: Math.min(1, generation.usage.outputTokens) };
  yield event('message_start', { message: { ...head(generation), usage: reported(generation, usageOf, begun) } });
  for (const [index, block] of blocksOf(generation).entries()) {
    yield event('content_block_start', { index, content_block: block.begun });
    if (index === 0) yield event('ping', {});
    for (const { text, tokens } of block.chunks) {
      yield event('content_block_delta', { index, delta: block.delta(text) }, count(tokens));
    }
    yield event('content_block_stop', { index });
  }
  const usage = reported(generation, (served) => {
    const { cache_creation: _kinds, service_tier: _tier, ...counts } = usageOf(served);
    return counts;
  });
  yield event('message_delta', { delta: { stop_reason: stopReason(choice), stop_sequence: null }, usage }, count(0));
  yield event('message_stop', {});
}

const KINDS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

function errorBody({ status, message }: Failure): JsonObject {
  return { type: 'error', error: { type: KINDS[status] ?? 'api_error', message }, request_id: 'req_0123456789' };
}
