/** Every call as a row of CSV, for a spreadsheet: money in decimal dollars. */
import { type CsvField, csvDollars, csvLines } from '@farthing/shared/csv';
import type { Range } from '@farthing/shared/range';
import type { Report, ReportCall } from '@farthing/shared/report';
import { describeApi } from '../describe.ts';
import { describeModel } from '../describe-model.ts';
import { byCost } from '../feature-groups.ts';

type Columns = Readonly<Record<string, (call: ReportCall) => CsvField>>;

const CALL: Columns = {
  path: ({ path }) => path,
  // Of a notebook, as editors count them: from 1, over all cells.
  cell: ({ cell }) => (cell === null ? null : cell + 1),
  line: ({ line }) => line,
  function: (call) => call.function,
  api: (call) => describeApi(call),
  model: (call) => describeModel(call),
  in_tests: ({ isTest }) => (isTest ? 'yes' : 'no'),
  reached_from: ({ reachedFrom }) => reachedFrom,
  input_tokens: ({ tokens }) => tokens.input.expected,
  output_tokens: ({ tokens }) => tokens.output.expected,
  ...money('usd_per_call', ({ cost }) => cost.perCall),
  ...money('usd_per_month', ({ cost }) => cost.perMonth),
};

function money(name: string, rangeOf: (call: ReportCall) => Range | null): Columns {
  const amount = (call: ReportCall, bound: 'low' | 'expected' | 'high'): CsvField => {
    const range = rangeOf(call);
    // Of a cost that is known in part only the lower bound says anything.
    return range === null || (range.basis === 'unknown' && bound !== 'low') ? null : csvDollars(range[bound]);
  };
  return {
    [name]: (call) => amount(call, 'expected'),
    [`${name}_low`]: (call) => amount(call, 'low'),
    [`${name}_high`]: (call) => amount(call, 'high'),
    [`${name}_basis`]: (call) => rangeOf(call)?.basis ?? 'unknown',
  };
}

/** The most expensive first. */
export function callsAsCsv({ calls, diagnostics }: Report): string {
  const findings = Map.groupBy(diagnostics, ({ call }) => call);
  const rows = [...calls]
    .sort(byCost)
    .map((call) => [
      ...Object.values(CALL).map((value) => value(call)),
      (findings.get(call.id) ?? []).map(({ rule }) => rule).join(' '),
      call.id,
    ]);
  return csvLines([[...Object.keys(CALL), 'findings', 'id'], ...rows]);
}
