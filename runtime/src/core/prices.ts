/** What a call cost, and what it can cost at most, by the price table and the application's own prices. */
import type { Catalogue, Model, PriceOverride } from '@farthing/shared/catalogue/catalogue';
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { type CallUsage, costPerCall } from '@farthing/shared/cost';
import { exactly } from '@farthing/shared/range';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { RequestFacts } from '../wire/codec.ts';
import type { Usage } from '../wire/usage.ts';
import type { Cost } from './call-log.ts';

export interface Prices {
  /** Null where the model is not known: never a similar one. */
  readonly model: (provider: ProviderName, name: string) => Model | null;
  /** Null where the price is not known. `tier` is the one that the answer was billed at, as the provider names it. */
  readonly cost: (model: Model, usage: Usage, tier: string | null) => Cost | null;
  /** Nano-dollars; null where no bound can be told, with the reason. */
  readonly bound: (model: Model, request: RequestSize) => Bound;
}

export interface RequestSize {
  /** Of the body as it is sent. */
  readonly bytes: number;
  readonly facts: RequestFacts;
}

export type Bound =
  | { readonly amount: number; readonly reason: null }
  | { readonly amount: null; readonly reason: string };

export interface PricesOptions {
  readonly overrides: readonly PriceOverride[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * No vocabulary has a token shorter than a byte, so a request has at most as many tokens as bytes, beside what providers
 * put in front of tools. JSON's own signs outweigh what they add to each message.
 */
const TOKENS_BEFORE_TOOLS = 1000;
const DAY = 86_400_000;

export function createPrices({ overrides, now }: PricesOptions): Prices {
  let catalogue: Catalogue | null = null;
  let day = Number.NaN;
  // Prices are dated: a process that runs for weeks sees the new ones.
  const current = (): Catalogue => {
    const time = now();
    const today = Math.floor(time / DAY);
    if (catalogue === null || today !== day) {
      catalogue = createCatalogue({ now: new Date(time), overrides });
      day = today;
    }
    return catalogue;
  };

  return {
    model: (provider, name) => current().find(provider, name),
    cost: (model, usage, tier) => {
      const range = costPerCall(model, { ...asRanges(usage), ...tierOf(tier) });
      return range === null ? null : { amount: range.expected, basis: range.basis };
    },
    bound: (model, { bytes, facts }) => {
      const unbounded = facts.unbounded.length > 0;
      if (unbounded && model.contextWindow === null) {
        return { amount: null, reason: `its size cannot be told from its body (${facts.unbounded.join(', ')})` };
      }
      const tools = facts.hasTools ? TOKENS_BEFORE_TOOLS : 0;
      const input = unbounded ? Math.max(model.contextWindow ?? 0, bytes) : bytes + tools;
      const each = facts.outputLimit ?? model.maxOutput;
      if (each === null) return { amount: null, reason: 'it has no output limit, and the model has no known maximum' };
      const usage = {
        input: exactly(input, 'assumed'),
        output: exactly(each * Math.max(facts.choices, 1), 'assumed'),
        ...dearestWrite(model, input),
      };
      // Without a tier the account's setting decides, which is not known here.
      const tiers = facts.tier === null || facts.tier === 'auto' ? ['default', 'priority'] : [facts.tier];
      const costs = tiers.map((tier) => costPerCall(model, { ...usage, ...tierOf(tier) })?.high ?? null);
      const known = costs.filter((cost) => cost !== null);
      if (costs[0] === null || known.length === 0) return { amount: null, reason: 'its price is not known' };
      return { amount: Math.max(...known), reason: null };
    },
  };
}

function asRanges(usage: Usage): CallUsage {
  return {
    input: exactly(usage.input, 'measured'),
    output: exactly(usage.output, 'measured'),
    cachedInput: usage.cachedInput,
    cacheWriteInput: usage.cacheWriteInput,
    cacheWriteLongInput: usage.cacheWriteLongInput,
  };
}

function tierOf(tier: string | null): Pick<CallUsage, 'tier'> {
  if (tier === 'flex') return { tier: 'flex' };
  return tier === 'priority' || tier === 'fast' ? { tier: 'priority' } : {};
}

/** All input written to the cache at its dearest rate, where a write costs more than reading it afresh. */
function dearestWrite({ price }: Model, input: number): Pick<CallUsage, 'cacheWriteInput' | 'cacheWriteLongInput'> {
  const plain = price.input ?? 0;
  if ((price.cacheWriteLong ?? 0) > Math.max(plain, price.cacheWrite ?? 0)) return { cacheWriteLongInput: input };
  return (price.cacheWrite ?? 0) > plain ? { cacheWriteInput: input } : {};
}
