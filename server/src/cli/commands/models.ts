import type { Catalogue, Model, PriceTier } from '@farthing/shared/catalogue/catalogue';
import { FEES_FOR_TOKENS } from '@farthing/shared/cost';
import { formatCount, formatDollars } from '@farthing/shared/money';
import { nearestFew } from '@farthing/shared/nearest';
import type { RateName } from '@farthing/shared/rates';
import { UNIT_SETTINGS } from '@farthing/shared/units';
import { FEES, type Fee, PROVIDERS } from '@farthing/shared/vocabulary';
import { describeAge, describePrices, describeRetirement, describeSource } from '../../report/describe.ts';
import { loadConfig } from '../config.ts';
import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';
import { modelsJson } from '../models-json.ts';

/** `farthing models [name]`: what the price table knows, with source and date. */
export const addModels: AddCommand = (program, io) => {
  program
    .command('models')
    .description('list known models and prices, or show everything known about one model')
    .argument('[name]', 'a model (gpt-4o-mini) or a provider (anthropic)')
    .option(
      '--config <file>',
      'configuration file with your own prices (default: farthing.config.json in this folder or the nearest one above)',
    )
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExamples:\n  farthing models anthropic\n  farthing models claude-sonnet-5-5')
    .action(async (name: string | undefined, options: { config?: string; json?: true }) => {
      const { config, prices, problems } = await loadConfig(options.config ?? null, io.cwd, io.cwd, {});
      // The price tables are loaded here, so that other commands do not have to.
      const { catalogueOf } = await import('../../catalogue.ts');
      const now = new Date();
      const catalogue = catalogueOf(config, prices, now);
      if (options.json)
        io.out(modelsJson(name === undefined ? catalogue.models() : namedModels(name, catalogue), catalogue));
      else io.out(name === undefined ? list(catalogue.models(), catalogue) : describeModels(name, catalogue));
      const ownTable = problems.filter(({ message }) => /^(?:priceTable|farthing\.lock\.json)\b/.test(message));
      io.err(ownTable.map(({ path, message }) => `${path}: ${message}\n`).join(''));
      const { source, asOf } = catalogue.provenance;
      io.err(describeAge({ source, date: asOf }, now));
    });
};

/** All that is known of a model at those who sell it, or the list of a provider's models. @throws UsageError for an unknown name */
export function describeModels(name: string, catalogue: Catalogue): string {
  if (modelsOf(name, catalogue).length > 0) return list(modelsOf(name, catalogue), catalogue);
  const found = namedModels(name, catalogue);
  const priced = found.filter(isPriced);
  const others = found.filter((model) => !isPriced(model)).map((model) => model.provider);
  if (priced.length > 0) {
    const also = others.length === 0 ? '' : `\nalso sold by ${others.join(', ')}, price unknown\n`;
    return priced.map(card).join('\n') + also;
  }
  return found.map(card).join('\n');
}

/** The models of a provider; none if `name` is something else. */
function modelsOf(name: string, catalogue: Catalogue): readonly Model[] {
  const provider = PROVIDERS.find((candidate) => candidate === name);
  return provider === undefined ? [] : catalogue.models(provider);
}

/** Those of a provider, or a model at each provider that sells it. @throws UsageError for an unknown name */
export function namedModels(name: string, catalogue: Catalogue): readonly Model[] {
  const ofProvider = modelsOf(name, catalogue);
  const found = ofProvider.length > 0 ? ofProvider : sellersOf(name, catalogue);
  if (found.length > 0) return found;
  const ids = new Set(catalogue.models().map(({ id }) => id));
  const near = nearestFew(name, ids, 3);
  throw new UsageError(
    `"${name}" is not a known model. Calls to it are listed without a cost: the price of a similar name is never used. ` +
      `${near.length === 0 ? '' : `Similar names: ${near.join(', ')}. `}` +
      'To price it, add it to "prices" in farthing.config.json.',
  );
}

/** The model at every provider that is known to sell it. Local servers accept any name, so they are not listed. */
function sellersOf(name: string, catalogue: Catalogue): readonly Model[] {
  const models = PROVIDERS.flatMap((provider) => catalogue.find(provider, name) ?? []);
  const byKey = new Map(models.map((model) => [`${model.provider} ${model.id}`, model]));
  return [...byKey.values()].filter((model) => isPriced(model) || hasFacts(model));
}

