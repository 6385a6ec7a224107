/** A short name for what a call says: it changes with the request, not with the layout of the code or the lines above. */
import { createHash } from 'node:crypto';
import type { LlmCall } from '../calls/call.ts';

/** Eight hexadecimal digits, over the prompt as the code has it, the model, the limit and what repeats the call. */
export function callDigest(call: LlmCall): string {
  const { sdk, api, model, outputLimit, sections, streaming, loop } = call;
  const prompt = sections.map(({ role, segments, isCacheMarked }) => [
    role,
    isCacheMarked,
    segments.map(({ text, expression }) => text ?? [expression]),
  ]);
  const said = [
    sdk,
    api,
    model.value,
    model.hint,
    outputLimit.state,
    outputLimit.tokens,
    streaming,
    loop.purpose,
    prompt,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 8);
}
