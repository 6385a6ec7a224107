/**
 * Keeps a conversation at its model while that is the cheaper thing to do. A model that has not seen the conversation reads
 * all of it at the full price, so a cheaper model is only chosen if what it saves, with what routing has saved before, exceeds
 * that and what it costs to come back to the dearest tier at the next turn.
 */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Exchange, Reply, Settlement } from '../../../core/pipeline.ts';
import type { Prices } from '../../../core/prices.ts';
import type { Usage } from '../../../wire/usage.ts';
import { providerOfTarget, type RedirectTools } from '../../support/redirect.ts';
import type { Step } from '../cascade/cascade.ts';
import type { Costs, FixedUsage } from '../comparison.ts';
import { type Identity, identityOf } from './identity.ts';
import type { Conversation, ConversationStore } from './state.ts';
import { costAt, expectedSize, returnCost, type Size, usageAt, warmTokens } from './switch-cost.ts';

export interface Proposal {
  readonly tier: string;
  readonly reason: string;
}

export interface Settled extends Proposal {
  /** What an answer would have used at one fixed model, which would have had the whole conversation in its cache. */
  readonly fixedUsage: FixedUsage;
  /** Remembers an answer, or that there was none. */
  readonly note: (outcome: Answered | null) => void;
}

export interface Answered {
  readonly reply: Reply;
  readonly settlement: Settlement;
  readonly costs: Costs | null;
}

export interface ConversationTools extends RedirectTools {
  readonly store: ConversationStore;
  /** True leaves every choice as it is: a conversation only counts in what routing is said to have saved. */
  readonly isWatching: boolean;
  readonly steps: readonly Step[];
}

/** @param proposal what would be chosen if there were no conversation */
export type Settle = (exchange: Exchange, proposal: Proposal) => Promise<Settled>;

/** Failures in a row after which the dearest tier is asked. */
const MAX_FAILURES = 2;

interface Priced {
  readonly tier: string;
  readonly model: Model | null;
}

export function createConversations({ store, steps, isWatching, prices, providerAt }: ConversationTools): Settle {
  return async function settle(exchange, proposal) {
    const identity = identityOf(exchange);
    if (identity === null) return { ...proposal, fixedUsage: (_, usage) => usage, note: () => {} };
    const known = identity.isFirst ? null : await store.get(identity.key);
    exchange.signal?.throwIfAborted();
    const now = Date.now();
    const models = byPrice(
      steps.map(({ tier, target }): Priced => {
        return { tier, model: prices.model(providerOfTarget(exchange, target, providerAt), target.model) };
      }),
      prices,
    );
    const chosen = isWatching
      ? { ...proposal, isEscalated: false }
      : choose({ exchange, identity, known, models, proposal, now, prices });
    return {
      tier: chosen.tier,
      reason: chosen.reason,
      fixedUsage: (model, usage, isAnswering) => {
        if (known === null || !known.isCached || usage.others !== undefined) return usage;
        // It has been the only one: what it used is what it would have used.
        if (isAnswering && Object.keys(known.warm).every((tier) => tier === chosen.tier)) return usage;
        const warm = warmTokens(model, { tokens: known.input, at: known.at }, now, 'possibly');
        return { ...usage, ...cacheUse(usageAt(model, usage, warm, true)) };
      },
      note: (outcome) => {
        const state = noted(exchange, { identity, known, models, isEscalated: chosen.isEscalated }, outcome);
        if (state !== null) store.set(identity.key, state);
      },
    };
  };
}

/** The dearest last; as they are listed if a price is unknown. */
function byPrice(models: readonly Priced[], prices: Prices): readonly Priced[] {
  const costs = new Map(
    models.map((one) => [
      one,
      one.model === null ? null : costAt(prices, one.model, usageAt(one.model, USUAL, 0, false)),
    ]),
  );
  if ([...costs.values()].includes(null)) return models;
  return models.toSorted((one, other) => (costs.get(one) ?? 0) - (costs.get(other) ?? 0));
}

/** A call, to compare prices by. */
const USUAL = { input: 1000, output: 250 };

interface Question {
  readonly exchange: Exchange;
  readonly identity: Identity;
  readonly known: Conversation | null;
  readonly models: readonly Priced[];
  readonly proposal: Proposal;
  readonly now: number;
  readonly prices: Prices;
}

type Chosen = Proposal & { readonly isEscalated: boolean };

function choose(question: Question): Chosen {
  const { identity, known, models, proposal } = question;
  const dearest = models.at(-1)?.tier ?? proposal.tier;
  const isEscalated = known?.isEscalated === true;
  if (identity.isInToolLoop) {
    const tier = known?.tier ?? dearest;
    return { tier, reason: 'it is in the middle of a tool loop', isEscalated };
  }
  const why = isEscalated ? 'it stays there after an escalation' : whyEscalate(identity, known);
  if (why !== null) return { tier: dearest, reason: why, isEscalated: true };
  return { ...byMoney(question, dearest), isEscalated: false };
}

