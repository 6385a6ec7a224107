import { asArray, asObject, asString, type JsonObject } from '../../../support/json-body.ts';
import type { Usage } from '../../../wire/usage.ts';
import { type Format, present } from '../../format.ts';
import type { CallPart, Finish, NeutralAnswer, RefusalPart, TextPart } from '../../neutral.ts';

const REASONS: Readonly<Record<Finish, string>> = {
  complete: 'STOP',
  'stop-sequence': 'STOP',
  'tool-calls': 'STOP',
  truncated: 'MAX_TOKENS',
  refused: 'SAFETY',
};

export function reasonOf(finish: Finish): string {
  return REASONS[finish];
}

export function finishOf(reason: string | null, hasCall: boolean): Finish {
  if (reason === 'MAX_TOKENS') return 'truncated';
  const isPlain = reason === null || reason === 'STOP' || reason === 'FINISH_REASON_UNSPECIFIED';
  if (!isPlain) return 'refused';
  return hasCall ? 'tool-calls' : 'complete';
}

export const readAnswer: Format['readAnswer'] = (answer, usage, leaveOut) => {
  const [candidate = null, ...others] = asArray(answer.candidates).map(asObject);
  if (others.length > 0) leaveOut('further candidates');
  if (asObject(candidate?.groundingMetadata) !== null) leaveOut('grounding');
  const id = asString(answer.responseId);
  const read = createPartReader(id, leaveOut);
  const parts: NeutralAnswer['parts'][number][] = [];
  for (const part of asArray(asObject(candidate?.content)?.parts)) {
    const own = read(asObject(part));
    if (own !== null) parts.push(own);
  }
  const isBlocked = asString(asObject(answer.promptFeedback)?.blockReason) !== null;
  const hasCall = parts.some(({ kind }) => kind === 'call');
  return {
    id,
    model: asString(answer.modelVersion),
    parts,
    finish: isBlocked ? 'refused' : finishOf(asString(candidate?.finishReason), hasCall),
    stopSequence: null,
    usage,
  };
};

/** Calls without an id get one: other formats refer to calls by it. Null for what has no place in other formats. */
export function createPartReader(
  answer: string | null,
  leaveOut: (what: string) => void,
): (part: JsonObject | null) => TextPart | CallPart | null {
  let calls = 0;
  return (part) => {
    if (asString(part?.thoughtSignature) !== null) leaveOut('a signed thought');
    const text = asString(part?.text);
    if (part?.thought === true) leaveOut('reasoning');
    else if (text !== null) return text === '' ? null : { kind: 'text', text };
    const call = asObject(part?.functionCall);
    if (call !== null) {
      const id = asString(call.id) ?? `call_${answer ?? ''}_${calls++}`;
      return { kind: 'call', id, name: asString(call.name) ?? '', input: asObject(call.args) ?? {} };
    }
    if (part?.thought !== true) leaveOut(`a part with ${Object.keys(part ?? {}).join(' and ')}`);
    return null;
  };
}

export const writeAnswer: Format['writeAnswer'] = ({ id, model, parts, finish, usage }) => {
  const isRefused = parts.some(({ kind }) => kind === 'refusal');
  return chunkOf({
    id,
    model,
    parts: parts.map(partJson),
    reason: reasonOf(isRefused ? 'refused' : finish),
    usage,
  });
};

export function partJson(part: TextPart | CallPart | RefusalPart): JsonObject {
  return part.kind === 'call'
    ? { functionCall: { id: part.id, name: part.name, args: part.input } }
    : { text: part.text };
}

export interface Chunk {
  readonly id: string | null;
  readonly model: string | null;
  readonly parts: readonly JsonObject[];
  /** Null while the answer goes on. */
  readonly reason: string | null;
  readonly usage: Usage | null;
}

/** A whole answer, or the next piece of one. */
export function chunkOf({ id, model, parts, reason, usage }: Chunk): JsonObject {
  const content = { role: 'model', parts };
  return present({
    candidates: [present({ content, finishReason: reason, index: 0 })],
    usageMetadata: usage === null ? null : metadataOf(usage),
    modelVersion: model,
    responseId: id,
  });
}

function metadataOf({ input, cachedInput, output, reasoning }: Usage): JsonObject {
  return {
    promptTokenCount: input,
    candidatesTokenCount: output - (reasoning ?? 0),
    totalTokenCount: input + output,
    ...(cachedInput > 0 && { cachedContentTokenCount: cachedInput }),
    ...(reasoning !== null && { thoughtsTokenCount: reasoning }),
  };
}
