import { describe, expect, it } from 'vitest';
import { leastSeverity, severitiesOf } from './rule-choice.ts';

const RULES = [{ id: 'steady' }, { id: 'new', isPreview: true }] as const;
const NONE: ReadonlySet<string> = new Set();
const recommended = { extends: 'recommended', rules: {} } as const;

describe('a rule in preview', () => {
  it('is off', () => {
    expect(severitiesOf(RULES, recommended, NONE)).toEqual({ new: 'off' });
    expect(severitiesOf(RULES, { ...recommended, extends: 'strict' }, NONE)).toEqual({ new: 'off' });
  });

  it('is on where the preset is "all", where it is asked for, and where its severity is configured', () => {
    expect(severitiesOf(RULES, { ...recommended, extends: 'all' }, NONE)).toEqual({});
    expect(severitiesOf(RULES, recommended, new Set(['new']))).toEqual({});
    expect(severitiesOf(RULES, { ...recommended, rules: { new: 'hint' } }, NONE)).toEqual({ new: 'hint' });
  });

  it('stays off where the configuration says so, whoever asks', () => {
    const config = { extends: 'all', rules: { new: 'off' } } as const;
    expect(severitiesOf(RULES, config, new Set(['new']))).toEqual({ new: 'off' });
  });
});

it('makes every finding a warning at least only in the strict preset', () => {
  expect(leastSeverity('strict')).toBe('warning');
  expect(leastSeverity('recommended')).toBe('hint');
  expect(leastSeverity('all')).toBe('hint');
});
