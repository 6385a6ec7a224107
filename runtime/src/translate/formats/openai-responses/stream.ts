import { asObject, asString, type JsonObject, parseObject } from '../../../support/json-body.ts';
import type { SseEvent } from '../../../wire/framing/sse.ts';
import type { Format } from '../../format.ts';
import type { Finish, StreamPiece } from '../../neutral.ts';
import { callItem, finishOf, messageItem, nameOf, partJson, responseOf } from './answer.ts';

/** Events that contain the whole response, with which it ends. */
const LAST = new Set(['response.completed', 'response.incomplete']);

export const streamReader: Format['streamReader'] = (emit, leaveOut) => {
  let finish: Finish = 'complete';
  /** Items whose arguments came in pieces, so that the whole ones are not repeated. */
  const inPieces = new Set<unknown>();

  return {
    push: ({ event: name, data }) => {
      const event = parseObject(data);
      if (event === null) return;
      const type = name ?? asString(event.type) ?? '';
      if (type === 'response.created') {
        const response = asObject(event.response);
        emit({ kind: 'start', id: asString(response?.id), model: asString(response?.model) });
      } else if (type === 'response.output_item.added') readAdded(asObject(event.item), emit, leaveOut);
      else if (type === 'response.output_text.delta') emit({ kind: 'text', text: asString(event.delta) ?? '' });
      else if (type === 'response.refusal.delta') emit({ kind: 'refusal', text: asString(event.delta) ?? '' });
      else if (type === 'response.output_text.annotation.added') leaveOut('annotations');
      else if (type === 'response.function_call_arguments.delta') {
        inPieces.add(event.item_id);
        emit({ kind: 'input', json: asString(event.delta) ?? '' });
      } else if (type === 'response.function_call_arguments.done' && !inPieces.has(event.item_id)) {
        emit({ kind: 'input', json: asString(event.arguments) ?? '' });
      } else if (LAST.has(type)) finish = finishOf(asObject(event.response) ?? {}, null);
      else if (type === 'error' || type === 'response.failed') emit({ kind: 'error', message: messageOf(event) });
    },
    end: (usage) => emit({ kind: 'end', finish, stopSequence: null, usage }),
  };
};

function readAdded(
  item: JsonObject | null,
  emit: (piece: StreamPiece) => void,
  leaveOut: (what: string) => void,
): void {
  if (item?.type === 'function_call') {
    emit({ kind: 'call', id: asString(item.call_id) ?? '', name: asString(item.name) ?? '' });
  } else if (item?.type !== 'message') leaveOut(nameOf(item));
}

function messageOf(event: JsonObject): string {
  const error = asObject(event.error) ?? asObject(asObject(event.response)?.error) ?? event;
  return asString(error.message) ?? 'the provider failed';
}

/** An item that has begun and not ended. */
type Open =
  | { readonly kind: 'message'; readonly content: { readonly kind: 'text' | 'refusal'; text: string }[] }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; text: string };

export const streamWriter: Format['streamWriter'] = () => {
  const created = Math.floor(Date.now() / 1000);
  const output: JsonObject[] = [];
  let facts: { readonly id: string | null; readonly model: string | null } = { id: null, model: null };
  let number = 0;
  let open: Open | null = null;

  const event = (type: string, more: JsonObject): SseEvent => ({
    event: type,
    data: JSON.stringify({ type, sequence_number: number++, ...more }),
  });
  const itemId = (kind: Open['kind']): string => `${kind === 'call' ? 'fc' : 'msg'}_${facts.id}_${output.length}`;
  const at = (kind: Open['kind']): JsonObject => ({ item_id: itemId(kind), output_index: output.length });

  const closePart = (message: Extract<Open, { kind: 'message' }>): readonly SseEvent[] => {
    const last = message.content.at(-1);
    if (last === undefined) return [];
    const place = { ...at('message'), content_index: message.content.length - 1 };
    const done =
      last.kind === 'text'
        ? event('response.output_text.done', { ...place, text: last.text, logprobs: [] })
        : event('response.refusal.done', { ...place, refusal: last.text });
    return [done, event('response.content_part.done', { ...place, part: partJson(last.kind, last.text) })];
  };
  const close = (): readonly SseEvent[] => {
    if (open === null) return [];
    const [ended, item] =
      open.kind === 'message'
        ? [
            closePart(open),
            messageItem(
              itemId('message'),
              open.content.map(({ kind, text }) => partJson(kind, text)),
            ),
          ]
        : [
            [event('response.function_call_arguments.done', { ...at('call'), name: open.name, arguments: open.text })],
            callItem(itemId('call'), open, open.text),
          ];
    const done = event('response.output_item.done', { output_index: output.length, item });
    output.push(item);
    open = null;
    return [...ended, done];
  };
  const begin = (item: Open, json: JsonObject): readonly SseEvent[] => {
    const closed = close();
    open = item;
    return [...closed, event('response.output_item.added', { output_index: output.length, item: json })];
  };

  const say = (kind: 'text' | 'refusal', text: string): readonly SseEvent[] => {
    const events: SseEvent[] = [];
    if (open?.kind !== 'message') {
      events.push(...begin({ kind: 'message', content: [] }, messageItem(itemId('message'), [], 'in_progress')));
    }
    const message = open as Open | null;
    if (message?.kind !== 'message') return events;
    const isNew = message.content.at(-1)?.kind !== kind;
    if (isNew) {
      events.push(...closePart(message));
      message.content.push({ kind, text: '' });
    }
    const place = { ...at('message'), content_index: message.content.length - 1 };
    if (isNew) events.push(event('response.content_part.added', { ...place, part: partJson(kind, '') }));
    const last = message.content.at(-1);
    if (last !== undefined) last.text += text;
    const type = kind === 'text' ? 'response.output_text.delta' : 'response.refusal.delta';
    return [...events, event(type, { ...place, delta: text, ...(kind === 'text' && { logprobs: [] }) })];
  };

  const end = (piece: Extract<StreamPiece, { kind: 'end' }>): readonly SseEvent[] => {
    const closed = close();
    const response = responseOf({ ...facts, output, finish: piece.finish, usage: piece.usage, created });
    return [...closed, event(`response.${response.status}`, { response })];
  };

  return (piece) => {
    switch (piece.kind) {
      case 'start': {
        facts = { id: piece.id, model: piece.model };
        const response = responseOf({ ...facts, output: [], finish: null, usage: null, created });
        return [event('response.created', { response }), event('response.in_progress', { response })];
      }
      case 'text':
      case 'refusal':
        return say(piece.kind, piece.text);
      case 'call': {
        const { id, name } = piece;
        const closed = close();
        return [
          ...closed,
          ...begin({ kind: 'call', id, name, text: '' }, callItem(itemId('call'), piece, '', 'in_progress')),
        ];
      }
      case 'input':
        if (open?.kind === 'call') open.text += piece.json;
        return [event('response.function_call_arguments.delta', { ...at('call'), delta: piece.json })];
      case 'error':
        return [event('error', { code: 'server_error', message: piece.message, param: null })];
      case 'end':
        return end(piece);
    }
  };
};