function whyEscalate({ asked, isAskedAgain }: Identity, known: Conversation | null): string | null {
  if (isAskedAgain || (asked !== '' && asked === known?.asked)) return 'the same is asked again';
  const failures = known?.failures ?? 0;
  return failures >= MAX_FAILURES ? `${failures} answers in a row failed` : null;
}

/** The cheapest of the tiers from the proposed one on, if the way back is paid for; the dearest otherwise. */
function byMoney({ exchange, known, models, proposal, now, prices }: Question, dearest: string): Proposal {
  const from = models.findIndex(({ tier }) => tier === proposal.tier);
  const last = models.at(-1)?.model;
  if (from < 0 || proposal.tier === dearest || last === undefined || last === null) return proposal;
  const { payload, facts } = exchange;
  const size = expectedSize(payload.text.length, facts.outputLimit, known);
  const isCached = known?.isCached ?? true;
  const alone = costAt(prices, last, aloneUsage(last, size, known, now));
  const back = isCached ? returnCost(prices, last, size.next) : 0;
  if (alone === null || back === null) return proposal;

  let best: { readonly tier: string; readonly cost: number } | null = null;
  let proposed = 0;
  for (const { tier, model } of models.slice(from, -1)) {
    const warm = model === null ? 0 : warmTokens(model, known?.warm[tier], now, 'surely');
    const cost = model === null ? null : costAt(prices, model, usageAt(model, size, warm, isCached));
    // Nothing is decided by money that is not known.
    if (cost === null) return proposal;
    const left = (known?.balance ?? 0) + alone - cost - back;
    if (tier === proposal.tier) proposed = left;
    if (left >= 0 && (best === null || cost < best.cost)) best = { tier, cost };
  }
  if (best === null) {
    const missing = (-proposed / 1e9).toPrecision(2);
    return {
      tier: dearest,
      reason: `${proposal.tier} (${proposal.reason}) would save $${missing} less than a switch costs`,
    };
  }
  if (best.tier === proposal.tier) return proposal;
  return { tier: best.tier, reason: `it has the conversation in its cache, and costs less than ${proposal.tier}` };
}

/** At the dearest tier from the start. A first request is taken for one that marks its prompt for the cache. */
function aloneUsage(model: Model, size: Size, known: Conversation | null, now: number): Usage {
  const warm = known === null ? 0 : warmTokens(model, { tokens: known.input, at: known.at }, now, 'possibly');
  return usageAt(model, size, warm, known?.isCached ?? true);
}

function cacheUse({ cachedInput, cacheWriteInput, cacheWriteLongInput }: Usage) {
  return { cachedInput, cacheWriteInput, cacheWriteLongInput };
}

interface Noting extends Pick<Question, 'identity' | 'known' | 'models'> {
  readonly isEscalated: boolean;
}

/** Null if there is nothing to remember: no answer, and no conversation yet. */
function noted(
  { payload, log }: Exchange,
  { identity, known, models, isEscalated }: Noting,
  outcome: Answered | null,
): Conversation | null {
  const usage = outcome?.settlement.usage ?? null;
  const attempt = outcome?.reply.attempt;
  const at = Date.now();
  const failures =
    isFailure(outcome) || log.decisions.some((one) => one.outcome === 'escalated') ? (known?.failures ?? 0) + 1 : 0;
  const step = log.decisions.findLast((one) => one.layer === 'route' && one.outcome === 'routed' && !one.isShadow);
  if (usage === null || attempt === undefined || step?.outcome !== 'routed') {
    return known === null ? null : { ...known, failures, turns: known.turns + 1 };
  }
  const model = models.find(({ tier }) => tier === step.tier)?.model ?? null;
  const uses = usage.cachedInput + usage.cacheWriteInput + usage.cacheWriteLongInput;
  // A provider that caches by itself reports a write only if it charges for it.
  const isCached = model?.cacheMode === 'automatic' || uses > 0 || known?.isCached === true;
  const tokens = model?.cacheMode === 'marker' ? uses : usage.input;
  return {
    turns: (known?.turns ?? 0) + 1,
    tier: step.tier,
    isEscalated,
    failures,
    asked: identity.asked,
    characters: payload.text.length,
    input: usage.input,
    output: usage.output,
    at,
    isCached,
    balance: (known?.balance ?? 0) + (outcome?.costs == null ? 0 : outcome.costs.dearest - outcome.costs.spent),
    warm: { ...known?.warm, [step.tier]: { tokens, at } },
  };
}

function isFailure(outcome: Answered | null): boolean {
  if (outcome === null) return true;
  const { reply, settlement } = outcome;
  if (reply.origin === 'refusal') return false;
  const { finish } = settlement.answer;
  return reply.status >= 400 || settlement.end === 'failed' || finish === 'truncated' || finish === 'refused';
}
