/**
 * Properties as they are stored in an object. Tracers put a `Proxy` around a client, which may return something else
 * for a plain read; none of them hides the descriptor.
 */
import { MeterError } from '../core/errors.ts';

/** Null for anything but an object; undefined members read as undefined. */
export function stored(owner: unknown, name: string): unknown {
  if (!isObject(owner)) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  // A getter, or a member of the class.
  if (descriptor === undefined || !('value' in descriptor)) return (owner as Record<string, unknown>)[name];
  return descriptor.value;
}

/** The objects among an object's own properties, without calling a getter. */
export function ownParts(owner: object): readonly object[] {
  return Object.values(Object.getOwnPropertyDescriptors(owner)).flatMap(({ value }) =>
    isObject(value) ? [value] : [],
  );
}

/**
 * Replaces the value of a property. It stays enumerable only if it was, because tracers copy the enumerable properties
 * of a client.
 *
 * @throws MeterError for an object that cannot be changed
 */
export function replace(owner: object, name: string, value: unknown): void {
  const enumerable = Object.prototype.propertyIsEnumerable.call(owner, name);
  const isReplaced = Reflect.defineProperty(owner, name, { value, enumerable, writable: true, configurable: true });
  if (isReplaced && stored(owner, name) === value) return;
  throw new MeterError(
    `meter.wrap changes the client, and \`${name}\` of this one cannot be changed (is it frozen?). Wrap it before, or hand \`meter.fetch\` to its constructor as \`fetch\`.`,
  );
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
