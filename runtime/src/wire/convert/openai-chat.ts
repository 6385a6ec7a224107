/** Chat completions: whole from streamed, streamed from whole. */
import { asArray, asCount, asObject, asString, type Json, type JsonObject } from '../../support/json-body.ts';
import type { Codec } from '../codec.ts';
import { jsonOf, type SseEvent } from '../framing/sse.ts';
import type { Usage } from '../usage.ts';

interface Choice {
  content: string | null;
  refusal: string | null;
  finish: Json;
  logprobs: Json;
  readonly toolCalls: { id: Json; type: Json; name: string; arguments: string }[];
}

export const chatAnswer: Codec['toAnswer'] = (events, used) => {
  const chunks = jsonOf(events);
  const first = chunks[0];
  if (first === undefined || chunks.some((chunk) => asObject(chunk.error) !== null)) return null;
  const choices: Choice[] = [];
  let usage: Json = used === null ? null : usageJson(used);
  for (const chunk of chunks) {
    if (asObject(chunk.usage) !== null) usage = chunk.usage as Json;
    for (const part of asArray(chunk.choices).map(asObject)) {
      const index = asCount(part?.index);
      if (part === null || index === null || index > choices.length) return null;
      choices[index] ??= { content: null, refusal: null, finish: null, logprobs: null, toolCalls: [] };
      if (!addDelta(choices[index], part)) return null;
    }
  }
  const { object: _, choices: __, usage: ___, ...common } = first;
  return { ...common, object: 'chat.completion', choices: choices.map(choiceJson), usage };
};

/** False if the delta contains something unknown, because half an answer would be worse than none. */
function addDelta(choice: Choice, part: JsonObject): boolean {
  const { role: _, content, refusal, tool_calls: calls, ...rest } = asObject(part.delta) ?? {};
  if (Object.values(rest).some((value) => value !== null && value !== undefined)) return false;
  if (asString(content) !== null) choice.content = (choice.content ?? '') + content;
  if (asString(refusal) !== null) choice.refusal = (choice.refusal ?? '') + refusal;
  if (part.finish_reason !== null && part.finish_reason !== undefined) choice.finish = part.finish_reason;
  if (part.logprobs !== null && part.logprobs !== undefined) return false;
  for (const call of asArray(calls).map(asObject)) {
    const index = asCount(call?.index);
    if (call === null || index === null || index > choice.toolCalls.length) return false;
    const known = choice.toolCalls[index];
    const named = asObject(call.function);
    if (known === undefined) {
      choice.toolCalls[index] = {
        id: call.id ?? null,
        type: call.type ?? 'function',
        name: asString(named?.name) ?? '',
        arguments: asString(named?.arguments) ?? '',
      };
    } else known.arguments += asString(named?.arguments) ?? '';
  }
  return true;
}

function choiceJson({ content, refusal, finish, logprobs, toolCalls }: Choice, index: number): JsonObject {
  const calls = toolCalls.map(({ id, type, name, arguments: text }) => ({
    id,
    type,
    function: { name, arguments: text },
  }));
  const message = { role: 'assistant', content, refusal, ...(calls.length > 0 && { tool_calls: calls }) };
  return { index, message, logprobs, finish_reason: finish };
}

export const chatStream: Codec['toStream'] = (answer, delivery) => {
  const { object: _, choices, usage, ...common } = answer;
  const chunk = (parts: readonly Json[], more: JsonObject = {}): SseEvent => ({
    event: null,
    data: JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: parts, ...more }),
  });
  // With usage at the end, every other chunk says that it has none.
  const without: JsonObject = delivery === 'sse+usage' ? { usage: null } : {};
  const events: SseEvent[] = [];
  for (const choice of asArray(choices).map(asObject)) {
    const message = asObject(choice?.message);
    if (choice === null || message === null) return null;
    const { tool_calls: calls, annotations: ___, ...plain } = message;
    const numbered = asArray(calls).map((call, index) => ({ index, ...asObject(call) }));
    const delta = { ...plain, ...(numbered.length > 0 && { tool_calls: numbered }) };
    const { index = 0, finish_reason: reason = null, logprobs = null } = choice;
    events.push(chunk([{ index, delta, logprobs, finish_reason: null }], without));
    events.push(chunk([{ index, delta: {}, logprobs: null, finish_reason: reason }], without));
  }
  if (delivery === 'sse+usage') events.push(chunk([], { usage: usage ?? null }));
  return [...events, { event: null, data: '[DONE]' }];
};

function usageJson(usage: Usage): JsonObject {
  const { input, cachedInput, output, reasoning } = usage;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cachedInput },
    ...(reasoning !== null && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}
