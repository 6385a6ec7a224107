/** Objects that can be gone through, and are kept alive by nothing here. */
export interface WeakList {
  /** An object that is in it is not added again. */
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
      // When the number has doubled, so that each entry is looked at a few times in all.
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
