/** Rules that an option names. */
import { nearest } from '@farthing/shared/nearest';
import { LISTED_RULES } from '../lint/rule-list.ts';
import { UsageError } from './exit.ts';

/**
 * @param option as the command line has it, for messages
 * @param list separated by commas
 * @throws UsageError for a name that is not a rule's
 */
export function ruleNames(option: string, list: string): ReadonlySet<string> {
  const known = LISTED_RULES.map(({ id }) => id);
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (known.includes(name)) continue;
    const guess = nearest(name, known);
    throw new UsageError(
      `${option}: "${name}" is not a rule. ${guess === null ? '`farthing explain` lists them.' : `Did you mean ${guess}?`}`,
    );
  }
  return new Set(names);
}

/** Every rule that can be named. */
export function allRuleNames(): ReadonlySet<string> {
  return new Set(LISTED_RULES.map(({ id }) => id));
}
