import { priceAt } from '@farthing/shared/cost';
import type { Language } from '@farthing/shared/language';
import { formatDollars } from '@farthing/shared/money';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { type PaddedJson, paddedJson as paddedJsonIn } from '../calls/facts/padded-json.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallContext, CallRule } from './rule.ts';
import { sharingPlace, usedHere } from './support/feature-calls.ts';

interface Padded {
  readonly percent: number;
  /** Nano-dollars that indentation adds to JSON of 1,000 tokens; null if the price is unknown. */
  readonly cost: number | null;
}

/** Of each 1,000 tokens without indentation, those that two spaces add: lists of records, counted with o200k. */
const ADDED = {
  /** To JSON without any whitespace, as JavaScript writes it. */
  dense: 600,
  /** To JSON with a space after each comma and colon, as Python writes it. */
  spaced: 200,
} as const;

export const paddedJson: CallRule<Padded> = {
  scope: 'call',
  id: 'padded-json',
  summary: 'JSON goes into the prompt with line breaks and indentation, which are paid for as tokens.',
  technique: 'prompt',
  severity: 'information',
  fix: 'safe',
  since: '0.2.0',
  needs: [paddedJsonIn],
  documentation: `
## What it does
Reports \`JSON.stringify(value, null, 2)\`, \`json.dumps(value, indent=2)\` and \`model_dump_json(indent=2)\` whose text goes into
a prompt: in the call itself, through a name in the same function, or in a function that this one calls for a part of the
text.

Not reported are notebooks, and texts that come in as parameters of an unknown caller.

## Why is this bad
Line breaks and indentation are tokens. Indented by two spaces, a list of records takes about 60% more
tokens than without (20% in Python, whose compact JSON keeps a space after commas and colons), and models read both equally
well. The amount in the message is what this adds to JSON of 1,000 tokens, at the full input price.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function explain(order: object) {
  return client.responses.create({
    model: 'gpt-6-sol',
    max_output_tokens: 400,
    input: \`Explain this order:\\n\${JSON.stringify(order, null, 2)}\`, // expect: padded-json
  });
}
~~~

~~~py
import json

from openai import OpenAI

client = OpenAI()


def explain(order: dict):
    text = json.dumps(order, indent=2)  # expect: padded-json
    return client.responses.create(model="gpt-6-sol", max_output_tokens=400, input=f"Explain this order:\\n{text}")
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function explain(order: object) {
  return client.responses.create({
    model: 'gpt-6-sol',
    max_output_tokens: 400,
    input: \`Explain this order:\\n\${JSON.stringify(order)}\`,
  });
}
~~~

~~~py
import json

from openai import OpenAI

client = OpenAI()


def explain(order: dict):
    text = json.dumps(order)
    return client.responses.create(model="gpt-6-sol", max_output_tokens=400, input=f"Explain this order:\\n{text}")
~~~

## Fix safety
Safe where the JSON is written in the call: it says the same. Suggested where it has a name, since the same text may be shown
or stored elsewhere.

## References
- RFC 8259, section 2: whitespace between tokens of JSON has no meaning.
`,
  *check(call, context) {
    if (isDemonstration(call)) return;
    for (const padded of paddedJsonIn(call)) {
      const others = sharingPlace(call, padded.origin, context.index, (other) =>
        paddedJsonIn(other).map(({ origin }) => origin),
      );
      if (others === null) continue;
      const added = padded.compact === null ? ADDED.spaced : ADDED.dense;
      yield {
        data: { percent: added / 10, cost: costOf(added, context) },
        origin: padded.origin,
        ...usedHere(others),
        fixes: () => [fixOf(padded)],
      };
    }
  },
  message: {
    en: ({ percent, cost }) =>
      `Indentation is paid for: it adds about ${percent}% to the tokens of this JSON${money(cost, 'for each 1,000 tokens')}. Send it compact, since models read both.`,
    es: ({ percent, cost }) =>
      `La sangría se paga: añade cerca del ${percent} % a los tokens de este JSON${money(cost, 'por cada 1000 tokens', 'es')}. Envíalo compacto: los modelos leen ambos.`,
  },
};

function fixOf({ place, compact, isOnlyPrompt }: PaddedJson): Fix {
  return {
    title: { en: 'Send compact JSON', es: 'Enviar JSON compacto' },
    safety: isOnlyPrompt ? 'safe' : 'suggested',
    operations: [{ kind: 'set', target: place.target, value: compact }],
  };
}

function money(cost: number | null, per: string, language: Language = 'en'): string {
  return cost === null ? '' : ` (${formatDollars(cost, 2, language)} ${per})`;
}

function costOf(added: number, { model }: CallContext): number | null {
  const rate = model === null ? null : priceAt(model, added).input;
  return rate === null ? null : rate * added;
}
