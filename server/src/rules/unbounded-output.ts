import type { Model } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import { formatCount, formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Severity } from '@farthing/shared/vocabulary';
import { isRequest, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { answerLabels } from '../calls/facts/answer-labels.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { whereIs } from './support/describe-location.ts';
import {
  calledFrom,
  callersOf,
  leadHere,
  leadHereInSpanish,
  type ModelOf,
  modelsBeside,
} from './support/feature-calls.ts';

interface Unbounded {
  /** The model's name, certain or by default; null if it is decided elsewhere. */
  readonly model: string | null;
  readonly isDefault: boolean;
  /** True if it is the model of a caller rather than that of the request. */
  readonly isCallers: boolean;
  /** Tokens of the longest answer; null if unknown. */
  readonly maxOutput: number | null;
  /** The cost of one answer of that length, in nano-dollars; null if unknown. */
  readonly exposure: number | null;
  /** The parameter to set. */
  readonly parameter: string;
  /** How many feature calls lead to the request without a limit. */
  readonly callers: number;
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

If the request is in a function of your own, it is reported there, once for all calls that lead to it, with the dearest of
their answers. A call of such a function is reported itself if it leaves out a limit that others give.

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
  *check(call, context) {
    const { parameter } = call.outputLimit;
    if (parameter === null) return;
    const modelOf = modelsBeside(call, context);
    const unlimited = unlimitedAt(call, context.index, modelOf);
    const exposed = unlimited.map((one) => exposureOf(one, modelOf(one)));
    const [worst] = exposed.toSorted((a, b) => (b.cost ?? -1) - (a.cost ?? -1));
    if (worst === undefined) return;
    const callers = unlimited.filter((one) => one !== call);

    yield {
      data: {
        model: worst.call.model.value ?? worst.call.model.hint,
        isDefault: worst.call.model.value === null,
        isCallers: worst.call !== call,
        maxOutput: worst.model?.maxOutput ?? null,
        exposure: worst.cost,
        parameter,
        callers: callers.length,
      },
      origin: call.origin,
      severity: severityOf(exposed),
      ...calledFrom(callers),
      fixes: () => fixesOf(call, worst.model),
    };
  },
  message: {
    en: ({ parameter, callers, ...finding }) =>
      `No output limit: one answer can run to ${longestAnswer(finding)}.${leadHere(callers)} Typical answers cost no less with a limit; the tail does. Set ${parameter} to the longest answer you use.`,
    es: ({ parameter, callers, ...finding }) =>
      `Sin límite de salida: una respuesta puede llegar a ${longestAnswerInSpanish(finding)}.${leadHereInSpanish(callers)} Con un límite, las respuestas habituales no cuestan menos; las más largas sí. Pon en ${parameter} la respuesta más larga que uses.`,
  },
};

/**
 * The calls that a finding at `call` is about; empty if it is reported at another call, or not at all. A request that
 * leaves its limit to its callers is reported in their place if none of several sets one.
 */
function unlimitedAt(call: LlmCall, index: CallIndex, modelOf: ModelOf): readonly LlmCall[] {
  const isUnlimitedHere = (one: LlmCall) => isUnlimited(one, modelOf(one));
  if (!isRequest(call)) {
    const requests = index.requestsOf(call);
    const isReportedThere = requests.length === 0 || requests.some((request) => isCauseIn(request, index));
    return isReportedThere ? [] : [call].filter(isUnlimitedHere);
  }
  if (!isCauseIn(call, index)) return [];
  return [call, ...callersOf(call, index)].filter(isUnlimitedHere);
}

/** True if the request sets no limit, whoever calls it, or if none of several callers gives it one. */
function isCauseIn(request: LlmCall, index: CallIndex): boolean {
  const { state, tokens } = request.outputLimit;
  if (state === 'absent' || tokens !== null) return state === 'absent';
  const callers = callersOf(request, index);
  return callers.length > 1 && callers.every(({ outputLimit }) => outputLimit.state === 'absent');
}

/** True if the API then lets the answer run to the model's maximum, and nothing else bounds it. */
function isUnlimited(call: LlmCall, model: Model | null): boolean {
  if (call.family !== 'text' || call.outputLimit.state !== 'absent' || !call.outputLimit.isOptional) return false;
  if (answerLabels(call) !== null) return false;
  const { unlimitedByDefault, limitedModels } = PROVIDER_TABLE[call.provider];
  if (!unlimitedByDefault?.includes(call.api)) return false;
  const name = call.model.value ?? call.model.hint;
  if (name !== null && limitedModels?.test(name)) return false;
  return model === null || model.family === 'text';
}

type Longest = Omit<Unbounded, 'parameter' | 'callers'>;

function longestAnswer({ model, isDefault, isCallers, maxOutput, exposure }: Longest): string {
  if (model === null) return 'the maximum of the model, which is decided elsewhere';
  if (maxOutput === null) return `the maximum of ${model}, which is not known here`;
  const which = isDefault ? ` on ${model}, the default` : isCallers ? ` on ${model}` : '';
  return `${formatCount(maxOutput)} tokens${which} (${exposure === null ? 'price unknown' : formatDollars(exposure)})`;
}

function longestAnswerInSpanish({ model, isDefault, isCallers, maxOutput, exposure }: Longest): string {
  if (model === null) return 'el máximo del modelo, que se decide en otra parte';
  if (maxOutput === null) return `el máximo de ${model}, que aquí no se conoce`;
  const which = isDefault ? ` en ${model}, el modelo por defecto` : isCallers ? ` en ${model}` : '';
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
  const { parameter, state } = call.outputLimit;
  const place = limitPlace(call);
  if (place === null || parameter === null || state !== 'absent') return [];
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

interface Exposed {
  readonly call: LlmCall;
  readonly model: Model | null;
  /** The cost of one answer of the model's maximum length, in nano-dollars; null if unknown. */
  readonly cost: number | null;
}

function exposureOf(call: LlmCall, model: Model | null): Exposed {
  if (model === null || model.maxOutput === null) return { call, model, cost: null };
  const rate = priceAt(model, call.tokens.input.expected).output;
  return { call, model, cost: rate === null ? null : rate * model.maxOutput };
}

/** Of several calls, the gravest counts. */
function severityOf(exposed: readonly Exposed[]): Severity {
  const isAny = (dollars: number, isCounted: (call: LlmCall) => boolean = () => true) =>
    exposed.some(({ call, cost }) => cost !== null && cost >= dollars * NANO_DOLLARS && isCounted(call));
  if (isAny(1) || isAny(0.1, ({ loop }) => loop.purpose === 'items')) return 'warning';
  return isAny(0.01) ? 'information' : 'hint';
}
