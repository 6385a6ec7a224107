/** Every fix over its golden texts, through the whole analyzer. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf, fixCases, fixedTexts } from './support/fixes.ts';

const folder = join(import.meta.dirname, 'fixtures/fixes');

for (const file of globSync('*.md', { cwd: folder }).sort()) {
  const rule = basename(file, '.md');
  const cases = fixCases(readFileSync(join(folder, file), 'utf8'));
  describe(rule, () => {
    test.each(cases)('$name ($file)', ({ file: name, before, after }) => {
      const path = join(folder, rule, name);
      const [finding, ...more] = findingsOf(path, before, rule);
      if (finding === undefined || more.length > 0) throw new Error(`${more.length + 1} findings in\n${before}`);
      const fixed = fixedTexts(finding, path, before);
      expect(fixed).toEqual(after);
      // The fixed text parses, and the finding is gone with its fix: applying it again changes nothing.
      for (const text of fixed) expect(findingsOf(path, text, rule)).toEqual([]);
    });
    test.each(['ts', 'py'])('has at least five texts in %s', (language) => {
      const fixable = cases.filter(({ file: name, after }) => name.endsWith(language) && after.length > 0);
      expect(fixable.length).toBeGreaterThanOrEqual(5);
    });
  });
}
