/** Every fix over its golden texts, through the whole analyzer, with every property that is checked in checkouts. */
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFile } from '../../scripts/lib/fixes/check.ts';
import { hasPython } from '../../scripts/lib/fixes/parse.ts';
import { openWorkspace } from '../../server/src/analyzer.ts';
import type { Workspace } from '../../server/src/workspace/workspace.ts';
import { contentOf, type FixCase, fixCases } from './fixes.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
/** Prices and retirements are read as of this day, so that the examples do not age. */
const now = () => new Date('2026-11-22T12:00:00Z');
const LANGUAGES = ['ts', 'py'];

let root: string;
let workspace: Workspace;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'farthing-'));
  cpSync(join(fixtures, 'rules'), join(root, 'rules'), { recursive: true });
  workspace = openWorkspace({ config: DEFAULT_CONFIG, configFolder: root, root, now });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

for (const file of globSync('fixes/*.md', { cwd: fixtures }).sort()) {
  const rule = basename(file, '.md');
  const cases = fixCases(readFileSync(join(fixtures, file), 'utf8'));
  describe(rule, () => {
    test.each(cases.map((one, index) => ({ ...one, index })))('$name ($language)', ({ index, ...one }) => {
      const checks = checksOf(rule, one, index);
      expect(checks.flatMap(({ failures }) => failures)).toEqual([]);
      expect(checks.flatMap(({ after }) => (after === null ? [] : [after]))).toEqual(
        one.after.map((code) => contentOf(one.language, code)),
      );
      const isJudged = one.language === 'ts' || hasPython();
      expect(checks.filter(({ isApplied, isJudgedByParser }) => isApplied && isJudgedByParser !== isJudged)).toEqual(
        [],
      );
    });
    test.each(LANGUAGES)('has at least five texts in %s', (language) => {
      const fixable = cases.filter((one) => one.language === language && one.after.length > 0);
      expect(fixable.length).toBeGreaterThanOrEqual(5);
    });
  });
}

/** Of the first finding of the rule in the case's text. */
function checksOf(rule: string, { name, language, before }: FixCase, index: number): ReturnType<typeof checkFile> {
  const folder = join(root, 'fixes', rule);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `case${index}.${language}`);
  writeFileSync(path, contentOf(language, before));
  const { problem } = workspace.file(path);
  if (problem !== null) throw new Error(`${name}: ${problem}`);
  const finding = workspace.findings(path).find((diagnostic) => diagnostic.rule === rule);
  if (finding === undefined) throw new Error(`${name}: nothing is found in\n${before}`);
  return checkFile(workspace, path, [finding]);
}
