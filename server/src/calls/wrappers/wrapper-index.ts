/**
 * The functions of the project that lead to a request, by the names that callers write. It says which files may hold a
 * feature call, and spares resolving every callee of every function. Each file contributes its own, as to `CallIndex`.
 */

/** One function or method, under one name by which it is called. Plain data, kept with its file. */
export interface WrapperName {
  readonly name: string;
  /** Null for a function. */
  readonly method: MethodOwner | null;
  /** True for an SDK's object, which makes requests when it is run: only a file that imports its module can run it. */
  readonly isObject?: true;
  /** For a function that is called with a provider's address, which it may send a request to. */
  readonly address?: GivenAddress;
}

/** An address that a function is called with, as an example of what it sends requests to. */
export interface GivenAddress {
  /** Of the parameter. */
  readonly index: number;
  /** The field of the argument that has it; null where that is the address itself. */
  readonly field: string | null;
  readonly text: string;
}

export interface MethodOwner {
  /** Qualified. */
  readonly className: string;
  /** Names of the classes and interfaces that the class extends or implements, at any distance, the farthest last. */
  readonly ancestors: readonly string[];
}

/** A method that leads to a request. */
export interface WrapperMethod extends MethodOwner {
  readonly path: string;
}

/** A wrapper's name and where it is from: what a search for its callers is known by. */
export interface WrapperEntry extends WrapperName {
  readonly path: string;
}

/** The method of an object that is called like a function. */
export const CALLED = '__call__';

const NO_NAMES: readonly WrapperName[] = [];

export class WrapperIndex {
  readonly #byPath = new Map<string, readonly WrapperName[]>();
  readonly #byName = new Map<string, Map<string, readonly WrapperName[]>>();
  readonly #methods = new Map<string, readonly WrapperMethod[]>();
  readonly #outdated = new Set<string>();
  /** By name: the version in which what it means last changed. */
  readonly #changedAt = new Map<string, number>();
  #version = 0;
  #implemented: { readonly version: number; readonly names: ReadonlySet<string> } = { version: 0, names: new Set() };

  /** Changes whenever the names or their meanings change. */
  get version(): number {
    return this.#version;
  }

  get isEmpty(): boolean {
    return this.#byPath.size === 0;
  }

  /** The version in which the wrappers of this name last changed; 0 if it never had any. */
  versionOf(name: string): number {
    return this.#changedAt.get(name) ?? 0;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** True for the name of an SDK's object. */
  hasObject(name: string): boolean {
    return [...(this.#byName.get(name)?.values() ?? [])].some((names) => names.some(({ isObject }) => isObject));
  }

  /** The addresses that functions of this name are called with, in a fixed order. */
  addressesGiven(name: string): readonly GivenAddress[] {
    const byPath = [...(this.#byName.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return byPath.flatMap(([, names]) => names.flatMap(({ address }) => address ?? []));
  }

  /** The methods of this name that lead to a request, in whatever class, in a fixed order. */
  methods(name: string): readonly WrapperMethod[] {
    const known = this.#methods.get(name);
    if (known) return known;
    const byPath = [...(this.#byName.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const found = byPath.flatMap(([path, names]) =>
      names.flatMap(({ method }) => (method ? [{ path, ...method }] : [])),
    );
    this.#methods.set(name, found);
    return found;
  }

  /** True for a class or interface of this name that has wrappers in the classes below it. */
  isImplemented(className: string): boolean {
    if (this.#implemented.version !== this.#version) {
      const names = new Set([...this.#byPath.values()].flat().flatMap(({ method }) => method?.ancestors ?? []));
      this.#implemented = { version: this.#version, names };
    }
    return this.#implemented.names.has(className);
  }

  namesOf(path: string): readonly WrapperName[] {
    return this.#byPath.get(path) ?? NO_NAMES;
  }

  /** Files whose text has changed since they were last asked what they contribute. */
  get outdated(): ReadonlySet<string> {
    return this.#outdated;
  }

  /** The text of the file at `path` has changed; what it contributed counts until `set` says what it does now. */
  outdate(path: string): void {
    this.#outdated.add(path);
  }

  *entries(): Generator<WrapperEntry> {
    for (const [path, names] of this.#byPath) for (const name of names) yield { path, ...name };
  }

  /** What the file at `path` contributes from now on. */
  set(path: string, names: readonly WrapperName[]): void {
    this.#outdated.delete(path);
    const before = this.namesOf(path);
    if (isSameList(before, names)) return;
    this.#version++;
    if (names.length === 0) this.#byPath.delete(path);
    else this.#byPath.set(path, names);
    const then = byName(before);
    const now = byName(names);
    for (const name of new Set([...then.keys(), ...now.keys()])) {
      const same = now.get(name) ?? NO_NAMES;
      if (!isSameList(then.get(name) ?? NO_NAMES, same)) this.#change(name, path, same);
    }
  }

  #change(name: string, path: string, names: readonly WrapperName[]): void {
    this.#changedAt.set(name, this.#version);
    this.#methods.delete(name);
    const byPath = this.#byName.get(name) ?? new Map<string, readonly WrapperName[]>();
    this.#byName.set(name, byPath);
    if (names.length > 0) byPath.set(path, names);
    else byPath.delete(path);
    if (byPath.size === 0) this.#byName.delete(name);
  }
}

function byName(names: readonly WrapperName[]): ReadonlyMap<string, readonly WrapperName[]> {
  return Map.groupBy(names, ({ name }) => name);
}

/** Identifies the wrapper: one that is found later under the same name has another key. */
export function keyOfEntry({ name, path, method }: WrapperEntry): string {
  return `${name}\n${path}\n${method?.className ?? ''}`;
}

function isSameList(a: readonly WrapperName[], b: readonly WrapperName[]): boolean {
  return a.length === b.length && a.every((one, index) => isSame(one, b[index]));
}

function isSame(a: WrapperName, b: WrapperName | undefined): boolean {
  return (
    a.name === b?.name &&
    a.isObject === b.isObject &&
    a.address?.index === b.address?.index &&
    a.address?.field === b.address?.field &&
    a.address?.text === b.address?.text &&
    a.method?.className === b.method?.className &&
    a.method?.ancestors.join() === b.method?.ancestors.join()
  );
}
