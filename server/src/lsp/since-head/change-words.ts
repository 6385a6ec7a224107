/** What became of calls since the last commit, in words. */
import type { Language } from '@farthing/shared/language';
import { exactly, type Range, sumRanges } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { comparedCost, describeChange, describeSinceHead } from '../../report/describe-since-head.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { plural } from '../../report/plural.ts';
import type { CallChange, FileChanges } from './file-changes.ts';

/** `~$3.10 -> ~$5.20 (+68%) since HEAD`; empty where neither the cost nor its being known has changed. */
export function changeWords({ base, head }: CallChange, language: Language, isAlone = false): string {
  const messages = messagesIn(language).editor.sinceHead;
  if (base === null) return messages.added;
  return describeSinceHead(base, head, language, isAlone) ?? (isAlone ? messages.other : '');
}

/** One of each call that changed, came or went: `~$3.10 -> ~$5.20 per 1,000 calls (+68%) since HEAD`. Null if no cost did. */
export function sumWords(changes: FileChanges, language: Language): string | null {
  const sum = sumOfChanges(changes, language);
  return sum && messagesIn(language).editor.sinceHead.changed(sum);
}

/** `LLM cost: ~$3.10 -> ~$5.20 per 1,000 calls (+68%), 1 call changed`; null if no call changed. */
export function commitWords(changes: FileChanges): string | null {
  const kinds = [...changes.changed.values()].map(({ kind }) => kind);
  const added = kinds.filter((kind) => kind === 'new').length;
  const counts = (
    [
      [kinds.length - added, 'changed'],
      [added, 'added'],
      [changes.removed.length, 'removed'],
    ] as const
  ).filter(([count]) => count > 0);
  if (counts.length === 0) return null;
  const words = counts.map(([count, kind], index) => `${index === 0 ? plural(count, 'call') : count} ${kind}`);
  return `LLM cost: ${[sumOfChanges(changes, 'en') ?? 'unchanged or unknown', ...words].join(', ')}`;
}

function sumOfChanges({ changed, removed }: FileChanges, language: Language): string | null {
  const before = [...[...changed.values()].flatMap(({ base }) => base ?? []), ...removed].flatMap(costOf);
  const now = [...changed.values()].map(({ head }) => head).flatMap(costOf);
  const [from, to] = [sumOf(before), sumOf(now)];
  return from.expected === to.expected ? null : describeChange(from, to, language, true);
}

function costOf(call: ReportCall): readonly Range[] {
  const cost = comparedCost(call);
  return cost === null ? [] : [cost];
}

function sumOf(costs: readonly Range[]): Range {
  return costs.length === 0 ? exactly(0, 'literal') : sumRanges(costs);
}
