/** Calls as a table for language models. A call is addressed by its path and line, which a reader needs in any case. */
import type { ReportCall, ReportPosition } from '@farthing/shared/report';
import { certainInput, describeApi, describeBriefCost } from '../../report/describe.ts';
import { hasCostOfCallers } from '../../report/describe-feature.ts';
import { describeMeasured } from '../../report/describe-measured.ts';
import { modelName } from '../model-name.ts';
import { figure, PER_THOUSAND, perThousand, spread } from './figures.ts';
import { type Column, grouped } from './table.ts';

export function callTable(calls: readonly ReportCall[]): readonly string[] {
  return grouped(COLUMNS, byPath(calls));
}

/** In the order in which the paths first come. */
export function byPath<Row extends Pick<ReportPosition, 'path'>>(rows: readonly Row[]) {
  return [...Map.groupBy(rows, ({ path }) => path)].map(([title, rows]) => ({ title, rows }));
}

/** `12`, and in a notebook `cell 4:12`: cells count from 1, as in editors. */
export function lineOf({ cell, line }: Pick<ReportPosition, 'cell' | 'line'>): string {
  return cell === null ? String(line) : `cell ${cell + 1}:${line}`;
}

const COLUMNS: readonly Column<ReportCall>[] = [
  { head: 'line', cell: lineOf },
  { head: 'function', cell: (call) => call.function },
  { head: 'api', cell: (call) => describeApi(call) },
  { head: 'model', cell: modelName },
  { head: 'tokens in', cell: inputOf },
  { head: 'out', cell: outputOf },
  { head: PER_THOUSAND, cell: costOf },
  { head: 'basis', cell: basisOf },
  { head: '$/month', cell: ({ cost: { perMonth } }) => perMonth && spread(perMonth) },
  { head: 'measured', cell: (call) => describeMeasured(call).replaceAll(' | ', ', ') || null },
  { head: 'repeated by', cell: ({ multiplier }) => multiplier?.formula ?? null },
  {
    head: 'reached from',
    cell: ({ isTest, reachedFrom }) => (isTest ? 'test' : reachedFrom === 'unknown' ? null : reachedFrom),
  },
];

function inputOf({ tokens }: ReportCall): string {
  const { input } = tokens;
  if (input.basis !== 'unknown') return spread(input);
  const certain = certainInput({ tokens });
  return certain > 0 ? `>=${certain}` : '?';
}

/** The most that a limit allows, else what is expected. */
function outputOf({ tokens: { output }, outputLimit }: ReportCall): string | null {
  if (outputLimit.tokens !== null) return `<=${outputLimit.tokens}`;
  if (output.basis === 'unknown') return '?';
  return output.high === 0 ? null : spread(output);
}

/** A request behind feature calls costs what these cost, and an agent is priced by its steps. */
function costOf(call: ReportCall): string {
  const { perCall, perStep } = call.cost;
  const { calledFrom } = call;
  if (hasCostOfCallers(call) && calledFrom?.perCall) {
    const { low, high } = perThousand(calledFrom.perCall);
    return `${figure(low)}..${figure(high)}, in ${calledFrom.count} callers`;
  }
  if (perCall !== null) return spread(perThousand(perCall));
  if (perStep !== null) return `${spread(perThousand(perStep))} a step`;
  return `? ${describeBriefCost(call)}`;
}

function basisOf({ cost: { perCall, perStep, perMonth } }: ReportCall): string {
  const one = (perCall ?? perStep)?.basis ?? 'unknown';
  return perMonth === null || perMonth.basis === one ? one : `${one}, month ${perMonth.basis}`;
}
