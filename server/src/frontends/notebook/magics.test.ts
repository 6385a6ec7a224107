import { describe, expect, test } from 'vitest';
import { python } from '../python/python.ts';
import { blankMagics } from './magics.ts';

function blanked(source: string): string {
  const result = blankMagics(source, 'python');
  expect(result).toHaveLength(source.length);
  return result;
}

describe('magics are blanked at equal length', () => {
  test.each([
    ['%matplotlib inline\na = 1', `${' '.repeat(18)}\na = 1`],
    ['!pip install x\na', `${' '.repeat(14)}\na`],
    ['a = 1\n!pip install \\\n  x y\nb', `a = 1\n${' '.repeat(14)}\n${' '.repeat(5)}\nb`],
    ['files = !ls *.py', ' '.repeat(16)],
    ['n = %env KEY', ' '.repeat(12)],
    ['?f\nf?\na.b??', '  \n  \n     '],
    ['if a:\n    !ls\nb', 'if a:\n    0  \nb'],
    ['%%bash\nls | wc', '      \n       '],
    ['# why\n\n%%writefile a.py\nf()', `     \n\n${' '.repeat(16)}\n   `],
    ['%%time\nf()', '      \nf()'],
    ['\n%%capture out\n%%time\n!x\nf()', `\n${' '.repeat(13)}\n      \n  \nf()`],
    ['%time a = f()', '0    ;a = f()'],
    ['  %timeit -n 10 f()', '  0            ;f()'],
    ['%time', '     '],
    ['pip install -q x\nf()', `${' '.repeat(16)}\nf()`],
    ['if a:\n    git clone b\nf()', `if a:\n    0${' '.repeat(10)}\nf()`],
  ])('%j', (source, expected) => {
    expect(blanked(source)).toBe(expected);
  });
});

describe('what looks like a magic and is none is kept', () => {
  test.each([
    'a = ("%s"\n     % b)',
    'a = b \\\n  % c',
    'a = """\n!important\n%d\n"""',
    "a = '''x\\\n%y'''\n",
    "a = 'x \\\n%y'",
    'f("?")\n# !x',
    'a = [  # ]\n  1\n  % 2]',
    "a = \"'''\"\nb = c % d",
    'a = b != c',
    'print("a"""\n  % b)',
    'pip = 1\npip in x\ncd (1)\ngit.clone(x)\nuv if uv else cd',
    'f("?",\n  pip\n)',
  ])('%j', (source) => {
    expect(blanked(source)).toBe(source);
  });
});

test('the statement behind %time keeps its offset', () => {
  const source = 'x = 1\n%time y = client.create(a)\n';
  const { body, syntaxError } = python.lower(blanked(source), 'n.ipynb');
  expect(syntaxError).toBeNull();
  expect(body.at(-1)).toMatchObject({ kind: 'declare', start: source.indexOf('y =') });
});

test('TypeScript keeps its own exclamation marks', () => {
  expect(blankMagics('!function () {}()\n%load x\na % b', 'typescript')).toBe('!function () {}()\n       \na % b');
  expect(blankMagics('%%html\n<b>', 'typescript')).toBe('      \n   ');
});
