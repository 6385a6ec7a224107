/**
 * How often the test of experiments is wrong, and how soon it is right, in simulated populations: users differ in how often
 * they call, in what their calls cost, and in how easily they complain. The intervals are looked at after every 2% more calls.
 */
import {
  addTo,
  type Comparisons,
  compareArms,
  createCounts,
  GROUPS,
  METRICS,
} from '../runtime/src/ledger/experiment-counts.ts';

interface Population {
  readonly users: number;
  readonly share: number;
  readonly calls: number;
  /** Of bad feedback, on average. */
  readonly bad: number;
  /** Standard deviations of the logarithms: of how often users call and how easily they complain. */
  readonly spread: number;
}

interface Effect {
  readonly cost: number;
  readonly bad: number;
  readonly failed: number;
}

const NONE: Effect = { cost: 1, bad: 1, failed: 1 };
const FAILED = 0.005;

const SAME: readonly Population[] = [
  { users: 30, share: 0.5, calls: 5_000, bad: 0.05, spread: 1.5 },
  { users: 100, share: 0.5, calls: 5_000, bad: 0.05, spread: 1.5 },
  { users: 100, share: 0.8, calls: 5_000, bad: 0.05, spread: 1.5 },
  { users: 300, share: 0.1, calls: 10_000, bad: 0.03, spread: 1 },
  { users: 2_000, share: 0.1, calls: 20_000, bad: 0.01, spread: 1.5 },
  { users: 2_000, share: 0.5, calls: 20_000, bad: 0.1, spread: 1 },
];

const MANY: Population = { users: 3_000, share: 0.5, calls: 40_000, bad: 0.03, spread: 1 };

const DIFFERENT: readonly (readonly [string, Population, Effect])[] = [
  ['costs 2 times as much', MANY, { ...NONE, cost: 2 }],
  ['costs 2 times as much', { ...MANY, share: 0.1 }, { ...NONE, cost: 2 }],
  ['costs 1.3 times as much', MANY, { ...NONE, cost: 1.3 }],
  ['costs half, bad feedback 2 times as often', MANY, { ...NONE, cost: 0.5, bad: 2 }],
  ['costs half, bad feedback 2 times as often', { ...MANY, share: 0.1 }, { ...NONE, cost: 0.5, bad: 2 }],
  ['every second call fails', { ...MANY, share: 0.1 }, { ...NONE, failed: 0.5 / FAILED }],
];

const SAME_RUNS = 200;
const DIFFERENT_RUNS = 30;

export function benchExperiments(): void {
  console.log(
    `Arms that are alike, ${SAME_RUNS} runs each: how many ever had an interval without 1 (at most 5% may).\n`,
  );
  console.log('| users | treated | calls | any interval wrong | stopped |\n| ---: | ---: | ---: | ---: | ---: |');
  for (const population of SAME) {
    const runs = Array.from({ length: SAME_RUNS }, (_, index) => simulate(population, NONE, 7919 * (index + 1)));
    const wrong = runs.filter(({ first }) => first !== null).length;
    const stopped = runs.filter(({ harm }) => harm !== null).length;
    console.log(`| ${describe(population)} | ${wrong} | ${stopped} |`);
  }
  console.log(
    `\nTreatments that are worse, ${DIFFERENT_RUNS} runs each: after how many calls of both arms they were stopped.\n`,
  );
  console.log(
    '| treatment | users | treated | calls | stopped | median calls | of them treated |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
  );
  for (const [name, population, effect] of DIFFERENT) {
    const runs = Array.from({ length: DIFFERENT_RUNS }, (_, index) =>
      simulate(population, effect, 104_729 * (index + 1)),
    );
    const stops = runs.flatMap(({ harm }) => (harm === null ? [] : [harm])).sort((one, other) => one - other);
    const median = stops[stops.length >> 1] ?? 0;
    const cells = [name, describe(population), stops.length, count(median), count(median * population.share)];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function describe({ users, share, calls }: Population): string {
  return [count(users), `${share * 100}%`, count(calls)].join(' | ');
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

/** The calls after which an interval first excluded 1, and after which the treatment was first stopped. */
function simulate(population: Population, effect: Effect, seed: number) {
  const next = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const { users, share, calls, bad, spread } = population;
  let total = 0;
  const all = Array.from({ length: users }, () => {
    total += Math.exp(spread * normal());
    const arm = next() < share ? ('treatment' as const) : ('control' as const);
    const complains = Math.min(0.9, bad * Math.exp(spread * normal() - spread ** 2 / 2));
    return {
      until: total,
      place: { arm, group: Math.floor(next() * GROUPS) },
      cost: Math.exp(0.7 * normal()),
      complains,
    };
  });
  const counts = createCounts();
  let [first, harm] = [null as number | null, null as number | null];
  for (let call = 1, look = 20; call <= calls && harm === null; call++) {
    const user = all[firstFrom(next() * total, all)];
    if (user === undefined) continue;
    const of = user.place.arm === 'treatment' ? effect : NONE;
    addTo(counts, user.place, {
      calls: 1,
      priced: 1,
      cost: Math.round(1e6 * user.cost * Math.exp(0.8 * normal()) * of.cost),
      bad: next() < user.complains * of.bad ? 1 : 0,
      failed: next() < FAILED * of.failed ? 1 : 0,
    });
    if (call < look) continue;
    look = Math.max(call + 20, Math.ceil(call * 1.02));
    const intervals = intervalsOf(compareArms(counts));
    if (first === null && intervals.some(({ low, high }) => low > 1 || high < 1)) first = call;
    if (intervals.some(({ low }) => low > 1)) harm = call;
  }
  return { first, harm };
}

function intervalsOf(comparisons: Comparisons) {
  return METRICS.map((metric) => comparisons[metric]).filter((interval) => interval !== null);
}

function firstFrom(position: number, all: readonly { readonly until: number }[]): number {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.until ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
