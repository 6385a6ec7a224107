/**
 * Fields of records that a database keeps: what a query gives is not known, but a column may state its default. Python's
 * classes of records are followed through a query; a table of Drizzle or Mongoose stands in the query's own trail.
 */
import type { Origin } from '../../ir/origin.ts';
import { basesOf, instanceMember } from '../classes/class-members.ts';
import type { Evaluator } from '../evaluator.ts';
import { literalText, unknown } from '../lattice.ts';
import type { CallArguments, ClassValue, ExternalValue, InstanceValue, Step, UnknownValue, Value } from '../values.ts';

/** Packages whose classes describe records, and how they name the columns. */
const COLUMNS: ReadonlyMap<string, RegExp> = new Map([
  ['sqlalchemy', /^(?:Column|mapped_column)$/],
  ['flask_sqlalchemy', /^(?:Column|mapped_column)$/],
  ['django', /Field$/],
  ['tortoise', /Field$/],
  ['peewee', /Field$/],
  ['mongoengine', /Field$/],
]);
const RECORD_PACKAGES: ReadonlySet<string> = new Set([...COLUMNS.keys(), 'sqlmodel', 'beanie', 'odmantic']);
const DEFAULTS = ['default', 'server_default', 'insert_default'] as const;

/** `Column(String, default="gpt-6-sol")` as the field of a record; null of any other call. */
export function columnValue(callee: ExternalValue, args: CallArguments, origin: Origin): Value | null {
  const last = callee.steps.at(-1);
  const pattern = COLUMNS.get(packageOf(callee));
  if (last?.kind !== 'member' || !pattern?.test(last.name)) return null;
  const stated = DEFAULTS.map((name) => args.named.get(name)?.value).find((value) => value?.kind === 'text');
  return unknown('configuration', stated ?? null, origin);
}

function packageOf({ module }: ExternalValue): string {
  return module.split('.')[0] ?? '';
}

const MAX_BASES = 5;

function isRecordClass(evaluator: Evaluator, type: ClassValue, level = 0): boolean {
  if (type.node.members.some(({ name }) => name === '__tablename__')) return true;
  return (
    level < MAX_BASES &&
    basesOf(evaluator, type).some((base) =>
      base.kind === 'class'
        ? isRecordClass(evaluator, base, level + 1)
        : base.kind === 'external' && RECORD_PACKAGES.has(packageOf(base)),
    )
  );
}

/** Queries nest: `session.scalars(select(Bot).where(...))`. */
const MAX_QUERIES = 3;

/** The record whose class a query is given (`session.get(Bot, id)`); null where it is given none. */
export function queriedRecord(evaluator: Evaluator, args: CallArguments, depth = 0): InstanceValue | null {
  for (const value of args.positional) {
    if (value.kind === 'class' && isRecordClass(evaluator, value))
      return { kind: 'instance', class: value, args: null };
    if (value.kind !== 'external' || depth >= MAX_QUERIES || !RECORD_PACKAGES.has(packageOf(value))) continue;
    for (const step of value.steps) {
      const found = step.kind === 'call' && step.args ? queriedRecord(evaluator, step.args, depth + 1) : null;
      if (found) return found;
    }
  }
  return null;
}

/** `Bot.objects`, `Bot.query`: what all records of a class are asked through. */
export function recordManager(evaluator: Evaluator, type: ClassValue, name: string, origin: Origin): Value | null {
  if (name !== 'objects' && name !== 'query' && name !== '_default_manager') return null;
  if (!isRecordClass(evaluator, type)) return null;
  return { ...unknown('response', null, origin), record: () => ({ kind: 'instance', class: type, args: null }) };
}

