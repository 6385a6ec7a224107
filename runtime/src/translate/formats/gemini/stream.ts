import { asArray, asObject, asString, parseObject } from '../../../support/json-body.ts';
import type { SseEvent } from '../../../wire/framing/sse.ts';
import type { Format } from '../../format.ts';
import type { CallPart } from '../../neutral.ts';
import { readInput } from '../../read-input.ts';
import { chunkOf, createPartReader, finishOf, partJson, reasonOf } from './answer.ts';

export const streamReader: Format['streamReader'] = (emit, leaveOut) => {
  let read: ReturnType<typeof createPartReader> | null = null;
  let reason: string | null = null;
  let hasCall = false;
  let isBlocked = false;

  return {
    push: ({ data }) => {
      const chunk = parseObject(data);
      if (chunk === null) return;
      const error = asObject(chunk.error);
      if (error !== null) emit({ kind: 'error', message: asString(error.message) ?? 'the provider failed' });
      const id = asString(chunk.responseId);
      if (read === null) emit({ kind: 'start', id, model: asString(chunk.modelVersion) });
      read ??= createPartReader(id, leaveOut);
      isBlocked ||= asString(asObject(chunk.promptFeedback)?.blockReason) !== null;
      const candidate = asObject(asArray(chunk.candidates)[0]);
      reason = asString(candidate?.finishReason) ?? reason;
      if (asObject(candidate?.groundingMetadata) !== null) leaveOut('grounding');
      for (const item of asArray(asObject(candidate?.content)?.parts)) {
        const part = read(asObject(item));
        if (part?.kind === 'text') emit(part);
        if (part?.kind !== 'call') continue;
        hasCall = true;
        emit({ kind: 'call', id: part.id, name: part.name });
        emit({ kind: 'input', json: JSON.stringify(part.input) });
      }
    },
    end: (usage) => {
      const finish = isBlocked ? 'refused' : finishOf(reason, hasCall);
      emit({ kind: 'end', finish, stopSequence: null, usage });
    },
  };
};

export const streamWriter: Format['streamWriter'] = ({ leaveOut }) => {
  let facts: { readonly id: string | null; readonly model: string | null } = { id: null, model: null };
  /** A call is sent whole, when its input is complete. */
  let open: { readonly id: string; readonly name: string; json: string } | null = null;
  let hasRefusal = false;

  const event = (parts: readonly ReturnType<typeof partJson>[]): SseEvent => ({
    event: null,
    data: JSON.stringify(chunkOf({ ...facts, parts, reason: null, usage: null })),
  });
  const close = (): readonly SseEvent[] => {
    if (open === null) return [];
    const call: CallPart = { kind: 'call', id: open.id, name: open.name, input: readInput(open.json, leaveOut) };
    open = null;
    return [event([partJson(call)])];
  };

  return (piece) => {
    switch (piece.kind) {
      case 'start':
        facts = { id: piece.id, model: piece.model };
        return [];
      case 'text':
      case 'refusal':
        hasRefusal ||= piece.kind === 'refusal';
        return [...close(), event([{ text: piece.text }])];
      case 'call': {
        const closed = close();
        open = { id: piece.id, name: piece.name, json: '' };
        return closed;
      }
      case 'input':
        if (open !== null) open.json += piece.json;
        return [];
      case 'error':
        return [
          { event: null, data: JSON.stringify({ error: { code: 500, message: piece.message, status: 'INTERNAL' } }) },
        ];
      case 'end': {
        const reason = reasonOf(hasRefusal ? 'refused' : piece.finish);
        const last = chunkOf({ ...facts, parts: [], reason, usage: piece.usage });
        return [...close(), { event: null, data: JSON.stringify(last) }];
      }
    }
  };
};
