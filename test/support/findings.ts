/** Runs the whole analyzer over files and says what it found, in the words of `expect:` markers. */
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { scan } from '../../server/src/analyzer.ts';
import type { Diagnostic } from '../../server/src/lint/diagnostic.ts';
import { rules } from '../../server/src/rules/index.ts';
import { type Expectations, expectation } from './markers.ts';

/** Prices and retirements are read as of this day, so that the examples do not age. */
const NOW = new Date('2026-11-22T12:00:00Z');

/**
 * Findings of one rule in the file at `path`, relative to `root`, which is scanned as a whole. Every other rule is off, so
 * that a fact which the rule does not name in `needs` is missed.
 */
export function findingsIn(root: string, path: string, rule: string): Expectations {
  const { report } = scanWith(root, rule);
  return report.diagnostics
    .filter((diagnostic) => diagnostic.rule === rule && diagnostic.path === path)
    .map((diagnostic) => expectation(diagnostic.line, rule))
    .sort();
}

/** The same findings with their data, messages and fixes. */
export function diagnosticsIn(root: string, path: string, rule: string): readonly Diagnostic[] {
  return scanWith(root, rule)
    .workspace.findings(join(root, path))
    .filter((diagnostic) => diagnostic.rule === rule);
}

function scanWith(root: string, rule: string): ReturnType<typeof scan> {
  const config = { ...DEFAULT_CONFIG, extends: 'all' as const, rules: offBut(rule) };
  const result = scan({ paths: [root], root, config, configFolder: root, cache: null, now: NOW });
  if (result.report.problems.length > 0) throw new Error(JSON.stringify(result.report.problems));
  return result;
}

function offBut(rule: string): Readonly<Record<string, 'off'>> {
  return Object.fromEntries(rules.filter(({ id }) => id !== rule).map(({ id }) => [id, 'off']));
}
