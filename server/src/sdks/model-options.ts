/** What may be given as a model: a name, an SDK's object that has one, or what a package makes of such an object. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { alternativesOf, NULL, oneOf, withHint } from '../evaluate/lattice.ts';
import type { ExternalValue, UnknownValue, Value } from '../evaluate/values.ts';
import type { Role } from './descriptor.ts';
import { type ModelChoice, NO_ROLES, overlay, type Roles, type RoleValue } from './roles.ts';
import type { State } from './trail-state.ts';

/** One of the values in the place of a model. */
export interface ModelOption {
  /** The model's name if the object says it, else the value itself. */
  readonly value: Value;
  /** The SDK's object that the name is taken from; null if there is none. */
  readonly object: State | null;
  /** False for a default that something else may replace, and where another package stands between. */
  readonly isSure: boolean;
}

/** Follows a value to an SDK's object; null if it leads to none. */
type ObjectOf = (value: ExternalValue) => State | null;

/** Packages around packages that wrap a model. */
const MAX_WRAPPERS = 4;

export function modelOptions(value: Value, objectOf: ObjectOf): readonly ModelOption[] {
  const optionsOf = (one: Value, depth: number): readonly ModelOption[] =>
    alternativesOf(one).flatMap((alternative) => {
      if (alternative.kind === 'external') {
        const object = objectOf(alternative);
        if (object !== null) {
          return [{ value: object.roles.values.get('model')?.value ?? alternative, object, isSure: true }];
        }
        const wrapped = depth < MAX_WRAPPERS ? wrappedModel(alternative) : null;
        const options = wrapped === null ? [] : optionsOf(wrapped, depth + 1);
        if (options.some(({ object }) => object?.model === 'yes')) return options.map(asDefault);
      }
      if (alternative.kind === 'unknown' && alternative.hint !== null) {
        const options = optionsOf(alternative.hint, depth);
        if (options.some(({ object }) => object !== null)) {
          return options.map((option) => ({ ...asDefault(option), value: withHint(alternative, option.value) }));
        }
      }
      return [{ value: alternative, object: null, isSure: true }];
    });
  return optionsOf(value, 0);
}

/** What a function that no descriptor knows makes of a model is taken for that model: it watches it, or caches its answers. */
function wrappedModel({ steps }: ExternalValue): Value | null {
  const last = steps.at(-1);
  if (last?.kind !== 'call' || last.args === null) return null;
  const { positional, named } = last.args;
  const [first] = positional;
  return named.get('model')?.value ?? (first?.kind === 'object' ? first.entries.get('model')?.value : first) ?? null;
}

function asDefault(option: ModelOption): ModelOption {
  return { ...option, isSure: false };
}

/** The provider of all options; null if they differ, or if something may take their place that is not paid to `usual`. */
export function providerOfAll(options: readonly ModelOption[], usual: ProviderName): ProviderName | null {
  const [only, ...others] = new Set(options.flatMap(({ object }) => object?.provider ?? []));
  if (only === undefined || others.length > 0) return null;
  return only === usual || options.every(({ object, isSure }) => object !== null && isSure) ? only : null;
}

/** What the options' objects say besides: certain only where all of them say it, and nothing else may take their place. */
export function rolesOfAll(options: readonly ModelOption[]): Roles {
  const all = options.flatMap(({ object }) => object?.roles ?? []);
  const joined = all.reduce<Roles>(overlay, NO_ROLES);
  const isOnly = options.length === 1 && options.every(({ isSure }) => isSure);
  if (isOnly) return joined;
  const isCertain = (role: Role) =>
    options.every(({ object, isSure }) => isSure && object?.roles.values.get(role)?.isCertain === true);
  const values = [...joined.values].map(([role, value]): [Role, RoleValue] => {
    const given = all.flatMap(({ values }) => values.get(role) ?? []);
    return [role, { ...value, value: oneOf(given.map((one) => one.value)), isCertain: isCertain(role) }];
  });
  return { ...joined, values: new Map(values) };
}

/** `state` with what one of `taken` says, each of which went on from it on another path. */
export function eitherOf(state: State, taken: readonly State[]): State {
  const options = taken.map((object): ModelOption => {
    return { value: object.roles.values.get('model')?.value ?? NULL, object, isSure: true };
  });
  const { model, provider } = joinedFacts(state, taken);
  const named = options.filter(({ object }) => object?.roles.values.has('model'));
  const roles = overlay(state.roles, rolesOfAll(options));
  return { ...state, model, provider, roles: provider === 'any' ? withChoices(roles, choicesOf(named)) : roles };
}

/** `state`, in which `value` is not known, with what its default says. */
export function byDefault(state: State, value: UnknownValue, taken: State): State {
  const assumed = [...taken.roles.values].map(([role, found]): [Role, RoleValue] => {
    return [role, { ...found, value: withHint(value, found.value), isCertain: false }];
  });
  const { model, provider } = joinedFacts(state, [state, taken]);
  const roles = overlay(state.roles, { ...taken.roles, values: new Map(assumed) });
  const name = taken.roles.values.get('model');
  const choices = name?.choices ?? (name ? [{ value: name.value, provider: taken.provider }] : []);
  const asDefaults = choices.map((choice) => ({ ...choice, value: withHint(value, choice.value) }));
  return { ...state, model, provider, roles: provider === 'any' ? withChoices(roles, asDefaults) : roles };
}

function joinedFacts(state: State, taken: readonly State[]): Pick<State, 'model' | 'provider'> {
  const [provider, ...others] = new Set(taken.map((one) => one.provider));
  const models = taken.map(({ model }) => model);
  return {
    provider: others.length === 0 ? (provider ?? state.provider) : 'any',
    model: models.includes('yes') ? 'yes' : models.includes('maybe') ? 'maybe' : state.model,
  };
}

function withChoices(roles: Roles, choices: readonly ModelChoice[]): Roles {
  const model = roles.values.get('model');
  if (model === undefined || choices.length === 0) return roles;
  return { ...roles, values: new Map(roles.values).set('model', { ...model, choices }) };
}

/** Each option with the provider that is paid for it. */
export function choicesOf(options: readonly ModelOption[]): readonly ModelChoice[] {
  return options.flatMap(({ value, object }): readonly ModelChoice[] => {
    if (object === null) return [{ value, provider: null }];
    const { choices } = object.roles.values.get('model') ?? {};
    return choices ?? [{ value, provider: object.provider }];
  });
}
