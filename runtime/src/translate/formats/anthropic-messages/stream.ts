import { asCount, asObject, asString, type JsonObject, parseObject } from '../../../support/json-body.ts';
import type { SseEvent } from '../../../wire/framing/sse.ts';
import type { Usage } from '../../../wire/usage.ts';
import type { Format } from '../../format.ts';
import type { Finish } from '../../neutral.ts';
import { finishOf, messageUsage, nameOf, reasonOf } from './answer.ts';

export const streamReader: Format['streamReader'] = (emit, leaveOut) => {
  let finish: Finish = 'complete';
  let stopSequence: string | null = null;
  /** Blocks with no place in other formats, by their index: their pieces are left out. */
  const unread = new Set<number | null>();

  const readStart = (event: JsonObject): void => {
    const block = asObject(event.content_block);
    if (block?.type === 'text') {
      const text = asString(block.text) ?? '';
      if (text !== '') emit({ kind: 'text', text });
    } else if (block?.type === 'tool_use') {
      emit({ kind: 'call', id: asString(block.id) ?? '', name: asString(block.name) ?? '' });
      const input = asObject(block.input);
      // Usually the input follows in pieces.
      if (input !== null && Object.keys(input).length > 0) emit({ kind: 'input', json: JSON.stringify(input) });
    } else {
      leaveOut(nameOf(block));
      unread.add(asCount(event.index));
    }
  };
  const readDelta = (event: JsonObject): void => {
    if (unread.has(asCount(event.index))) return;
    const delta = asObject(event.delta);
    if (delta?.type === 'text_delta') emit({ kind: 'text', text: asString(delta.text) ?? '' });
    else if (delta?.type === 'input_json_delta') emit({ kind: 'input', json: asString(delta.partial_json) ?? '' });
    else leaveOut(delta?.type === 'citations_delta' ? 'citations' : `a piece of the type ${delta?.type}`);
  };

  return {
    push: ({ event: name, data }) => {
      const event = parseObject(data);
      if (event === null) return;
      switch (name ?? asString(event.type)) {
        case 'message_start': {
          const message = asObject(event.message);
          emit({ kind: 'start', id: asString(message?.id), model: asString(message?.model) });
          break;
        }
        case 'content_block_start':
          readStart(event);
          break;
        case 'content_block_delta':
          readDelta(event);
          break;
        case 'message_delta': {
          const delta = asObject(event.delta);
          finish = finishOf(asString(delta?.stop_reason), leaveOut);
          stopSequence = asString(delta?.stop_sequence);
          break;
        }
        case 'error':
          emit({ kind: 'error', message: asString(asObject(event.error)?.message) ?? 'the provider failed' });
          break;
      }
    },
    end: (usage) => emit({ kind: 'end', finish, stopSequence, usage }),
  };
};

type Block = 'text' | 'call';

export const streamWriter: Format['streamWriter'] = () => {
  let index = -1;
  let open: Block | null = null;
  let hasRefusal = false;

  const event = (type: string, more: JsonObject = {}): SseEvent => ({
    event: type,
    data: JSON.stringify({ type, ...more }),
  });
  const close = (): readonly SseEvent[] => {
    if (open === null) return [];
    open = null;
    return [event('content_block_stop', { index })];
  };
  const begin = (kind: Block, block: JsonObject): readonly SseEvent[] => {
    const closed = close();
    open = kind;
    index++;
    return [...closed, event('content_block_start', { index, content_block: block })];
  };
  const delta = (members: JsonObject): SseEvent => event('content_block_delta', { index, delta: members });

  return (piece) => {
    switch (piece.kind) {
      case 'start':
        return [event('message_start', { message: messageStart(piece.id, piece.model) })];
      case 'refusal':
      case 'text': {
        hasRefusal ||= piece.kind === 'refusal';
        const begun = open === 'text' ? [] : begin('text', { type: 'text', text: '' });
        return [...begun, delta({ type: 'text_delta', text: piece.text })];
      }
      case 'call':
        return begin('call', { type: 'tool_use', id: piece.id, name: piece.name, input: {} });
      case 'input':
        return [delta({ type: 'input_json_delta', partial_json: piece.json })];
      case 'error':
        return [event('error', { error: { type: 'api_error', message: piece.message } })];
      case 'end': {
        const stop_reason = reasonOf(hasRefusal ? 'refused' : piece.finish);
        const ended = { delta: { stop_reason, stop_sequence: piece.stopSequence }, usage: usageOf(piece.usage) };
        return [...close(), event('message_delta', ended), event('message_stop')];
      }
    }
  };
};

function messageStart(id: string | null, model: string | null): JsonObject {
  const common = { id, type: 'message', role: 'assistant', model, content: [] };
  return { ...common, stop_reason: null, stop_sequence: null, usage: { input_tokens: 0, output_tokens: 0 } };
}

/** The counts of the last event replace those of the first. */
function usageOf(usage: Usage | null): JsonObject {
  return usage === null ? { output_tokens: 0 } : messageUsage(usage);
}
