import { asArray, asObject, asString, type JsonObject } from '../../../support/json-body.ts';
import type { Usage } from '../../../wire/usage.ts';
import { type Format, present } from '../../format.ts';
import { argumentsOf, type Finish, type NeutralAnswer } from '../../neutral.ts';
import { readInput } from '../../read-input.ts';

const FINISH: Readonly<Record<string, Finish>> = {
  stop: 'complete',
  length: 'truncated',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'refused',
};

const REASONS: Readonly<Record<Finish, string>> = {
  complete: 'stop',
  'stop-sequence': 'stop',
  truncated: 'length',
  'tool-calls': 'tool_calls',
  refused: 'content_filter',
};

export function finishOf(reason: string | null): Finish {
  return FINISH[reason ?? ''] ?? 'complete';
}

export function reasonOf(finish: Finish): string {
  return REASONS[finish];
}

/** What an answer may say beside its text, that has no place in other formats. */
const ELSEWHERE = ['reasoning_content', 'reasoning', 'reasoning_details', 'annotations', 'audio', 'images'] as const;

export const readAnswer: Format['readAnswer'] = (answer, usage, leaveOut) => {
  const [choice = null, ...others] = asArray(answer.choices).map(asObject);
  if (others.length > 0) leaveOut('further choices');
  const message = asObject(choice?.message) ?? {};
  noteElsewhere(message, leaveOut);
  if (asObject(choice?.logprobs) !== null) leaveOut('log-probabilities');
  const parts: NeutralAnswer['parts'][number][] = [];
  for (const text of textsIn(message, leaveOut)) if (text !== '') parts.push({ kind: 'text', text });
  const refusal = asString(message.refusal) ?? '';
  if (refusal !== '') parts.push({ kind: 'refusal', text: refusal });
  for (const call of asArray(message.tool_calls).map(asObject)) {
    const named = asObject(call?.function);
    if (call === null || named === null) continue;
    const input = readInput(asString(named.arguments) ?? '', leaveOut);
    parts.push({ kind: 'call', id: asString(call.id) ?? '', name: asString(named.name) ?? '', input });
  }
  return {
    id: asString(answer.id),
    model: asString(answer.model),
    parts,
    finish: finishOf(asString(choice?.finish_reason)),
    stopSequence: null,
    usage,
  };
};

/** Some servers answer with a list of blocks. */
function textsIn({ content }: JsonObject, leaveOut: (what: string) => void): readonly string[] {
  if (!Array.isArray(content)) return [asString(content) ?? ''];
  return asArray(content).map((item) => {
    const block = asObject(item);
    const text = block?.type === 'text' ? asString(block.text) : null;
    if (text === null) leaveOut(`a block of the type ${block?.type}`);
    return text ?? '';
  });
}

export function noteElsewhere(message: JsonObject, leaveOut: (what: string) => void): void {
  for (const name of ELSEWHERE) {
    const value = message[name];
    const isEmpty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) leaveOut(name.startsWith('reasoning') ? 'reasoning' : name);
  }
}

export const writeAnswer: Format['writeAnswer'] = ({ id, model, parts, finish, usage }) => {
  const textOf = (kind: 'text' | 'refusal'): string | null => {
    const texts = parts.filter((part) => part.kind === kind).map((part) => (part.kind === kind ? part.text : ''));
    return texts.length === 0 ? null : texts.join('');
  };
  const calls = parts
    .filter((part) => part.kind === 'call')
    .map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: argumentsOf(call.input) },
    }));
  const message = {
    role: 'assistant',
    content: textOf('text'),
    refusal: textOf('refusal'),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return present({
    id,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: reasonOf(finish) }],
    usage: usage === null ? null : chatUsage(usage),
  });
};

export function chatUsage({ input, output, cachedInput, reasoning }: Usage): JsonObject {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cachedInput },
    ...(reasoning !== null && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}
