/** A list that does not keep its objects alive. */
export interface WeakList {
  /** Adds an object once, however often it is called. */
  readonly add: (object: object) => void;
  readonly each: (action: (object: object) => void) => void;
}

export function createWeakList(): WeakList {
  const known = new WeakSet<object>();
  let entries: WeakRef<object>[] = [];
  let sweepAbove = 100;
  return {
    add: (object) => {
      if (known.has(object)) return;
      known.add(object);
      entries.push(new WeakRef(object));
      if (entries.length <= sweepAbove) return;
      // Only when the number has doubled, so that each entry is visited a few times in total.
      entries = entries.filter((entry) => entry.deref() !== undefined);
      sweepAbove = entries.length * 2 + 100;
    },
    each: (action) => {
      for (const entry of entries) {
        const object = entry.deref();
        if (object !== undefined) action(object);
      }
    },
  };
}
