/** generateContent: each event of a stream is a separate answer with the next piece of the text. */
import { asArray, asObject, asString, type Json, type JsonObject } from '../../support/json-body.ts';
import type { Codec } from '../codec.ts';
import { jsonOf } from '../framing/sse.ts';

export const geminiAnswer: Codec['toAnswer'] = (events) => {
  const chunks = jsonOf(events);
  const last = chunks.at(-1);
  if (last === undefined || chunks.some((chunk) => asObject(chunk.error) !== null)) return null;
  const parts: JsonObject[] = [];
  let candidate: JsonObject = {};
  for (const chunk of chunks) {
    const candidates = asArray(chunk.candidates).map(asObject);
    // Several answers at once arrive interleaved, which is rare enough to leave unconverted.
    if (candidates.length > 1) return null;
    const [own] = candidates;
    if (own === undefined || own === null) continue;
    for (const part of asArray(asObject(own.content)?.parts).map(asObject)) if (part !== null) addPart(parts, part);
    candidate = { ...candidate, ...own };
  }
  const content: Json = { ...asObject(candidate.content), parts, role: 'model' };
  return { ...last, candidates: [{ ...candidate, content }] };
};

/** Neighbouring texts become one text; thoughts stay separate. */
function addPart(parts: JsonObject[], part: JsonObject): void {
  const previous = parts.at(-1);
  const isText = (value: JsonObject | undefined): boolean =>
    value !== undefined &&
    asString(value.text) !== null &&
    Object.keys(value).every((key) => key === 'text' || key === 'thought');
  if (previous !== undefined && isText(previous) && isText(part) && previous.thought === part.thought) {
    parts[parts.length - 1] = { ...previous, text: `${previous.text}${part.text}` };
  } else parts.push(part);
}

export const geminiStream: Codec['toStream'] = (answer) => [{ event: null, data: JSON.stringify(answer) }];
