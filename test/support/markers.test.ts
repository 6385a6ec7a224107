import { expect, test } from 'vitest';
import { examplesOf, expectationsOf } from './markers.ts';

test('markers say what is found on their line', () => {
  expect(expectationsOf('a\nb // expect: one-rule\nc  # expect: one-rule, two-rule\n')).toEqual([
    '  2 one-rule',
    '  3 one-rule',
    '  3 two-rule',
  ]);
});

test('a marker within the code does not count', () => {
  expect(expectationsOf('print("# expect: one-rule");')).toEqual([]);
});

test('examples know their heading and the file they stand for', () => {
  const text = '## Example\n~~~ts\nconst a = 1;\n~~~\n\n## Use instead\n~~~py file=scripts/x.py\na = 1\n~~~\n';
  expect(examplesOf(text)).toEqual([
    { heading: 'Example', file: 'example.ts', code: 'const a = 1;\n' },
    { heading: 'Use instead', file: 'scripts/x.py', code: 'a = 1\n' },
  ]);
});
