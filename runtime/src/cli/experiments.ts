/** `farthing-runtime report --experiment`: how the arms of experiments compare. */
import { formatCount, formatDollars, toDollars } from '@farthing/shared/money';
import { type Comparisons, METRICS, type Metric } from '../ledger/experiment-counts.ts';
import type { ArmSummary, ExperimentSummary } from '../ledger/experiment-summary.ts';
import type { RatioInterval } from '../support/sequential-test.ts';
import { inColumns } from './columns.ts';
import { minute, percent } from './describe.ts';

const HEAD = ['arm', 'people', 'calls', 'cost per call', 'bad', 'good', 'failed'];
const NAMES: Readonly<Record<Metric, string>> = { cost: 'cost of a call', bad: 'bad feedback', failed: 'failures' };

export function experimentsText(file: string, experiments: readonly ExperimentSummary[], timeZone: string): string {
  return experiments.map((one) => experimentText(file, one, timeZone)).join('\n');
}

function experimentText(file: string, summary: ExperimentSummary, timeZone: string): string {
  const { experiment, version, isShadow, change, stopped, arms, share, isUneven, comparisons, halves } = summary;
  const times = `${minute(summary.first, timeZone)} to ${minute(summary.last, timeZone)} ${timeZone}`;
  const lines = [
    `${file}: experiment "${experiment}" (version ${version}), ${times}`,
    `treatment: ${change ?? 'no call yet'}, for ${percent(share, 1)} of users${isShadow ? '; in shadow mode: both arms got the same' : ''}`,
    ...(stopped === null ? [] : [`stopped ${stopped}`]),
    ...(isUneven ? [`warning: ${unevenText(arms, share)}`] : []),
    '',
    inColumns([HEAD, ...arms.map(armRow)], (column) => column === 0),
    '',
    inColumns(
      [
        ['treatment : control', 'ratio', '95% interval', ''],
        ...comparisonRows(comparisons, 'treatment'),
        ['control : control', '', '', ''],
        ...comparisonRows(halves, 'half'),
      ],
      (column) => column === 0 || column === 3,
    ),
    'The intervals of each block are right together with 95%, however often they are looked at.',
  ];
  return `${lines.join('\n')}\n`;
}

function armRow({ arm, people, calls, cost, priced, bad, good, failed }: ArmSummary): string[] {
  const share = (part: number): string => (calls === 0 ? '-' : percent(part, calls));
  const costs = priced === 0 ? 'unknown' : formatDollars(Math.round(cost / priced));
  return [arm, formatCount(people), formatCount(calls), costs, share(bad), share(good), share(failed)];
}

function comparisonRows(comparisons: Comparisons, of: 'treatment' | 'half'): string[][] {
  return METRICS.map((metric) => {
    const interval = comparisons[metric];
    if (interval === null) return [`  ${NAMES[metric]}`, '-', '-', 'too little to compare'];
    const { ratio, low, high } = interval;
    const range = `${low.toFixed(2)} to ${Number.isFinite(high) ? high.toFixed(2) : 'any'}`;
    return [`  ${NAMES[metric]}`, ratio === null ? '-' : ratio.toFixed(2), range, verdict(interval, of)];
  });
}

function verdict({ low, high }: RatioInterval, of: 'treatment' | 'half'): string {
  const isDifferent = low > 1 || high < 1;
  if (of === 'half')
    return isDifferent ? 'differ: something is wrong with the set-up' : 'no difference, as it should be';
  return isDifferent ? (low > 1 ? 'higher' : 'lower') : 'no difference is known';
}

function unevenText(arms: readonly ArmSummary[], share: number): string {
  const treated = arms.find(({ arm }) => arm === 'treatment')?.people ?? 0;
  const all = arms.reduce((sum, { people }) => sum + people, 0);
  return `${percent(treated, all)} of users are in the treatment instead of ${percent(share, 1)}, which is not chance: do not trust the figures.`;
}

export function experimentsJson(file: string, experiments: readonly ExperimentSummary[]): string {
  const report = {
    schema: 1,
    file,
    experiments: experiments.map(({ first, last, arms, ...rest }) => ({
      ...rest,
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
      arms: arms.map(({ cost, ...figures }) => ({ ...figures, cost: toDollars(cost) })),
    })),
  };
  // An interval without an upper bound has null there.
  return `${JSON.stringify(report, null, 2)}\n`;
}
