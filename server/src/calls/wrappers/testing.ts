/** The feature calls of a small project, for tests at the boundary: sources in, the calls of the report out. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Report, ReportCall } from '@farthing/shared/report';
import { scan } from '../../analyzer.ts';
import { makeTree, type Tree } from '../../workspace/testing.ts';

export function reportOf(tree: Tree): Report {
  const root = makeTree(tree);
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  return scan({ ...options, now: new Date('2026-11-22T00:00:00Z') }).report;
}

export function featuresOf({ calls }: Report): readonly ReportCall[] {
  return calls.filter(({ via }) => via.length > 0);
}

/** `app.ts:3 static` for each feature call: where it is, and what is known of its system prompt. */
export function systemsIn(tree: Tree): readonly string[] {
  return featuresOf(reportOf(tree)).map(({ path, line, system }) => `${path}:${line} ${system}`);
}

/** `app.ts:3 ask > request` for each feature call: where it is, and the functions down to the request. */
export function featuresIn(tree: Tree): readonly string[] {
  return featuresOf(reportOf(tree)).map(
    ({ path, line, via }) => `${path}:${line} ${via.map(({ function: name }) => name).join(' > ')}`,
  );
}
