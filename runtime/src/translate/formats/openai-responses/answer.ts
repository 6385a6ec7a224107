import { asArray, asObject, asString, type JsonObject } from '../../../support/json-body.ts';
import type { Usage } from '../../../wire/usage.ts';
import { type Format, present } from '../../format.ts';
import { argumentsOf, type Finish, type NeutralAnswer } from '../../neutral.ts';
import { readInput } from '../../read-input.ts';

type Parts = NeutralAnswer['parts'][number][];

export const readAnswer: Format['readAnswer'] = (answer, usage, leaveOut) => {
  const parts: Parts = [];
  for (const item of asArray(answer.output).map(asObject)) readItem(item, parts, leaveOut);
  return {
    id: asString(answer.id),
    model: asString(answer.model),
    parts,
    finish: finishOf(answer, parts),
    stopSequence: null,
    usage,
  };
};

function readItem(item: JsonObject | null, parts: Parts, leaveOut: (what: string) => void): void {
  if (item?.type === 'message') {
    for (const part of asArray(item.content).map(asObject)) readPart(part, parts, leaveOut);
  } else if (item?.type === 'function_call') {
    const input = readInput(asString(item.arguments) ?? '', leaveOut);
    parts.push({ kind: 'call', id: asString(item.call_id) ?? '', name: asString(item.name) ?? '', input });
  } else leaveOut(nameOf(item));
}

function readPart(part: JsonObject | null, parts: Parts, leaveOut: (what: string) => void): void {
  if (part?.type === 'output_text') {
    const text = asString(part.text) ?? '';
    if (text !== '') parts.push({ kind: 'text', text });
    if (asArray(part.annotations).length > 0) leaveOut('annotations');
  } else if (part?.type === 'refusal') parts.push({ kind: 'refusal', text: asString(part.refusal) ?? '' });
  else leaveOut(`a part of the type ${part?.type}`);
}

/** An item that other formats have no place for, for people. */
export function nameOf(item: JsonObject | null): string {
  return item?.type === 'reasoning' ? 'reasoning' : `an item of the type ${item?.type}`;
}

export function finishOf(answer: JsonObject, parts: NeutralAnswer['parts'] | null): Finish {
  const reason = asString(asObject(answer.incomplete_details)?.reason);
  if (answer.status === 'incomplete') return reason === 'content_filter' ? 'refused' : 'truncated';
  const hasCall = parts?.some(({ kind }) => kind === 'call') ?? hasCallIn(answer);
  return hasCall ? 'tool-calls' : 'complete';
}

function hasCallIn({ output }: JsonObject): boolean {
  return asArray(output).some((item) => asObject(item)?.type === 'function_call');
}

export const writeAnswer: Format['writeAnswer'] = (answer) => {
  const { id, parts, finish, model, usage } = answer;
  return responseOf({
    id,
    model,
    output: outputOf(id, parts),
    finish,
    usage,
    created: Math.floor(Date.now() / 1000),
  });
};

/** Texts and refusals next to each other are parts of one message. */
function outputOf(id: string | null, parts: NeutralAnswer['parts']): readonly JsonObject[] {
  const output: JsonObject[] = [];
  let content: JsonObject[] | null = null;
  for (const part of parts) {
    if (part.kind === 'call') {
      content = null;
      output.push(callItem(`fc_${id}_${output.length}`, part, argumentsOf(part.input)));
    } else {
      if (content === null) {
        content = [];
        output.push(messageItem(`msg_${id}_${output.length}`, content));
      }
      content.push(partJson(part.kind, part.text));
    }
  }
  return output;
}

export function messageItem(id: string, content: readonly JsonObject[], status = 'completed'): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content };
}

export function callItem(
  id: string,
  { id: call_id, name }: { readonly id: string; readonly name: string },
  text: string,
  status = 'completed',
): JsonObject {
  return { id, type: 'function_call', status, call_id, name, arguments: text };
}

export function partJson(kind: 'text' | 'refusal', text: string): JsonObject {
  return kind === 'text'
    ? { type: 'output_text', text, annotations: [], logprobs: [] }
    : { type: 'refusal', refusal: text };
}

export interface ResponseFacts {
  readonly id: string | null;
  readonly model: string | null;
  readonly output: readonly JsonObject[];
  /** Null while it is in progress. */
  readonly finish: Finish | null;
  readonly usage: Usage | null;
  readonly created: number;
}

const INCOMPLETE: Readonly<Partial<Record<Finish, string>>> = {
  truncated: 'max_output_tokens',
  refused: 'content_filter',
};

export function responseOf({ id, model, output, finish, usage, created }: ResponseFacts): JsonObject {
  const reason = finish === null ? undefined : INCOMPLETE[finish];
  const status = finish === null ? 'in_progress' : reason === undefined ? 'completed' : 'incomplete';
  return {
    ...present({ id, object: 'response', created_at: created, status, model }),
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    instructions: null,
    metadata: {},
    output,
    parallel_tool_calls: true,
    store: false,
    tool_choice: 'auto',
    tools: [],
    usage: usage === null ? null : responseUsage(usage),
  };
}

function responseUsage({ input, output, cachedInput, reasoning }: Usage): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cachedInput },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning ?? 0 },
    total_tokens: input + output,
  };
}
