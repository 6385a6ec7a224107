/**
 * Watches an SDK client's methods without changing their names, types and results, to know what runs inside them. By
 * the time a request reaches `fetch`, most SDKs have lost their caller.
 */
import { isObject, ownParts, replace, stored } from './stored.ts';

/** Runs a method; `entered` is what the application has really called. */
export type Around = (entered: (...args: never[]) => unknown, run: () => unknown) => unknown;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts `around` about each method of each resource of the clients (`chat.completions`, `models`).
 *
 * @param clients the object that an application calls, and those that send for it
 * @param seen what is watched already, and is not watched again
 */
export function watchMethods(clients: readonly object[], seen: WeakSet<object>, around: Around): void {
  const connections = new Set(clients.flatMap((client) => [client, stored(client, 'apiClient')]));
  /** What belongs to a client knows it, or shares its connection. */
  const isResource = (value: unknown): value is object => {
    const owner = stored(value, '_client') ?? stored(value, 'apiClient');
    return isObject(value) && isObject(owner) && connections.has(owner);
  };
  const watchParts = (owner: object): void => {
    for (const part of ownParts(owner)) if (isResource(part)) watch(part);
  };
  const watch = (resource: object): void => {
    if (seen.has(resource) || clients.includes(resource)) return;
    seen.add(resource);
    for (const [name, method] of methodsOf(resource)) replace(resource, name, watched(method));
    watchParts(resource);
  };
  const watched = (method: Method): Method => {
    const entered: Method = function (this, ...args) {
      const result = around(entered, () => method.apply(this, args));
      // A chat of @google/genai is made by one method and has the calls itself.
      if (isResource(result)) watch(result);
      return result;
    };
    // Tracers mark their own methods, and look for the mark.
    const { prototype: _, ...own } = Object.getOwnPropertyDescriptors(method);
    return Object.defineProperties(entered, own);
  };
  for (const client of clients) watchParts(client);
}

function methodsOf(resource: object): ReadonlyMap<string, Method> {
  const methods = new Map<string, Method>();
  for (let owner = resource; owner !== Object.prototype; owner = Object.getPrototypeOf(owner) ?? Object.prototype) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      const isMethod = typeof value === 'function' && name !== 'constructor' && !name.startsWith('_');
      if (isMethod && !methods.has(name)) methods.set(name, value);
    }
  }
  return methods;
}
