import type { Model } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import { formatCount, formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import { answerLabels } from '../calls/facts/answer-labels.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { whereIs } from './support/describe-location.ts';

interface Unbounded {
  /** The model's name, certain or by default; null if it is decided elsewhere. */
  readonly model: string | null;
  readonly isDefault: boolean;
  /** Tokens of the longest answer; null if unknown. */
  readonly maxOutput: number | null;
  /** The cost of one answer of that length, in nano-dollars; null if unknown. */
  readonly exposure: number | null;
  /** The parameter to set. */
  readonly parameter: string;
}

export const unboundedOutput: CallRule<Unbounded> = {
  scope: 'call',
  id: 'unbounded-output',
  summary: "A call sets no output limit, so one answer can run to the model's maximum.",
  technique: 'output',
  severity: 'information',
  fix: 'suggested',
  since: '0.1.0',
  needs: [answerLabels, limitPlace],
  documentation: `
## What it does
Reports text calls without an output limit, if the API then lets the answer run to the model's maximum.

Not reported are calls whose limit may be set elsewhere (a spread of a parameter), APIs that require a limit or whose SDKs
fill one in (Anthropic), APIs with a small default (legacy completions), and schemas that allow only a fixed set of answers.

Severity: a warning if one answer can cost a dollar or more, or ten cents or more in a loop over items; a hint if it costs
less than a cent, or if the model, its maximum or its price is unknown; otherwise information.

## Why is this bad
Output is billed as it is generated, so a limit does not make typical answers cheaper. It caps the worst case: a model that
loops or rambles stops at your limit instead of at 128,000 tokens. The figure in the message is that worst case, not a saving.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string) {
  return client.chat.completions.create({ // expect: unbounded-output
    model: 'gpt-4o',
    messages: [{ role: 'user', content: question }],
  });
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(question: str):
    return client.responses.create(model="gpt-4o", input=question)  # expect: unbounded-output
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string) {
  return client.chat.completions.create({
    model: 'gpt-4o',
    max_completion_tokens: 800,
    messages: [{ role: 'user', content: question }],
  });
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(question: str):
    return client.responses.create(model="gpt-4o", input=question, max_output_tokens=800)
~~~

## Fix safety
Suggested. The fix sets 1,024 tokens, two pages; 25,000 where the model reasons, which OpenAI advises to begin with; and
4,096 where it is not known whether it does. Put the longest answer you use in its place. Where a model object carries the
settings of its calls, the limit is set there. There is no fix if the arguments come from elsewhere.

A limit that is too low cuts answers off, and the cut answer is still billed. Reasoning tokens count against the limit:
leave room for them, and handle the finish reason \`length\`.

## References
- OpenAI: \`max_completion_tokens\`, \`max_output_tokens\`. Google: \`maxOutputTokens\`. Bedrock: \`inferenceConfig.maxTokens\`.
- \`farthing models NAME\` prints a model's maximum output, with its source.
`,
  *check(call, { model }) {
    if (call.family !== 'text' || call.outputLimit.state !== 'absent') return;
    const { isOptional, parameter } = call.outputLimit;
    if (!isOptional || parameter === null) return;
    if (answerLabels(call) !== null) return;
    const { unlimitedByDefault, limitedModels } = PROVIDER_TABLE[call.provider];
    if (!unlimitedByDefault?.includes(call.api)) return;
    const name = call.model.value ?? call.model.hint;
    if (name !== null && limitedModels?.test(name)) return;
    if (model !== null && model.family !== 'text') return;

    const exposure = exposureOf(model, call.tokens.input.expected);
    yield {
      data: {
        model: name,
        isDefault: call.model.value === null,
        maxOutput: model?.maxOutput ?? null,
        exposure,
        parameter,
      },
      origin: call.origin,
      severity: severityOf(call, exposure),
      fixes: () => fixesOf(call, model),
    };
  },
  message: {
    en: ({ parameter, ...finding }) =>
      `No output limit: one answer can run to ${longestAnswer(finding)}. Typical answers cost no less with a limit; the tail does. Set ${parameter} to the longest answer you use.`,
    es: ({ parameter, ...finding }) =>
      `Sin límite de salida: una respuesta puede llegar a ${longestAnswerInSpanish(finding)}. Con un límite, las respuestas habituales no cuestan menos; las más largas sí. Pon en ${parameter} la respuesta más larga que uses.`,
  },
};

type Longest = Omit<Unbounded, 'parameter'>;

function longestAnswer({ model, isDefault, maxOutput, exposure }: Longest): string {
  if (model === null) return 'the maximum of the model, which is decided elsewhere';
  if (maxOutput === null) return `the maximum of ${model}, which is not known here`;
  const which = isDefault ? ` on ${model}, the default` : '';
  return `${formatCount(maxOutput)} tokens${which} (${exposure === null ? 'price unknown' : formatDollars(exposure)})`;
}

function longestAnswerInSpanish({ model, isDefault, maxOutput, exposure }: Longest): string {
  if (model === null) return 'el máximo del modelo, que se decide en otra parte';
  if (maxOutput === null) return `el máximo de ${model}, que aquí no se conoce`;
  const which = isDefault ? ` en ${model}, el modelo por defecto` : '';
  return `${formatCount(maxOutput)} tokens${which} (${exposure === null ? 'precio desconocido' : formatDollars(exposure)})`;
}

/**
 * The limit that the fix sets: enough for an answer of two pages, and for the reasoning before it, which counts towards
 * the limit. OpenAI recommends leaving 25,000 tokens at first; if the model is only known at run time, it may refuse
 * that many.
 */
const ANSWER_TOKENS = 1_024;
const ANSWER_TOKENS_OF_ANY = 4_096;
const REASONED_ANSWER_TOKENS = 25_000;

function fixesOf(call: LlmCall, model: Model | null): readonly Fix[] {
  const { parameter } = call.outputLimit;
  const place = limitPlace(call);
  if (place === null || parameter === null) return [];
  const reasons = model?.capabilities?.reasoning ?? null;
  const wanted = reasons === null ? ANSWER_TOKENS_OF_ANY : reasons ? REASONED_ANSWER_TOKENS : ANSWER_TOKENS;
  const tokens = Math.min(wanted, model?.maxOutput ?? wanted);
  const { target, after } = place;
  const what = reasons === false ? 'the answer' : 'reasoning and answer';
  return [
    {
      title: `Limit ${what} to ${formatCount(tokens)} tokens (${parameter}${whereIs(target.at, call.origin)})`,
      safety: 'suggested',
      operations: [{ kind: 'set', target, value: tokens, ...(after === null ? {} : { after }) }],
    },
  ];
}

/** The cost of one answer of the model's maximum length, in nano-dollars; null if unknown. */
function exposureOf(model: Model | null, inputTokens: number): number | null {
  if (model === null || model.maxOutput === null) return null;
  const rate = priceAt(model, inputTokens).output;
  return rate === null ? null : rate * model.maxOutput;
}

function severityOf(call: LlmCall, exposure: number | null): Severity {
  if (exposure === null || exposure < NANO_DOLLARS / 100) return 'hint';
  if (exposure >= NANO_DOLLARS) return 'warning';
  return call.loop.purpose === 'items' && exposure >= NANO_DOLLARS / 10 ? 'warning' : 'information';
}
