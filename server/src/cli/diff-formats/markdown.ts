/**
 * What changed, as a comment on a pull request. It begins with a mark by which a later run finds the comment and edits it,
 * and stays below GitHub's limit however large the change is.
 */
import type { DiffCall, DiffEffect, DiffReason, DiffReport } from '@farthing/shared/diff-report';
import type { ReportDiagnostic } from '@farthing/shared/report';
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
import { describeApi, describeOrigin } from '../../report/describe.ts';
import { markdownCode, markdownText } from '../../report/markdown-text.ts';
import { plural } from '../../report/plural.ts';
import type { DiffFormat, DiffFormatContext } from './format.ts';
import { withSharedMessages } from './messages.ts';

export const COMMENT_MARK = '<!-- farthing-diff -->';

/** GitHub's limit is 65,536 characters; the rest is for what stands around the lists. */
const MAX_LISTS = 60_000;
/** No list takes what the others need. */
const SHARES = { blocks: 0.2, warns: 0.1, allowed: 0.1, findings: 0.1, table: 0.2, details: 0.3 };

export const formatMarkdown: DiffFormat = (report, context) => {
  const { calls, findings, verdict } = report;
  if (calls.length === 0 && findings.new.length === 0 && verdict.reasons.length === 0)
    return context.saysUnchanged ? `${COMMENT_MARK}\nNo change in LLM cost.\n` : '';
  const blocks = [headOf(report)];
  const told = new Set(verdict.reasons.map(({ rule, path, line }) => `${rule} ${path}:${line}`));
  const others = findings.new.filter(({ rule, path, line }) => !told.has(`${rule} ${path}:${line}`));
  blocks.push(...reasons(report, 'blocks', context), ...reasons(report, 'warns', context));
  if (calls.length > 0) blocks.push(table(calls));
  if (others.length > 0) blocks.push(folded(plural(others.length, 'new finding'), findingList(others)));
  if (calls.length > 0) blocks.push(folded('Why', details(calls)));
  blocks.push(...reasons(report, 'allowed', context));
  if (context.takesDecisions && verdict.reasons.some(({ code }) => code !== null)) blocks.push(HOW_TO_DECIDE);
  blocks.push(`<sub>${markdownText(`${describeRevisions(report)}; ${describeOrigin(report)}`)}</sub>`);
  return `${blocks.join('\n\n')}\n`;
};

const HOW_TO_DECIDE =
  '<sub>Members can answer with <code>farthing dismiss CODE REASON</code> (for this pull request) or <code>farthing snooze CODE REASON</code> (until that code changes). The codes stand at the ends of the lines.</sub>';

/** The change of a month, and what a month costs then. */
function headOf(report: DiffReport): string {
  const { summary, verdict, calls } = report;
  const months = describeMonths(report);
  const what =
    summary.perMonth === null
      ? `${calls.length === 0 ? 'no LLM call' : plural(calls.length, 'LLM call')} changed`
      : `LLM cost ${signedDollars(summary.perMonth.change.expected)} per month`;
  return [
    COMMENT_MARK,
    `### ${verdict.result}: ${markdownText(what)}`,
    '',
    markdownText(`${describeCounts(report)}. ${months === null ? NO_VOLUME : `Total: ${months}.`}`),
  ].join('\n');
}

const NO_VOLUME = 'The cost per month is not known: no call has a volume (volumes in farthing.config.json).';

const HEADS: Readonly<Record<DiffEffect, string>> = { blocks: 'Blocking', warns: 'Warnings', allowed: 'Allowed' };

function reasons(
  { verdict }: DiffReport,
  effect: DiffEffect,
  { takesDecisions }: DiffFormatContext,
): readonly string[] {
  const own = verdict.reasons.filter((one) => one.effect === effect);
  if (own.length === 0) return [];
  const said = withSharedMessages(own);
  const lines = said.flatMap((one) =>
    one.reason === null ? [] : [reasonLine(one.reason, one.message, takesDecisions)],
  );
  const shared = said.flatMap(({ reason, message }) => (reason === null && message !== null ? [message] : []));
  const shown = [
    ...fitting(lines, SHARES[effect], 'line'),
    ...shared.slice(0, MAX_MESSAGES).flatMap((message) => ['', markdownText(shortened(message, MAX_MESSAGE))]),
  ];
  if (effect === 'allowed') return [folded(`${HEADS.allowed}: ${lines.length}`, shown)];
  return [[`**${HEADS[effect]}**`, '', ...shown].join('\n')];
}

