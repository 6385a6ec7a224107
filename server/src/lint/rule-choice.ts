/** Which rules run, and how severe a finding is at least: the preset that the configuration extends, and what it says itself. */
import type { Config, Preset } from '@farthing/shared/config-defaults';
import type { Severity } from '@farthing/shared/vocabulary';
import type { Rule } from '../rules/rule.ts';

/**
 * The configured severities, and `off` for the rules in preview, unless the preset includes them or they are asked for by
 * name.
 */
export function severitiesOf(
  rules: readonly Pick<Rule, 'id' | 'isPreview'>[],
  config: Pick<Config, 'extends' | 'rules'>,
  asked: ReadonlySet<string>,
): Config['rules'] {
  const isOff = ({ id, isPreview }: Pick<Rule, 'id' | 'isPreview'>): boolean =>
    isPreview === true && config.extends !== 'all' && !asked.has(id);
  const off = rules.filter(isOff).map(({ id }) => [id, 'off'] as const);
  return { ...Object.fromEntries(off), ...config.rules };
}

/** No finding is less severe than this, unless its rule's severity is configured. */
export function leastSeverity(preset: Preset): Severity {
  return preset === 'strict' ? 'warning' : 'hint';
}
