/** Which calls an entry of the configuration applies to. */
import type { CallSelector } from '@farthing/shared/config-defaults';
import ignore from 'ignore';
import { absolute, isInside, relativeTo } from '../files/paths.ts';
import type { Origin } from '../ir/origin.ts';

export interface SelectedCall {
  readonly id: string;
  readonly function: string | null;
  readonly origin: Origin;
}

/**
 * Finds the first entry that matches completely; null if none does.
 *
 * @param folder absolute: what the entries' globs are relative to. They are read as lines of a `.gitignore`, like those
 * of `ignore`: `src/support/**`, `answer.ts` (in any folder), `/answer.ts`.
 */
export function createSelector<Entry extends CallSelector>(
  entries: readonly Entry[],
  folder: string,
): (call: SelectedCall, fits?: (entry: Entry) => boolean) => Entry | null {
  const base = absolute(folder);
  const globs = new Map(entries.map((entry) => [entry, entry.path === undefined ? null : ignore().add(entry.path)]));
  return (call, fits = () => true) => {
    const path = isInside(call.origin.path, base) ? relativeTo(call.origin.path, base) : null;
    const matches = (entry: Entry): boolean => {
      const glob = globs.get(entry) ?? null;
      return (
        (entry.call === undefined || entry.call === call.id) &&
        (entry.function === undefined || entry.function === call.function) &&
        (glob === null || (path !== null && path !== '' && glob.ignores(path))) &&
        fits(entry)
      );
    };
    return entries.find(matches) ?? null;
  };
}
