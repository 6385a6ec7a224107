/** From request fields to roles: which part of the request each field is, whatever an SDK calls it. */

import type { ProviderName } from '@farthing/shared/vocabulary';
import { concatenate, oneOf, segmentsOf } from '../evaluate/lattice.ts';
import type { Segment, Value } from '../evaluate/values.ts';
import type { Site } from './call-site.ts';
import { EVERY_FIELD, type RequestShape, type Role } from './descriptor.ts';
import { type FieldAt, type Fields, fieldAt } from './fields.ts';

export interface RoleValue {
  readonly value: Value;
  /** False where only some paths through the code set the field. */
  readonly isCertain: boolean;
  /** True if a value with unknown contents follows the field and may replace it. */
  readonly isReplaceable: boolean;
  /** The dotted path under which the field was found. */
  readonly field: string;
  /** Where it was found: the paid call itself, the object's construction, or a step between (`bind`, `getModel`). */
  readonly from: 'call' | 'constructor' | 'step';
  /** Where its parameters are written; null if unknown. */
  readonly site: Site | null;
  /** True for a template, whose holes the call's variables fill. */
  readonly isTemplate?: boolean;
  /** The values of a model that is an object of one of several providers, each with the one that is paid for it. */
  readonly choices?: readonly ModelChoice[];
}

export interface ModelChoice {
  readonly value: Value;
  /** Null where only the model's name may tell. */
  readonly provider: ProviderName | null;
}

export interface Roles {
  readonly values: ReadonlyMap<Role, RoleValue>;
  /** For each role the values whose contents are not known and that may set or replace it. Missing means none. */
  readonly open: ReadonlyMap<Role, readonly Value[]>;
  /** The steps that were taken, first to last, with the roles that each could have set. */
  readonly sites: readonly Site[];
}

export const NO_ROLES: Roles = { values: new Map(), open: new Map(), sites: [] };

export function readRoles(
  fields: Fields,
  shape: RequestShape,
  from: RoleValue['from'],
  site: Site | null = null,
): Roles {
  const values = new Map<Role, RoleValue>();
  const open = new Map<Role, readonly Value[]>();
  for (const [role, paths] of Object.entries(shape.roles ?? {}) as [Role, readonly string[]][]) {
    let found: RoleValue | null = null;
    const unseen = new Set<Value>();
    for (const path of paths) {
      const at = path === EVERY_FIELD ? textOfFields(fields, shape) : fieldAt(fields, path);
      for (const value of at.open) unseen.add(value);
      const present = at.entry === null ? null : withoutNull(at.entry.value);
      if (at.entry === null || present === null) continue;
      const next: RoleValue = { ...at.entry, value: present, field: path, from, site };
      found = found === null ? next : eitherSpelling(found, next);
      if (found.isCertain && !found.isReplaceable) {
        unseen.clear();
        break;
      }
    }
    if (found !== null) values.set(role, found);
    if (unseen.size > 0) open.set(role, [...unseen]);
  }
  return { values, open, sites: site === null ? [] : [site] };
}

/** The fields that play no role of their own as one text, each with its name. */
function textOfFields({ entries, open }: Fields, { roles = {} }: RequestShape): FieldAt {
  const taken = new Set(Object.values(roles).flatMap((paths) => paths.map((path) => path.split('.')[0])));
  const segments = [...entries].flatMap(([name, { value }]): Segment[] =>
    taken.has(name) ? [] : [literal(`${name}: `), ...segmentsOf(value, null), literal('\n')],
  );
  for (const value of open) segments.push({ kind: 'hole', value, origin: null });
  if (segments.length === 0) return { entry: null, open: [] };
  const value = concatenate([segments], null);
  return { entry: { value, isCertain: true, isReplaceable: false }, open: [] };
}

function literal(text: string): Segment {
  return { kind: 'literal', text, origin: null };
}

/** One of two values, of which each keeps its own providers. */
function eitherValue(first: RoleValue, second: RoleValue): Pick<RoleValue, 'value' | 'choices'> {
  const value = oneOf([first.value, second.value]);
  if (first.choices === undefined && second.choices === undefined) return { value };
  const choices = [first, second].flatMap((one) => one.choices ?? [{ value: one.value, provider: null }]);
  return { value, choices };
}

/** Two spellings that are each set on some paths only (`max_tokens` or `max_completion_tokens`) replace each other. */
function eitherSpelling(first: RoleValue, second: RoleValue): RoleValue {
  return {
    ...first,
    ...eitherValue(first, second),
    isCertain: true,
    isReplaceable: first.isReplaceable || second.isReplaceable,
  };
}

/** True if the role is stated, or if a value whose contents are not known may state it. */
export function mayState({ values, open }: Roles, role: Role): boolean {
  return values.has(role) || (open.get(role) ?? []).length > 0;
}

/** A field that is `null` or `undefined` is not sent; one that may be is taken for its other value. */
function withoutNull(value: Value): Value | null {
  if (value.kind === 'null') return null;
  if (value.kind !== 'oneOf') return value;
  const kept = value.alternatives.filter((alternative) => alternative.kind !== 'null');
  return kept.length === value.alternatives.length ? value : oneOf(kept);
}

/** Later roles take precedence if they are certain; if they are not, the earlier value stays possible. */
export function overlay(earlier: Roles, later: Roles): Roles {
  // Every step of a trail lays its roles over those before it, and most steps have none.
  if (isEmpty(earlier)) return later;
  if (isEmpty(later)) return earlier;
  const values = new Map(earlier.values);
  const open = new Map(earlier.open);
  for (const [role, next] of later.values) {
    const before = values.get(role);
    const isSettled = next.isCertain && !next.isReplaceable;
    if (isSettled) open.delete(role);
    values.set(
      role,
      before === undefined || next.isCertain
        ? next
        : { ...next, ...eitherValue(next, before), isCertain: before.isCertain },
    );
  }
  for (const [role, more] of later.open) open.set(role, [...new Set([...(open.get(role) ?? []), ...more])]);
  return { values, open, sites: [...earlier.sites, ...later.sites] };
}

function isEmpty({ values, open, sites }: Roles): boolean {
  return values.size === 0 && open.size === 0 && sites.length === 0;
}

/** The field name that a fix in `language` would write for `role`; null if the call has none. */
export function preferredField(shape: RequestShape, role: Role, language: 'typescript' | 'python'): string | null {
  const paths = shape.roles?.[role] ?? [];
  const foreign = language === 'python' ? /[A-Z]/ : /[a-z]_[a-z]/;
  return paths.find((path) => !foreign.test(path)) ?? paths[0] ?? null;
}