function hasFacts({ contextWindow, maxOutput, retirement, capabilities, cacheMode }: Model): boolean {
  return [contextWindow, maxOutput, retirement, capabilities, cacheMode].some((fact) => fact !== null);
}

function isPriced(model: Model): boolean {
  const { price, priceProvenance } = model;
  return priceProvenance !== null || isSoldByUse(model) || Object.values(price).some((rate) => rate !== null);
}

/** Cohere's rankings, transcriptions by the second: such a model needs no price per token. */
function isSoldByUse({ fees, units }: Model): boolean {
  return units.length > 0 || Object.keys(fees).some((fee) => FEES_FOR_TOKENS.has(fee));
}

const UNKNOWN = '-';

function list(models: readonly Model[], { provenance: { source, asOf } }: Catalogue): string {
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
  // Names are aligned left, numbers right.
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  const note = `Dollars per million tokens; ${UNKNOWN} is unknown, never 0. ${describePrices({ source, date: asOf })}.`;
  return `${[line(head), ...rows.map(line)].map((text) => text.trimEnd()).join('\n')}\n\n${note}\n`;
}

type Fact = readonly [name: string, value: string | null];

/**
 * Everything that is known about one model, one fact per line. Unknown facts share one line, and each source is given
 * once.
 */
function card(model: Model): string {
  const { price, capabilities, retirement, cacheMode, cacheMinimum } = model;
  const facts: readonly Fact[] = [
    [
      'price',
      TEXT_RATES.some(([rate]) => price[rate] !== null) ? `${rates(model, TEXT_RATES)} per million tokens` : null,
    ],
    ...MEDIA.map(([name, of]): Fact => [name, ratesApart(model, of)]),
    ...model.tiers.map(
      (tier): Fact => [`above ${formatCount(tier.aboveInputTokens)} in`, rates({ price: tier }, TEXT_RATES)],
    ),
    ['until', model.priceUntil],
    ['units', units(model)],
    ['fees', isPriced(model) ? fees(model) : null],
    ['context', tokens(model.contextWindow)],
    ['output limit', tokens(model.maxOutput)],
    [
      'prompt cache',
      cacheMode && `${cacheMode}${cacheMinimum === null ? '' : `, from ${formatCount(cacheMinimum)} tokens`}`,
    ],
    ['batch', model.batchFactor === null ? null : `${model.batchFactor} times the price`],
    ['in one region', model.residencyFactor === null ? null : `${model.residencyFactor} times the price`],
    ['capabilities', capabilities && abilities(capabilities)],
    ['tokenizer', model.tokenizer === 'unknown' ? null : model.tokenizer],
    ['retires', retirement && describeRetirement(retirement)],
    ...sources(model),
  ];
  const mayLack = model.family === 'text' ? OPTIONAL : OPTIONAL_WITHOUT_TEXT;
  const missing = facts
    .filter(([name, value]) => value === null && !mayLack.has(name) && !(name === 'price' && isSoldByUse(model)))
    .map(([name]) => name);
  const lines: readonly Fact[] = [...facts, ['unknown', missing.length === 0 ? null : missing.join(', ')]];
  const written = lines.flatMap(([name, value]) => (value === null ? [] : [`  ${name.padEnd(18)}${value}`]));
  return `${[`${model.id} (${model.provider}, ${model.family})`, ...written].join('\n')}\n`;
}

/** Facts that many models do not have; they are not listed as unknown. */
const OPTIONAL: ReadonlySet<string> = new Set([
  ...['audio', 'image', 'video', 'until', 'units', 'fees', 'in one region', 'retires'],
]);

/** Models that write no text have none of these either: to embed, to rank, to transcribe. */
const OPTIONAL_WITHOUT_TEXT: ReadonlySet<string> = new Set([
  ...OPTIONAL,
  ...['output limit', 'prompt cache', 'capabilities'],
]);

type Rates = readonly (readonly [rate: RateName, name: string])[];

