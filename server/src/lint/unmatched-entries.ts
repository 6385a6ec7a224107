/** Entries of a configuration that are for no call: a path that was moved, a function that was renamed. */
import type { CallSelector, Config } from '@farthing/shared/config-defaults';
import { createSelector, type SelectedCall } from './call-selector.ts';

/** A message for each entry under `volumes` and `models` that matches none of `calls`, which are those of the whole folder. */
export function unmatchedEntries(
  { volumes, models }: Pick<Config, 'volumes' | 'models'>,
  folder: string,
  calls: readonly SelectedCall[],
): readonly string[] {
  const check = (section: string, entries: readonly CallSelector[]): readonly string[] =>
    entries.flatMap((entry, index) => {
      const { path, function: name, call } = entry;
      // What is for a provider alone is for calls to come as well.
      if (path === undefined && name === undefined && call === undefined) return [];
      const select = createSelector([entry], folder);
      if (calls.some((one) => select(one) !== null)) return [];
      const selectors = Object.entries({ path, function: name, call }).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key} "${value}"`],
      );
      return [`${section}[${index}] matches no call: ${selectors.join(', ')}.`];
    });
  return [...check('volumes', volumes), ...check('models', models)];
}
