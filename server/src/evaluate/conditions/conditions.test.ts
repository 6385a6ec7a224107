import { describe, expect, it } from 'vitest';
import { Evaluator } from '../evaluator.ts';
import { printValue } from '../print-value.ts';
import { memoryHost } from '../test-host.ts';

/** What the last `probe(x)` of the source is given. */
function probe(path: string, text: string): string {
  const evaluator = new Evaluator(memoryHost({ [path]: text }));
  const record = evaluator
    .module(path)
    ?.calls.findLast(({ node }) => 'name' in node.callee && node.callee.name === 'probe');
  const argument = record?.node.arguments[0];
  if (!record || !argument) throw new Error('no probe(...) in the source');
  return printValue(evaluator.evaluate(argument.value, evaluator.frameOf(record.scope)));
}
const ts = (text: string) => probe('/app/main.ts', text);
const py = (text: string) => probe('/app/main.py', text);

describe('conditions that a caller decides', () => {
  it.each([
    ['a type test', `function f(x) { return typeof x === 'string' ? 'text' : 'other' } probe(f('a'))`, '"text"'],
    [
      'a type test that fails',
      `function f(x) { return typeof x === 'string' ? 'text' : 'other' } probe(f([1]))`,
      '"other"',
    ],
    ['negation', `function f(x) { if (!x) return 'none'; return 'some' } probe(f('a'))`, '"some"'],
    ['what is left out', `function f(x) { if (!x) return 'none'; return 'some' } probe(f())`, '"none"'],
    [
      'equality',
      `function f(p) { if (p === 'a') { return 'A' } else if (p === 'b') { return 'B' } return 'C' } probe(f('b'))`,
      '"B"',
    ],
    [
      'a switch',
      `function f(p) { switch (p) { case 'a': return 'A'; case 'b': return 'B'; default: return 'C' } } probe(f('b'))`,
      '"B"',
    ],
    [
      'the default of a switch',
      `function f(p) { switch (p) { case 'a': return 'A'; default: return 'C' } } probe(f('z'))`,
      '"C"',
    ],
    ['an array test', `function f(x) { return Array.isArray(x) ? 'list' : 'one' } probe(f(['a']))`, '"list"'],
    ['both of two', `function f(x, y) { return x && y === 1 ? 'yes' : 'no' } probe(f('a', 1))`, '"yes"'],
    ['an assignment', `function f(x) { let m = 'a'; if (x === 1) m = 'b'; return m } probe(f(1))`, '"b"'],
    [
      'an assignment that does not run',
      `function f(x) { let m = 'a'; if (x === 1) m = 'b'; return m } probe(f(2))`,
      '"a"',
    ],
    ['a constant', `probe(false ? 'a' : 'b')`, '"b"'],
  ])('%s', (_, text, expected) => expect(ts(text)).toBe(expected));

  it.each([
    [
      'isinstance',
      `def f(x):\n    if isinstance(x, str):\n        return "text"\n    return "other"\nprobe(f("a"))`,
      '"text"',
    ],
    ['None', `def f(x=None):\n    if x is None:\n        return "none"\n    return "some"\nprobe(f())`, '"none"'],
    ['not None', `def f(x=None):\n    return "some" if x is not None else "none"\nprobe(f("a"))`, '"some"'],
    ['membership', `def f(m):\n    return "new" if m in ["a", "b"] else "old"\nprobe(f("b"))`, '"new"'],
    ['not', `def f(x):\n    if not x:\n        return "none"\n    return "some"\nprobe(f("a"))`, '"some"'],
    [
      'a list that grows',
      `def f(s):\n    m = []\n    if s:\n        m.append(s)\n    m.append("end")\n    return m\nprobe(f("a"))`,
      '["a", "end"]',
    ],
  ])('%s, in Python', (_, text, expected) => expect(py(text)).toBe(expected));

  it('leaves open what depends on the run', () => {
    expect(ts(`function f(x) { return typeof x === 'string' ? 'text' : 'other' } probe(f(given))`)).toBe(
      '"text" | "other"',
    );
    expect(ts(`function f(x) { return x ? 'a' : 'b' } function g(y) { probe(f(y)) }`)).toBe('"a" | "b"');
  });
});

describe('conditions that a function of the project decides', () => {
  const choose = (is: string) => `${is}
def f(model):
    if is_small(model):
        return "small"
    return "large"
probe(f("a"))`;

  it('are followed through a test', () =>
    expect(py(choose('def is_small(model):\n    if model == "a":\n        return True\n    return False'))).toBe(
      '"small"',
    ));

  it('are not followed through a function that does more than test', () =>
    expect(
      py(
        choose(
          'def is_small(model):\n    for part in model:\n        note(part)\n    if model == "a":\n        return True\n    return False',
        ),
      ),
    ).toBe('"small" | "large"'));
});

describe('bases', () => {
  it("of the project answer before a package's, whatever their order", () =>
    expect(
      py(
        `from pydantic import BaseModel\nclass S(BaseModel):\n    pass\nclass C:\n    model = "m"\nclass A(S, C):\n    def run(self):\n        probe(self.model)`,
      ),
    ).toBe('"m"'));
});
