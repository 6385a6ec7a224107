import type { Model } from '@farthing/shared/catalogue/catalogue';
import { formatCount } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { isRequest, type LlmCall } from '../calls/call.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { calledFrom, callersOf, isSamePlace, type ModelOf, modelsBeside } from './support/feature-calls.ts';

interface Oversized {
  /** The model's name, certain or by default. */
  readonly model: string;
  readonly limit: number;
  readonly maxOutput: number;
}

export const oversizedOutputLimit: CallRule<Oversized> = {
  scope: 'call',
  id: 'oversized-output-limit',
  summary: 'The output limit is above what the model can write, so the request is refused.',
  technique: 'output',
  severity: 'warning',
  fix: 'suggested',
  since: '0.2.0',
  isPreview: true,
  restsOnModel: true,
  needs: [limitPlace],
  documentation: `
## What it does
Reports an output limit that is larger than the longest answer of the model, if the provider is known to refuse that: OpenAI
(chat completions), Anthropic, Amazon Bedrock, Vertex AI, Groq and DeepSeek. If the model comes from callers of your own function, it is reported at
the request, once.

Not reported are models whose longest answer is not known, limits that come from outside the code, and SDKs that lower the
limit themselves (the AI SDK for Claude).

## Why is this bad
These providers answer a limit above the model's maximum with an error, so every such request fails. It usually comes with a change of the model alone,
or with a limit that was copied from another call.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function report(notes: string) {
  return client.chat.completions.create({
    model: 'gpt-4o-mini',
    max_completion_tokens: 32_000, // expect: oversized-output-limit
    messages: [{ role: 'user', content: notes }],
  });
}
~~~

~~~py
import anthropic

client = anthropic.Anthropic()


def report(notes: str):
    return client.messages.create(
        model="claude-haiku-4-5",
        max_tokens=128_000,  # expect: oversized-output-limit
        messages=[{"role": "user", "content": notes}],
    )
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function report(notes: string) {
  return client.chat.completions.create({
    model: 'gpt-4o-mini',
    max_completion_tokens: 4_000,
    messages: [{ role: 'user', content: notes }],
  });
}
~~~

~~~py
import anthropic

client = anthropic.Anthropic()


def report(notes: str):
    return client.messages.create(
        model="claude-haiku-4-5",
        max_tokens=8_000,
        messages=[{"role": "user", "content": notes}],
    )
~~~

## Fix safety
Suggested: the request is answered from then on. The fix sets the model's maximum; a limit near the longest answer that you
use also caps what a wrong answer costs.

## References
- OpenAI: "This model supports at most 16384 completion tokens, whereas you provided 32000." Anthropic: "which is the maximum
  allowed number of output tokens". Bedrock: "exceeds the model limit". Vertex AI: "the supported range is from 1". Groq:
  "must be less than or equal to". DeepSeek: "the valid range of max_tokens is".
- \`farthing models NAME\` prints a model's maximum output, with its source.
`,
  *check(call, context) {
    const { tokens, origin } = call.outputLimit;
    if (!isRequest(call) || call.family !== 'text' || tokens === null) return;
    if (!PROVIDER_TABLE[call.provider].refusedLimit?.apis.includes(call.api)) return;
    const modelOf = modelsBeside(call, context);
    // A caller may give another limit with its model.
    const isLimitedHere = (one: LlmCall) => isSamePlace(one.outputLimit.origin, origin);
    const callers = callersOf(call, context.index).filter((one) => isLimitedHere(one) && refused(one, tokens, modelOf));
    const model = refused(call, tokens, modelOf) ?? (callers[0] && refused(callers[0], tokens, modelOf));
    if (model?.maxOutput == null || model.provider !== call.provider) return;
    const { maxOutput } = model;
    yield {
      data: { model: model.id, limit: tokens, maxOutput },
      origin: origin ?? call.origin,
      ...calledFrom(callers),
      fixes: () => fixesOf(call, maxOutput),
    };
  },
  message: {
    en: ({ model, limit, maxOutput }) =>
      `${model} writes at most ${formatCount(maxOutput)} tokens, and a request with a limit of ${formatCount(limit)} is refused. Set the longest answer you use.`,
    es: ({ model, limit, maxOutput }) =>
      `${model} escribe como máximo ${formatCount(maxOutput, 'es')} tokens, y una petición con un límite de ${formatCount(limit, 'es')} se rechaza. Pon la respuesta más larga que uses.`,
  },
};

/** The call's model if it cannot write so many tokens; null if it can, or if that is not known. */
function refused(call: LlmCall, limit: number, modelOf: ModelOf): Model | null {
  const model = modelOf(call);
  return model?.maxOutput != null && model.family === 'text' && limit > model.maxOutput ? model : null;
}

function fixesOf(call: LlmCall, maxOutput: number): readonly Fix[] {
  const place = limitPlace(call);
  if (place === null) return [];
  const { target, after } = place;
  return [
    {
      title: {
        en: `Lower it to ${formatCount(maxOutput)} tokens, the model's maximum`,
        es: `Bajarlo a ${formatCount(maxOutput, 'es')} tokens, el máximo del modelo`,
      },
      safety: 'suggested',
      operations: [{ kind: 'set', target, value: maxOutput, ...(after === null ? {} : { after }) }],
    },
  ];
}
