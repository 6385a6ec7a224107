import { describe, expect, test } from 'vitest';
import { expressionOf, lower, print, printed } from './testing.ts';

function literalOf(code: string): unknown {
  const expression = expressionOf(code);
  return expression.kind === 'string' ? expression.value : expression.kind;
}

describe('string literals', () => {
  test.each([
    ['"a"', 'a'],
    ["'a\"b'", 'a"b'],
    ['"""a\n"b" """', 'a\n"b" '],
    ["'''it's'''", "it's"],
    ['""', ''],
    ['""""""', ''],
    ['u"a"', 'a'],
    ['R"a\\n"', 'a\\n'],
    ['"a\\n\\t\\\\\\"\\\'"', 'a\n\t\\"\''],
    ['"\\x41\\u00e9\\U0001F600\\101"', 'Aé😀A'],
    ['"\\N{BULLET} \\d"', '\\N{BULLET} \\d'],
    ['"a\\\nb"', 'ab'],
    ['"a\\\r\nb"', 'ab'],
    ['"""a\r\nb"""', 'a\nb'],
    ['"\\U00110000 \\x4"', '\\U00110000 \\x4'],
  ])('%j is %j', (code, value) => {
    expect(literalOf(code)).toBe(value);
  });

  test('bytes are marked, and decode no unicode escapes', () => {
    expect(expressionOf('rb"a"')).toMatchObject({ kind: 'string', value: 'a', isBytes: true });
    expect(expressionOf('b"\\u0041\\x41"')).toMatchObject({ value: '\\u0041A', isBytes: true });
    expect(expressionOf('"a"')).toMatchObject({ isBytes: false });
  });

  test('adjacent literals are joined, over lines too', () => {
    expect(expressionOf('("a"\n  \'b\'  # why\n  r"\\c")')).toMatchObject({ kind: 'string', value: 'ab\\c', start: 1 });
  });
});

describe('f-strings', () => {
  test.each([
    ['f"a{b}c"', '(template "a" ${b} "c")'],
    ['f"{{{b}}}"', '(template "{" ${b} "}")'],
    ['f"a{{b}}"', '"a{b}"'],
    ['f"{b!r:>10}"', '(template ${b})'],
    ['f"{b:>{width}}"', '(template ${b})'],
    ['f"{b:{width()}}"', '(template ${(opaque b (call width))})'],
    ['f"{b:=10}"', '(template ${b})'],
    ['f"{b=}"', '(template "b=" ${b})'],
    ['f"{a, b}"', '(template ${[a b]})'],
    ['f"{d["k"]} {f\'{x}\'}"', '(template ${([] d "k")} " " ${(template ${x})})'],
    ['rf"\\{a}\\n"', '(template "\\\\" ${a} "\\\\n")'],
    ['f"\\{a}\\n"', '(template "\\\\" ${a} "\\n")'],
    ['f"\\N{BULLET}{a}"', '(template "\\\\N{BULLET}" ${a})'],
    ['t"hi {name}"', '(template "hi " ${name})'],
    ['"a" f"{b}" "c{d}"', '(template "a" ${b} "c{d}")'],
    ['f"""\n{\n  a\n}\n"""', '(template "\\n" ${a} "\\n")'],
  ])('%s', (code, expected) => {
    expect(printed(code)).toBe(expected);
  });

  test('parts keep their offsets', () => {
    const template = expressionOf('f"ab{c}d"');
    if (template.kind !== 'template') throw new Error('not a template');
    expect(template.parts.map((part) => [part.start, part.end])).toEqual([
      [2, 4],
      [4, 7],
      [7, 8],
    ]);
  });
});

describe('strings that are still being typed', () => {
  test('an open quote ends with its line', () => {
    expect(print('a = "x\nb = f()')).toContain('(var b (call f))');
    expect(print('a = "x\nb = f()')).toContain('(var a "x")');
  });

  test('an open hole ends with its line', () => {
    expect(print('a = f"{b:\nc = f()')).toContain('(call f)');
  });

  test('code that an open quote in open brackets tears into strings keeps its calls', () => {
    const module = lower('def f():\n    x = c.create(model="gpt\n    y = client.other(a=1)\nz = g(1)\n');
    const text = JSON.stringify(module);
    expect(text).toContain('"property":"other"');
    expect(text).toContain('"property":"create"');
    expect(module.syntaxError).not.toBeNull();
  });
});
