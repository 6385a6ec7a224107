import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { isRequest, type LlmCall } from '../calls/call.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { calledFrom, callersOf, isSamePlace, type ModelOf, modelsBeside } from './support/feature-calls.ts';

type Oversized = Refused | Loose;

interface Refused {
  readonly kind: 'refused';
  /** The model's name, certain or by default. */
  readonly model: string;
  readonly limit: number;
  readonly maxOutput: number;
}

/** Far above what was measured. */
interface Loose {
  readonly kind: 'loose';
  readonly limit: number;
  /** Tokens: a hundredth of the answers is longer. */
  readonly p99: number;
  /** How many answers were measured. */
  readonly answered: number;
  readonly proposed: number;
  /** What an answer up to the limit costs, and one up to the proposed limit; null if the price is unknown. */
  readonly worst: { readonly now: number; readonly proposed: number } | null;
}

/** Fewer answers say little of the longest ones. */
const LEAST_ANSWERS = 1000;
/** How many times the longest usual answer a limit is that protects nobody. */
const FAR_ABOVE = 8;
/** The proposed limit leaves room for answers that are longer than any usual one. */
const ROOM = 2;

export const oversizedOutputLimit: CallRule<Oversized> = {
  scope: 'call',
  id: 'oversized-output-limit',
  summary: 'The output limit is above what the model can write, or far above what answers were measured to need.',
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

Where [measured calls](../measured.md) say how long answers are, a limit of 8 times or more what 99% of at least 1,000 answers needed is
reported as well, as information: it would stop no answer that goes wrong.

Not reported are models whose longest answer is not known, limits that come from outside the code, and SDKs that lower the
limit themselves (the AI SDK for Claude).

## Why is this bad
These providers answer a limit above the model's maximum with an error, so every such request fails. It usually comes with a change of the model alone,
or with a limit that was copied from another call.

A limit far above every usual answer costs nothing until an answer loops or rambles; then it is what that answer costs.

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
use also caps what a wrong answer costs. By measured answers, it sets twice what 99% of them needed, and cuts longer ones off.

## References
- OpenAI: "This model supports at most 16384 completion tokens, whereas you provided 32000." Anthropic: "which is the maximum
  allowed number of output tokens". Bedrock: "exceeds the model limit". Vertex AI: "the supported range is from 1". Groq:
  "must be less than or equal to". DeepSeek: "the valid range of max_tokens is".
- \`farthing models NAME\` prints a model's maximum output, with its source.
`,
  *check(call, context) {
    const { tokens, origin } = call.outputLimit;
    if (!isRequest(call) || call.family !== 'text' || tokens === null) return;
    const loose = looseLimit(call, tokens, context.model);
    if (loose !== null) {
      const fixes = () => fixesOf(call, loose.proposed, SET_BY_MEASURED);
      yield { data: loose, origin: origin ?? call.origin, severity: 'information', confidence: 'certain', fixes };
      return;
    }
    if (!PROVIDER_TABLE[call.provider].refusedLimit?.apis.includes(call.api)) return;
    const modelOf = modelsBeside(call, context);
    // A caller may give another limit with its model.
    const isLimitedHere = (one: LlmCall) => isSamePlace(one.outputLimit.origin, origin);
    const callers = callersOf(call, context.index).filter((one) => isLimitedHere(one) && refused(one, tokens, modelOf));
    const model = refused(call, tokens, modelOf) ?? (callers[0] && refused(callers[0], tokens, modelOf));
    if (model?.maxOutput == null || model.provider !== call.provider) return;
    const { maxOutput } = model;
    yield {
      data: { kind: 'refused', model: model.id, limit: tokens, maxOutput },
      origin: origin ?? call.origin,
      ...calledFrom(callers),
      fixes: () => fixesOf(call, maxOutput, SET_MAXIMUM),
    };
  },
  message: {
    en: (data) => {
      if (data.kind === 'refused')
        return `${data.model} writes at most ${formatCount(data.maxOutput)} tokens, and a request with a limit of ${formatCount(data.limit)} is refused. Set the longest answer you use.`;
      const worst =
        data.worst &&
        `: ${formatDollars(data.worst.now)} instead of ${formatDollars(data.worst.proposed)} for one that goes wrong`;
      return `99% of ${formatCount(data.answered)} measured answers have at most ${formatCount(data.p99)} tokens, and the limit is ${formatCount(data.limit)}${worst ?? ''}. Set about ${formatCount(data.proposed)}.`;
    },
    es: (data) => {
      if (data.kind === 'refused')
        return `${data.model} escribe como máximo ${formatCount(data.maxOutput, 'es')} tokens, y una petición con un límite de ${formatCount(data.limit, 'es')} se rechaza. Pon la respuesta más larga que uses.`;
      const dollars = (nanos: number) => formatDollars(nanos, 4, 'es');
      const worst =
        data.worst && `: ${dollars(data.worst.now)} en vez de ${dollars(data.worst.proposed)} por una que sale mal`;
      return `El 99% de ${formatCount(data.answered, 'es')} respuestas medidas tiene como máximo ${formatCount(data.p99, 'es')} tokens, y el límite es ${formatCount(data.limit, 'es')}${worst ?? ''}. Pon unos ${formatCount(data.proposed, 'es')}.`;
    },
  },
};

/** The call's model if it cannot write so many tokens; null if it can, or if that is not known. */
function refused(call: LlmCall, limit: number, modelOf: ModelOf): Model | null {
  const model = modelOf(call);
  return model?.maxOutput != null && model.family === 'text' && limit > model.maxOutput ? model : null;
}

/** Null unless enough answers of this code and model were measured, and the limit is far above them. */
function looseLimit({ measured, outputLimit }: LlmCall, limit: number, model: Model | null): Loose | null {
  if (measured === null || measured.isOtherModel || outputLimit.state !== 'present') return null;
  const { answered, perCall } = measured.site;
  const p99 = perCall.output?.p99 ?? 0;
  if (answered < LEAST_ANSWERS || p99 === 0 || limit < p99 * FAR_ABOVE) return null;
  const proposed = Number(Math.ceil(p99 * ROOM).toPrecision(2));
  const rate = model?.price.output ?? null;
  const worst = rate === null ? null : { now: Math.ceil(limit * rate), proposed: Math.ceil(proposed * rate) };
  return { kind: 'loose', limit, p99, answered, proposed, worst };
}

type FixTitle = Readonly<Record<Language, (tokens: string) => string>>;

const SET_MAXIMUM: FixTitle = {
  en: (tokens) => `Lower it to ${tokens} tokens, the model's maximum`,
  es: (tokens) => `Bajarlo a ${tokens} tokens, el máximo del modelo`,
};
const SET_BY_MEASURED: FixTitle = {
  en: (tokens) => `Lower it to ${tokens} tokens, twice what 99% of the answers needed`,
  es: (tokens) => `Bajarlo a ${tokens} tokens, el doble de lo que necesitó el 99% de las respuestas`,
};

function fixesOf(call: LlmCall, tokens: number, title: FixTitle): readonly Fix[] {
  const place = limitPlace(call);
  if (place === null) return [];
  const { target, after } = place;
  return [
    {
      title: { en: title.en(formatCount(tokens)), es: title.es(formatCount(tokens, 'es')) },
      safety: 'suggested',
      operations: [{ kind: 'set', target, value: tokens, ...(after === null ? {} : { after }) }],
    },
  ];
}
