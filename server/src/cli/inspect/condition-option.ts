/** Reads the conditions of `--filter`. */
import { nearest } from '@farthing/shared/nearest';
import { SEVERITIES } from '@farthing/shared/vocabulary';
import { CONDITIONS, type Condition } from '../../inspect/filter.ts';
import { UsageError } from '../exit.ts';
import { ruleNames } from '../rule-names.ts';

/**
 * `model=gpt-4*,gpt-3*` as a condition.
 *
 * @throws UsageError
 */
export function conditionOf(text: string): Condition {
  const [, key = '', list = ''] = /^\s*([^=]*?)\s*=(.*)$/s.exec(text) ?? [];
  const values = list.split(',').map((value) => value.trim());
  const name = CONDITIONS.find((condition) => condition === key);
  if (name === undefined) {
    const guess = key === '' ? null : nearest(key, CONDITIONS);
    const advice = guess === null ? `Use one of ${CONDITIONS.join(', ')}` : `Did you mean ${guess}?`;
    throw new UsageError(`--filter: "${text}" is not a condition such as model=gpt-4* or path=src/**. ${advice}`);
  }
  if (values.includes('')) throw new UsageError(`--filter: "${text}" has no value after ${name}=.`);
  const rules = name === 'rule' ? values.filter((value) => !value.includes('*')) : [];
  if (rules.length > 0) ruleNames('--filter', rules.join(','));
  if (name === 'severity') {
    const wrong = values.find((value) => !SEVERITIES.some((severity) => severity === value));
    if (wrong !== undefined) throw new UsageError(`--filter: "${wrong}" is not one of ${SEVERITIES.join(', ')}.`);
  }
  return { name, values };
}
