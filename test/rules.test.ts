/** Every rule over its fixtures and over the examples of its documentation, through the whole analyzer. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { rules } from '../server/src/rules/index.ts';
import { findingsIn } from './support/findings.ts';
import { examplesOf, expectationsOf } from './support/markers.ts';
import { copyRuleFixtures } from './support/rule-fixtures.ts';

const fixtures = copyRuleFixtures();
/** The long prompt that some examples read. */
const POLICY = join(fixtures, 'uncached-static-prompt/policy.md');
const folder = mkdtempSync(join(tmpdir(), 'farthing-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(rules)('$id', ({ id, documentation }) => {
  test.each(['bad.ts', 'bad.py', 'good.ts', 'good.py'])('finds what %s says', (name) => {
    const root = join(fixtures, id);
    const expected = expectationsOf(readFileSync(join(root, name), 'utf8'));
    expect(expected.length > 0).toBe(name.startsWith('bad'));
    expect(findingsIn(root, name, id)).toEqual(expected);
  });

  const examples = examplesOf(documentation).map((example, index) => ({ ...example, index }));
  test.each(examples)(
    'finds what the documentation says under "$heading" ($file)',
    ({ index, file, code, heading }) => {
      const root = join(folder, `${id}-${index}`);
      const path = join(root, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, code);
      copyFileSync(POLICY, join(dirname(path), 'policy.md'));
      const expected = expectationsOf(code);
      expect(expected.length > 0).toBe(heading === 'Example');
      expect(findingsIn(root, file, id)).toEqual(expected);
    },
  );
});
