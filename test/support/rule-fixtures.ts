/** The fixtures of rules as projects of their own: a rule that compares calls says nothing about a part of a repository. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A copy outside of the repository, with one folder for each rule; it is removed after the tests of the file. */
export function copyRuleFixtures(): string {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-fixtures-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  cpSync(join(import.meta.dirname, '../fixtures/rules'), folder, { recursive: true });
  return folder;
}
