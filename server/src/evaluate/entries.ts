/**
 * Entries of objects whose values are computed on demand: most fields of most objects are never needed. What is made of
 * the values of other entries is made anew only where these are others, so that a value that is read twice is the same
 * object, by which activations of functions are known again.
 */
import { oneOf } from './lattice.ts';
import { cutsSoFar } from './progress/cuts.ts';
import type { Entry, Value } from './values.ts';

export function lazyEntry(evaluate: () => Value, isCertain = true, isReplaceable = false): Entry {
  return new LazyEntry(evaluate, isCertain, isReplaceable);
}

/** One of the values of `parts`. */
export function joinedEntry(parts: readonly Entry[], isCertain: boolean, isReplaceable: boolean): Entry {
  return new ComposedEntry(parts, oneOf, isCertain, isReplaceable);
}

/** What `change` makes of the value of `entry`. */
export function mappedEntry(
  entry: Entry,
  change: (value: Value) => Value,
  isCertain = entry.isCertain,
  isReplaceable = entry.isReplaceable,
): Entry {
  return new ComposedEntry([entry], ([value]) => change(value as Value), isCertain, isReplaceable);
}

/** Sets one key; an entry that is not certain leaves the earlier one as an alternative. */
export function setEntry(entries: Map<string, Entry>, key: string, entry: Entry, isCertain: boolean): void {
  const certain = isCertain && entry.isCertain;
  const earlier = entries.get(key);
  if (certain || !earlier) {
    entries.delete(key);
    entries.set(key, entry.isCertain === certain ? entry : lazyEntry(() => entry.value, certain, entry.isReplaceable));
    return;
  }
  const isReplaceable = earlier.isReplaceable || entry.isReplaceable;
  entries.set(key, joinedEntry([earlier, entry], earlier.isCertain, isReplaceable));
}

/** A class, since V8 makes a separate hidden class for each object literal with a getter. */
class LazyEntry implements Entry {
  readonly isCertain: boolean;
  readonly isReplaceable: boolean;
  readonly #evaluate: () => Value;

  constructor(evaluate: () => Value, isCertain: boolean, isReplaceable: boolean) {
    this.#evaluate = evaluate;
    this.isCertain = isCertain;
    this.isReplaceable = isReplaceable;
  }

  get value(): Value {
    return this.#evaluate();
  }
}

class ComposedEntry implements Entry {
  readonly isCertain: boolean;
  readonly isReplaceable: boolean;
  readonly #parts: readonly Entry[];
  readonly #compose: (values: readonly Value[]) => Value;
  #composed: { readonly of: readonly Value[]; readonly value: Value } | null = null;
  /** What is made of whole values stays: parts that share parts would otherwise be read once for each way to them. */
  #whole: Value | null = null;

  constructor(
    parts: readonly Entry[],
    compose: (values: readonly Value[]) => Value,
    isCertain: boolean,
    isReplaceable: boolean,
  ) {
    this.#parts = parts;
    this.#compose = compose;
    this.isCertain = isCertain;
    this.isReplaceable = isReplaceable;
  }

  get value(): Value {
    if (this.#whole !== null) return this.#whole;
    const before = cutsSoFar();
    const values = this.#parts.map((part) => part.value);
    if (this.#composed === null || values.some((value, index) => value !== this.#composed?.of[index])) {
      this.#composed = { of: values, value: this.#compose(values) };
    }
    if (cutsSoFar() === before) this.#whole = this.#composed.value;
    return this.#composed.value;
  }
}
