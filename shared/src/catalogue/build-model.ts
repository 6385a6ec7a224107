/** Joins what the price table, the patch, the maker of a hosted model and the model's name say into one `Model`. */
import { nanoDollarsPerToken } from '../money.ts';
import type { ProviderName } from '../vocabulary.ts';
import type { Model, Price, PriceTier, Provenance } from './catalogue.ts';
import { PATCH_DATE } from './data/patches.ts';
import { FAMILY_PATTERNS, TOKENIZER_PATTERNS } from './data/patterns.ts';
import { type ListedPrice, type ListedRates, priceTable } from './price-table.ts';
import type { Entry } from './source.ts';

const NO_PRICE: Price = { input: null, output: null, cacheRead: null, cacheWrite: null, cacheWriteLong: null };

/** @param today YYYY-MM-DD: which of several dated prices holds */
export function buildModel(entry: Entry, today: string, maker: Model | null): Model {
  const { listed, patch, patchFile } = entry;
  const base = bareModel(entry.provider, listed?.id ?? entry.id, 'price table');
  const patched: Provenance | null =
    patch === null || patchFile === null
      ? null
      : { source: patch.source ?? patchFile.source, asOf: patch.asOf ?? patchFile.asOf };
  const tableProvenance: Provenance = { source: `genai-prices ${priceTable().version}`, asOf: priceTable().date };
  const isPatchedPrice = patch?.prices !== undefined;
  const current = priceOn(isPatchedPrice ? (patch?.prices ?? []) : (listed?.prices ?? []), today);
  const price = current === null ? NO_PRICE : toPrice(current);
  const isPriced = price.input !== null || price.output !== null;
  const isCachedByHost = maker !== null && price.cacheRead !== null;
  const cacheMode = patch?.cacheMode ?? (isCachedByHost ? maker.cacheMode : null);

  return {
    ...base,
    id: entry.id,
    price,
    tiers: (current?.steps ?? []).map(
      ({ above, ...rates }): PriceTier => ({ ...toPrice(rates), aboveInputTokens: above }),
    ),
    priceProvenance: isPriced ? (isPatchedPrice ? patched : tableProvenance) : null,
    contextWindow: patch?.context ?? listed?.context ?? maker?.contextWindow ?? null,
    maxOutput: patch?.maxOutput ?? maker?.maxOutput ?? null,
    // A host that sells cache reads of a model caches it as its maker does.
    cacheMinimum: cacheMode === 'none' ? null : (patch?.cacheMinimum ?? (isCachedByHost ? maker.cacheMinimum : null)),
    cacheMode,
    batchFactor: patch?.batchFactor ?? null,
    flexFactor: patch?.flexFactor ?? null,
    priorityFactor: patch?.priorityFactor ?? null,
    // Makers count differently, so a host's models have no common order of age.
    generation: patch?.generation ?? null,
    retirement:
      patch?.retirement === undefined
        ? null
        : {
            date: patch.retirement.date,
            outcome: patch.retirement.outcome,
            replacement: patch.retirement.replacement,
            source: patch.retirement.source ?? patched?.source ?? '',
            asOf: patch.retirement.asOf ?? patched?.asOf ?? PATCH_DATE,
          },
    // What its maker has withdrawn may be gone here too, and must not be suggested: as good as unknown.
    capabilities: patch?.capabilities ?? (maker?.retirement === null ? maker.capabilities : null),
    tokenizer: patch?.tokenizer ?? maker?.tokenizer ?? base.tokenizer,
    family: patch?.family ?? maker?.family ?? base.family,
    provenance: patched ?? tableProvenance,
  };
}

/** A model of which only the name is known: what the name says of it, and no price. */
export function bareModel(provider: ProviderName, id: string, source: string): Model {
  const name = id.toLowerCase();
  return {
    id,
    provider,
    price: NO_PRICE,
    tiers: [],
    priceProvenance: null,
    contextWindow: null,
    maxOutput: null,
    cacheMinimum: null,
    cacheMode: null,
    batchFactor: null,
    flexFactor: null,
    priorityFactor: null,
    generation: null,
    retirement: null,
    capabilities: null,
    tokenizer: TOKENIZER_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown',
    family: FAMILY_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? 'text',
    provenance: { source, asOf: PATCH_DATE },
  };
}

/** Dollars per million tokens as nano-dollars per token. */
export function toPrice(rates: ListedRates): Price {
  const rate = (dollars: number | undefined): number | null =>
    dollars === undefined ? null : nanoDollarsPerToken(dollars);
  return {
    input: rate(rates.input),
    output: rate(rates.output),
    cacheRead: rate(rates.cacheRead),
    cacheWrite: rate(rates.cacheWrite),
    cacheWriteLong: rate(rates.cacheWriteLong),
  };
}

function priceOn(prices: readonly ListedPrice[], today: string): ListedPrice | null {
  let current: ListedPrice | null = null;
  for (const price of prices) if (price.from === undefined || price.from <= today) current = price;
  return current;
}
