/**
 * The cost of one attempt: as the provider states it, by the price table, or from what is known about an incomplete
 * answer.
 */
import { isResidentUrl } from '@farthing/shared/hosts';
import type { Cost } from '../../core/call-log.ts';
import type { Exchange, Settlement } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { sumCosts } from '../../core/sum-costs.ts';
import { inputUsage, type PartialUsage, type Usage } from '../../wire/usage.ts';

/** The properties of a call that its cost depends on. */
export type Accounted = Pick<Exchange, 'codec' | 'provider' | 'url' | 'facts' | 'payload'> &
  Partial<Pick<Exchange, 'batch'>>;

/** Null if the cost is unknown. */
export function attemptCost(exchange: Accounted, settlement: Settlement, prices: Prices): Cost | null {
  const { answer, usage, partial } = settlement;
  if (exchange.codec.isFree === true) return { amount: 0, basis: 'measured' };
  const computed =
    usage === null
      ? partialCost(exchange, settlement, partial, prices)
      : usageCost(exchange, settlement, usage, prices);
  if (answer.statedCost === null) return computed;
  // Some servers set the field to 0 whatever a call costs.
  if (answer.statedCost === 0 && computed !== null && computed.amount > 0) return computed;
  return { amount: answer.statedCost, basis: 'stated', computed: computed?.amount ?? null };
}

function usageCost(exchange: Accounted, { answer }: Settlement, usage: Usage, prices: Prices): Cost | null {
  const { provider, facts, url, batch = null } = exchange;
  const model = prices.billed(provider, facts.model, answer.servedModel);
  if (model === null) return null;
  const terms = { isResident: answer.isResident === true || isResidentUrl(url), isBatch: batch !== null };
  const main = prices.cost(model, usage, answer.servedTier ?? facts.tier, terms);
  if (usage.others === undefined) return main;
  const others = usage.others.map((other) => {
    const asked = prices.model(provider, other.model);
    return asked === null ? null : prices.cost(asked, other.usage, null, terms);
  });
  return sumCosts([main, ...others]);
}

/** Why an attempt has no cost, for people. */
export function whyUnpriced(exchange: Accounted, { answer, usage }: Settlement, prices: Prices): string {
  const { provider, facts } = exchange;
  if (usage === null) return 'the answer reports no usage';
  const model = prices.billed(provider, facts.model, answer.servedModel);
  const name = facts.model ?? answer.servedModel;
  if (model === null) return name === null ? 'it names no model' : `the model "${name}" is unknown at ${provider}`;
  const unknown = (usage.others ?? []).find((other) => prices.model(provider, other.model) === null);
  if (unknown !== undefined) return `the model "${unknown.model}" is unknown at ${provider}`;
  return prices.whyUnpriced(model, usage, answer.servedTier ?? facts.tier);
}

/** Characters per token, for common languages and formats: a rough figure, and marked as such. */
const CHARACTERS = 4;

/**
 * For a stream that was abandoned, broke off, or never reported its usage: the prompt and the text that passed. Null if
 * nothing passed, or if the prompt's size cannot be estimated from its text.
 */
function partialCost(
  exchange: Accounted,
  settlement: Settlement,
  partial: PartialUsage | undefined,
  prices: Prices,
): Cost | null {
  if (partial === undefined) return null;
  const { counted, characters } = partial;
  const { facts, payload } = exchange;
  if (counted === null && (characters === 0 || facts.unbounded.length > 0)) return null;
  const begun = counted ?? inputUsage(Math.ceil(payload.text.length / CHARACTERS));
  const output = Math.max(begun.output, Math.ceil(characters / CHARACTERS));
  const cost = usageCost(exchange, settlement, { ...begun, output }, prices);
  return cost === null ? null : { ...cost, basis: 'assumed' };
}
