/** Layers whose effect on a call's cost can be told. */
export const SAVING_LAYERS = ['exact-cache', 'deduplicate', 'route', 'shape'] as const;
export type SavingLayer = (typeof SAVING_LAYERS)[number];

/**
 * Nano-dollars by layer. Below 0 where a layer made a call dearer: a route to a larger model, a first write to the
 * provider's cache. A layer that did nothing, or whose saving is not known, is not in it.
 */
export type Savings = Readonly<Partial<Record<SavingLayer, number>>>;

/** Null where no layer saved anything that is known. */
export function totalOf(savings: Savings): number | null {
  const amounts = Object.values(savings);
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0);
}