/** A field of what a query gives; null where its class does not declare it, so that it is a part of the query itself. */
export function fieldOfRecord(
  evaluator: Evaluator,
  record: InstanceValue,
  name: string,
  origin: Origin,
  from: UnknownValue['from'],
): Value | null {
  const isField = record.class.node.members.some((member) => member.kind === 'field' && member.name === name);
  const value = isField ? instanceMember(evaluator, record, name, origin) : null;
  if (value === null) return null;
  // Whatever the class states is only what a record has unless it was given something else.
  return value.kind === 'text' ? unknown('response', value, origin, from) : value;
}

/** A field of what the queries of a package give, by the class or the table in their trail. */
export function recordField(evaluator: Evaluator, value: ExternalValue, name: string, origin: Origin): Value | null {
  const { steps } = value;
  if (RECORD_PACKAGES.has(packageOf(value))) {
    for (const step of steps) {
      const record = step.kind === 'call' && step.args ? queriedRecord(evaluator, step.args) : null;
      if (record) return fieldOfRecord(evaluator, record, name, origin, () => []);
    }
    return null;
  }
  const column = value.module === 'mongoose' ? mongooseField(steps, name) : drizzleColumn(evaluator, value, name);
  return column && unknown('response', column, origin);
}

/** The default of `new Schema({ model: { type: String, default: ... } })` in `model('Bot', schema).findById(id)`. */
function mongooseField(steps: readonly Step[], name: string): Value | null {
  const at = steps.findIndex((step) => step.kind === 'member' && step.name === 'model');
  const call = steps[at + 1];
  // The model itself, and its methods, are no records.
  if (call?.kind !== 'call' || !steps.slice(at + 2).some(({ kind }) => kind === 'call')) return null;
  const schema = call.args?.positional[1];
  const made = schema?.kind === 'external' ? schema.steps.find(({ kind }) => kind === 'call') : undefined;
  const fields = made?.kind === 'call' ? made.args?.positional[0] : undefined;
  const field = fields?.kind === 'object' ? fields.entries.get(name)?.value : undefined;
  const stated = field?.kind === 'object' ? field.entries.get('default')?.value : undefined;
  return stated?.kind === 'text' ? stated : null;
}

/** The default of a column of `pgTable('bots', { model: text('model').default(...) })`. */
function drizzleColumn(evaluator: Evaluator, value: ExternalValue, name: string): Value | null {
  if (!value.module.startsWith('drizzle-orm')) return null;
  const table = drizzleTable(evaluator, value);
  const columns = table?.steps[1]?.kind === 'call' ? table.steps[1].args?.positional[1] : undefined;
  const column = columns?.kind === 'object' ? columns.entries.get(name)?.value : undefined;
  if (column?.kind !== 'external') return null;
  const at = column.steps.findIndex((step) => step.kind === 'member' && step.name === 'default');
  const call = column.steps[at + 1];
  const stated = at >= 0 && call?.kind === 'call' ? call.args?.positional[0] : undefined;
  return literalText(stated) === null ? null : (stated ?? null);
}

/** The table of a row: of `$inferSelect`, of `select().from(table)` or of `db.query.bots.findFirst()`. */
function drizzleTable(evaluator: Evaluator, value: ExternalValue): ExternalValue | null {
  const { steps } = value;
  const memberAt = (name: string): number => steps.findIndex((step) => step.kind === 'member' && step.name === name);
  if (memberAt('$inferSelect') >= 0) return value;
  const from = steps[memberAt('from') + 1];
  const given = memberAt('from') >= 0 && from?.kind === 'call' ? from.args?.positional[0] : undefined;
  if (given?.kind === 'external') return given;
  const query = memberAt('query');
  const named = steps[query + 1];
  if (query < 0 || named?.kind !== 'member') return null;
  const options = steps.slice(0, query).flatMap((step) => (step.kind === 'call' ? (step.args?.positional ?? []) : []));
  for (const option of options) {
    const schema = option.kind === 'object' ? option.entries.get('schema')?.value : undefined;
    const origin = { path: value.origin?.path ?? '', start: 0, end: 0 };
    const table = schema && evaluator.member(schema, named.name, origin);
    if (table?.kind === 'external') return table;
  }
  return null;
}
