/** Entries of a configuration that are for no call: a path that was moved, a function that was renamed. */
import type { CallSelector, Config } from '@farthing/shared/config-defaults';
import { createMatcher, createPathIn, type SelectedCall } from './call-selector.ts';

/** Entries that are named; a longer list is not read. */
const MAX_NAMED = 100;

/** A message for each entry under `volumes` and `models` that matches none of `calls`, which are those of the whole folder. */
export function unmatchedEntries(
  { volumes, models }: Pick<Config, 'volumes' | 'models'>,
  folder: string,
  calls: readonly SelectedCall[],
): readonly string[] {
  const pathOf = createPathIn(folder);
  const located = calls.map((call) => ({ call, path: pathOf(call) }));
  const check = (section: string, entries: readonly CallSelector[]): readonly string[] => {
    const unmatched = entries.filter((entry) => {
      const { path, function: name, call } = entry;
      // What is for a provider alone is for calls to come as well.
      if (path === undefined && name === undefined && call === undefined) return false;
      const matches = createMatcher(entry);
      return !located.some((one) => matches(one.call, one.path));
    });
    const named = unmatched.slice(0, MAX_NAMED).map((entry) => `${section}: no call matches ${describe(entry)}.`);
    const rest = unmatched.length - named.length;
    return rest === 0 ? named : [...named, `${section}: no call matches ${rest} more entries.`];
  };
  return [...check('volumes', volumes), ...check('models', models)];
}

/** `path "src/**" and function "answer"`. */
function describe({ path, function: name, call }: CallSelector): string {
  return Object.entries({ path, function: name, call })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key} "${value}"`]))
    .join(' and ');
}
