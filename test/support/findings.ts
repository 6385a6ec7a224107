/** Runs the whole analyzer over files and says what it found, in the words of `expect:` markers. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { analyze } from '../../server/src/analyzer.ts';
import { type Expectations, expectation } from './markers.ts';

/** Prices and retirements are read as of this day, so that the examples do not age. */
const NOW = new Date('2026-11-22T12:00:00Z');

/** Findings of one rule in the file at `path`, relative to `root`, which is scanned as a whole. */
export function findingsIn(root: string, path: string, rule: string): Expectations {
  const { report } = analyze({
    paths: [root],
    root,
    config: DEFAULT_CONFIG,
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
