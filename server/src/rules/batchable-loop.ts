import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { isUnattended } from '../calls/facts/attendance.ts';
import { buildsOnEarlierRounds } from '../calls/facts/loop-rounds.ts';
import { steersLoop } from '../calls/facts/loop-steering.ts';
import { dependsOnInput, isOpen } from '../calls/facts/prompt-prefix.ts';
import type { CallRule } from './rule.ts';
import { callsInLoop, functionName } from './support/describe-location.ts';
import { callersOf, isSamePlace } from './support/feature-calls.ts';
import { differenceOf, dollarsOf } from './support/money.ts';

/** For fewer requests, a batch is more work than it saves. */
const FEWEST_ITEMS = 10;

interface Batchable {
  /** The function that a caller's loop calls for each item; null if the loop is in the call's own function. */
  readonly calledFunction: string | null;
  readonly batchFactor: number;
  /** The time within which the provider answers a batch; null if unknown. */
  readonly hours: number | null;
  /** What one request costs today and in a batch; null if unknown. */
  readonly cost: { readonly today: Range; readonly batched: Range } | null;
}

export const batchableLoop: CallRule<Batchable> = {
  scope: 'call',
  id: 'batchable-loop',
  summary: 'A script sends one request per item at full price, although a batch would do.',
  technique: 'repetition',
  severity: 'information',
  fix: 'none',
  since: '0.1.0',
  needs: [isUnattended, buildsOnEarlierRounds, steersLoop],
  documentation: `
## What it does
Reports text calls that a script, job or notebook makes once per item of a collection, if the provider has a batch API that
takes the same requests at a lower price. A function that makes one request is reported too if a loop in the same file calls
it for each item.

A call of your own function that decides what the request says is reported where the loop repeats it, and not once more at
the request.

Only loops over items are reported. Not reported are retry, polling and agent loops, streams, calls with tools (the next
request needs their answers), prompts that do not change with the item, rounds that build on each other, loops that an answer ends (a search for the first match), lists of fewer than
ten items written in the code, and code that a user may be waiting for: request handlers, and functions with unknown callers.

## Why is this bad
A batch runs the same requests within 24 hours, at half the price at OpenAI, Anthropic and Google. Batches have separate rate
limits, so they often finish sooner than the loop.

## Example
~~~ts file=scripts/label.ts
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const client = new OpenAI();
const rows: string[] = JSON.parse(readFileSync('rows.json', 'utf8'));

for (const row of rows) {
  const answer = await client.chat.completions.create({ // expect: batchable-loop
    model: 'gpt-4o-mini',
    max_tokens: 200,
    messages: [{ role: 'user', content: \`Summarise this review: \${row}\` }],
  });
  console.log(answer.choices[0]?.message.content);
}
~~~

~~~py file=scripts/label.py
import csv

import anthropic

client = anthropic.Anthropic()


def main():
    with open("rows.csv") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        answer = client.messages.create(  # expect: batchable-loop
            model="claude-haiku-4-5",
            max_tokens=200,
            messages=[{"role": "user", "content": f"Summarise this review: {row['text']}"}],
        )
        print(answer.content[0].text)


if __name__ == "__main__":
    main()
~~~

## Use instead
Write the requests to a file, send them as one batch, and read the answers when it has finished. See
[the guide to batches](../guides/batch.md) for a complete program for each provider.

~~~py file=scripts/label.py
import csv

import anthropic

client = anthropic.Anthropic()

with open("rows.csv") as file:
    rows = list(csv.DictReader(file))
batch = client.messages.batches.create(
    requests=[
        {
            "custom_id": f"row-{index}",
            "params": {
                "model": "claude-haiku-4-5",
                "max_tokens": 200,
                "messages": [{"role": "user", "content": f"Summarise this review: {row['text']}"}],
            },
        }
        for index, row in enumerate(rows)
    ]
)
print(batch.id)
~~~

## Fix safety
No automatic fix: the program has to be split in two, one part that sends and one that collects.

## References
- OpenAI \`batches\`: 24 hours, at most 50,000 requests or 200 MB.
- Anthropic \`messages.batches\`: up to 24 hours, at most 100,000 requests or 256 MB.
- Google \`batches\`: 24 hours.
`,
  *check(call, { model, index }) {
    if (call.family !== 'text' || call.loop.purpose !== 'items' || !isUnattended(call)) return;
    if (call.loop.lexical === 'none' && (call.loop.caller === null || isLoopOfFeature(call, index))) return;
    if (call.streaming !== false || call.output.usesTools) return;
    // Someone waits for the answer.
    if (call.reachedFrom === 'handler' || call.reachedFrom === 'ui') return;
    if (call.tier === 'batch' || call.tier === 'flex') return;
    if (model === null || model.batchFactor === null || model.batchFactor >= 1) return;
    if (buildsOnEarlierRounds(call) || steersLoop(call) || !dependsOnInput(call)) return;
    // The parts of a prompt that do not come from the loop may depend on the function's earlier calls, and the model
    // may differ too.
    if (call.loop.lexical === 'none' && (isOpen(call) || call.model.value === null)) return;
    if (call.loop.items !== null && call.loop.items < FEWEST_ITEMS) return;
    if (call.sections.some((section) => section.role === 'history' && section.stability !== 'stable')) return;

    const calledFunction = call.loop.lexical === 'none' ? functionName(call) : null;
    yield {
      data: {
        calledFunction,
        batchFactor: model.batchFactor,
        hours: PROVIDER_TABLE[model.provider].batch?.hours ?? null,
        cost: costOf(call, model),
      },
      origin: call.origin,
      ...(call.loop.origin === null
        ? {}
        : {
            related: [
              {
                origin: call.loop.origin,
                text: { en: 'The loop over the items.', es: 'El bucle sobre los elementos.' },
              },
              ...(call.loop.lexical === 'none' ? callsInLoop(call) : []),
            ],
          }),
    };
  },
  message: {
    en: ({ calledFunction, batchFactor, hours, cost }) => {
      const how = calledFunction === null ? '' : `: a loop calls ${calledFunction} for each`;
      const share = batchFactor === 0.5 ? 'half' : percent(batchFactor);
      const each =
        cost === null
          ? ''
          : `, about ${dollarsOf(cost.batched)} instead of ${dollarsOf(cost.today)} each (${cost.today.basis})`;
      const time = hours === null ? '' : `${each && ','} and finish within ${hours} hours`;
      return `One request per item in code that runs unattended${how}. As a batch, the same requests cost ${share}${each}${time}.`;
    },
    es: ({ calledFunction, batchFactor, hours, cost }) => {
      const how = calledFunction === null ? '' : `: un bucle llama a ${calledFunction} para cada uno`;
      const share = batchFactor === 0.5 ? 'la mitad' : `el ${percent(batchFactor)}`;
      const each =
        cost === null
          ? ''
          : `, unos ${dollarsOf(cost.batched, 'es')} en lugar de ${dollarsOf(cost.today, 'es')} cada una (${NUMBER_STYLES.es.bases[cost.today.basis]})`;
      const time = hours === null ? '' : `${each && ','} y están en ${hours} horas`;
      return `Una petición por elemento en código desatendido${how}. Como lote cuestan ${share}${each}${time}.`;
    },
  },
  saving: ({ cost }) => (cost === null ? null : differenceOf(cost.today, cost.batched)),
};

/** True if the loop around a call of the request's function repeats a feature call: that one has the finding. */
function isLoopOfFeature(request: LlmCall, index: CallIndex): boolean {
  const { caller } = request.loop;
  return callersOf(request, index).some(({ origin }) => isSamePlace(origin, caller?.call ?? null));
}

/** One request today and as part of a batch; null if either is unknown. */
function costOf(call: LlmCall, model: Model): Batchable['cost'] {
  const today = costPerCall(model, call.tokens);
  const batched = costPerCall(model, { ...call.tokens, batch: true });
  return today === null || batched === null || today.basis === 'unknown' ? null : { today, batched };
}

function percent(factor: number): string {
  return `${Math.round(factor * 100)}%`;
}
