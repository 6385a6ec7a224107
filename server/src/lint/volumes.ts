/** Declared volumes: which entry of the configuration applies to a call. */
import type { Volume } from '@farthing/shared/config-defaults';
import { createSelector, type SelectedCall } from './call-selector.ts';

/** Calls per month according to the first entry that matches completely; null if none does. */
export function createVolumes(volumes: readonly Volume[], folder: string): (call: SelectedCall) => number | null {
  const select = createSelector(volumes, folder);
  return (call) => select(call)?.callsPerMonth ?? null;
}
