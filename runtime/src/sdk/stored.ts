/**
 * Properties as they are stored in an object. Tracers put a `Proxy` around a client, which answers a plain read with
 * something of its own; none of them hides the descriptor.
 */
import { MeterError } from '../core/errors.ts';

/** Null for what is no object, and undefined members read as undefined. */
export function stored(owner: unknown, name: string): unknown {
  if (!isObject(owner)) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  // A getter, or a member of the class.
  if (descriptor === undefined || !('value' in descriptor)) return (owner as Record<string, unknown>)[name];
  return descriptor.value;
}

/** The objects that an object has as properties of its own, without calling a getter. */
export function ownParts(owner: object): readonly object[] {
  return Object.values(Object.getOwnPropertyDescriptors(owner)).flatMap(({ value }) =>
    isObject(value) ? [value] : [],
  );
}

/**
 * Puts a value in a property's place. Enumerable only where it was: tracers copy the enumerable properties of a client.
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
