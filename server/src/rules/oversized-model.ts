import { cheaperAlternatives, type ModelNeeds } from '@farthing/shared/catalogue/alternatives';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { formatDollars } from '@farthing/shared/money';
import type { LlmCall } from '../calls/call.ts';
import type { Rule } from './rule.ts';
import { smallTaskOf } from './support/task.ts';

/** A smaller saving is not worth the work of checking another model's answers. */
const LEAST_FACTOR = 3;

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

## References
- \`farthing models\` lists what the catalogue knows of each model, with prices and their source.
`,
  *check(call, { model, catalogue, now }) {
    if (call.family !== 'text' || call.model.value === null || model === null) return;
    if (model.provider !== call.provider || isRetired(model, now)) return;
    const small = smallTaskOf(call);
    if (small === null) return;
    const [alternative] = cheaperAlternatives(catalogue, model, needsOf(call));
    if (alternative === undefined) return;
    const saving = savingOf(call, model, alternative);
    if (saving === null) return;

    yield {
      message: `${model.id} ${small.task} here (${small.evidence}). ${saving}${caution(model, alternative)} Check quality on your own cases before switching.`,
      origin: call.model.origin ?? call.origin,
    };
  },
};

function needsOf(call: LlmCall): ModelNeeds {
  return {
    inputTokens: call.tokens.input.high,
    outputTokens: call.tokens.output.high,
    tools: call.output.usesTools,
    vision: call.output.usesImages,
    structuredOutput: call.output.isStructured,
    reasoning: call.output.usesReasoning,
  };
}

function isRetired({ retirement }: Model, now: Date): boolean {
  return retirement !== null && Date.parse(retirement.date) <= now.getTime();
}

/** Reasoning is billed as output and counts against the limit. */
function caution(today: Model, alternative: Model): string {
  const adds = alternative.capabilities?.reasoning === true && today.capabilities?.reasoning === false;
  return adds ? ` ${alternative.id} can reason: keep that off, since it counts as output.` : '';
}

/** Both prices and what they rest on; null where the difference is small or not known. */
function savingOf(call: LlmCall, model: Model, alternative: Model): string | null {
  const today = costPerCall(model, call.tokens);
  const smaller = costPerCall(alternative, call.tokens);
  if (today === null || smaller === null || today.expected < LEAST_FACTOR * smaller.expected) return null;
  if (today.basis !== 'unknown') {
    return `On ${alternative.id} this call is ${formatDollars(smaller.expected, 2)} instead of ${formatDollars(today.expected, 2)} (${today.basis}).`;
  }
  return `On ${alternative.id} the same tokens cost 1/${Math.floor(today.expected / smaller.expected)} (the prompt's size is not known).`;
}
