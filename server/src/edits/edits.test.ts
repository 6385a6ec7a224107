import { describe, expect, it } from 'vitest';
import { editsOf } from '../fixes/edits-of.ts';
import { applyEdits } from './apply-edits.ts';
import { type Literal, type Operation, SAME, type Target } from './fix.ts';

/** The text after the operations; null if they have no place. `at` is the code between the marks « and ». */
function edited(
  path: string,
  marked: string,
  operationsAt: (target: (...steps: Target['path']) => Target) => readonly Operation[],
  position: number | null = 0,
): string | null {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const at = { path, start, end: marked.indexOf('»') - 1 };
  const operations = operationsAt((...steps) => ({ at, position, path: steps }));
  const edits = editsOf({ title: { en: '', es: '' }, safety: 'suggested', operations }, () => text);
  return edits === null ? null : applyEdits(text, edits);
}

function set(path: string, marked: string, steps: Target['path'], value: Literal, after?: string): string | null {
  return edited(path, marked, (target) => [
    { kind: 'set', target: target(...steps), value, ...(after === undefined ? {} : { after }) },
  ]);
}

describe('setting a parameter', () => {
  it.each([
    ['no argument', '«f()»', 'f({ x: 1 })'],
    ['an empty object', '«f({})»', 'f({ x: 1 })'],
    ['an empty object over lines', '«f({\n})»', 'f({ x: 1 })'],
    ['a cast', '«f({ a: 1 } as Options)»', 'f({ a: 1, x: 1 } as Options)'],
    ['a cast in brackets', '«f(({ a: 1 } satisfies Options))»', 'f(({ a: 1, x: 1 } satisfies Options))'],
    ['a construction', 'y = «new F({ a: 1 })».g', 'y = new F({ a: 1, x: 1 }).g'],
    ['a value that is set', '«f({ x: undefined, a })»', 'f({ x: 1, a })'],
    ['a quoted key that is set', '«f({ "x": 0 })»', 'f({ "x": 1 })'],
    ['a method and a getter', '«f({ a() {}, get b() { return 1; } })»', 'f({ a() {}, get b() { return 1; }, x: 1 })'],
    ['a comma at the end of a line', '«f({ a, })»', 'f({ a, x: 1, })'],
    ['a comment behind the last', '«f({\n  a, // why\n})»', 'f({\n  a, // why\n  x: 1,\n})'],
    ['a comment that closes', '«f({\n  a /* why */\n})»', 'f({\n  a, /* why */\n  x: 1\n})'],
    ['items on shared lines', '«f({\n  a, b,\n  c })»', 'f({\n  a, b,\n  c,\n  x: 1 })'],
    ['a key that is computed', '«f({ [k]: 1 })»', 'f({ [k]: 1, x: 1 })'],
  ])('writes it in TypeScript: %s', (_, before, after) => {
    expect(set('/a.ts', before, ['x'], 1)).toBe(after);
  });

  it.each([
    ['no argument', '«f()»', 'f(x=1)'],
    ['a positional argument', '«f(a)»', 'f(a, x=1)'],
    ['a starred argument', '«f(*a, **b)»', 'f(*a, **b, x=1)'],
    ['a value that is set', '«f(x=None, a=2)»', 'f(x=1, a=2)'],
    ['spaces around the sign', '«f(a = 2)»', 'f(a = 2, x = 1)'],
    ['a comment behind the last', '«f(\n    a=2  # why\n)»', 'f(\n    a=2,  # why\n    x=1\n)'],
    ['a comma at the end of a line', '«f(a=2,)»', 'f(a=2, x=1,)'],
    ['arguments under each other', '«f(a=2,\n  b=3)»', 'f(a=2,\n  b=3,\n  x=1)'],
    ['a dictionary', '«{"a": 2}»', '{"a": 2, "x": 1}'],
    ['a dictionary in single quotes', "«{'a': 2}»", "{'a': 2, 'x': 1}"],
    ['a lambda as value', '«f(a=lambda y: y)»', 'f(a=lambda y: y, x=1)'],
    ['a conditional as value', '«f(a=1 if b else 2)»', 'f(a=1 if b else 2, x=1)'],
  ])('writes it in Python: %s', (_, before, after) => {
    expect(set('/a.py', before, ['x'], 1)).toBe(after);
  });

  it.each([
    ['/a.ts', 'options of which nothing is known', '«f(options)»'],
    ['/a.ts', 'a spread argument', '«f(...all)»'],
    ['/a.ts', 'a comment in an empty object', '«f({ /* nothing yet */ })»'],
    ['/a.ts', 'a variable that is assigned twice', 'let o = { a }; o = b; «f(o)»'],
    ['/a.ts', 'a variable that is exported', 'export const o = { a }; «f(o)»'],
    ['/a.ts', 'a parameter of the same name', 'const o = { a }; function g(o) { return «f(o)»; }'],
    ['/a.ts', 'another kind of argument', '«f("text")»'],
    ['/a.ts', 'a call that is not closed', '«f({ a: 1 »'],
    ['/a.py', 'a generator', '«f(y for y in z)»'],
    ['/a.py', 'a comment in an empty call', '«f(  # nothing yet\n)»'],
    ['/a.rb', 'another language', '«f()»'],
    ['/a.json', 'a file that is no code', '«f()»'],
  ])('leaves it alone (%s): %s', (path, _, before) => {
    expect(set(path, before, ['x'], 1)).toBeNull();
  });

  it('follows a path into objects, constructions and variables', () => {
    expect(set('/a.ts', '«f({ a: { b: 1 } })»', ['a', 'x'], 1)).toBe('f({ a: { b: 1, x: 1 } })');
    expect(set('/a.ts', '«f({ b })»', ['a', 'c', 'x'], 1)).toBe('f({ b, a: { c: { x: 1 } } })');
    expect(set('/a.ts', 'const a = { b: 1 };\n«f({ a })»', ['a', 'x'], 1)).toBe('const a = { b: 1, x: 1 };\nf({ a })');
    expect(set('/a.py', '«f(a=C(b=1))»', ['a', 'x'], 1)).toBe('f(a=C(b=1, x=1))');
    expect(set('/a.py', 'a = {"b": 1}\n«f(a=a)»', ['a', 'x'], 1)).toBe('a = {"b": 1, "x": 1}\nf(a=a)');
    expect(set('/a.py', 'def g():\n    a = dict(b=1)\n    a["c"] = 2\n    «f(a=a)»', ['a', 'x'], 1)).toBe(
      'def g():\n    a = dict(b=1, x=1)\n    a["c"] = 2\n    f(a=a)',
    );
    expect(set('/a.py', 'a = {"b": 1}\nprint(a)\n«f(a=a)»', ['a', 'x'], 1)).toBeNull();
    expect(set('/a.py', 'def g(a):\n    return «f(a=a)»', ['a', 'x'], 1)).toBeNull();
  });

  it('writes values as the language and the file do', () => {
    const value = { is: true, not: null, 'a-b': ["it's", 2.5] };
    expect(set('/a.ts', "import 'a';\n«f()»", ['x'], value)).toBe(
      "import 'a';\nf({ x: { is: true, not: null, 'a-b': ['it\\'s', 2.5] } })",
    );
    expect(set('/a.py', 'import a\n«f("b")»', ['x'], value)).toBe(
      'import a\nf("b", x={"is": True, "not": None, "a-b": ["it\'s", 2.5]})',
    );
    expect(set('/a.ts', "«f({a: 'b'})»", ['x'], { c: 1 })).toBe("f({a: 'b', x: {c: 1}})");
  });

  it('takes quotes and spaces from its neighbours before it takes them from the file', () => {
    const prose = "# don't, can't, won't\nx = 'a'\ny = 'b'\n";
    expect(set('/a.py', `${prose}«f(a="b")»`, ['x'], 'c')).toBe(`${prose}f(a="b", x="c")`);
    expect(set('/a.py', "# don't can't won't\n«f(a=b)»\ny = \"b\"", ['x'], 'c')).toBe(
      '# don\'t can\'t won\'t\nf(a=b, x="c")\ny = "b"',
    );
    expect(set('/a.ts', `const x = "a", y = "b";\n«f({ a: 'b' })»`, ['x'], 'c')).toBe(
      `const x = "a", y = "b";\nf({ a: 'b', x: 'c' })`,
    );
    expect(set('/a.py', '«f(a=1,b=2)»', ['x'], 1)).toBe('f(a=1,b=2,x=1)');
    expect(set('/a.ts', '«f({a,b})»', ['x'], 1, 'a')).toBe('f({a,x: 1,b})');
  });

  it('puts it behind the parameter that it belongs to, but for what stands behind and may replace it', () => {
    expect(set('/a.ts', '«f({ a, b })»', ['x'], 1, 'a')).toBe('f({ a, x: 1, b })');
    expect(set('/a.ts', '«f({ a, ...b, c })»', ['x'], 1, 'a')).toBe('f({ a, ...b, c, x: 1 })');
    expect(set('/a.py', '«f(a=1, b=2)»', ['x'], 1, 'a')).toBe('f(a=1, x=1, b=2)');
    expect(set('/a.py', '«f(a=1, *b)»', ['x'], 1, 'a')).toBe('f(a=1, *b, x=1)');
  });

  it('finds items of lists by their index, if nothing is spread in front of them', () => {
    expect(set('/a.ts', '«[{ a }, { b }]»', [-1, 'x'], 1)).toBe('[{ a }, { b, x: 1 }]');
    expect(set('/a.py', '«[{"a": 1}, {"b": 2}]»', [0, 'x'], 1)).toBe('[{"a": 1, "x": 1}, {"b": 2}]');
    expect(set('/a.ts', '«[...a, { b }]»', [1, 'x'], 1)).toBeNull();
    expect(set('/a.ts', '«[...a, { b }]»', [-1, 'x'], 1)).toBe('[...a, { b, x: 1 }]');
    expect(set('/a.ts', '«[]»', [-1, 'x'], 1)).toBeNull();
  });

  it('writes two parameters at one place, or none where a comma would be written twice', () => {
    const both = (target: (...steps: Target['path']) => Target): readonly Operation[] => [
      { kind: 'set', target: target('x'), value: 1 },
      { kind: 'set', target: target('y'), value: 2 },
    ];
    expect(edited('/a.ts', '«f({ a })»', both)).toBe('f({ a, x: 1, y: 2 })');
    expect(edited('/a.ts', '«f({\n  a\n})»', both)).toBe('f({\n  a,\n  x: 1,\n  y: 2\n})');
    expect(edited('/a.ts', '«f({\n  a, // why\n})»', both)).toBe('f({\n  a, // why\n  x: 1,\n  y: 2,\n})');
    expect(edited('/a.ts', '«f({\n  a // why\n})»', both)).toBeNull();
  });
});

