/** Declared volumes: which entry of the configuration applies to a call. */
import type { Volume } from '@farthing/shared/config-defaults';
import ignore from 'ignore';
import { absolute, isInside, relativeTo } from '../files/paths.ts';
import type { Origin } from '../ir/origin.ts';

export interface VolumeCall {
  readonly id: string;
  readonly function: string | null;
  readonly origin: Origin;
}

/**
 * Calls per month according to the first entry that matches completely; null if none does.
 *
 * @param folder absolute: what the entries' globs are relative to. They are read as lines of a `.gitignore`, like those
 * of `ignore`: `src/support/**`, `answer.ts` (in any folder), `/answer.ts`.
 */
export function createVolumes(volumes: readonly Volume[], folder: string): (call: VolumeCall) => number | null {
  const base = absolute(folder);
  const entries = volumes.map((volume) => ({
    ...volume,
    glob: volume.path === undefined ? null : ignore().add(volume.path),
  }));
  return (call) => {
    const path = isInside(call.origin.path, base) ? relativeTo(call.origin.path, base) : null;
    const entry = entries.find(
      (candidate) =>
        (candidate.call === undefined || candidate.call === call.id) &&
        (candidate.function === undefined || candidate.function === call.function) &&
        (candidate.glob === null || (path !== null && path !== '' && candidate.glob.ignores(path))),
    );
    return entry?.callsPerMonth ?? null;
  };
}
