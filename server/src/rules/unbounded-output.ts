import type { Model } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import { formatCount, formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Severity } from '@farthing/shared/vocabulary';
import { isRequest, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { answerLabels } from '../calls/facts/answer-labels.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import { dependsOnInput } from '../calls/facts/prompt-prefix.ts';
import { smallTask } from '../calls/facts/task-size.ts';
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
  /** The model's name, certain or by default. */
  readonly model: string;
  readonly isDefault: boolean;
  /** True if it is the model of a caller rather than that of the request. */
  readonly isCallers: boolean;
  /** Tokens of the longest answer, or of a long one where the model's maximum is not known. */
  readonly answer: number;
  readonly isMaximum: boolean;
  /** The cost of one answer of that length, in nano-dollars. */
  readonly exposure: number;
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
  needs: [answerLabels, limitPlace, smallTask],
  documentation: `
## What it does
Reports text calls without an output limit, if the API then lets the answer run to the model's maximum.

Not reported are calls whose limit may be set elsewhere (a spread of a parameter), APIs that require a limit or whose SDKs
fill one in (Anthropic), APIs with a small default (legacy completions), answers that are a label, notebooks, and calls of
which the longest answer costs less than a cent. Where a model's maximum is not known, an answer of 10,000 tokens is priced, and
reported if it costs ten cents or more.

If the request is in a function of your own, it is reported there, once for all calls that lead to it, with the most expensive of
their answers. A call of such a function is reported itself if it leaves out a limit that others give.

Severity: a warning if one answer can cost a dollar or more, or ten cents or more where that happens often or is in a user's
hands: in a loop, in a request handler that passes on a user's text, or with a declared volume of 1,000 calls a month.
Otherwise information, and a hint if it costs less than ten cents or a schema shapes the answer.

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
Suggested. The fix sets 1,024 tokens, two pages; 25,000 where the model reasons and the request does not switch that off, which OpenAI advises to begin with; and
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
    const exposed = unlimited.flatMap((one) => exposureOf(one, modelOf(one)));
    const [worst] = exposed.toSorted((a, b) => b.cost - a.cost);
    if (worst === undefined) return;
    const callers = unlimited.filter((one) => one !== call);

    yield {
      data: {
        model: worst.model.id,
        isDefault: worst.call.model.value === null,
        isCallers: worst.call !== call,
        answer: worst.answer,
        isMaximum: worst.isMaximum,
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
    en: ({ parameter, callers, ...worst }) =>
      `No output limit${worstCase(worst)}${leadHere(callers)} Set ${parameter}.`,
    es: ({ parameter, callers, ...worst }) =>
      `Sin límite de salida${worstCaseInSpanish(worst)}${leadHereInSpanish(callers)} Pon ${parameter}.`,
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
  if (isDemonstration(call) || answerLabels(call) !== null || smallTask(call) !== null) return false;
  const { unlimitedByDefault, limitedModels } = PROVIDER_TABLE[call.provider];
  if (!unlimitedByDefault?.includes(call.api)) return false;
  const name = call.model.value ?? call.model.hint;
  if (name !== null && limitedModels?.test(name)) return false;
  return model === null || model.family === 'text';
}

type Worst = Omit<Unbounded, 'parameter' | 'callers'>;

function worstCase({ answer, isMaximum, exposure, ...which }: Worst): string {
  const [tokens, cost] = [formatCount(answer), formatDollars(exposure)];
  return isMaximum
    ? `: one answer can run to ${tokens} tokens${onModel(which)}. A limit does not make normal answers cheaper; it caps the worst one (${cost}).`
    : `, and the longest answer of ${which.model} is not known: one of ${tokens} tokens costs ${cost}. A limit does not make normal answers cheaper; it caps the worst one.`;
}

function worstCaseInSpanish({ answer, isMaximum, exposure, ...which }: Worst): string {
  const [tokens, cost] = [formatCount(answer, 'es'), formatDollars(exposure, 4, 'es')];
  return isMaximum
    ? `: una respuesta puede llegar a ${tokens} tokens${onModelInSpanish(which)}. Un límite no abarata las respuestas normales; acota la peor (${cost}).`
    : `, y no se sabe cuál es la respuesta más larga de ${which.model}: una de ${tokens} tokens cuesta ${cost}. Un límite no abarata las respuestas normales; acota la peor.`;
}

type Which = Pick<Unbounded, 'model' | 'isDefault' | 'isCallers'>;

function onModel({ model, isDefault, isCallers }: Which): string {
  return isDefault ? ` on ${model}, the default` : isCallers ? ` on ${model}` : '';
}

function onModelInSpanish({ model, isDefault, isCallers }: Which): string {
  return isDefault ? ` en ${model}, el modelo por defecto` : isCallers ? ` en ${model}` : '';
}

/**
 * The limit that the fix sets: enough for an answer of two pages, and for the reasoning before it, which counts towards
 * the limit. OpenAI recommends leaving 25,000 tokens at first; if the model is only known at run time, it may refuse
 * that many.
 */
const ANSWER_TOKENS = 1_024;
const ANSWER_TOKENS_OF_ANY = 4_096;
const REASONED_ANSWER_TOKENS = 25_000;

function fixesOf(call: LlmCall, model: Model): readonly Fix[] {
  const { parameter, state } = call.outputLimit;
  const place = limitPlace(call);
  if (place === null || parameter === null || state !== 'absent') return [];
  const reasons = call.output.reasoning ?? model.capabilities?.reasoning ?? null;
  const wanted = reasons === null ? ANSWER_TOKENS_OF_ANY : reasons ? REASONED_ANSWER_TOKENS : ANSWER_TOKENS;
  const tokens = Math.min(wanted, model.maxOutput ?? wanted);
  const { target, after } = place;
  const where = whereIs(target.at, call.origin);
  const isPlain = reasons === false;
  return [
    {
      title: {
        en: `Limit ${isPlain ? 'the answer' : 'reasoning and answer'} to ${formatCount(tokens)} tokens (${parameter}${where.en})`,
        es: `Limitar ${isPlain ? 'la respuesta' : 'razonamiento y respuesta'} a ${formatCount(tokens, 'es')} tokens (${parameter}${where.es})`,
      },
      safety: 'suggested',
      operations: [{ kind: 'set', target, value: tokens, ...(after === null ? {} : { after }) }],
    },
  ];
}

interface Exposed {
  readonly call: LlmCall;
  readonly model: Model;
  /** Tokens: see `Unbounded`. */
  readonly answer: number;
  readonly isMaximum: boolean;
  /** Nano-dollars. */
  readonly cost: number;
}

/** A smaller worst case is not worth a line. */
const LEAST_EXPOSURE = 0.01 * NANO_DOLLARS;

/** Tokens of a long answer, which is priced where a model's maximum is not known, and what it must cost to be worth a line. */
const LONG_ANSWER = 10_000;
const LEAST_EXPOSURE_ASSUMED = 0.1 * NANO_DOLLARS;

/** Empty if nothing is known of how long an answer can be, or if the worst case is not worth a line. */
function exposureOf(call: LlmCall, model: Model | null): readonly Exposed[] {
  if (model === null) return [];
  const isMaximum = model.maxOutput !== null;
  const answer = model.maxOutput ?? longAnswerWithin(model.contextWindow);
  const rate = priceAt(model, call.tokens.input.expected).output;
  const cost = rate === null || answer === null ? 0 : rate * answer;
  const least = isMaximum ? LEAST_EXPOSURE : LEAST_EXPOSURE_ASSUMED;
  return answer === null || cost < least ? [] : [{ call, model, answer, isMaximum, cost }];
}

/** Null for a model that cannot write such an answer (an old or a small one), or of which that is not known. */
function longAnswerWithin(contextWindow: number | null): number | null {
  return contextWindow !== null && contextWindow > LONG_ANSWER ? LONG_ANSWER : null;
}

/** Of several calls, the most severe one counts. */
function severityOf(exposed: readonly Exposed[]): Severity {
  const severities = exposed.map((one) => severityAt(one));
  return (['warning', 'information'] as const).find((one) => severities.includes(one)) ?? 'hint';
}

function severityAt({ call, cost }: Exposed): Severity {
  if (call.output.isStructured || cost < 0.1 * NANO_DOLLARS) return 'hint';
  return cost >= NANO_DOLLARS || isFrequent(call) ? 'warning' : 'information';
}

const MANY_CALLS = 1_000;

/** True if the worst case comes many times, or whoever writes to the application can bring it about. */
function isFrequent(call: LlmCall): boolean {
  const { loop, reachedFrom, callsPerMonth } = call;
  if (loop.purpose === 'items' || loop.purpose === 'agent') return true;
  return (reachedFrom === 'handler' && dependsOnInput(call)) || (callsPerMonth ?? 0) >= MANY_CALLS;
}
