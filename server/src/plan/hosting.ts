/** Whether a machine of one's own would cost less than the tokens that it takes over. */
import { formatDollars, nanoDollars } from '@farthing/shared/money';
import type { PlanStep } from '@farthing/shared/plan/plan';
import { exactly } from '@farthing/shared/range';
import { inDollars, placesOf, type Taken } from './amounts.ts';
import { NOTHING } from './bounds.ts';
import { callsIn, tokensOf } from './planned-calls.ts';
import type { Technique } from './techniques.ts';
import type { Rest } from './tuning.ts';

/** As declared: prices of machines and their speed with a model are in no table. */
export interface Hosting {
  /** Dollars per hour of one machine. */
  readonly hourly: number;
  /** Tokens per second of one machine with all its requests at once, in and out together. */
  readonly tokensPerSecond: number;
  /** The part of the time in which it is busy, above 0 and up to 1. */
  readonly utilisation: number;
}

/** Of an average month. */
const HOURS = 730;
const SECONDS = 3600;
const MILLION = 1_000_000;

/** What machines cost that answer so many tokens a month. Nano-dollars, and tokens of one machine a month. */
export function hostingCost({ hourly, tokensPerSecond, utilisation }: Hosting, tokens: number) {
  const capacity = tokensPerSecond * SECONDS * HOURS * utilisation;
  const machines = Math.max(1, Math.ceil(tokens / capacity));
  return { machines, cost: nanoDollars(hourly * HOURS * machines), capacity };
}

/** Null if no call generates text. It is in no total: it takes the place of every other step. */
export function hostingStep(technique: Technique, { calls, left }: Rest, hosting: Hosting | null): PlanStep | null {
  const texts = calls.filter(({ call }) => call.family === 'text');
  if (texts.length === 0) return null;
  const known = texts.filter(({ unit }) => unit === 'month');
  const taken = known.map((planned): Taken => ({ planned, saved: NOTHING, model: null, basis: 'literal' }));
  const tokens = known.reduce((sum, planned) => sum + callsIn(planned) * tokensOf(planned.call), 0);
  const paid = known.reduce((sum, planned) => sum + (left.get(planned)?.expected ?? 0), 0);
  const isPaying = hosting !== null && tokens > 0 && hostingCost(hosting, tokens).cost < paid;
  const saved = isPaying ? paid - hostingCost(hosting, tokens).cost : 0;
  return {
    technique: technique.name,
    title: technique.title,
    effort: technique.effort,
    risk: technique.risk,
    rules: [],
    saving: isPaying ? { perMonth: inDollars(exactly(saved, 'assumed')), perThousand: null } : null,
    perTenth: null,
    share: null,
    calls: texts.length,
    places: placesOf(taken),
    how: technique.how,
    note: noteOf(hosting, tokens, paid),
  };
}

function noteOf(hosting: Hosting | null, tokens: number, paid: number): string {
  if (hosting === null)
    return 'what a machine costs an hour, its tokens per second and how busy it is, is for you to say: --hosting 2.50,1500,40%';
  const { machines, cost, capacity } = hostingCost(hosting, tokens);
  const own = `${formatDollars(Math.round((nanoDollars(hosting.hourly * HOURS) / capacity) * MILLION))} per million tokens at that utilisation`;
  if (tokens === 0) return `${own}; no call's volume is known, so that nothing can be compared with it`;
  const perMillion = (paid / tokens) * MILLION;
  const even = Math.ceil(nanoDollars(hosting.hourly * HOURS) / (paid / tokens) / MILLION);
  const now = `these calls send ${millions(tokens)} tokens a month at ${formatDollars(Math.round(perMillion))} per million after the steps before`;
  const count = `${machines} machine${machines === 1 ? '' : 's'}: ${formatDollars(cost)} a month`;
  const verdict =
    cost < paid
      ? `${count} instead of ${formatDollars(paid)}, if the model is good enough; it takes the place of other steps, and is in no total`
      : `${count} for what now costs ${formatDollars(paid)}: it does not pay`;
  const most = Math.floor(capacity / MILLION);
  const breakEven =
    even > most
      ? 'one machine cannot serve the tokens at which it would pay'
      : `one machine pays from ${even.toLocaleString('en')} million tokens a month`;
  return `${now}. ${verdict}. ${own}; ${breakEven}`;
}

function millions(tokens: number): string {
  return tokens < MILLION
    ? Math.round(tokens).toLocaleString('en')
    : `${Number((tokens / MILLION).toPrecision(3)).toLocaleString('en')} million`;
}
