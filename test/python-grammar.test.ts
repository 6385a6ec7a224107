import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyEdits, generatePythonParser, OUTPUT } from '../scripts/build-python-grammar.ts';

test('the generated parser is what the build step makes of the installed package', () => {
  for (const [name, text] of generatePythonParser()) {
    expect(readFileSync(join(OUTPUT, name), 'utf8') === text, `run node scripts/build-python-grammar.ts: ${name}`).toBe(
      true,
    );
    expect(text).toContain('MIT License');
    expect(text).toContain('Marijn Haverbeke');
  }
});

test('an edit that does not apply exactly once is named', () => {
  const edit = { name: 'a bare yield', file: 'grammar', find: 'b', replace: '$& c' } as const;
  expect(applyEdits('a b', [edit])).toBe('a $& c');
  expect(() => applyEdits('a', [edit])).toThrow(/"a bare yield" applies 0 times to the grammar/);
  expect(() => applyEdits('b b', [edit])).toThrow(/"a bare yield" applies 2 times/);
});
