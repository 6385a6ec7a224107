/**
 * Standing at an SDK client's methods: their names, types and results stay, and what runs inside of them can be known
 * to. By the time a request gets to fetch, most SDKs have lost who called.
 */

/** Runs a method; `entered` is what the application has really called. */
export type Around = (entered: (...args: never[]) => unknown, run: () => unknown) => unknown;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Puts `around` about each method of each resource of the client (`chat.completions`, `models`), and of its copies. */
export function watchMethods(client: object, around: Around): void {
  const seen = new Set<object>([client]);
  const watch = (resource: object): void => {
    if (seen.has(resource)) return;
    seen.add(resource);
    for (const [name, method] of methodsOf(resource)) replace(resource, name, watched(method));
    for (const part of Object.values(resource)) if (isResource(part, client)) watch(part);
  };
  const watched = (method: Method): Method =>
    function entered(this: unknown, ...args) {
      const result = around(entered, () => method.apply(this, args));
      // A chat of @google/genai is made by one method and has the calls itself.
      if (isResource(result, client)) watch(result);
      return result;
    };
  for (const part of Object.values(client)) if (isResource(part, client)) watch(part);
  const { withOptions } = client as { withOptions?: Method };
  if (typeof withOptions !== 'function') return;
  replace(client, 'withOptions', function withOptionsWatched(this: unknown, ...args) {
    const copy = withOptions.apply(this, args);
    if (typeof copy === 'object' && copy !== null) watchMethods(copy, around);
    return copy;
  });
}

/** What belongs to a client knows it, or shares its connection. */
function isResource(value: unknown, client: object): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const { _client, apiClient } = value as { _client?: unknown; apiClient?: unknown };
  return _client === client || (apiClient !== undefined && apiClient === (client as { apiClient?: unknown }).apiClient);
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

function replace(owner: object, name: string, value: Method): void {
  const enumerable = Object.prototype.propertyIsEnumerable.call(owner, name);
  Object.defineProperty(owner, name, { value, enumerable, writable: true, configurable: true });
}
