/** A policy, and the calls that it holds for. */
import type { Policy, PolicyException, PolicyLimit } from '@farthing/shared/config-parts/policy';
import type { ReportCall } from '@farthing/shared/report';
import { createMatcher } from '../lint/call-selector.ts';

export interface HeldPolicy {
  /** Of its configuration, as messages name it. */
  readonly name: string;
  readonly policy: Policy;
  /** A path of the report, relative to the configuration; null where another configuration holds. */
  readonly pathOf: (path: string) => string | null;
}

type Matches = (call: ReportCall, path: string) => boolean;

/** Which calls an entry is for. */
export function createEntryMatcher(entry: Parameters<typeof createMatcher>[0], { pathOf }: HeldPolicy): Matches {
  const matches = createMatcher(entry);
  return (call, path) => {
    const within = pathOf(path);
    return within !== null && matches(call, within);
  };
}

export interface Exceptions {
  /** The one that applies today; null if none does. */
  readonly active: (limit: PolicyLimit, call: ReportCall, path: string) => PolicyException | null;
  /** The last one that has ended. */
  readonly ended: (limit: PolicyLimit, call: ReportCall, path: string) => PolicyException | null;
}

export function createExceptions(held: HeldPolicy, now: Date): Exceptions {
  const today = now.toISOString().slice(0, 10);
  const entries = held.policy.exceptions.map((entry) => ({ entry, matches: createEntryMatcher(entry, held) }));
  const latest = (isWanted: (entry: PolicyException) => boolean, call: ReportCall, path: string) =>
    entries
      .filter(({ entry, matches }) => isWanted(entry) && matches(call, path))
      .map(({ entry }) => entry)
      .sort((one, other) => (one.until < other.until ? 1 : -1))[0] ?? null;
  return {
    active: (limit, call, path) => latest((entry) => entry.for.includes(limit) && entry.until >= today, call, path),
    ended: (limit, call, path) => latest((entry) => entry.for.includes(limit) && entry.until < today, call, path),
  };
}
