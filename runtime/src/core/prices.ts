/** What a call cost, and what it can cost at most, by the price table and the application's own prices. */
import type { Catalogue, Discount, Model, PriceOverride } from '@farthing/shared/catalogue/catalogue';
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import type { PriceTable } from '@farthing/shared/catalogue/price-table';
import { type CallUsage, costPerCall, FEES_FOR_TOKENS, unpricedParts } from '@farthing/shared/cost';
import { exactly } from '@farthing/shared/range';
import { answerLength, reasonsByDefault } from '@farthing/shared/tokens/output-lengths';
import type { Fee, ProviderName } from '@farthing/shared/vocabulary';
import type { RequestFacts } from '../wire/codec.ts';
import { NO_SERVER_USE, type ServerUse } from '../wire/server-use.ts';
import { type Fees, MEDIA, type Usage } from '../wire/usage.ts';
import type { Cost } from './call-log.ts';
import { warnOfAge } from './price-age.ts';

export interface Prices {
  /** Null if the model is unknown: never a similar one. */
  readonly model: (provider: ProviderName, name: string) => Model | null;
  /**
   * The model whose price applies to an answer: the one that served it, if that has a price, and otherwise the
   * requested one. For aliases, deployments and routers, only the answer names the model that served it.
   */
  readonly billed: (provider: ProviderName, asked: string | null, served: string | null) => Model | null;
  /**
   * Null if the price of any part is unknown. `tier` is the tier that the answer was billed at, as the provider names
   * it.
   */
  readonly cost: (model: Model, usage: Usage, tier: string | null, terms?: Terms) => Cost | null;
  /** Why `cost` is null, for people. */
  readonly whyUnpriced: (model: Model, usage: Usage, tier: string | null) => string;
  /** Nano-dollars; null with the reason if there is no bound. */
  readonly bound: (model: Model, request: RequestSize, terms?: Terms) => Bound;
  /** Nano-dollars that the request will probably cost; null if its price is unknown. */
  readonly expected: (model: Model, request: RequestSize, terms?: Terms) => number | null;
}

/** Further terms that a provider's price depends on. */
export interface Terms {
  /** True if the request keeps its data in one region. */
  readonly isResident: boolean;
  /** True for a line of a batch. Default: false. */
  readonly isBatch?: boolean;
}

export interface RequestSize {
  /** Size of the body as it is sent. */
  readonly bytes: number;
  readonly facts: RequestFacts;
  /** What the provider may do on its own. Default: nothing. */
  readonly use?: ServerUse;
}

export type Bound =
  | { readonly amount: number; readonly reason: null }
  /** `isUnpriced`: a declared price would tell. */
  | { readonly amount: null; readonly reason: string; readonly isUnpriced: boolean };

