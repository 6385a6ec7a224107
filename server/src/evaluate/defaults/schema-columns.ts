/** Columns of a database whose schema is in a file next to the code: Prisma's client, Supabase's. */
import type { Origin } from '../../ir/origin.ts';
import { literalText, unknown } from '../lattice.ts';
import type { TableColumn } from '../modules.ts';
import type { ExternalValue, Step, Value } from '../values.ts';

/** Methods of Prisma's client that give records of one table. */
const PRISMA_QUERIES = /^(?:find|create|update|upsert|delete)/;
/** How the packages of Prisma's client are named: its own, and what it generates. */
export const PRISMA_CLIENT = /(?:^|[@/.])prisma(?:[-/]|$)/i;

/** A field of what a query gives, as its schema may state it; null where the value is none. */
export function schemaColumn({ module, steps }: ExternalValue, name: string, origin: Origin): Value | null {
  const table = PRISMA_CLIENT.test(module)
    ? prismaTable(steps)
    : module.startsWith('@supabase/')
      ? supabaseTable(steps)
      : null;
  return table === null
    ? null
    : { ...unknown('response', null, origin), column: { table, name } satisfies TableColumn };
}

function prismaTable(steps: readonly Step[]): string | null {
  for (const [index, step] of steps.entries()) {
    const [table, call] = [steps[index - 1], steps[index + 1]];
    if (step.kind !== 'member' || table?.kind !== 'member' || call?.kind !== 'call') continue;
    if (PRISMA_QUERIES.test(step.name)) return table.name;
  }
  // `user: User`: the client exports a type for each table.
  const [type, object] = steps;
  return type?.kind === 'member' && object?.kind === 'call' && object.args === null ? type.name : null;
}

/** `supabase.from('bots').select('*')`, whose records stand under `data`. */
function supabaseTable(steps: readonly Step[]): string | null {
  const at = steps.findIndex((step) => step.kind === 'member' && step.name === 'from');
  const call = steps[at + 1];
  const isRecord = steps.slice(at + 2).some((step) => step.kind === 'member' && step.name === 'data');
  return at >= 0 && call?.kind === 'call' && isRecord ? literalText(call.args?.positional[0]) : null;
}
