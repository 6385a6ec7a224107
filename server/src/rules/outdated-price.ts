import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import { PROVIDER_TABLE, providerOfAlias } from '@farthing/shared/providers/index';
import { PROVIDERS, type ProviderName } from '@farthing/shared/vocabulary';
import { isProductCode, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { type PriceTable, type StatedPrice, statedPrices } from '../calls/facts/stated-prices.ts';
import type { Origin } from '../ir/origin.ts';
import type { ProjectContext, ProjectFinding, ProjectRule } from './rule.ts';

interface Outdated {
  readonly model: string;
  /** Nano-dollars per million tokens, as the code has them and as the list has them. */
  readonly stated: Price;
  readonly listed: Price;
  /** Other prices of the file that differ, and how many were compared. */
  readonly others: number;
  readonly compared: number;
}

interface Price {
  readonly input: number;
  readonly output: number;
}

export const outdatedPrice: ProjectRule<Outdated> = {
  scope: 'project',
  id: 'outdated-price',
  summary: 'A table of prices in the code is out of date, so what the application counts and bills is wrong.',
  technique: 'policy',
  severity: 'information',
  fix: 'none',
  since: '0.2.0',
  isPreview: true,
  needs: [statedPrices],
  documentation: `
## What it does
Compares tables of models' prices with the price lists of the providers, and reports those that differ: once for each file,
at the call whose costs are counted with it. Tables are looked for in the call's module and in modules that it imports under
names of money (\`pricing\`, \`calculateCost\`, \`usage\`), three imports deep.

A table may count per token, per thousand or per million tokens, in any names for input and output. Which it is, and that it
is in dollars, follows from the prices that are right: a table of which fewer than two fifths agree with the lists is left alone.
Not compared are models that no longer answer or of which little is known, notebooks, tests and examples.

Severity: a warning if a call of the project names the model, otherwise information.

## Why is this bad
Budgets stop too early or too late, and users are billed for what they did not spend. Prices of models that exist are lowered
now and then, and a price that was copied at a model's launch stays behind.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

const PRICES: Record<string, { input: number; output: number }> = {
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4o': { input: 5, output: 15 }, // expect: outdated-price
};

export async function answer(model: string, input: string) {
  const response = await client.responses.create({ model, max_output_tokens: 800, input });
  const { input: rate } = PRICES[model]!;
  return { text: response.output_text, cost: (response.usage!.input_tokens * rate) / 1_000_000 };
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()

COST_PER_1K = {
    "gpt-4o": {"prompt": 0.005, "completion": 0.015},  # expect: outdated-price
    "gpt-4o-mini": {"prompt": 0.00015, "completion": 0.0006},
    "gpt-4.1": {"prompt": 0.002, "completion": 0.008},
}


def answer(model: str, question: str):
    answer = client.responses.create(model=model, max_output_tokens=800, input=question)
    return answer, answer.usage.input_tokens / 1000 * COST_PER_1K[model]["prompt"]
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

const PRICES: Record<string, { input: number; output: number }> = {
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4o': { input: 2.5, output: 10 },
};

export async function answer(model: string, input: string) {
  const response = await client.responses.create({ model, max_output_tokens: 800, input });
  const { input: rate } = PRICES[model]!;
  return { text: response.output_text, cost: (response.usage!.input_tokens * rate) / 1_000_000 };
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()

COST_PER_1K = {
    "gpt-4o": {"prompt": 0.0025, "completion": 0.01},
    "gpt-4o-mini": {"prompt": 0.00015, "completion": 0.0006},
    "gpt-4.1": {"prompt": 0.002, "completion": 0.008},
}


def answer(model: str, question: str):
    answer = client.responses.create(model=model, max_output_tokens=800, input=question)
    return answer, answer.usage.input_tokens / 1000 * COST_PER_1K[model]["prompt"]
~~~

## Fix safety
No automatic fix: a table may hold the prices of a contract. State such prices in the configuration, and they are what is
compared.

## References
- \`farthing models NAME\` prints a model's price, its source and the day on which it was true.
`,
  *check(index, context) {
    const found = new Set<string>();
    for (const call of index.calls()) {
      if (isDemonstration(call) || !isProductCode(call) || !index.isShown(call)) continue;
      for (const table of statedPrices(call)) {
        if (found.has(table.path)) continue;
        found.add(table.path);
        yield* findingAt(nearest(table, call, index), table, index, context);
      }
    }
  },
  message: {
    en: ({ model, stated, listed, others, compared }) => {
      const more = others === 0 ? '' : ` ${formatCount(others)} more of ${formatCount(compared)} prices here differ.`;
      return `The code counts ${model} at ${pair(stated, 'en')} a million tokens; the list price is ${pair(listed, 'en')}.${more} Whatever is counted or billed with them is wrong: correct them.`;
    },
    es: ({ model, stated, listed, others, compared }) => {
      const more =
        others === 0 ? '' : ` Difieren ${formatCount(others, 'es')} más de ${formatCount(compared, 'es')} precios.`;
      return `El código cuenta ${model} a ${pair(stated, 'es')} por millón de tokens; el precio de lista es ${pair(listed, 'es')}.${more} Corrígelos: lo que se cuenta o factura es erróneo.`;
    },
  },
};

function pair({ input, output }: Price, language: Language): string {
  const [from, to] = [formatDollars(input, 2, language), formatDollars(output, 2, language)];
  return language === 'es' ? `${from} de entrada y ${to} de salida` : `${from} in and ${to} out`;
}

/** A call of the table's own file, which can show the place; else the one that leads to it. */
function nearest({ path }: PriceTable, call: LlmCall, index: CallIndex): LlmCall {
  return index.calls().find((other) => other.origin.path === path && index.isShown(other)) ?? call;
}

interface Comparison {
  readonly price: StatedPrice;
  readonly stated: Price;
  readonly listed: Price;
}

function* findingAt(
  call: LlmCall,
  { path, prices }: PriceTable,
  index: CallIndex,
  context: ProjectContext,
): Iterable<ProjectFinding<Outdated>> {
  const compared = comparable(prices, context);
  const wrong = compared.filter((one) => !isEqual(one.stated, one.listed));
  const used = namesOf(index);
  const worst = wrong.find(({ price }) => used.has(price.model)) ?? wrong[0];
  if (worst === undefined) return;
  const { price, stated, listed } = worst;
  const origin: Origin = { path, start: price.start, end: price.end };
  yield {
    call,
    data: { model: price.model, stated, listed, others: wrong.length - 1, compared: compared.length },
    origin,
    severity: used.has(price.model) ? 'warning' : 'information',
  };
}

/** The models that the project's calls name. */
function namesOf(index: CallIndex): ReadonlySet<string> {
  return new Set(
    index
      .calls()
      .flatMap(({ model, modelChoice }) => [
        ...((model.value ?? model.hint) ? [model.value ?? model.hint ?? ''] : []),
        ...modelChoice.alternatives.map(({ name }) => name),
      ]),
  );
}

/** What the figures of a table may count: tokens by the one, the thousand, the million. */
const UNITS = [1, 1_000, 1_000_000];
/** Below this share of agreement the table counts something else: another currency, another unit. */
const LEAST_AGREEMENT = 0.4;
const LEAST_AGREEING = 2;

/** The prices of which the list has one as well, in the unit in which most agree; none if too few do. */
function comparable(prices: readonly StatedPrice[], context: ProjectContext): readonly Comparison[] {
  const listed = prices.flatMap((price) => {
    const found = listedPrice(price.model, context);
    return found === null ? [] : [{ price, listed: found }];
  });
  const byUnit = UNITS.map((unit) => {
    const all = listed.map(({ price, listed }) => {
      const perMillion = (amount: number): number => (amount * NANO_DOLLARS * 1_000_000) / unit;
      return { price, listed, stated: { input: perMillion(price.input), output: perMillion(price.output) } };
    });
    return { all, agreeing: all.filter((one) => isEqual(one.stated, one.listed)).length };
  });
  const [best] = byUnit.toSorted((a, b) => b.agreeing - a.agreeing);
  if (best === undefined || best.agreeing < LEAST_AGREEING) return [];
  return best.agreeing < LEAST_AGREEMENT * best.all.length ? [] : best.all;
}

/** The providers that sell their own models under their own names: an id says whose list is the price. */
const MAKERS: readonly ProviderName[] = PROVIDERS.filter((name) => {
  const { sales, takesIds } = PROVIDER_TABLE[name];
  return sales.kind === 'maker' && takesIds === true;
});

/**
 * Nano-dollars per million tokens; null for a model of which no more than a price is known, that is gone, or that another than
 * its maker sells. An old model that no page lists any longer may have been gone for years.
 */
function listedPrice(name: string, { catalogue, now }: ProjectContext): Price | null {
  const [prefix, ...rest] = name.includes('/') ? name.split('/') : ['', name];
  const alias = prefix === '' || prefix === undefined ? null : providerOfAlias(prefix);
  if (prefix !== '' && alias === null) return null;
  const id = rest.join('/');
  const makers = alias === null ? MAKERS : MAKERS.filter((maker) => maker === alias);
  const [found, ...others] = makers.flatMap((maker) => catalogue.find(maker, id) ?? []);
  return found === undefined || others.length > 0 ? null : priceOf(found, now);
}

function priceOf({ price: { input, output }, retirement, capabilities, family }: Model, now: Date): Price | null {
  const isGone = retirement !== null && retirement.date <= now.toISOString().slice(0, 10);
  if (input === null || output === null || isGone || capabilities === null || family !== 'text') return null;
  return { input: input * 1_000_000, output: output * 1_000_000 };
}

function isEqual(one: Price, other: Price): boolean {
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= b * 0.01;
  return isNear(one.input, other.input) && isNear(one.output, other.output);
}
