/**
 * Objects of SDKs whose paid methods are only known by where the object comes from (`agent.run(...)`): a file that runs
 * one need not import the SDK, so it is found by the object's name.
 */
import type { Value } from '../evaluate/values.ts';
import type { ExportDescriptor, SdkDescriptor, TypeDescriptor } from './descriptor.ts';
import type { Walker } from './walk.ts';

/** True for a type with paid methods none of which any receiver would show; what is composed may not ask a model. */
function isKnownByOrigin({ methods = {}, isComposite = false }: TypeDescriptor): boolean {
  if (isComposite) return false;
  const calls = Object.values(methods).flatMap(({ call }) => call ?? []);
  return calls.length > 0 && calls.every(({ distinctive }) => distinctive === undefined);
}

/** The exports of an SDK that make such objects. */
export function makersOf(sdk: SdkDescriptor): readonly string[] {
  if (sdk.isTransport === true) return [];
  const makes = ({ creates }: ExportDescriptor): boolean => isKnownByOrigin(sdk.types[creates ?? ''] ?? {});
  return Object.entries(sdk.exports).flatMap(([path, exported]) => (path !== '' && makes(exported) ? [path] : []));
}

export function isObjectKnownByOrigin(walker: Walker, value: Value): boolean {
  const walked = value.kind === 'external' ? walker.walk(value) : null;
  if (walked?.kind !== 'object' || walked.path.length > 0) return false;
  return isKnownByOrigin(walked.sdk.types[walked.type] ?? {});
}