const TEXT_RATES: Rates = [
  ['input', 'in'],
  ['output', 'out'],
  ['reasoning', 'reasoning'],
  ['cacheRead', 'cache read'],
  ['cacheWrite', 'cache write'],
  ['cacheWriteLong', 'long cache write'],
];
const MEDIA: readonly (readonly [name: string, rates: Rates])[] = [
  [
    'audio',
    [
      ['audioInput', 'in'],
      ['audioOutput', 'out'],
      ['audioCacheRead', 'cache read'],
    ],
  ],
  [
    'image',
    [
      ['imageInput', 'in'],
      ['imageOutput', 'out'],
      ['imageCacheRead', 'cache read'],
    ],
  ],
  [
    'video',
    [
      ['videoInput', 'in'],
      ['videoOutput', 'out'],
    ],
  ],
];

function rates({ price }: { readonly price: Model['price'] | PriceTier }, of: Rates): string | null {
  const parts = of.flatMap(([rate, name]) => (price[rate] === null ? [] : [`${dollars(price[rate])} ${name}`]));
  return parts.length === 0 ? null : parts.join(', ');
}

/** Rates that differ from those of text. */
function ratesApart({ price }: Model, of: Rates): string | null {
  const text = { in: price.input, out: price.output, 'cache read': price.cacheRead };
  return rates(
    { price },
    of.filter(([rate, name]) => price[rate] !== text[name as keyof typeof text]),
  );
}

/** What a fee is charged for, if its name does not say it. */
const USES: Readonly<Partial<Record<Fee, string>>> = {
  grounding: 'grounded prompt',
  maps: 'prompt with Google Maps',
  'code-execution': 'code container',
  'image-generation': 'generated image',
  'annotated-page': 'annotated page',
  'audio-second': 'second of audio',
  'video-second': 'second of video',
};

/**
 * `$0.01 per web search`. A fee that depends on the size of the search lists all its rates, and an unknown fee says so.
 */
function fees({ fees: charged, family }: Model): string | null {
  const parts = FEES.flatMap((name) => {
    const fee = charged[name];
    const use = USES[name] ?? name.replace('-', ' ');
    if (fee === undefined || fee.high === 0) return [];
    // Providers charge for the tools of all their models, but only models that write text use them.
    if (family !== 'text' && !FEES_FOR_TOKENS.has(name)) return [];
    if (fee.low === null || fee.high === null) return [`unknown per ${use}`];
    const figure =
      fee.low === fee.high ? formatDollars(fee.low) : `${formatDollars(fee.low)} to ${formatDollars(fee.high)}`;
    return [`${figure} per ${use}`];
  });
  return parts.length === 0 ? null : parts.join(', ');
}

/** `$0.006 to $0.211 per image, by size and quality`; null for a model without prices that depend on the request. */
function units({ units: listed }: Model): string | null {
  const [first] = listed;
  if (first === undefined) return null;
  const prices = listed.map(({ price }) => price);
  const [low, high] = [Math.min(...prices), Math.max(...prices)].map((price) => formatDollars(price));
  const figure = low === high ? low : `${low} to ${high}`;
  const settings = UNIT_SETTINGS.filter((name) => listed.some(({ when }) => when[name] !== undefined));
  const by = settings.length === 0 || low === high ? '' : `, by ${settings.join(' and ')}`;
  const about = first.isEstimate ? ' (tokens are billed; this is what they come to)' : '';
  return `${figure} per ${USES[first.unit] ?? first.unit}${by}${about}`;
}

function sources({ priceProvenance, provenance, retirement }: Model): readonly Fact[] {
  const byText = new Map<string, string[]>();
  for (const [what, source] of [
    ['price', priceProvenance],
    ['facts', provenance],
    ['retirement', retirement && { ...retirement, source: describeSource(retirement) }],
  ] as const) {
    if (source === null) continue;
    const text = `${source.source}, ${source.asOf}`;
    byText.set(text, [...(byText.get(text) ?? []), what]);
  }
  return [...byText].map(([text, of], index): Fact => [index === 0 ? 'sources' : '', `${of.join(' and ')}: ${text}`]);
}

/** Nano-dollars per token as dollars per million, unrounded: a list price is exact. */
function dollars(nanos: number | null): string {
  return nanos === null ? UNKNOWN : `$${nanos / 1000}`;
}

function tokens(count: number | null): string | null {
  return count === null ? null : `${formatCount(count)} tokens`;
}

function abilities(capabilities: NonNullable<Model['capabilities']>): string {
  const named = Object.entries(capabilities).map(([name, value]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return value === null ? `${words} (unknown)` : value ? words : `no ${words}`;
  });
  return named.join(', ');
}
