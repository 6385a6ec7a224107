/** What holds of every rule: no program makes it fail, however broken, and a suppression silences its own line alone. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { describe, expect, test } from 'vitest';
import { scan } from '../server/src/analyzer.ts';
import { rules } from '../server/src/rules/index.ts';
import { applyEdit, breakingEdit, createRandom, pick } from './support/random-edits.ts';
import { copyRuleFixtures } from './support/rule-fixtures.ts';

const fixtures = copyRuleFixtures();
const NOW = new Date('2026-11-22T12:00:00Z');
const PROGRAM = /\.(?:ts|py)$/;
const RULE_FAILED = /^the rule \S+ failed on /;
/** Ends the comment that says which finding is expected on its line. */
const MARKER = /(\/\/|#) expect: ([a-z-]+)$/;

function reportOf(root: string) {
  const config = { ...DEFAULT_CONFIG, extends: 'all' as const };
  return scan({ paths: [root], root, config, configFolder: root, cache: null, now: NOW }).report;
}

describe.each(rules)('$id', ({ id }) => {
  const root = join(fixtures, id);
  const programs = readdirSync(root).filter((name) => PROGRAM.test(name));
  const random = createRandom(id.length);

  test('a suppression silences the finding on its line, and no other', () => {
    const found = () =>
      reportOf(root)
        .diagnostics.filter(({ rule }) => rule === id)
        .map(({ path, line }) => `${path}:${line}`);
    const before = found();
    for (const name of programs.filter((name) => name.startsWith('bad'))) {
      const text = readFileSync(join(root, name), 'utf8');
      const lines = text.split('\n');
      const marked = [...lines.keys()].filter((at) => MARKER.exec(lines[at] ?? '')?.[2] === id);
      const at = pick(marked, random);
      const suppressed = lines.with(at, (lines[at] ?? '').replace(MARKER, `$1 farthing-ignore-line ${id} -- known`));
      writeFileSync(join(root, name), suppressed.join('\n'));
      expect(found()).toEqual(before.filter((place) => place !== `${name}:${at + 1}`));
      writeFileSync(join(root, name), text);
    }
  });

  test('broken programs make no rule fail', () => {
    for (let round = 0; round < 3; round++) {
      for (const name of programs) {
        let text = readFileSync(join(root, name), 'utf8');
        for (let edits = 0; edits < 4; edits++) text = applyEdit(text, breakingEdit(text, random));
        writeFileSync(join(root, name), text);
      }
      expect(reportOf(root).problems.filter(({ message }) => RULE_FAILED.test(message))).toEqual([]);
    }
  });
});
