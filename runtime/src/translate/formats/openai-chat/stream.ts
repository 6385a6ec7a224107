import { asArray, asCount, asObject, asString, type JsonObject, parseObject } from '../../../support/json-body.ts';
import type { SseEvent } from '../../../wire/framing/sse.ts';
import { type Format, present } from '../../format.ts';
import type { Finish } from '../../neutral.ts';
import { chatUsage, finishOf, noteElsewhere, reasonOf } from './answer.ts';

export const streamReader: Format['streamReader'] = (emit, leaveOut) => {
  let isBegun = false;
  let finish: Finish = 'complete';
  let lastCall: number | null = null;

  const readDelta = (delta: JsonObject): void => {
    noteElsewhere(delta, leaveOut);
    const text = asString(delta.content) ?? '';
    if (text !== '') emit({ kind: 'text', text });
    const refusal = asString(delta.refusal) ?? '';
    if (refusal !== '') emit({ kind: 'refusal', text: refusal });
    for (const [at, item] of asArray(delta.tool_calls).entries()) {
      const call = asObject(item);
      const named = asObject(call?.function);
      const id = asString(call?.id);
      const index = asCount(call?.index) ?? at;
      const isNew = index !== lastCall && asString(named?.name) !== null;
      if (isNew) emit({ kind: 'call', id: id ?? '', name: asString(named?.name) ?? '' });
      lastCall = index;
      const json = asString(named?.arguments) ?? '';
      if (json !== '') emit({ kind: 'input', json });
    }
  };

  return {
    push: ({ data }) => {
      const chunk = parseObject(data);
      if (chunk === null) return;
      const error = asObject(chunk.error);
      if (error !== null) emit({ kind: 'error', message: asString(error.message) ?? 'the provider failed' });
      if (!isBegun) emit({ kind: 'start', id: asString(chunk.id), model: asString(chunk.model) });
      isBegun = true;
      for (const item of asArray(chunk.choices)) {
        const choice = asObject(item);
        if (choice === null || (asCount(choice.index) ?? 0) > 0) continue;
        readDelta(asObject(choice.delta) ?? {});
        const reason = asString(choice.finish_reason);
        if (reason !== null) finish = finishOf(reason);
      }
    },
    end: (usage) => emit({ kind: 'end', finish, stopSequence: null, usage }),
  };
};

export const streamWriter: Format['streamWriter'] = ({ wantsUsage }) => {
  const created = Math.floor(Date.now() / 1000);
  let common: JsonObject = {};
  let calls = 0;
  const chunk = (choices: readonly JsonObject[], more: JsonObject = wantsUsage ? { usage: null } : {}): SseEvent => ({
    event: null,
    data: JSON.stringify({ ...common, choices, ...more }),
  });
  const delta = (members: JsonObject, reason: string | null = null): SseEvent =>
    chunk([{ index: 0, delta: members, logprobs: null, finish_reason: reason }]);

  return (piece) => {
    switch (piece.kind) {
      case 'start':
        common = present({ id: piece.id, object: 'chat.completion.chunk', created, model: piece.model });
        return [delta({ role: 'assistant', content: '', refusal: null })];
      case 'text':
        return [delta({ content: piece.text })];
      case 'refusal':
        return [delta({ refusal: piece.text })];
      case 'call': {
        const named = { name: piece.name, arguments: '' };
        return [delta({ tool_calls: [{ index: calls++, id: piece.id, type: 'function', function: named }] })];
      }
      case 'input':
        return [delta({ tool_calls: [{ index: calls - 1, function: { arguments: piece.json } }] })];
      case 'error':
        return [{ event: null, data: JSON.stringify({ error: { message: piece.message, type: 'server_error' } }) }];
      case 'end': {
        const events = [delta({}, reasonOf(piece.finish))];
        if (wantsUsage) events.push(chunk([], { usage: piece.usage === null ? null : chatUsage(piece.usage) }));
        return [...events, { event: null, data: '[DONE]' }];
      }
    }
  };
};
