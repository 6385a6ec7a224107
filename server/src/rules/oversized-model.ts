import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { formatDollars } from '@farthing/shared/money';
import type { LlmCall } from '../calls/call.ts';
import { needsOf } from '../calls/model-requirements.ts';
import type { Fix } from '../edits/fix.ts';
import type { Rule, RuleContext } from './rule.ts';
import { changeOfModel } from './support/change-model.ts';
import { inFile } from './support/describe-location.ts';
import { smallTaskOf } from './support/task-size.ts';

/** A smaller saving is not worth the work of checking another model's answers. */
const LEAST_FACTOR = 3;
const MOST_FIXES = 3;

export const oversizedModel: Rule = {
  id: 'oversized-model',
  summary: 'A large model is asked for a label, or a yes or no.',
  technique: 'model choice',
  severity: 'information',
  fix: 'suggested',
  since: '0.1.0',
  documentation: `
## What it does
Reports a call whose code shows a small task (an output limit of 16 tokens or less, a schema that allows only a closed set of
labels, or a short prompt that asks for yes or no, or for one label, and nothing else) on a model that costs at least three
times as much as another of the same provider that can do the job.

The price alone is never the reason. It says nothing where the model is not certain, about calls with tools, images or
reasoning, and about a small limit on a prompt that never changes (a check of the connection).

## Why is this bad
Choosing among a few answers is what small models do well, and most of the price of a large one buys what this call does not
use.

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
Suggested, and never part of fix-all: another model may answer otherwise. Run both on your own cases first.

There is a fix for up to three models. It replaces the name where it is written, so that a shared constant changes for all
that use it, and brings along what the new model asks for: \`max_completion_tokens\` in the place of \`max_tokens\`, and
reasoning switched off where the old model had none. There is none where the name comes from elsewhere, or is a deployment's.

## References
- \`farthing models\` lists what the catalogue knows of each model, with prices and their source.
`,
  *check(call, context) {
    const { model, catalogue, now } = context;
    if (call.family !== 'text' || call.model.value === null || model === null) return;
    if (model.provider !== call.provider || isRetired(model, now)) return;
    const small = smallTaskOf(call);
    if (small === null) return;
    const alternatives = cheaperAlternatives(catalogue, model, needsOf(call));
    const [alternative] = alternatives;
    if (alternative === undefined) return;
    const saving = savingOf(call, model, alternative);
    if (saving === null) return;

    yield {
      message: `${model.id} ${small.task} here (${small.evidence}). ${saving.words}${caution(model, alternative)} Check quality on your own cases before switching.`,
      origin: call.model.origin ?? call.origin,
      fixes: () => alternatives.flatMap((other) => fixTo(other, model, call, context)).slice(0, MOST_FIXES),
    };
  },
};

/**
 * Nothing where the name cannot be replaced, where another call takes it that the model is not fit for, or where the other
 * model is oversized itself.
 */
function fixTo(
  other: Model,
  model: Model,
  call: LlmCall,
  { catalogue, sharing }: Pick<RuleContext, 'catalogue' | 'sharing'>,
): readonly Fix[] {
  const saving = savingOf(call, model, other);
  if (saving === null) return [];
  const [cheapest] = cheaperAlternatives(catalogue, other, needsOf(call));
  if (cheapest !== undefined && savingOf(call, other, cheapest) !== null) return [];
  const users = sharing();
  const canDo = (user: LlmCall): boolean =>
    cheaperAlternatives(catalogue, model, needsOf(user)).some(({ id }) => id === other.id);
  if (!users.every(canDo)) return [];
  const isReasoningNew = addsReasoning(model, other);
  const operations = changeOfModel(call, model, other.id, { catalogue, isReasoningNew, sharing: users });
  if (operations === null || call.model.origin === null) return [];
  const isShared = call.model.source !== 'literal';
  const where = isShared ? ` (for every use of this name${inFile(call.model.origin, call.origin)})` : '';
  return [{ title: `Use ${other.id}: ${saving.short}${where}`, safety: 'suggested', operations }];
}

function isRetired({ retirement }: Model, now: Date): boolean {
  return retirement !== null && Date.parse(retirement.date) <= now.getTime();
}

/** Reasoning is billed as output and counts against the limit. */
function caution(today: Model, alternative: Model): string {
  return addsReasoning(today, alternative)
    ? ` ${alternative.id} can reason: keep that off, since it counts as output.`
    : '';
}

function addsReasoning(today: Model, alternative: Model): boolean {
  return alternative.capabilities?.reasoning === true && today.capabilities?.reasoning === false;
}

interface Saving {
  /** For the message, and for a menu. */
  readonly words: string;
  readonly short: string;
}

/** Both prices and what they rest on; null where the difference is small or not known. */
function savingOf(call: LlmCall, model: Model, alternative: Model): Saving | null {
  const today = costPerCall(model, call.tokens);
  const smaller = costPerCall(alternative, call.tokens);
  if (today === null || smaller === null || today.expected < LEAST_FACTOR * smaller.expected) return null;
  if (today.basis !== 'unknown') {
    const prices = `${formatDollars(smaller.expected, 2)} instead of ${formatDollars(today.expected, 2)}`;
    return { words: `On ${alternative.id} this call is ${prices} (${today.basis}).`, short: `${prices} per call` };
  }
  const share = `1/${Math.floor(today.expected / smaller.expected)}`;
  return {
    words: `On ${alternative.id} the same tokens cost ${share} (the prompt's size is not known).`,
    short: `the same tokens cost ${share}`,
  };
}
