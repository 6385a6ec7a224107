import { asArray, asObject, asString, type JsonObject } from '../../../support/json-body.ts';
import type { Usage } from '../../../wire/usage.ts';
import { type Format, present } from '../../format.ts';
import type { Finish, NeutralAnswer } from '../../neutral.ts';

const FINISH: Readonly<Record<string, Finish>> = {
  end_turn: 'complete',
  max_tokens: 'truncated',
  model_context_window_exceeded: 'truncated',
  stop_sequence: 'stop-sequence',
  tool_use: 'tool-calls',
  refusal: 'refused',
};

const REASONS: Readonly<Record<Finish, string>> = {
  complete: 'end_turn',
  truncated: 'max_tokens',
  'stop-sequence': 'stop_sequence',
  'tool-calls': 'tool_use',
  refused: 'refusal',
};

export function finishOf(reason: string | null, leaveOut: (what: string) => void): Finish {
  const finish = FINISH[reason ?? ''];
  if (finish === undefined && reason !== null) leaveOut(`the stop reason ${reason}`);
  return finish ?? 'complete';
}

export function reasonOf(finish: Finish): string {
  return REASONS[finish];
}

export const readAnswer: Format['readAnswer'] = (answer, usage, leaveOut) => {
  const parts: NeutralAnswer['parts'][number][] = [];
  for (const block of asArray(answer.content).map(asObject)) {
    if (block?.type === 'text') {
      const text = asString(block.text) ?? '';
      if (text !== '') parts.push({ kind: 'text', text });
      if (asArray(block.citations).length > 0) leaveOut('citations');
    } else if (block?.type === 'tool_use') {
      const [id, name] = [asString(block.id) ?? '', asString(block.name) ?? ''];
      parts.push({ kind: 'call', id, name, input: asObject(block.input) ?? {} });
    } else leaveOut(nameOf(block));
  }
  return {
    id: asString(answer.id),
    model: asString(answer.model),
    parts,
    finish: finishOf(asString(answer.stop_reason), leaveOut),
    stopSequence: asString(answer.stop_sequence),
    usage,
  };
};

/** A block that other formats have no place for, for people. */
export function nameOf(block: JsonObject | null): string {
  const type = asString(block?.type) ?? 'unknown';
  return type.includes('thinking') ? 'reasoning' : `a block of the type ${type}`;
}

export const writeAnswer: Format['writeAnswer'] = ({ id, model, parts, finish, stopSequence, usage }) => {
  const content = parts.map(
    (part): JsonObject =>
      part.kind === 'call'
        ? { type: 'tool_use', id: part.id, name: part.name, input: part.input }
        : { type: 'text', text: part.text },
  );
  // A refusal is a stop reason here, and its words are the text.
  const isRefused = parts.some(({ kind }) => kind === 'refusal');
  return {
    ...present({ id, type: 'message', role: 'assistant', model, content }),
    stop_reason: reasonOf(isRefused ? 'refused' : finish),
    stop_sequence: stopSequence,
    usage: usage === null ? null : messageUsage(usage),
  };
};

/** The input without what was read from the cache or written to it. */
export function messageUsage({ input, cachedInput, cacheWriteInput, cacheWriteLongInput, output }: Usage): JsonObject {
  const written = cacheWriteInput + cacheWriteLongInput;
  return {
    input_tokens: input - cachedInput - written,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cachedInput,
    output_tokens: output,
  };
}
