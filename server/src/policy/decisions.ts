/** What reviewers said of the reasons of a verdict: `farthing dismiss CODE REASON`, `farthing snooze CODE REASON`. */
import { createHash } from 'node:crypto';
import type { DiffReason } from '@farthing/shared/diff-report';

export const DECISION_ACTIONS = ['dismiss', 'snooze'] as const;

export interface Decision {
  /** A dismissal holds for this change, a snooze until the code of the call changes. */
  readonly action: (typeof DECISION_ACTIONS)[number];
  readonly code: string;
  readonly by: string;
  readonly reason: string;
}

/** What a reason is about, and then what the code said. */
export function codeOf(subject: readonly unknown[], digests: readonly string[]): string {
  return `${hash(subject).slice(0, 8)}-${hash(digests.toSorted()).slice(0, 6)}`;
}

function hash(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}

/** The last decision about a reason counts. */
export function withDecision(reason: DiffReason, decisions: readonly Decision[]): DiffReason {
  if (reason.code === null || reason.effect === 'allowed') return reason;
  const [subject] = reason.code.split('-');
  const decision = decisions.findLast(({ code }) => code.split('-')[0] === subject);
  if (decision === undefined) return reason;
  const { action, code, by, reason: why } = decision;
  if (action === 'dismiss') return { ...reason, effect: 'allowed', text: `${reason.text} Dismissed by ${by}: ${why}` };
  return code === reason.code
    ? { ...reason, effect: 'allowed', text: `${reason.text} Snoozed by ${by} until the code changes: ${why}` }
    : { ...reason, text: `${reason.text} The snooze by ${by} has ended: the code has changed.` };
}
