import { describe, expect, it } from 'vitest';
import { Evaluator } from './evaluator.ts';
import { sourcesOf } from './sources.ts';
import { memoryHost } from './test-host.ts';

/** The parameters that the value of `probe(x)` comes from, as they are written. */
function sources(path: string, text: string): readonly string[] {
  const evaluator = new Evaluator(memoryHost({ [path]: text }));
  const record = evaluator
    .module(path)
    ?.calls.findLast(({ node }) => 'name' in node.callee && node.callee.name === 'probe');
  const argument = record?.node.arguments[0];
  if (!record || !argument) throw new Error('no probe(...) in the source');
  const value = evaluator.evaluate(argument.value, evaluator.frameOf(record.scope));
  return sourcesOf(value).map(({ start, end }) => text.slice(start, end));
}
const ts = (text: string) => sources('/app/main.ts', text);
const py = (text: string) => sources('/app/main.py', text);

describe('the parameters that a value comes from', () => {
  it.each([
    ['itself', `function f(a, b) { probe(a) }`, ['a']],
    ['a member', `function f(a) { probe(a.b.c) }`, ['a']],
    ['a destructured one', `function f({ a, ...rest }, b) { probe(rest.x) }`, ['{ a, ...rest }']],
    ['text around it', 'function f(a, b) { probe(`x ${a} y ${b}`) }', ['a', 'b']],
    ['an item', `function f(a) { for (const x of a) { probe(x.text) } }`, ['a']],
    ['a helper of elsewhere', `import { build } from 'x'; function f(a, b) { probe(build(a, { b })) }`, ['a', 'b']],
    ['a method of it', `function f(a, b) { probe(a.format(b)) }`, ['a', 'b']],
    ['a list of messages', `function f(a) { probe([{ role: 'user', content: a }]) }`, ['a']],
    ['a default', `function f(a = 'x') { probe(a ?? 'y') }`, ["a = 'x'"]],
    ['either of two', `function f(a, b) { probe(flag ? a : b) }`, ['a', 'b']],
    ['nothing', `function f(a) { probe('x') }`, []],
  ])('%s', (_, text, expected) => expect(ts(text)).toEqual(expected));

  it.each([
    ['a list that is extended', `def f(a, b):\n    a += [b]\n    probe(a)`, ['b', 'a']],
    ['a comprehension', `def f(a):\n    probe([x["text"] for x in a])`, ['a']],
    ['keyword arguments', `def f(**kw):\n    probe(kw["x"])`, ['**kw']],
  ])('%s, in Python', (_, text, expected) => expect(py(text)).toEqual(expected));
});
