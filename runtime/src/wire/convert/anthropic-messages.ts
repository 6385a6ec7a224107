/** Messages: whole from streamed, streamed from whole. */
import { keepsNumbers } from '../../support/exact-numbers.ts';
import {
  asArray,
  asCount,
  asObject,
  asString,
  type Json,
  type JsonObject,
  parseObject,
} from '../../support/json-body.ts';
import type { Codec } from '../codec.ts';
import type { SseEvent } from '../framing/sse.ts';

export const messagesAnswer: Codec['toAnswer'] = (events) => {
  let message: JsonObject | null = null;
  const blocks: { block: JsonObject; input: string }[] = [];
  for (const { event, data } of events) {
    const value = parseObject(data);
    if (event === 'error' || value === null) return null;
    const index = asCount(value.index);
    switch (event) {
      case 'message_start':
        message = asObject(value.message);
        break;
      case 'content_block_start': {
        const block = asObject(value.content_block);
        if (block === null || index !== blocks.length) return null;
        blocks.push({ block, input: '' });
        break;
      }
      case 'content_block_delta': {
        const known = index === null ? undefined : blocks[index];
        const delta = asObject(value.delta);
        if (known === undefined || delta === null || !addDelta(known, delta)) return null;
        break;
      }
      case 'message_delta': {
        const before: JsonObject = message ?? {};
        const usage = { ...asObject(before.usage), ...asObject(value.usage) };
        message = { ...before, ...asObject(value.delta), usage };
        break;
      }
    }
  }
  if (message === null) return null;
  const content = blocks.map(({ block, input }): Json => {
    if (block.type !== 'tool_use') return block;
    return { ...block, input: input === '' ? {} : keepsNumbers(input) ? parseObject(input) : null };
  });
  return content.some((block) => asObject(block)?.input === null) ? null : { ...message, content };
};

/** False for an unknown delta, because half a block would be worse than none. */
function addDelta(known: { block: JsonObject; input: string }, delta: JsonObject): boolean {
  const { block } = known;
  switch (delta.type) {
    case 'text_delta':
      known.block = { ...block, text: `${asString(block.text) ?? ''}${asString(delta.text) ?? ''}` };
      return true;
    case 'thinking_delta':
      known.block = { ...block, thinking: `${asString(block.thinking) ?? ''}${asString(delta.thinking) ?? ''}` };
      return true;
    case 'signature_delta':
      known.block = { ...block, signature: delta.signature };
      return true;
    case 'citations_delta':
      known.block = { ...block, citations: [...asArray(block.citations), delta.citation ?? null] };
      return true;
    case 'input_json_delta':
      known.input += asString(delta.partial_json) ?? '';
      return true;
    default:
      return false;
  }
}

export const messagesStream: Codec['toStream'] = (answer) => {
  const events: SseEvent[] = [];
  const push = (type: string, more: JsonObject = {}): void => {
    events.push({ event: type, data: JSON.stringify({ type, ...more }) });
  };
  const { content, stop_reason, stop_sequence, usage } = answer;
  const start = { ...answer, content: [], stop_reason: null, stop_sequence: null };
  push('message_start', { message: { ...start, usage: { ...asObject(usage), output_tokens: 1 } } });
  for (const [index, block] of asArray(content).map(asObject).entries()) {
    const parts = block === null ? null : partsOf(block);
    if (parts === null) return null;
    push('content_block_start', { index, content_block: parts.start });
    for (const delta of parts.deltas) push('content_block_delta', { index, delta });
    push('content_block_stop', { index });
  }
  push('message_delta', { delta: { stop_reason, stop_sequence: stop_sequence ?? null }, usage });
  push('message_stop');
  return events;
};

function partsOf(block: JsonObject): { readonly start: JsonObject; readonly deltas: readonly JsonObject[] } | null {
  switch (block.type) {
    case 'text': {
      const citations = asArray(block.citations).map((citation) => ({ type: 'citations_delta', citation }));
      const start = { ...block, text: '', ...(citations.length > 0 && { citations: [] }) };
      return { start, deltas: [...citations, { type: 'text_delta', text: block.text }] };
    }
    case 'thinking': {
      const { thinking, signature } = block;
      const deltas = [
        { type: 'thinking_delta', thinking },
        { type: 'signature_delta', signature },
      ];
      return { start: { ...block, thinking: '', signature: '' }, deltas };
    }
    case 'redacted_thinking':
      return { start: block, deltas: [] };
    case 'tool_use': {
      const delta = { type: 'input_json_delta', partial_json: JSON.stringify(block.input ?? {}) };
      return { start: { ...block, input: {} }, deltas: [delta] };
    }
    default:
      return null;
  }
}
