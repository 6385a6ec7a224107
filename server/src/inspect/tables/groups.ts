/** Groups of calls as a table for language models. */
import type { CallGroup, Grouping } from '../groups.ts';
import { spread } from './figures.ts';
import { type Column, table } from './table.ts';

const FIGURES: readonly Column<CallGroup>[] = [
  { head: 'calls', cell: ({ calls }) => calls },
  { head: 'priced', cell: ({ priced }) => priced },
  { head: '$/month', cell: ({ perMonth }) => perMonth && spread(perMonth) },
  { head: 'basis', cell: ({ perMonth }) => perMonth?.basis ?? null },
  { head: 'findings', cell: ({ findings }) => findings || null },
  { head: 'saves $/month', cell: ({ saving }) => saving && spread(saving) },
];

export function groupTable(grouping: Grouping, groups: readonly CallGroup[]): readonly string[] {
  return table([{ head: grouping, cell: ({ name }: CallGroup) => name }, ...FIGURES], groups);
}
