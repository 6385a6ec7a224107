/** The messages of a policy beside the reasons of a verdict. */
import type { DiffReason } from '@farthing/shared/diff-report';

export interface SaidReason {
  /** Null for a message that belongs to several reasons: it comes after all of them. */
  readonly reason: DiffReason | null;
  readonly message: string | null;
}

/** What several reasons say is said once. */
export function withSharedMessages(reasons: readonly DiffReason[]): readonly SaidReason[] {
  const counts = Map.groupBy(reasons, ({ message }) => message);
  const isShared = (message: string | null): boolean => message !== null && (counts.get(message)?.length ?? 0) > 1;
  return [
    ...reasons.map((reason) => ({ reason, message: isShared(reason.message) ? null : reason.message })),
    ...[...counts.keys()].filter(isShared).map((message) => ({ reason: null, message })),
  ];
}
