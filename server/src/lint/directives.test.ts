import { expect, test } from 'vitest';
import { python } from '../frontends/python/python.ts';
import { typescript } from '../frontends/typescript/typescript.ts';
import { createPositions } from '../ir/positions.ts';
import { directivesOf } from './directives.ts';

function directives(text: string, path = 'a.ts') {
  const frontend = path.endsWith('.py') ? python : typescript;
  return directivesOf(frontend.lower(text, path), text, createPositions(text));
}

test('a suppression names its rules, its reason and the lines that it speaks about', () => {
  const text = '// farthing-ignore-next-line unbounded-output, retired-model -- capped -- by the proxy\ncall();\n';
  expect(directives(text)).toEqual([
    {
      kind: 'suppression',
      scope: 'line',
      rules: ['unbounded-output', 'retired-model'],
      until: null,
      digest: null,
      reason: 'capped -- by the proxy',
      start: 0,
      end: text.indexOf('\n'),
      from: 2,
      to: 2,
    },
  ]);
});

test('comments of every kind are read', () => {
  const typescriptText = [
    'f(); // farthing-ignore-line a -- x',
    '/* farthing-ignore-next-line b -- x */',
    'g();',
    '/**\n * farthing-ignore-file c -- x\n */',
  ].join('\n');
  expect(directives(typescriptText)).toMatchObject([
    { rules: ['a'], from: 1, to: 1 },
    { rules: ['b'], from: 3, to: 3 },
    { rules: ['c'], scope: 'file' },
  ]);
  const pythonText = 'f()  # farthing-ignore-line a -- x\n# farthing-ignore-next-line b -- x\ng()\n';
  expect(directives(pythonText, 'a.py')).toMatchObject([
    { rules: ['a'], from: 1, to: 1 },
    { rules: ['b'], from: 3, to: 3 },
  ]);
});

test('stacked comments speak to the code below them, and a statement goes on over lines', () => {
  const text = [
    '// farthing-ignore-next-line a -- x',
    '// farthing: calls=50k/month',
    'const answer =',
    '  await ask(',
    '    1);',
  ].join('\n');
  expect(directives(text)).toMatchObject([
    { kind: 'suppression', from: 3, to: 5 },
    { kind: 'volume', callsPerMonth: 50_000, from: 3, to: 5 },
  ]);
});

test('a volume behind code speaks to that code only', () => {
  const text = 'ask(); // farthing: calls=2,000/day -- measured\nask();\n';
  expect(directives(text)).toMatchObject([{ kind: 'volume', callsPerMonth: 60_000, from: 1, to: 1 }]);
});

test('a comment that begins like a directive but is invalid says how to write it', () => {
  const message = (comment: string): unknown => {
    const [directive] = directives(`// ${comment}\nf();`);
    return directive?.kind === 'malformed' ? directive.text.en : directive;
  };
  expect(message('farthing-ignore-nextline a -- x')).toContain('"farthing-ignore-nextline" is not a known comment');
  expect(message('farthing-disable a')).toContain('farthing-ignore-next-line');
  expect(message('farthing-ignore-next-line')).toBe(
    'This comment names no rule. Write "farthing-ignore-next-line <rule> -- <reason>".',
  );
  expect(message('farthing-ignore-file -- because')).toContain('This comment names no rule');
  expect(message('farthing: calls=lots')).toContain('"calls=lots" is not a volume');
  expect(message('farthing: 50k')).toContain('farthing: calls=50k/month');
  expect(message('farthing:')).toContain('is not a volume');
});

test('a suppression may end on a day, or when its call changes', () => {
  const terms = (comment: string) => directives(`// ${comment}\nf();`);
  expect(terms('farthing-ignore-next-line a, b until 2027-03-31 -- x')).toMatchObject([
    { rules: ['a', 'b'], until: '2027-03-31', digest: null },
  ]);
  expect(terms('farthing-ignore-line a until changed:3fa2c1d0 -- x')).toMatchObject([{ digest: '3fa2c1d0' }]);
  expect(terms('farthing-ignore-line a until changed -- x')).toMatchObject([{ digest: '' }]);
  for (const wrong of ['line a until', 'line a until March', 'line a until 2027-02-30', 'file a until changed']) {
    expect(terms(`farthing-ignore-${wrong} -- x`)).toMatchObject([{ kind: 'malformed' }]);
  }
  expect(terms('farthing-ignore-line until 2027-03-31 -- x')).toMatchObject([
    { text: { en: expect.stringContaining('names no rule') } },
  ]);
});

test('prose that mentions the tool is not a directive', () => {
  expect(directives('// see the farthing-ignore comments below\n// Farthing is a coin\nf();')).toEqual([]);
});

test('a comment at the end of the text speaks to nothing', () => {
  expect(directives('f();\n// farthing-ignore-next-line a -- x')).toMatchObject([{ from: 3, to: 3 }]);
});
