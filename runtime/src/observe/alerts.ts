/**
 * Alerts: a budget that is nearly used up, spending far above the usual hour, too many failed calls, less
 * read from a provider's cache. Each is sent once.
 */
import { formatDollars } from '@farthing/shared/money';
import type { CallResult } from '../core/call-result.ts';
import { describeScope } from '../core/scope-key.ts';
import type { ScopeState } from '../stores/store.ts';
import { formatMoment } from '../windows/calendar.ts';
import { describePeriod } from '../windows/period.ts';
import { createCacheShare } from './cache-share.ts';

export interface Alert {
  readonly type: 'budget-share' | 'spend-spike' | 'error-rate' | 'cache-share';
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface AlertOptions {
  /** Shares of a cap that are worth an alert. Default: 0.8 and 1. */
  readonly budgetShares?: readonly number[];
  /** How many times the usual hour's spending is a spike; the usual hour is the mean of the last 24 with calls. Default: 3. */
  readonly spikeFactor?: number;
  /** The share of failed calls that is too much, over the last 100 calls. Default: 0.05. */
  readonly errorRate?: number;
  /**
   * How much of the share that is read from the provider's cache may be lost, from 100 calls of a feature and model to
   * the next 100. Default: 0.5.
   */
  readonly cacheShareDrop?: number;
  /** Receives each alert: a function, or the URL of a webhook that takes it as JSON. */
  readonly to: ((alert: Alert) => void | Promise<void>) | string;
}

export interface Alerts {
  readonly onResult: (result: CallResult) => void;
  readonly onBudget: (state: ScopeState) => void;
}

const HOUR = 3_600_000;
const USUAL_HOURS = 24;
/** With fewer hours than this, the usual hour is unknown. */
const FEWEST_HOURS = 3;
const WINDOW = 100;
const WEBHOOK_TIMEOUT = 5000;

/** @param send delivers an alert, and handles its own errors */
export function createAlerts(options: Required<AlertOptions>, send: (alert: Alert) => void, now: () => number): Alerts {
  const { budgetShares, spikeFactor, errorRate, cacheShareDrop } = options;
  const cacheShareFell = createCacheShare(cacheShareDrop);
  const sent = new Set<string>();
  const hours = new Map<number, number>();
  const outcomes: boolean[] = [];
  let isErrorRateHigh = false;

  const sendOnce = (key: string, type: Alert['type'], message: string): void => {
    if (sent.has(key)) return;
    sent.add(key);
    send({ type, message, at: now() });
  };

  return {
    onBudget: ({ scope, spent, reserved, resetsAt }) => {
      const share = scope.cap === 0 ? 1 : (spent + reserved) / scope.cap;
      for (const limit of budgetShares) {
        if (share < limit) continue;
        const message = `${describeScope(scope.key)} has used ${Math.round(share * 100)}% of ${formatDollars(scope.cap)} (${describePeriod(scope)}), until ${formatMoment(resetsAt, scope.timeZone)}.`;
        sendOnce(`${scope.key} ${describePeriod(scope)} ${resetsAt} ${scope.cap} ${limit}`, 'budget-share', message);
      }
    },
    onResult: (result) => {
      const { cost, status, origin, end } = result;
      const fell = cacheShareFell(result);
      if (fell !== null) send({ type: 'cache-share', message: fell, at: now() });
      const hour = Math.floor(now() / HOUR);
      const spent = (hours.get(hour) ?? 0) + (cost?.amount ?? 0);
      hours.set(hour, spent);
      for (const old of hours.keys()) if (old < hour - USUAL_HOURS) hours.delete(old);
      const before = [...hours].filter(([past]) => past < hour).map(([, amount]) => amount);
      const usual = before.reduce((sum, amount) => sum + amount, 0) / before.length;
      if (before.length >= FEWEST_HOURS && usual > 0 && spent > usual * spikeFactor) {
        const message = `${formatDollars(spent)} in this hour, ${(spent / usual).toFixed(1)} times the usual ${formatDollars(usual)}.`;
        sendOnce(`spike ${hour}`, 'spend-spike', message);
      }
      // Neither a refusal of ours nor a caller that has given up is a failure of anybody's.
      if (origin === 'refusal' || end === 'cancelled') return;
      outcomes.push(status === 0 || status >= 400);
      if (outcomes.length > WINDOW) outcomes.shift();
      const failed = outcomes.filter(Boolean).length;
      const isHigh = outcomes.length === WINDOW && failed > WINDOW * errorRate;
      if (isHigh && !isErrorRateHigh) {
        send({ type: 'error-rate', message: `${failed} of the last ${WINDOW} calls failed.`, at: now() });
      }
      isErrorRateHigh = isHigh;
    },
  };
}

/** @throws if the receiver throws, or the webhook does not accept the alert within five seconds */
export async function deliver(alert: Alert, to: AlertOptions['to']): Promise<void> {
  if (typeof to !== 'string') return to(alert);
  const response = await globalThis.fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alert),
    signal: AbortSignal.timeout(WEBHOOK_TIMEOUT),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the webhook answered with status ${response.status}`);
}
