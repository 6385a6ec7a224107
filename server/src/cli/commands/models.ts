import type { Catalogue, Model, PriceTier, Provenance } from '@farthing/shared/catalogue/catalogue';
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { formatCount } from '@farthing/shared/money';
import { nearest } from '@farthing/shared/nearest';
import { printableLines } from '@farthing/shared/printable';
import { PROVIDERS } from '@farthing/shared/vocabulary';
import { describePrices, describeRetirement } from '../../report/describe.ts';
import { loadConfig } from '../config.ts';
import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';

/** `farthing models [name]`: what the price table knows, with the source and date of each datum. */
export const addModels: AddCommand = (program, io) => {
  program
    .command('models')
    .description('list the known models and prices, or all that is known of one')
    .argument('[name]', 'a model (gpt-4o-mini) or a provider (anthropic)')
    .option('--config <file>', 'a configuration with prices of your own (default: the nearest farthing.config.json)')
    .addHelpText('after', '\nExamples:\n  farthing models anthropic\n  farthing models claude-sonnet-5-5')
    .action(async (name: string | undefined, options: { config?: string }) => {
      const { config } = await loadConfig(options.config ?? null, io.cwd, io.cwd, {});
      const catalogue = createCatalogue({ now: new Date(), overrides: config.prices });
      // Models and sources may be the configuration's own.
      const text = name === undefined ? list(catalogue.models(), catalogue.provenance) : describe(name, catalogue);
      io.out(printableLines(text));
    });
};

function describe(name: string, catalogue: Catalogue): string {
  const provider = PROVIDERS.find((candidate) => candidate === name);
  const ofProvider = provider === undefined ? [] : catalogue.models(provider);
  if (ofProvider.length > 0) return list(ofProvider, catalogue.provenance);
  const found = sellersOf(name, catalogue);
  const priced = found.filter(isPriced);
  const others = found.filter((model) => !isPriced(model)).map((model) => model.provider);
  if (priced.length > 0) {
    const also = others.length === 0 ? '' : `\nalso at ${others.join(', ')}, at a price that is not known\n`;
    return priced.map(card).join('\n') + also;
  }
  if (found.length > 0) return found.map(card).join('\n');
  const guess = nearest(
    name,
    catalogue.models().map(({ id }) => id),
  );
  throw new UsageError(
    `"${name}" is unknown: a call of it is listed without a cost, never with the price of a similar name.` +
      `${guess === null ? '' : ` Did you mean ${guess}?`} Its own price can be stated under "prices" in farthing.config.json.`,
  );
}

/** The model at everyone who is known to sell it. A local server takes any name, which says nothing about the name. */
function sellersOf(name: string, catalogue: Catalogue): readonly Model[] {
  const models = PROVIDERS.flatMap((provider) => catalogue.find(provider, name) ?? []);
  const byKey = new Map(models.map((model) => [`${model.provider} ${model.id}`, model]));
  return [...byKey.values()].filter((model) => isPriced(model) || model.contextWindow !== null);
}

function isPriced({ price }: Model): boolean {
  return Object.values(price).some((rate) => rate !== null);
}

const UNKNOWN = '-';

function list(models: readonly Model[], { source, asOf }: Provenance): string {
  const head = ['model', 'provider', 'in', 'out', 'cache read', 'context', 'retires'];
  const rows = models.map((model) => [
    model.id,
    model.provider,
    dollars(model.price.input),
    dollars(model.price.output),
    dollars(model.price.cacheRead),
    model.contextWindow === null ? UNKNOWN : formatCount(model.contextWindow),
    model.retirement?.date ?? UNKNOWN,
  ]);
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  // Names stand to the left, numbers to the right.
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  const note = `Dollars per million tokens; ${UNKNOWN} is unknown, never 0. ${describePrices({ source, date: asOf })}.`;
  return `${[line(head), ...rows.map(line)].map((text) => text.trimEnd()).join('\n')}\n\n${note}\n`;
}

/** All that is known of one model, a fact a line, with its source and date. */
function card(model: Model): string {
  const { price, capabilities, retirement } = model;
  const lines: readonly (readonly [name: string, value: string])[] = [
    ['price', isPriced(model) ? `${prices(price)} per million tokens${provenance(model.priceProvenance)}` : 'unknown'],
    ...model.tiers.map((tier: PriceTier) => [`above ${formatCount(tier.aboveInputTokens)} in`, prices(tier)] as const),
    ['context', tokens(model.contextWindow)],
    ['longest answer', tokens(model.maxOutput)],
    [
      'prompt cache',
      `${model.cacheMode ?? 'unknown'}${model.cacheMinimum === null ? '' : `, from ${tokens(model.cacheMinimum)}`}`,
    ],
    ['batch', model.batchFactor === null ? 'none known' : `${model.batchFactor} of the price`],
    ['can', capabilities === null ? 'unknown' : abilities(capabilities)],
    ['tokenizer', model.tokenizer],
    ['retires', retirement === null ? 'no date known' : `${describeRetirement(retirement)}${provenance(retirement)}`],
  ];
  const facts = lines.map(([name, value]) => `  ${name.padEnd(18)}${value}`);
  return `${[`${model.id} (${model.provider}, ${model.family})${provenance(model.provenance)}`, ...facts].join('\n')}\n`;
}

function prices(price: Model['price']): string {
  const parts = [
    `${dollars(price.input)} in`,
    `${dollars(price.output)} out`,
    `${dollars(price.cacheRead)} cache read`,
    `${dollars(price.cacheWrite)} cache write`,
  ];
  return parts.filter((part) => !part.startsWith(UNKNOWN)).join(', ');
}

/** Nano-dollars a token as dollars per million, in full: a listed price is exact. */
function dollars(nanos: number | null): string {
  return nanos === null ? UNKNOWN : `$${nanos / 1000}`;
}

function tokens(count: number | null): string {
  return count === null ? 'unknown' : `${formatCount(count)} tokens`;
}

function abilities(capabilities: NonNullable<Model['capabilities']>): string {
  const named = Object.entries(capabilities).map(([name, value]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return value === null ? `${words} (unknown)` : value ? words : `no ${words}`;
  });
  return named.join(', ');
}

function provenance(source: Provenance | null): string {
  return source === null ? '' : `  [${source.source}, ${source.asOf}]`;
}
