/** The report on the semantic cache, as text and as JSON. */
import { formatCount, formatDollars, toDollars } from '@farthing/shared/money';
import { ADVISED_SHARE, type NearMisses, type SemanticSummary } from '../ledger/semantic-summary.ts';
import type { Proportion } from '../support/proportion.ts';
import { inColumns } from './columns.ts';
import { count } from './describe.ts';

/** Reasons that are listed; the others are rare. */
const MAX_REASONS = 12;

export function semanticText(file: string, summary: SemanticSummary): string {
  const { calls, served, compared, nearMisses } = summary;
  const hits = compared.same + compared.different + compared.unknown;
  const head = `${file}: ${count(calls, 'call')}, ${formatCount(served)} answered by the semantic cache`;
  const parts = [
    `${head}\n`,
    hits === 0 ? 'No answer was compared in shadow mode.\n' : shadowText(hits, summary),
    ...(nearMisses.length === 0 ? [] : [missesText(nearMisses)]),
  ];
  return parts.join('\n');
}

function shadowText(hits: number, { compared, wrong, saving, unknownSavings, advice }: SemanticSummary): string {
  const unknown = unknownSavings > 0 ? `, ${count(unknownSavings, 'answer')} of unknown cost not included` : '';
  const lines = [
    `in shadow mode, it had an answer for ${count(hits, 'call')}, which would have saved ${formatDollars(Math.max(0, saving))}${unknown}`,
    `compared with the real answers: ${formatCount(compared.same)} the same, ${formatCount(compared.different)} different, ${formatCount(compared.unknown)} that cannot be compared`,
    ...(wrong === null ? [] : [`wrong, if every different answer is: ${describe(wrong)}`]),
    advice === null
      ? `advice: stay in shadow mode. At no similarity were at least 30 answers compared and at most ${ADVISED_SHARE * 100}% of them different`
      : `advice: minSimilarity: ${rounded(advice.minSimilarity)}. From there on ${describe(advice.wrong)} of ${count(advice.wrong.whole, 'answer')} were different`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Down, so that the question at the bound is included. */
function rounded(similarity: number): number {
  return Math.floor(similarity * 1000) / 1000;
}

function describe({ part, whole, low, high }: Proportion): string {
  return `${share(part / whole)} (95%: ${share(low)} to ${share(high)})`;
}

function share(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

function missesText(misses: readonly NearMisses[]): string {
  const rows = misses
    .slice(0, MAX_REASONS)
    .map(({ reason, calls, similarity }) => [reason, formatCount(calls), similarity.toFixed(3)]);
  return `${inColumns([['nearest question not served', 'calls', 'similarity up to'], ...rows], (column) => column === 0)}\n`;
}

export function semanticJson(file: string, summary: SemanticSummary): string {
  const { saving, advice, ...others } = summary;
  const report = {
    schema: 1,
    file,
    ...others,
    saving: toDollars(saving),
    advice: advice === null ? null : { ...advice, minSimilarity: rounded(advice.minSimilarity) },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