describe('other operations', () => {
  it('wraps a value of several lines without touching it', () => {
    const wrapped = (path: string, marked: string) =>
      edited(path, marked, (target) => [{ kind: 'wrap', target: target('a'), value: [{ text: SAME }] }]);
    expect(wrapped('/a.ts', '«f({ a: `one\n two` })»')).toBe('f({ a: [{ text: `one\n two` }] })');
    expect(wrapped('/a.ts', '«f({ a: (b as string) })»')).toBe('f({ a: [{ text: (b as string) }] })');
    expect(wrapped('/a.ts', '«f({ a })»')).toBe('f({ a: [{ text: a }] })');
    expect(wrapped('/a.py', '«f(a="one"\n  "two")»')).toBe('f(a=[{"text": "one"\n  "two"}])');
    expect(wrapped('/a.py', '«f(b=1)»')).toBeNull();
  });

  it('renames a parameter and keeps its quotes, and what shorthand stands for', () => {
    const renamed = (path: string, marked: string) =>
      edited(path, marked, (target) => [{ kind: 'rename', target: target('a'), name: 'b' }]);
    expect(renamed('/a.ts', '«f({ a: 1 })»')).toBe('f({ b: 1 })');
    expect(renamed('/a.ts', '«f({ a })»')).toBe('f({ b: a })');
    expect(renamed('/a.ts', `«f({ 'a': 1 })»`)).toBe(`f({ 'b': 1 })`);
    expect(renamed('/a.py', '«f(a=1)»')).toBe('f(b=1)');
    expect(renamed('/a.py', '«f(**a)»')).toBeNull();
  });

  it('appends to a list that is there', () => {
    const appended = (path: string, marked: string) =>
      edited(path, marked, (target) => [{ kind: 'append', target: target('a'), value: 2 }]);
    expect(appended('/a.ts', '«f({ a: [1] })»')).toBe('f({ a: [1, 2] })');
    expect(appended('/a.py', '«f(a=[\n  1,\n])»')).toBe('f(a=[\n  1,\n  2,\n])');
    expect(appended('/a.py', '«f(a=b)»')).toBeNull();
    expect(appended('/a.ts', '«f({ a: {} })»')).toBeNull();
  });

  it('writes another text between the quotes that are there', () => {
    const replaced = (path: string, marked: string, value = "it's") => {
      const start = marked.indexOf('«');
      const origin = { path, start, end: marked.indexOf('»') - 1 };
      const text = marked.replace(/[«»]/g, '');
      const edits = editsOf(
        { title: { en: '', es: '' }, safety: 'safe', operations: [{ kind: 'replace-text', origin, value }] },
        () => text,
      );
      return edits && applyEdits(text, edits);
    };
    expect(replaced('/a.ts', `f(«'a'»)`)).toBe(`f('it\\'s')`);
    expect(replaced('/a.ts', 'f(«"a"»)')).toBe(`f("it's")`);
    expect(replaced('/a.ts', 'f(«`a`»)')).toBe("f(`it's`)");
    expect(replaced('/a.py', 'f(«"""a"""»)')).toBe('f("""it\'s""")');
    expect(replaced('/a.ts', 'f(«`a${b}`»)')).toBeNull();
    expect(replaced('/a.py', 'f(«f"a"»)')).toBeNull();
    expect(replaced('/a.py', 'f(«"a" "b"»)')).toBeNull();
    expect(replaced('/a.ts', 'f(«a»)')).toBeNull();
  });
});

