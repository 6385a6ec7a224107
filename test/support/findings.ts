/** Runs the whole analyzer over files and says what it found, in the words of `expect:` markers. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { scan } from '../../server/src/analyzer.ts';
import { rules } from '../../server/src/rules/index.ts';
import { type Expectations, expectation } from './markers.ts';

/** Prices and retirements are read as of this day, so that the examples do not age. */
const NOW = new Date('2026-11-22T12:00:00Z');

/**
 * Findings of one rule in the file at `path`, relative to `root`, which is scanned as a whole. Every other rule is off, so
 * that a fact which the rule does not name in `needs` is missed.
 */
export function findingsIn(root: string, path: string, rule: string): Expectations {
  const { report } = scan({
    paths: [root],
    root,
    config: { ...DEFAULT_CONFIG, rules: offBut(rule) },
    configFolder: root,
    cache: null,
    now: NOW,
  });
  if (report.problems.length > 0) throw new Error(JSON.stringify(report.problems));
  return report.diagnostics
    .filter((diagnostic) => diagnostic.rule === rule && diagnostic.path === path)
    .map((diagnostic) => expectation(diagnostic.line, rule))
    .sort();
}

function offBut(rule: string): Readonly<Record<string, 'off'>> {
  return Object.fromEntries(rules.filter(({ id }) => id !== rule).map(({ id }) => [id, 'off']));
}
