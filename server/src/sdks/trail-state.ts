/** A walk under way over a trail, and what one step does to it whatever the SDK. */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { literalText, text } from '../evaluate/lattice.ts';
import type { InstanceValue, Value } from '../evaluate/values.ts';
import type { ExportDescriptor, Role, SdkDescriptor } from './descriptor.ts';
import { providerOfBase } from './endpoints.ts';
import { type Fields, NO_FIELDS } from './fields.ts';
import { NO_ROLES, type Roles, type RoleValue } from './roles.ts';
import type { SdkObject, Walked } from './trail-result.ts';

/** A walk under way. */
export interface State {
  readonly sdk: SdkDescriptor;
  readonly type: string;
  /** Members read since the last type. */
  readonly path: readonly string[];
  readonly provider: ProviderName;
  readonly roles: Roles;
  readonly model: SdkObject['model'];
  /** True if the provider was derived from the model's name: another model may be another provider's. */
  readonly isProviderNamed: boolean;
  /** The fields of the object's construction, for steps that pick from them. */
  readonly constructed: Fields;
  /** Models that a chain asks before this one, each with what it is asked. */
  readonly earlier: readonly Stage[];
  /** What stands behind the model in a chain (`... | model | prompt`): it is what the next model is asked. */
  readonly next: Roles;
}

/** One model of a chain, with everything that says what it is asked. */
export interface Stage {
  readonly provider: ProviderName;
  readonly roles: Roles;
}

/** The type of what a step picks from a constructor's fields, in every descriptor. */
export const PICKED_TYPE = 'Picked';

export function fresh(sdk: SdkDescriptor, type: string): State {
  return {
    sdk,
    type,
    path: [],
    provider: sdk.provider,
    roles: NO_ROLES,
    model: isModel(sdk, type),
    isProviderNamed: false,
    constructed: NO_FIELDS,
    earlier: [],
    next: NO_ROLES,
  };
}

/** An object that the export itself is, with the model that it names. */
export function named(state: State, { modelName }: ExportDescriptor): State {
  if (modelName === undefined) return state;
  const value = text(modelName, null);
  const model: RoleValue = { value, isCertain: true, isReplaceable: false, field: '', from: 'constructor', site: null };
  return { ...state, roles: { ...NO_ROLES, values: new Map([['model', model]]) } };
}

/** The state before a step that names a different model from the one that the provider was derived from. */
export function reopened(state: State, stated: Roles): State {
  if (!state.isProviderNamed || !stated.values.has('model')) return state;
  return { ...state, provider: state.sdk.provider, isProviderNamed: false };
}

function isModel(sdk: SdkDescriptor, type: string): SdkObject['model'] {
  return sdk.types[type]?.isModel === true ? 'yes' : 'no';
}

export function maybe(model: SdkObject['model']): SdkObject['model'] {
  return model === 'yes' ? 'yes' : 'maybe';
}

/** True for an object of a class of the project that is a model itself. */
export function answersItself({ class: { node } }: InstanceValue, { answeringMethods = [] }: SdkDescriptor): boolean {
  return node.members.some((member) => member.kind === 'method' && answeringMethods.includes(member.name));
}

/** Roles that an unknown model may bring along. */
const MODEL_ROLES: readonly Role[] = [
  'model',
  'outputLimit',
  'cache',
  'reasoning',
  'tier',
  'timeout',
  'retries',
  'schema',
  'tools',
];

/** An unknown value in the place of a model: it may be one, with any settings. */
export function possible(state: State, value: Value): State {
  const open = new Map(state.roles.open);
  for (const role of MODEL_ROLES) open.set(role, [...(open.get(role) ?? []), value]);
  return { ...state, model: maybe(state.model), roles: { ...state.roles, open } };
}

export function typeOf(state: State): SdkDescriptor['types'][string] {
  return state.sdk.types[state.type] ?? {};
}

/** Reading a member: it may be skipped, lead to another type, or become part of a method's path. */
export function read(state: State, name: string): State {
  const type = typeOf(state);
  if (type.transparent?.includes(name)) return state;
  const path = [...state.path, name];
  const member = type.members?.[path.join('.')];
  return member === undefined ? { ...state, path } : { ...state, type: member, path: [] };
}

/** The state, paid for at the provider that a base address or the SDK's own provider parameter names. */
export function addressed(state: State, stated: Roles, baseUrls: Readonly<Record<string, ProviderName>>): State {
  const model = typeOf(state).isModel === true ? 'yes' : state.model;
  return { ...state, model, provider: payerOf(state, stated, baseUrls) };
}

/** The provider that a base address or the SDK's own provider parameter names; without either, the one so far. */
export function payerOf(
  { sdk, provider }: Pick<State, 'sdk' | 'provider'>,
  stated: Roles,
  baseUrls: Readonly<Record<string, ProviderName>>,
): ProviderName {
  const name = literalText(stated.values.get('provider')?.value);
  const prefixes = name === null ? [] : Object.entries(sdk.modelPrefixes ?? {});
  const named = prefixes.find(([prefix]) => prefix.replace(/[/:]$/, '') === name)?.[1];
  // A name that is not in the list is still another provider's.
  const declared = named ?? (prefixes.length > 0 ? 'unknown' : provider);
  const base = stated.values.get('baseUrl');
  const paid = base === undefined ? null : providerOfBase(base.value, baseUrls);
  if (paid === null || paid === declared) return declared;
  // Settings that serve several SDKs can have the address of another one as their default.
  if (PROVIDER_TABLE[paid].hasOwnFormatsOnly && PROVIDER_TABLE[sdk.provider].sales.kind === 'maker') return declared;
  if (base?.isCertain === true) return paid;
  // An address that only some paths set leaves two who may be paid; one that is not known is a proxy that may be set.
  return paid === 'openai-compatible' ? declared : 'any';
}

export function providerOfName(sdk: SdkDescriptor, roles: Roles): ProviderName | null {
  const value = roles.values.get('model')?.value;
  const first = value?.kind === 'text' ? value.segments[0] : undefined;
  if (first?.kind !== 'literal') return null;
  // A provider that only the run knows goes before the one that the name suggests.
  const stated = roles.values.get('provider')?.value;
  if (stated !== undefined && stated.kind !== 'null' && literalText(stated) === null) return null;
  const names = Object.entries(sdk.modelPrefixes ?? {});
  return names.find(([prefix]) => first.text.startsWith(prefix))?.[1] ?? null;
}

export function shown(state: State): Walked | null {
  if (state.path.length > 0) {
    const call = typeOf(state).methods?.[state.path.join('.')]?.call;
    if (call !== undefined) return { kind: 'method', sdk: state.sdk, provider: call.provider ?? state.provider, call };
  }
  const type = typeOf(state);
  return {
    kind: 'object',
    sdk: state.sdk,
    type: state.type,
    path: state.path,
    model: state.path.length > 0 ? 'no' : state.model,
    provider: state.provider,
    roles: state.roles,
    command: type.command ?? null,
    message: type.message ?? null,
  };
}
