/** What calls can be grouped by, in the order of the charts. Plain functions, because the page groups as well. */
import type { CallRow } from './rows.ts';

/** The groups that a call is in, by name. */
const GROUPS = {
  wrapper: ({ wrapper }: CallRow) => (wrapper === null ? [] : [wrapper]),
  // The source of the name (literal, default) is not part of the model.
  model: ({ model }: CallRow) => [model.replace(/ \([^()]*\)$/, '')],
  folder: ({ folder }: CallRow) => [folder],
  owner: ({ owner }: CallRow) => (owner === null ? [] : [owner]),
  rule: ({ rules }: CallRow) => [...new Set(rules)],
} as const;

export type GroupKind = keyof typeof GROUPS;
export const GROUP_KINDS = Object.keys(GROUPS) as readonly GroupKind[];

/** One group of each kind at most. */
export type Selection = Readonly<Partial<Record<GroupKind, string>>>;

export function groupsOf(call: CallRow, kind: GroupKind): readonly string[] {
  return GROUPS[kind](call);
}

export function isSelected(call: CallRow, selection: Selection): boolean {
  return GROUP_KINDS.every((kind) => {
    const wanted = selection[kind];
    return wanted === undefined || groupsOf(call, kind).includes(wanted);
  });
}