describe('the edits of a fix', () => {
  const fix = (path: string, text: string) => ({
    title: { en: '', es: '' },
    safety: 'suggested' as const,
    operations: [
      {
        kind: 'set' as const,
        target: { at: { path, start: 0, end: text.length }, position: 0, path: ['x'] },
        value: 1,
      },
    ],
  });

  it('are none where a file is gone, or where one of several operations has no place', () => {
    expect(editsOf(fix('/a.ts', 'f()'), () => null)).toBeNull();
    const half = {
      ...fix('/a.ts', 'f()'),
      operations: [...fix('/a.ts', 'f()').operations, ...fix('/b.ts', 'g()').operations],
    };
    expect(editsOf(half, (path) => (path === '/a.ts' ? 'f()' : 'g(y)'))).toBeNull();
    expect(editsOf(half, (path) => (path === '/a.ts' ? 'f()' : 'g()'))?.map(({ path }) => path)).toEqual([
      '/a.ts',
      '/b.ts',
    ]);
  });

  it('stay inside the cells of a notebook', () => {
    const text = 'f(a=1)';
    const cells = (end: number) => () => [{ start: 0, end }];
    const python = () => 'python' as const;
    expect(editsOf(fix('/a.ipynb', text), () => text, cells(text.length), python)).toEqual([
      { path: '/a.ipynb', start: 5, end: 5, text: ', x=1' },
    ]);
    expect(editsOf(fix('/a.ipynb', text), () => text, cells(4), python)).toBeNull();
  });

  it('are written in the language of the notebook, or not at all', () => {
    const text = 'f({ a: 1 })';
    const cells = () => [{ start: 0, end: text.length }];
    const edits = editsOf(
      fix('/a.ipynb', text),
      () => text,
      cells,
      () => 'typescript',
    );
    expect(edits).toEqual([{ path: '/a.ipynb', start: 8, end: 8, text: ', x: 1' }]);
    expect(editsOf(fix('/a.ipynb', text), () => text, cells)).toBeNull();
  });

  it.each(['/a.ts', '/a.tsx', '/a.py'])('never come from broken code by an exception (%s)', (path) => {
    const whole = path.endsWith('py')
      ? 'o = {"a": [1, {"b": f"{c}\\n{d}"}]}\nfor t in ts:\n    v.append(f(o, input=t, **k).data[0].e)\n'
      : 'const o = { a: [1, { b: `${c}\\n${d}` }] };\nfor (const t of ts) {\n  v.push((await f({ ...o, input: t })).data[0].e);\n}\n';
    for (let length = 0; length <= whole.length; length++) {
      const text = whole.slice(0, length);
      for (let start = 0; start < length; start += 7) {
        for (const end of [start + 1, start + 4, length]) {
          const at = { path, start, end };
          const target: Target = { at, position: 0, path: ['input'] };
          const operations: Operation[] = [
            { kind: 'set', target, value: 1 },
            { kind: 'wrap', target, value: [SAME] },
            { kind: 'append', target, value: 1 },
            { kind: 'move-line', origin: at },
            { kind: 'replace-text', origin: at, value: 'x' },
            { kind: 'embed-together', call: at, input: target, answers: 'data' },
          ];
          for (const operation of operations)
            editsOf({ title: { en: '', es: '' }, safety: 'safe', operations: [operation] }, () => text);
        }
      }
    }
  });
});
