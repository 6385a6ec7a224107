/** Sums recorded calls by call site and revision, in memory that depends on the number of call sites alone. */
import type { MeasuredModel, MeasuredSite, MeasuredTokens } from '@farthing/shared/measured/measured';
import { isExactAmount } from '@farthing/shared/money';
import type { PriceCall } from './price-call.ts';
import { createQuantiles } from './quantiles.ts';
import type { RecordedCall } from './recorded-call.ts';
import type { JoinedSite, ResolveSite } from './resolve-site.ts';

export interface Aggregate {
  readonly add: (call: RecordedCall) => void;
  /** The largest cost first. */
  readonly sites: () => readonly MeasuredSite[];
  /** Calls whose call site is not among the others, because there were too many. */
  readonly overflow: () => number;
}

/** More than any application has: records of damaged stacks could name any number. */
const MAX_SITES = 10_000;
const MAX_MODELS = 50;

/** @param revision of calls that do not say which code ran; null if unknown */
export function createAggregate(price: PriceCall, resolve: ResolveSite, revision: string | null): Aggregate {
  const sums = new Map<string, SiteSum>();
  /** By what the record says, and by the call that it was found to be: one call may be recorded in several ways. */
  const byRecord = new Map<string, SiteSum>();
  let overflow = 0;

  const sumFor = (call: RecordedCall, isFeature: boolean): SiteSum => {
    const ran = call.revision ?? revision;
    const record = JSON.stringify([call.site, ran, isFeature]);
    const known = byRecord.get(record);
    if (known !== undefined) return known;
    if (byRecord.size >= MAX_SITES && call.site !== null) {
      if (!isFeature) overflow += call.count ?? 1;
      return sumFor({ ...call, site: null, revision: null }, false);
    }
    const joined = resolve(call.site, ran);
    const key = joined.call === null ? record : JSON.stringify([joined.call, ran, isFeature]);
    const sum = sums.get(key) ?? new SiteSum(joined, ran, isFeature);
    sums.set(key, sum);
    byRecord.set(record, sum);
    return sum;
  };

  return {
    add: (call) => {
      const cost = call.outcome === 'answered' ? price(call) : null;
      sumFor(call, false).add(call, cost);
      for (const id of call.features ?? []) {
        const sum = sumFor({ ...call, site: { id } }, true);
        // Where there is no room left, the request itself is counted by its model.
        if (sum.isFeature) sum.add(call, cost);
      }
    },
    sites: () => [...sums.values()].map((sum) => sum.result()).sort((a, b) => b.cost - a.cost || b.calls - a.calls),
    overflow: () => overflow,
  };
}

class SiteSum {
  readonly isFeature: boolean;
  readonly #joined: JoinedSite;
  readonly #revision: string | null;
  readonly #counts = { answered: 0, reused: 0, failed: 0 };
  readonly #tokens: Record<keyof MeasuredTokens, number> = {
    input: 0,
    cachedInput: 0,
    cacheWrite: 0,
    cacheWriteLong: 0,
    output: 0,
    reasoning: 0,
  };
  readonly #models = new Map<string, { -readonly [Name in keyof MeasuredModel]: MeasuredModel[Name] }>();
  readonly #cost = createQuantiles();
  readonly #input = createQuantiles();
  readonly #output = createQuantiles();
  readonly #latency = createQuantiles();
  #priced = 0;
  #nanos = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(joined: JoinedSite, revision: string | null, isFeature: boolean) {
    this.#joined = joined;
    this.#revision = revision;
    this.isFeature = isFeature;
  }

  add(call: RecordedCall, cost: number | null): void {
    const { count = 1, at, until, outcome, tokens, latency } = call;
    this.#counts[outcome] += count;
    if (at !== null) {
      this.#from = Math.min(this.#from, at);
      this.#to = Math.max(this.#to, until ?? at);
    }
    if (outcome !== 'answered') return;
    // A sum that is no longer exact is not known.
    const isPriced = cost !== null && isExactAmount(this.#nanos + cost);
    if (isPriced) {
      this.#priced += count;
      this.#nanos += cost;
    }
    this.#addModel(call, isPriced ? cost : null);
    if (tokens !== null) {
      for (const name of Object.keys(this.#tokens) as (keyof MeasuredTokens)[]) this.#tokens[name] += tokens[name];
    }
    if (call.isSum === true) return;
    if (isPriced) this.#cost.add(cost, count);
    if (tokens !== null) {
      this.#input.add(tokens.input, count);
      this.#output.add(tokens.output, count);
    }
    if (latency !== null) this.#latency.add(latency, count);
  }

  #addModel({ provider, model, servedModel, tokens, count = 1 }: RecordedCall, cost: number | null): void {
    const name = model ?? servedModel ?? 'unknown';
    const key = `${provider} ${name}`;
    let sum = this.#models.get(key);
    if (sum === undefined) {
      if (this.#models.size >= MAX_MODELS) return;
      sum = { provider, model: name, answered: 0, priced: 0, cost: 0, input: 0, output: 0 };
      this.#models.set(key, sum);
    }
    sum.answered += count;
    sum.input += tokens?.input ?? 0;
    sum.output += tokens?.output ?? 0;
    if (cost === null) return;
    sum.priced += count;
    sum.cost += cost;
  }

  result(): MeasuredSite {
    const { answered, reused, failed } = this.#counts;
    return {
      ...this.#joined,
      isFeature: this.isFeature,
      revision: this.#revision,
      from: timeOf(this.#from),
      to: timeOf(this.#to),
      calls: answered + reused + failed,
      ...this.#counts,
      priced: this.#priced,
      cost: this.#nanos,
      tokens: { ...this.#tokens },
      perCall: {
        cost: this.#cost.spread(),
        input: this.#input.spread(),
        output: this.#output.spread(),
        latency: this.#latency.spread(),
      },
      models: [...this.#models.values()].sort((a, b) => b.cost - a.cost || b.answered - a.answered),
    };
  }
}

function timeOf(milliseconds: number): string | null {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : null;
}