function reasonLine(
  { path, line, rule, text, code }: DiffReason,
  message: string | null,
  takesDecisions: boolean,
): string {
  const place = markdownCode(shortened(line === null ? path : `${path}:${line}`));
  const said = message === null ? '' : ` ${markdownText(shortened(message, MAX_MESSAGE))}`;
  const named = takesDecisions && code !== null ? ` \`${code}\`` : '';
  return `- ${place} ${markdownText(`${rule}: ${text}`)}${said}${named}`;
}

function folded(summary: string, lines: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

function findingList(findings: readonly ReportDiagnostic[]): readonly string[] {
  return fitting(findings.map(findingLine), SHARES.findings, 'finding');
}

function table(calls: readonly DiffCall[]): string {
  const rows = calls.map((call) => {
    const { perCall, perMonth } = call.change;
    const cost = perCall === null ? 'unknown' : describeDifference(perCall, sizeOf(call));
    const month = perMonth === null ? '' : signedDollars(perMonth.expected);
    return `| ${placeOf(call)} | ${call.kind} | ${markdownText(cost)} | ${markdownText(month)} |`;
  });
  return [
    '| call | | cost | per month |',
    '|---|---|---|---|',
    ...fitting(rows, SHARES.table, 'call', (text) => `| ${text} | | | |`),
  ].join('\n');
}

function details(calls: readonly DiffCall[]): readonly string[] {
  const items = calls.map((call) => {
    const causes = call.causes.map(({ causes, text, perCall }) => {
      const amount = perCall === null || perCall.expected === 0 ? '' : `, ${describeDifference(perCall, sizeOf(call))}`;
      return `  - ${causes.map((cause) => CAUSE_NAMES[cause]).join(' and ')}: ${markdownText(text + amount)}`;
    });
    const missing = call.missing.map(({ what, remedy }) => `  - ${markdownText(`${what}; ${remedy}`)}`);
    const moved = call.movedFrom === null ? [] : [`  - moved from ${markdownCode(call.movedFrom)}`];
    const measured = describeMeasuredOf(call);
    const seen = measured === '' ? [] : [`  - ${markdownText(measured)}`];
    const cost = markdownText(`${describeApi(shownCall(call))}: ${describeCostChange(call)}`);
    return [`- ${placeOf(call)} ${cost}`, ...moved, ...causes, ...missing, ...seen].join('\n');
  });
  return fitting(items, SHARES.details, 'call');
}

function placeOf(call: DiffCall): string {
  const { path, line, function: name } = shownCall(call);
  return markdownCode(shortened(`${path}:${line}${name === null ? '' : ` ${name}`}`));
}

/** The code decides how long a name is, and a configuration how long its messages are, and how many. */
const MAX_NAME = 200;
const MAX_MESSAGE = 400;
const MAX_MESSAGES = 3;

function shortened(name: string, length = MAX_NAME): string {
  return name.length > length ? `${name.slice(0, length)}...` : name;
}

function findingLine({ path, line, severity, rule, message, confidence }: ReportDiagnostic): string {
  const likely = confidence === 'certain' ? '' : ' (likely)';
  return `- ${severity}${likely} ${markdownCode(shortened(`${path}:${line}`))} ${markdownText(`${rule}: ${message}`)}`;
}

/** The first of the lines, as many as the list has room for, and how many there are besides. */
function fitting(
  lines: readonly string[],
  share: number,
  what: string,
  rest = (text: string) => `- ${text}`,
): readonly string[] {
  let left = MAX_LISTS * share;
  const shown = lines.filter((line) => {
    left -= line.length + 1;
    return left >= 0;
  });
  const more = lines.length - shown.length;
  return more === 0 ? shown : [...shown, rest(`and ${plural(more, `other ${what}`)}`)];
}
