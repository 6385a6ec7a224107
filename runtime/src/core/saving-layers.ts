/** Layers whose effect on a call's cost is known. */
export const SAVING_LAYERS = ['exact-cache', 'semantic-cache', 'deduplicate', 'route', 'shape'] as const;
export type SavingLayer = (typeof SAVING_LAYERS)[number];

/**
 * Nano-dollars by layer. Negative if a layer made a call more expensive: a route to a larger model, a first write to
 * the provider's cache. A layer that did nothing, or whose saving is unknown, is missing.
 */
export type Savings = Readonly<Partial<Record<SavingLayer, number>>>;

/** Null if no layer has a known saving. */
export function totalOf(savings: Savings): number | null {
  const amounts = Object.values(savings);
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0);
}
