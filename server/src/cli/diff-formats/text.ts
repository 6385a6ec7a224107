/** What changed, for a terminal: the verdict and the totals, each call with the causes of its change in cost, findings. */
import type {
  DiffCall,
  DiffEffect,
  DiffReason,
  DiffReport,
  DiffReportCause,
  Verdict,
} from '@farthing/shared/diff-report';
import type { ReportDiagnostic } from '@farthing/shared/report';
import picocolors from 'picocolors';
import {
  CAUSE_NAMES,
  describeCostChange,
  describeCounts,
  describeDifference,
  describeMeasuredOf,
  describeMonths,
  describeRevisions,
  shownCall,
  signedDollars,
  sizeOf,
} from '../../diff/describe-change.ts';
import { describeApi, describeOrigin, describePosition } from '../../report/describe.ts';
import { describeModel } from '../../report/describe-model.ts';
import { plural } from '../../report/plural.ts';
import type { DiffFormat } from './format.ts';
import { withSharedMessages } from './messages.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

const INDENT = '      ';

export const formatText: DiffFormat = (report, context) => {
  const colors = picocolors.createColors(context.hasColors);
  const months = describeMonths(report);
  const head = [
    ...verdictLines(report, colors),
    `${describeRevisions(report)}: ${describeCounts(report)}`,
    ...(months === null ? [] : [months]),
  ];
  const listed = report.calls.slice(0, context.rows);
  const rest = report.calls.length - listed.length;
  const calls = listed.map((call) => callBlock(call, colors));
  if (rest > 0) calls.push(`and ${plural(rest, 'call')} with smaller changes: --limit shows more, --format json all`);
  const blocks = [head.join('\n'), ...calls, ...findingsBlock(report, colors), describeOrigin(report)];
  return `${blocks.join('\n\n')}\n`;
};

function verdictLines({ verdict: { result, reasons } }: DiffReport, colors: Colors): readonly string[] {
  const paint: Readonly<Record<Verdict, (text: string) => string>> = {
    PASS: colors.green,
    WARN: colors.yellow,
    FAIL: colors.red,
  };
  const lines = withSharedMessages(reasons).flatMap(({ reason, message }) => [
    ...(reason === null ? [] : [reasonLine(reason, colors)]),
    ...(message === null ? [] : [INDENT + message]),
  ]);
  return [paint[result](result), ...lines, ...(lines.length > 0 ? [''] : [])];
}

const EFFECT_WIDTH = 'allowed'.length;

function reasonLine({ effect, path, line, rule, text }: DiffReason, colors: Colors): string {
  const paint: Readonly<Record<DiffEffect, (text: string) => string>> = {
    blocks: colors.red,
    warns: colors.yellow,
    allowed: colors.dim,
  };
  const place = line === null ? path : `${path}:${line}`;
  return `  ${paint[effect](effect.padEnd(EFFECT_WIDTH))} ${place}  ${colors.bold(rule)}  ${text}`;
}

function callBlock(call: DiffCall, colors: Colors): string {
  const shown = shownCall(call);
  const place = `${shown.path}:${describePosition(shown)}`;
  const within = shown.function === null ? '' : ` in ${shown.function}`;
  const first = `${paintKind(call, colors)} ${place}  ${describeApi(shown)}${within}${call.kind === 'changed' ? '' : `, ${describeModel(shown)}`}`;
  const lines = [
    ...(call.movedFrom === null ? [] : [`moved from ${call.movedFrom}`]),
    colors.bold(describeCostChange(call)) + describeRest(call),
    ...causeLines(call),
    ...[describeMeasuredOf(call)].filter((text) => text !== ''),
    ...call.missing.map(({ side, what, remedy }) => `${SIDES[side]}: ${what}; ${remedy}`),
  ];
  return [first, ...lines.map((line) => INDENT + line)].join('\n');
}

const SIDES = { base: 'before', head: 'now', both: 'before and now' } as const;

function paintKind({ kind }: DiffCall, colors: Colors): string {
  return kind === 'added'
    ? colors.green('added  ')
    : kind === 'removed'
      ? colors.red('removed')
      : colors.cyan('changed');
}

/** A run and a month, where they say more than one call does. */
function describeRest({ change, base, head }: DiffCall): string {
  const { perRun, perMonth } = change;
  const isRepeated = base?.multiplier != null || head?.multiplier != null;
  const run = isRepeated && perRun !== null ? [`${signedDollars(perRun.expected)} per run`] : [];
  const month = perMonth === null ? [] : [`${signedDollars(perMonth.expected)} per month`];
  return [...run, ...month].map((text) => `, ${text}`).join('');
}

function causeLines(call: DiffCall): readonly string[] {
  const names = call.causes.map(({ causes }) => causes.map((cause) => CAUSE_NAMES[cause]).join(' and '));
  const width = Math.max(0, ...names.map((name) => name.length));
  return call.causes.map(
    (cause, index) => `${(names[index] ?? '').padEnd(width)}  ${cause.text}${amountOf(cause, call)}`,
  );
}

/** Amounts of one call are in one unit, so that they can be added up by eye. */
function amountOf(cause: DiffReportCause, call: DiffCall): string {
  const { perCall, perRun, perMonth } = cause;
  const size = sizeOf(call);
  if (perCall !== null && perCall.expected !== 0) return `  ${describeDifference(perCall, size)}`;
  if (perRun !== null && perRun.expected !== 0) return `  ${signedDollars(perRun.expected)} per run`;
  if (perMonth !== null && perMonth.expected !== 0) return `  ${signedDollars(perMonth.expected)} per month`;
  if (perCall === null) return '';
  return perCall.high === 0 ? '' : `  at most ${describeDifference({ expected: perCall.high }, size)}`;
}

function findingsBlock({ findings }: DiffReport, colors: Colors): readonly string[] {
  const lines = [
    ...findings.new.map((finding) => findingLine('new ', finding, colors)),
    ...findings.gone.map((finding) => findingLine('gone', finding, colors)),
  ];
  const counts = `findings: ${findings.new.length} new, ${findings.gone.length} gone`;
  return lines.length === 0 ? [] : [[counts, ...lines].join('\n')];
}

function findingLine(word: string, finding: ReportDiagnostic, colors: Colors): string {
  const likely = finding.confidence === 'certain' ? '' : ' (likely)';
  return `  ${word} ${finding.path}:${describePosition(finding)}  ${colors.bold(finding.severity)} ${finding.rule}${likely}  ${finding.message}`;
}