export interface PricesOptions {
  readonly overrides: readonly PriceOverride[];
  readonly discounts?: readonly Discount[];
  readonly deployments?: Readonly<Record<string, string>>;
  /** The table that overrides the built-in one: called for each call, because it is reloaded while calls run. */
  readonly table?: () => PriceTable | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * No vocabulary has a token shorter than a byte, so a request has at most as many tokens as bytes, plus what providers
 * add before tools. JSON's own characters outweigh what they add to each message.
 */
const TOKENS_BEFORE_TOOLS = 1000;
/** Bytes of a request per token, on average. */
export const BYTES_PER_TOKEN = 4;
/** Prices change on a day, and some on an hour, but not within half an hour. */
const PERIOD = 1_800_000;

export function createPrices({ overrides, discounts, deployments, table, now }: PricesOptions): Prices {
  let catalogue: Catalogue | null = null;
  let known: PriceTable | null = null;
  let period = Number.NaN;
  // A process that runs for weeks picks up new prices.
  const current = (): Catalogue => {
    const time = now();
    const present = Math.floor(time / PERIOD);
    const loaded = table?.() ?? null;
    if (catalogue === null || present !== period || loaded !== known) {
      catalogue = createCatalogue({
        now: new Date(time),
        isTimed: true,
        overrides,
        table: loaded,
        ...(discounts !== undefined && { discounts }),
        ...(deployments !== undefined && { deployments }),
      });
      period = present;
      known = loaded;
      // A table that has not come yet is no reason to warn of the one that it replaces.
      if (table === undefined || loaded !== null) warnOfAge(catalogue.provenance.asOf, new Date(time));
    }
    return catalogue;
  };

  return {
    model: (provider, name) => current().find(provider, name),
    billed: (provider, asked, served) => {
      const find = (name: string | null): Model | null => (name === null ? null : current().find(provider, name));
      const serving = find(served);
      return serving !== null && hasPrice(serving) ? serving : (find(asked) ?? serving);
    },
    cost: (model, usage, tier, terms) => {
      const range = costPerCall(model, chargedUsage(usage, tier, terms));
      return range === null ? null : { amount: range.expected, basis: range.basis };
    },
    whyUnpriced: (model, usage, tier) => {
      if (!hasPrice(model)) return `the price of ${model.id} at ${model.provider} is unknown`;
      const parts = unpricedParts(model, chargedUsage(usage, tier));
      if (parts.length > 0) return `${model.id} at ${model.provider} has no known price for ${parts.join(', ')}`;
      return `${model.id} at ${model.provider} has no known price in the tier "${tier ?? 'default'}"`;
    },
    bound: (model, { bytes, facts, use = NO_SERVER_USE }, terms) => {
      const unlimited = unlimitedIn(model, use);
      if (unlimited !== null) return unboundable(unlimited);
      const { unbounded } = facts;
      const unsized = unbounded.length > 0 ? unbounded : use.rounds > 1 ? use.parts : [];
      const isUnsized = unsized.length > 0;
      if (isUnsized && model.contextWindow === null) {
        return unboundable(`its size cannot be determined from its body (${unsized.join(', ')})`);
      }
      const tools = facts.hasTools ? TOKENS_BEFORE_TOOLS : 0;
      const input = (isUnsized ? Math.max(model.contextWindow ?? 0, bytes) : bytes + tools) * use.rounds;
      const each = facts.outputLimit ?? model.maxOutput;
      if (each === null) return unboundable('it has no output limit, and the model has no known maximum');
      const output = each * Math.max(facts.choices, 1) * use.texts;
      const usage = {
        input: exactly(isByFee(model, use.fees) ? 0 : input, 'assumed'),
        output: exactly(output, 'assumed'),
        ...costliestWrite(model, input),
        ...costliestMedia(model, { input: isUnsized ? input : 0, output }),
        fees: finite(chargedFees(model, use.fees)),
        searchContext: 'high',
        ...charged(terms),
      } as const;
      // Without a tier the account's setting decides, which is unknown here.
      const isOfAccount = (facts.tier === null || facts.tier === 'auto') && terms?.isBatch !== true;
      const tiers = isOfAccount ? ['default', 'priority'] : [facts.tier];
      const costs = tiers.map((tier) => costPerCall(model, { ...usage, tier: tierNamed(tier) })?.high ?? null);
      const known = costs.filter((cost) => cost !== null);
      if (costs[0] === null || known.length === 0) {
        const parts = hasPrice(model) ? unpricedParts(model, usage) : [];
        const reason = parts.length === 0 ? 'its price is unknown' : `its price for ${parts.join(', ')} is unknown`;
        return { amount: null, reason, isUnpriced: true };
      }
      return { amount: Math.max(...known), reason: null };
    },
    expected: (model, { bytes, facts, use = NO_SERVER_USE }, terms) => {
      const { expected } = answerLength(facts.hasTools ? 'tools' : 'chat', reasonsByDefault(model.id));
      const length = Math.min(expected, facts.outputLimit ?? expected, model.maxOutput ?? expected);
      const fees = probableFees(model, use);
      const usage = {
        input: exactly(isByFee(model, fees) ? 0 : Math.ceil(bytes / BYTES_PER_TOKEN), 'assumed'),
        output: exactly(length * Math.max(facts.choices, 1), 'assumed'),
        fees,
      };
      return costPerCall(model, { ...usage, tier: tierNamed(facts.tier), ...charged(terms) })?.expected ?? null;
    },
  };
}

function unboundable(reason: string): Bound {
  return { amount: null, reason, isUnpriced: false };
}

const REMEDY_UNLIMITED = 'Set `max_uses` (Anthropic) or `max_tool_calls` (OpenAI) where the tool takes it';

/** Null if everything that the provider may do on its own has a limit, or is free. */
function unlimitedIn({ fees }: Model, use: ServerUse): string | null {
  const isEndless = (fee: Fee): boolean => !Number.isFinite(use.fees[fee]) && fees[fee]?.high !== 0;
  if (Number.isFinite(use.rounds) && !namesOf(use.fees).some(isEndless)) return null;
  return `nothing limits what the provider may do on its own (${use.parts.join(', ')}). ${REMEDY_UNLIMITED}`;
}

function namesOf(fees: Fees): readonly Fee[] {
  return Object.keys(fees) as Fee[];
}

/** Fees without a limit are free: `unlimitedIn` reports all others. */
function finite(fees: Fees): Fees {
  if (namesOf(fees).every((fee) => Number.isFinite(fees[fee]))) return fees;
  return Object.fromEntries(Object.entries(fees).filter(([, count]) => Number.isFinite(count)));
}

/** Fees for a size, such as a container's memory: all of it is charged, not one use. */
const SIZES: ReadonlySet<string> = new Set(['code-execution', 'search-unit']);

/** A tool that the request offers is probably used once. Fees without a known price are left out. */
function probableFees(model: Model, { fees }: ServerUse): Fees {
  const priced = Object.entries(chargedFees(model, fees)).filter(
    ([fee]) => typeof model.fees[fee as Fee]?.low === 'number',
  );
  return Object.fromEntries(
    priced.map(([fee, count]) => [fee, SIZES.has(fee) && Number.isFinite(count) ? count : Math.min(count, 1)]),
  );
}

/** Asked for each call, so it adds members instead of spreading objects. */
function chargedUsage(usage: Usage, tier: string | null, terms?: Terms): CallUsage {
  const ranges: { -readonly [Name in keyof CallUsage]: CallUsage[Name] } = {
    input: exactly(usage.input, 'measured'),
    output: exactly(usage.output, 'measured'),
    cachedInput: usage.cachedInput,
    cacheWriteInput: usage.cacheWriteInput,
    cacheWriteLongInput: usage.cacheWriteLongInput,
    tier: tierNamed(tier),
    isResident: terms?.isResident === true,
    batch: terms?.isBatch === true,
  };
  if (usage.reasoning !== null) ranges.reasoning = usage.reasoning;
  for (const name of MEDIA) {
    const count = usage[name];
    if (count !== undefined) ranges[name] = count;
  }
  if (usage.fees !== undefined) ranges.fees = usage.fees;
  if (usage.searchContext !== undefined) ranges.searchContext = usage.searchContext;
  return ranges;
}

function charged(terms: Terms | undefined): Pick<CallUsage, 'isResident' | 'batch'> {
  return { isResident: terms?.isResident === true, batch: terms?.isBatch === true };
}

/** Asked for each call, so it makes no lists. */
function hasPrice({ price, fees }: Model): boolean {
  for (const name in price) if (price[name as keyof typeof price] !== null) return true;
  for (const fee in fees) if (FEES_FOR_TOKENS.has(fee)) return true;
  return false;
}

/** Cohere ranks documents for a fee, without a price per token. */
function isByFee({ price }: Model, fees: Fees): boolean {
  return price.input === null && Object.keys(fees).some((fee) => FEES_FOR_TOKENS.has(fee));
}

/** A model with a price per token charges no fees that replace tokens. */
function chargedFees({ price }: Model, fees: Fees): Fees {
  if (price.input === null || !namesOf(fees).some((fee) => FEES_FOR_TOKENS.has(fee))) return fees;
  return Object.fromEntries(Object.entries(fees).filter(([fee]) => !FEES_FOR_TOKENS.has(fee)));
}

/**
 * Media inside a body have more bytes than tokens, by a larger factor than their rate exceeds that of text. Media that
 * the body only refers to, and those in the answer, are bounded by their own rate.
 */
function costliestMedia(
  { price }: Model,
  tokens: { readonly input: number; readonly output: number },
): Pick<CallUsage, 'audioInput' | 'imageInput' | 'videoInput' | 'audioOutput' | 'imageOutput' | 'videoOutput'> {
  const costliest = <
    Name extends 'audioInput' | 'imageInput' | 'videoInput' | 'audioOutput' | 'imageOutput' | 'videoOutput',
  >(
    names: readonly Name[],
    text: number | null,
    count: number,
  ): Partial<Record<Name, number>> => {
    let found: Name | null = null;
    let rate = text ?? 0;
    for (const name of names) {
      if ((price[name] ?? 0) <= rate) continue;
      rate = price[name] ?? 0;
      found = name;
    }
    return found === null || count === 0 ? {} : ({ [found]: count } as Partial<Record<Name, number>>);
  };
  return {
    ...costliest(['audioInput', 'imageInput', 'videoInput'], price.input, tokens.input),
    ...costliest(['audioOutput', 'imageOutput', 'videoOutput'], price.output, tokens.output),
  };
}

function tierNamed(tier: string | null): NonNullable<CallUsage['tier']> {
  const name = tier?.toLowerCase();
  if (name === 'flex') return 'flex';
  return name === 'priority' || name === 'fast' ? 'priority' : 'standard';
}

/** The whole input written to the cache at the highest rate, if a write costs more than uncached input. */
function costliestWrite({ price }: Model, input: number): Pick<CallUsage, 'cacheWriteInput' | 'cacheWriteLongInput'> {
  const plain = price.input ?? 0;
  if ((price.cacheWriteLong ?? 0) > Math.max(plain, price.cacheWrite ?? 0)) return { cacheWriteLongInput: input };
  return (price.cacheWrite ?? 0) > plain ? { cacheWriteInput: input } : {};
}
