/**
 * Reads the members of a JSON object one by one, and refuses those that nothing has read: what a translation does not
 * know is never lost in silence.
 */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

/** Ends a translation. It never leaves this room: `translate.ts` makes a reason of it. */
export class CannotTranslate extends Error {
  override readonly name = 'CannotTranslate';
}

/** @param what cannot be carried, as a phrase: "a seed", "the tool web_search" */
export function cannotCarry(what: string): never {
  throw new CannotTranslate(what);
}

export class Fields {
  readonly #object: JsonObject;
  readonly #where: string;
  readonly #read = new Set<string>();
  readonly #hasTwoSpellings: boolean;

  /**
   * @param where the path to the object, for the reason
   * @param hasTwoSpellings true if servers accept `snake_case` for each name in camel case
   */
  constructor(object: Json | undefined, where: string, hasTwoSpellings = false) {
    this.#object = asObject(object) ?? cannotCarry(`${where || 'the body'} that is not an object`);
    this.#where = where;
    this.#hasTwoSpellings = hasTwoSpellings;
  }

  /** Undefined if it is missing or null. */
  take(name: string): Json | undefined {
    for (const spelling of this.#spellings(name)) {
      this.#read.add(spelling);
      const value = this.#object[spelling];
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  text(name: string): string | null {
    return this.#kind(name, asString);
  }

  number(name: string): number | null {
    return this.#kind(name, (value) => (typeof value === 'number' ? value : null));
  }

  flag(name: string): boolean | null {
    return this.#kind(name, (value) => (typeof value === 'boolean' ? value : null));
  }

  object(name: string): JsonObject | null {
    return this.#kind(name, asObject);
  }

  /** Empty if it is missing. */
  list(name: string): readonly Json[] {
    return this.#kind(name, (value) => (Array.isArray(value) ? asArray(value) : null)) ?? [];
  }

  /** Null if it is missing. */
  inner(name: string): Fields | null {
    const value = this.take(name);
    return value === undefined ? null : new Fields(value, this.#path(name), this.#hasTwoSpellings);
  }

  /** An entry of a list, in the spelling of this object. */
  entry(value: Json, name: string): Fields {
    return new Fields(value, this.#path(name), this.#hasTwoSpellings);
  }

  required<Value>(value: Value | null, name: string): Value {
    return value ?? cannotCarry(`${this.#where || 'a request'} without ${name}`);
  }

  /** Members that are carried in another way, or that have no effect on the answer whatever they say. */
  skip(...names: readonly string[]): void {
    for (const name of names) this.take(name);
  }

  /** A member with one value that means the same as leaving it out. */
  only(name: string, ...values: readonly Json[]): void {
    const value = this.take(name);
    if (value !== undefined && !values.includes(value)) cannotCarry(this.#path(name));
  }

  /** A list that means the same as leaving it out only if it is empty. */
  empty(name: string): void {
    const value = this.take(name);
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) cannotCarry(this.#path(name));
  }

  /** Refuses what was not read. */
  end(): void {
    for (const [name, value] of Object.entries(this.#object)) {
      if (value !== undefined && value !== null && !this.#read.has(name)) cannotCarry(this.#path(name));
    }
  }

  #kind<Value>(name: string, read: (value: Json) => Value | null): Value | null {
    const value = this.take(name);
    return value === undefined ? null : (read(value) ?? cannotCarry(`${this.#path(name)} of this kind`));
  }

  #path(name: string): string {
    return this.#where === '' ? name : `${this.#where}.${name}`;
  }

  #spellings(name: string): readonly string[] {
    const snake = this.#hasTwoSpellings ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
    return snake === name ? [name] : [name, snake];
  }
}
