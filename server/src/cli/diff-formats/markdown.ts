/**
 * What changed, as a comment on a pull request. It begins with a mark by which a later run finds the comment and edits it,
 * and stays below GitHub's limit however large the change is.
 */
import type { DiffCall } from '@farthing/shared/diff-report';
import type { ReportDiagnostic } from '@farthing/shared/report';
import {
  CAUSE_NAMES,
  describeCostChange,
  describeCounts,
  describeDifference,
  describeMonths,
  describeRevisions,
  shownCall,
  signedDollars,
  sizeOf,
} from '../../diff/describe-change.ts';
import { describeApi, describeOrigin } from '../../report/describe.ts';
import { markdownCode, markdownText } from '../../report/markdown-text.ts';
import { plural } from '../../report/plural.ts';
import type { DiffFormat } from './format.ts';

export const COMMENT_MARK = '<!-- farthing-diff -->';

/** GitHub's limit is 65,536 characters; the rest is for what stands around the lists. */
const MAX_LISTS = 60_000;
/** No list takes what the others need. */
const SHARES = { findings: 0.3, table: 0.3, details: 0.4 };

export const formatMarkdown: DiffFormat = (report) => {
  const { calls, findings } = report;
  const months = describeMonths(report);
  const head = [COMMENT_MARK, `### LLM cost: ${markdownText(describeCounts(report))}`];
  if (months !== null) head.push('', markdownText(months));
  const blocks = [head.join('\n')];
  if (findings.new.length > 0) {
    const lines = fitting(findings.new.map(findingLine), SHARES.findings, 'finding');
    blocks.push(
      [`**${plural(findings.new.length, 'new finding')}**, ${findings.gone.length} gone`, '', ...lines].join('\n'),
    );
  }
  if (calls.length > 0) blocks.push(table(calls), details(calls));
  blocks.push(`<sub>${markdownText(`${describeRevisions(report)}; ${describeOrigin(report)}`)}</sub>`);
  return `${blocks.join('\n\n')}\n`;
};

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

function details(calls: readonly DiffCall[]): string {
  const items = calls.map((call) => {
    const causes = call.causes.map(({ causes, text, perCall }) => {
      const amount = perCall === null || perCall.expected === 0 ? '' : `, ${describeDifference(perCall, sizeOf(call))}`;
      return `  - ${causes.map((cause) => CAUSE_NAMES[cause]).join(' and ')}: ${markdownText(text + amount)}`;
    });
    const missing = call.missing.map(({ what, remedy }) => `  - ${markdownText(`${what}; ${remedy}`)}`);
    const moved = call.movedFrom === null ? [] : [`  - moved from ${markdownCode(call.movedFrom)}`];
    const cost = markdownText(`${describeApi(shownCall(call))}: ${describeCostChange(call)}`);
    return [`- ${placeOf(call)} ${cost}`, ...moved, ...causes, ...missing].join('\n');
  });
  const lines = fitting(items, SHARES.details, 'call');
  return ['<details><summary>Why</summary>', '', ...lines, '', '</details>'].join('\n');
}

function placeOf(call: DiffCall): string {
  const { path, line, function: name } = shownCall(call);
  return markdownCode(`${path}:${line}${name === null ? '' : ` ${name}`}`);
}

function findingLine({ path, line, severity, rule, message, confidence }: ReportDiagnostic): string {
  const likely = confidence === 'certain' ? '' : ' (likely)';
  return `- ${severity}${likely} ${markdownCode(`${path}:${line}`)} ${markdownText(`${rule}: ${message}`)}`;
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
