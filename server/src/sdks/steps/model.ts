/** Settles which model an object or a call asks, and who provides it. */
import { alternativesOf, literalText, oneOf } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';
import type { SdkDescriptor } from '../descriptor.ts';
import { choicesOf, modelOptions, providerOfAll, rolesOfAll } from '../model-options.ts';
import { overlay, type RoleValue } from '../roles.ts';
import { answersItself, providerOfName, type State, typeOf } from '../trail-state.ts';
import { objectOf, type Trails } from './trails.ts';

/** Replaces a model that is itself an SDK's object by what that object says; settles the provider by the model's name. */
export function resolveModel(trails: Trails, state: State): State {
  const role = state.roles.values.get('model');
  if (role === undefined) return state;
  const options = modelOptions(role.value, (value) => objectOf(trails, value));
  let { roles, provider } = state;
  if (options.some(({ object }) => object !== null)) {
    roles = overlay(rolesOfAll(options), roles);
    const isSure = options.every((option) => option.isSure);
    const isSettled = options.every(({ object }) => object?.roles.values.has('model') === true);
    const value = oneOf(options.map((option) => option.value));
    const isCertain = role.isCertain && isSure && (isSettled || value.kind === 'text');
    provider = providerOfAll(options, state.sdk.provider) ?? 'any';
    const choices = provider === 'any' ? { choices: choicesOf(options) } : {};
    roles = { ...roles, values: new Map(roles.values).set('model', { ...role, value, isCertain, ...choices }) };
  }
  // The SDK's own provider is what it asks if the name says nothing else.
  if (provider !== 'any' && provider !== state.sdk.provider) return { ...state, roles, provider };
  const named = providerOfName(state.sdk, roles);
  return { ...state, roles, provider: named ?? provider, isProviderNamed: named !== null };
}

export function withModelValue(state: State, value: Value): State {
  const model: RoleValue = { value, isCertain: true, isReplaceable: false, field: '', from: 'step', site: null };
  return { ...state, roles: { ...state.roles, values: new Map(state.roles.values).set('model', model) } };
}

/** True if every model that is called is only a substitute. */
export function isFake(trails: Trails, { sdk, roles }: State): boolean {
  const model = roles.values.get('model');
  return (
    model !== undefined &&
    alternativesOf(model.value).every((value) => {
      if (value.kind === 'instance') return answersItself(value, sdk);
      if (value.kind === 'text') return isFakeName(sdk, literalText(value));
      const object = value.kind === 'external' ? trails.run(value) : null;
      return object !== null && !('kind' in object) && typeOf(object).isFake === true;
    })
  );
}

/** An entry that ends in a sign is the beginning of such names. */
function isFakeName({ fakeModels = [] }: SdkDescriptor, name: string | null): boolean {
  return name !== null && fakeModels.some((fake) => (/\W$/.test(fake) ? name.startsWith(fake) : name === fake));
}
