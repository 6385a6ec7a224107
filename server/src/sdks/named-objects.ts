/**
 * Objects of SDKs whose paid methods are only known by where the object comes from (`agent.run(...)`): a file that runs
 * one need not import the SDK, so it is found by the object's name.
 */
import type { Value } from '../evaluate/values.ts';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor, TypeDescriptor } from './descriptor.ts';
import { PICKED_TYPE } from './trail-state.ts';
import type { Walker } from './walk.ts';

/**
 * True for a type with paid methods that no receiver would show by itself, for a model (`llm.stream(...)`), and for a type
 * without any whose methods give such objects (`mastra.getAgent('guide')`). What is composed may not ask a model.
 */
function isKnownByOrigin(sdk: SdkDescriptor, name: string, isGiver = true): boolean {
  const { methods = {}, isComposite = false, isModel = false }: TypeDescriptor = sdk.types[name] ?? {};
  if (isComposite) return false;
  const calls = Object.values(methods).flatMap(({ call }) => call ?? []);
  const isShown = ({ distinctive }: CallDescriptor): boolean => distinctive === 'always';
  if (calls.length > 0) return isModel ? !calls.every(isShown) : !calls.some(isShown);
  const given = Object.values(methods).flatMap(({ picks, returns }) =>
    picks === undefined ? (returns ?? []) : PICKED_TYPE,
  );
  return isGiver && given.some((type) => isKnownByOrigin(sdk, type, false));
}

const allMakers = new WeakMap<SdkDescriptor, readonly string[]>();

/** The exports of an SDK that make such objects. */
export function makersOf(sdk: SdkDescriptor): readonly string[] {
  const known = allMakers.get(sdk);
  if (known !== undefined) return known;
  const makes = ({ creates }: ExportDescriptor): boolean => creates !== undefined && isKnownByOrigin(sdk, creates);
  const exports = sdk.isTransport === true ? [] : Object.entries(sdk.exports);
  const found = exports.flatMap(([path, exported]) => (path !== '' && makes(exported) ? [path] : []));
  allMakers.set(sdk, found);
  return found;
}

export function isObjectKnownByOrigin(walker: Walker, value: Value): boolean {
  const walked = value.kind === 'external' ? walker.walk(value) : null;
  if (walked?.kind !== 'object' || walked.path.length > 0) return false;
  return isKnownByOrigin(walked.sdk, walked.type);
}

const allGivers = new WeakMap<SdkDescriptor, ReadonlyMap<string, string>>();

/** By the method that tells what it gives, whatever it is called on (`getAgent`): the export that makes its object. */
export function givers(sdk: SdkDescriptor): ReadonlyMap<string, string> {
  const known = allGivers.get(sdk);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  for (const [path, { creates }] of Object.entries(sdk.exports)) {
    for (const [name, { tellsObject }] of Object.entries(sdk.types[creates ?? '']?.methods ?? {})) {
      if (tellsObject === true && !found.has(name)) found.set(name, path);
    }
  }
  allGivers.set(sdk, found);
  return found;
}
