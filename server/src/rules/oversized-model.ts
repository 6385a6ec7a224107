import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import type { Localised } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import { isProductCode, isRequest, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import { modelRequirements } from '../calls/facts/model-requirements.ts';
import { type SmallTask, smallTask } from '../calls/facts/task-size.ts';
import type { Fix } from '../edits/fix.ts';
import { isInside } from '../ir/origin.ts';
import type { CallContext, CallRule, Finding } from './rule.ts';
import { changeOfModel } from './support/change-model.ts';
import { forEveryUse } from './support/describe-location.ts';
import { usedHere } from './support/feature-calls.ts';
import { differenceOf, dollarsOf } from './support/money.ts';
import { usersOfModelName } from './support/shared-model.ts';

/** A smaller saving is not worth the effort of checking another model's answers. */
const LEAST_FACTOR = 3;
const MAX_FIXES = 3;

interface Oversized {
  readonly model: string;
  readonly task: SmallTask;
  readonly alternative: string;
  readonly costs: Costs;
  /** True if the alternative reasons by default and the model of the call cannot. */
  readonly addsReasoning: boolean;
  /** Other requests with the same name and the same finding. */
  readonly others: number;
}

/** What a request or a feature call asks of a model that is too large for it. */
type Excess = Pick<Oversized, 'task' | 'costs'> & { readonly alternatives: readonly [Model, ...Model[]] };

/** One call with its own model and with the other one; the sums say little if the prompt's size is `unknown`. */
interface Costs {
  readonly today: Range;
  readonly smaller: Range;
}

export const oversizedModel: CallRule<Oversized> = {
  scope: 'call',
  id: 'oversized-model',
  summary: 'A large model is asked for a label, or a yes or no.',
  technique: 'model choice',
  severity: 'information',
  fix: 'suggested',
  since: '0.1.0',
  restsOnModel: true,
  needs: [smallTask, limitPlace],
  documentation: `
## What it does
Reports calls that use a model for a small task although the same provider has a capable model that costs a third or less. A
task is small if the code shows an output limit of 16 tokens or less, a schema that allows only a fixed set of labels, or a
short prompt that only asks for yes or no or for one label.

A name that several calls share is reported once, with the number of calls that it is too large for. A call of your own
function is reported where it sets the task, wherever the model's name is written. If the function sets the task itself, its
request is reported instead, once.

The price alone is never the reason. Not reported are calls whose model is not certain, calls with tools, reasoning, images, PDFs
or recordings, and a small limit on a prompt that never changes (a connection check).

## Why is this bad
Small models are good at choosing among a few answers. Most of the price of a large model pays for abilities that this call
does not use.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function isComplaint(review: string) {
  const answer = await client.chat.completions.create({
    model: 'gpt-4o', // expect: oversized-model
    max_tokens: 5,
    messages: [
      { role: 'system', content: 'Is the review a complaint? Answer only "yes" or "no".' },
      { role: 'user', content: review },
    ],
  });
  return answer.choices[0]?.message.content === 'yes';
}
~~~

~~~py
import anthropic

client = anthropic.Anthropic()


def is_complaint(review: str) -> bool:
    answer = client.messages.create(
        model="claude-opus-4-5",  # expect: oversized-model
        max_tokens=5,
        system="Is the review a complaint? Respond with only yes or no.",
        messages=[{"role": "user", "content": review}],
    )
    return answer.content[0].text == "yes"
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function isComplaint(review: string) {
  const answer = await client.chat.completions.create({
    model: 'gpt-6-luna',
    reasoning_effort: 'none',
    max_completion_tokens: 5,
    messages: [
      { role: 'system', content: 'Is the review a complaint? Answer only "yes" or "no".' },
      { role: 'user', content: review },
    ],
  });
  return answer.choices[0]?.message.content === 'yes';
}
~~~

~~~py
import anthropic

client = anthropic.Anthropic()


def is_complaint(review: str) -> bool:
    answer = client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=5,
        system="Is the review a complaint? Respond with only yes or no.",
        messages=[{"role": "user", "content": review}],
    )
    return answer.content[0].text == "yes"
~~~

## Fix safety
Suggested, and never part of fix-all: another model may answer differently. Run both on your own cases first.

Up to three models are offered. The fix replaces the name where it is written, so a shared constant changes for all of its
uses, in every file. It also adapts the parameters: \`max_completion_tokens\` instead of \`max_tokens\`, and reasoning switched
off if the old model had none. There is no fix if a use cannot be changed or may not be known yet (in an editor, before a
workspace scan), if other calls of a function of your own get the same model, if the name comes from outside the code, or if it is a deployment name.

## References
- \`farthing models\` lists what is known about each model, with prices and their sources.
`,
  *check(call, context) {
    const { model, now } = context;
    if (model === null || model.provider !== call.provider || isRetired(model, now)) return;
    const excess = excessOf(call, model, context);
    if (excess === null) return;
    const others = othersWithExcess(call, model, excess, context);
    if (others === null) return;
    const { task, costs, alternatives } = excess;
    const [alternative] = alternatives;
    yield {
      data: {
        model: model.id,
        task,
        alternative: alternative.id,
        costs,
        addsReasoning: addsReasoning(model, alternative),
        others: others.length,
      },
      ...placeOf(call, others),
      fixes: () => alternatives.flatMap((other) => fixTo(other, model, call, context)).slice(0, MAX_FIXES),
    };
  },
  message: {
    en: ({ model, task, alternative, costs, addsReasoning, others }) => {
      const { today, smaller } = costs;
      const caution = addsReasoning ? ', with its reasoning off' : '';
      const saving =
        today.basis === 'unknown'
          ? `On ${alternative} the same tokens cost ${fractionOf(costs)} (the prompt's size is not known)${caution}.`
          : `On ${alternative} this call is ${dollarsOf(smaller)} instead of ${dollarsOf(today)} (${today.basis})${caution}.`;
      const evidence = [
        ...(task.limit === null ? [] : [`limit ${task.limit} ${task.limit === 1 ? 'token' : 'tokens'}`]),
        ...(task.labels === null ? [] : [`${task.labels} labels in its schema`]),
        ...(task.limit === null && task.kind === 'yes-no' ? ['two answers asked for'] : []),
        ...(task.limit === null && task.kind === 'label' ? ['one label asked for'] : []),
      ];
      const too = others === 0 ? '' : ` and in ${formatCount(others)} other ${others === 1 ? 'call' : 'calls'}`;
      return `${model} ${TASKS[task.kind].en} here (${evidence.join(', ')})${too}. ${saving} Check its quality first.`;
    },
    es: ({ model, task, alternative, costs, addsReasoning, others }) => {
      const { today, smaller } = costs;
      const caution = addsReasoning ? ', sin razonamiento' : '';
      const saving =
        today.basis === 'unknown'
          ? `En ${alternative} los mismos tokens cuestan ${fractionOf(costs)} (no se conoce el tamaño del prompt)${caution}.`
          : `En ${alternative} esta llamada cuesta ${dollarsOf(smaller, 'es')} en lugar de ${dollarsOf(today, 'es')} (${NUMBER_STYLES.es.bases[today.basis]})${caution}.`;
      const evidence = [
        ...(task.limit === null ? [] : [`límite de ${task.limit} ${task.limit === 1 ? 'token' : 'tokens'}`]),
        ...(task.labels === null ? [] : [`${task.labels} etiquetas en su esquema`]),
        ...(task.limit === null && task.kind === 'yes-no' ? ['se piden dos respuestas'] : []),
        ...(task.limit === null && task.kind === 'label' ? ['se pide una etiqueta'] : []),
      ];
      const too = others === 0 ? '' : ` y en ${formatCount(others, 'es')} ${others === 1 ? 'llamada' : 'llamadas'} más`;
      return `Aquí ${model} ${TASKS[task.kind].es} (${evidence.join(', ')})${too}. ${saving} Comprueba su calidad.`;
    },
  },
  saving: ({ costs }) => differenceOf(costs.today, costs.smaller),
};

/** Null if the model suits the call, or if another call has the finding. */
function excessOf(
  call: LlmCall,
  model: Model,
  { catalogue, index }: Pick<CallContext, 'catalogue' | 'index'>,
): Excess | null {
  if (call.family !== 'text' || call.model.value === null) return null;
  const task = smallTask(call);
  if (task === null || isTaskOfRequest(call, index)) return null;
  const [cheapest, ...others] = cheaperAlternatives(catalogue, model, modelRequirements(call));
  const costs = cheapest === undefined ? null : costsOf(call, model, cheapest);
  return cheapest === undefined || costs === null ? null : { task, costs, alternatives: [cheapest, ...others] };
}

/** True if the request behind a feature call sets a small task by itself: whoever calls it, that one has the finding. */
function isTaskOfRequest(call: LlmCall, index: CallIndex): boolean {
  return index.requestsOf(call).some((request) => request.model.value !== null && smallTask(request) !== null);
}

/**
 * The other requests that have the same finding at the same name; null if one of them comes first and reports it. A
 * feature call decides the task, and is reported by itself.
 */
function othersWithExcess(
  call: LlmCall,
  model: Model,
  { alternatives: [cheapest] }: Excess,
  context: CallContext,
): readonly LlmCall[] | null {
  const { origin, value } = call.model;
  if (origin === null || !isRequest(call)) return [];
  const isLike = (other: LlmCall): boolean =>
    other === call ||
    (isRequest(other) &&
      context.index.isShown(other) &&
      isProductCode(other) === isProductCode(call) &&
      other.provider === call.provider &&
      other.model.value === value &&
      excessOf(other, model, context)?.alternatives[0].id === cheapest.id);
  const users = context.index.byModelOrigin(origin);
  // Of thousands, all but one need no list of the others.
  return users.find(isLike) === call ? users.filter((other) => other !== call && isLike(other)) : null;
}

function placeOf(call: LlmCall, others: readonly LlmCall[]): Pick<Finding<Oversized>, 'origin' | 'related'> {
  const { origin } = call.model;
  if (origin === null) return { origin: call.origin };
  if (isRequest(call) || isInside(origin, call.origin)) return { origin, ...usedHere(others) };
  const text = { en: "The model's name is written here.", es: 'El nombre del modelo está escrito aquí.' };
  return { origin: call.origin, related: [{ origin, text }] };
}

const TASKS: Readonly<Record<SmallTask['kind'], Localised>> = {
  'yes-no': { en: 'answers a yes/no question', es: 'responde a una pregunta de sí o no' },
  label: { en: 'chooses a label', es: 'elige una etiqueta' },
  'closed-set': { en: 'chooses among a few answers', es: 'elige entre unas pocas respuestas' },
  'few-tokens': { en: 'gives an answer of a few tokens', es: 'da una respuesta de pocos tokens' },
};

/**
 * Null if the name cannot be replaced, if the model does not suit another call that uses the name, or if the other
 * model is oversized itself.
 */
function fixTo(
  other: Model,
  model: Model,
  call: LlmCall,
  { catalogue, index }: Pick<CallContext, 'catalogue' | 'index'>,
): readonly Fix[] {
  const costs = costsOf(call, model, other);
  if (costs === null) return [];
  const [cheapest] = cheaperAlternatives(catalogue, other, modelRequirements(call));
  if (cheapest !== undefined && costsOf(call, other, cheapest) !== null) return [];
  const users = usersOfModelName(call, index);
  if (users === null) return [];
  // The model of a wrapper is that of all its callers, and only this one's task is known to be small.
  if (!isRequest(call) && users.some((user) => user !== call && !isRequest(user))) return [];
  const canDo = (user: LlmCall): boolean =>
    cheaperAlternatives(catalogue, model, modelRequirements(user)).some(({ id }) => id === other.id);
  if (!users.every((user) => user === call || canDo(user))) return [];
  const isReasoningNew = addsReasoning(model, other);
  const operations = changeOfModel(call, model, other.id, { catalogue, index, isReasoningNew, users });
  if (operations === null || call.model.origin === null) return [];
  const isShared = call.model.source !== 'literal';
  const where = isShared ? forEveryUse(call.model.origin, call.origin) : null;
  const difference = describeDifference(costs);
  const title = {
    en: `Use ${other.id}: ${difference.en}${where?.en ?? ''}`,
    es: `Usar ${other.id}: ${difference.es}${where?.es ?? ''}`,
  };
  return [{ title, safety: 'suggested', operations }];
}

function isRetired({ retirement }: Model, now: Date): boolean {
  return retirement !== null && Date.parse(retirement.date) <= now.getTime();
}

/** Reasoning is billed as output and counts against the limit. */
function addsReasoning(today: Model, alternative: Model): boolean {
  return alternative.capabilities?.reasoning === true && today.capabilities?.reasoning === false;
}

/** Null if the difference is small or unknown. */
function costsOf(call: LlmCall, model: Model, alternative: Model): Costs | null {
  const today = costPerCall(model, call.tokens);
  const smaller = costPerCall(alternative, call.tokens);
  if (today === null || smaller === null || today.expected < LEAST_FACTOR * smaller.expected) return null;
  return { today, smaller };
}

function describeDifference(costs: Costs): Localised {
  if (costs.today.basis === 'unknown') {
    const fraction = fractionOf(costs);
    return { en: `the same tokens cost ${fraction}`, es: `los mismos tokens cuestan ${fraction}` };
  }
  const { smaller, today } = costs;
  return {
    en: `${dollarsOf(smaller)} instead of ${dollarsOf(today)} per call`,
    es: `${dollarsOf(smaller, 'es')} en lugar de ${dollarsOf(today, 'es')} por llamada`,
  };
}

function fractionOf({ today, smaller }: Costs): string {
  return `1/${Math.floor(today.expected / smaller.expected)}`;
}
