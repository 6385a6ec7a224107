import { describe, expect, it } from 'vitest';
import { bindArguments } from '../../evaluate/bind-arguments.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { text } from '../../evaluate/lattice.ts';
import { memoryHost } from '../../evaluate/test-host.ts';
import { callsWithin } from './calls-within.ts';

const PATH = '/app/main.ts';

/** What `f("x")` calls, as it is written, and how many expressions were evaluated to tell. */
function within(source: string) {
  const evaluator = new Evaluator(memoryHost({ [PATH]: source }));
  const module = evaluator.module(PATH);
  const scope = [...(module?.scopes.values() ?? [])].find(({ name }) => name === 'f');
  if (!scope) throw new Error('no function f');
  const fn = evaluator.evaluate(scope.node as never, evaluator.frameOf(scope.parent as never));
  const args = { positional: [text('x')], named: new Map(), open: [], node: null, path: PATH };
  const frame = bindArguments(evaluator, fn, args);
  if (frame === null) throw new Error('f cannot be called');
  const before = evaluator.evaluations;
  const found = callsWithin(frame, evaluator, () => true);
  const calls = found.map(({ record: { node } }) => source.slice(node.start, node.end));
  return { calls, evaluations: evaluator.evaluations - before };
}

describe('the calls that an activation makes', () => {
  it.each([
    ['in a branch that it takes', "if (a === 'x') one(); else two();", ['one()']],
    ['in a branch within it', "if (a === 'x') { if (a === 'y') one(); two(); }", ['two()']],
    ['before a return that it comes to', "one(); if (a === 'x') return 1; two();", ['one()']],
    [
      'in a loop around a return',
      "for (const b of c) { one(b); if (a === 'x') return 1; } two();",
      ['one(b)', 'two()'],
    ],
  ])('are those %s', (_, body, expected) => {
    expect(within(`function f(a) { ${body} }`).calls).toEqual(expected);
  });

  it('are told by each condition once, even where its value cannot be remembered', () => {
    // Calls nest deeper than is followed.
    const deep = Array.from({ length: 14 }, (_, level) => `function f${level + 1}(a) { return f${level}(a + 'x') }`);
    const inBranch = (count: number) =>
      within(`function f0(a) { return a } ${deep.join(' ')}
        function f(a) { if (f14(a) === 'y') return 1; ${'one();'.repeat(count)} if (f14(a)) { ${'two();'.repeat(count)} } }`);
    const [few, many] = [inBranch(1), inBranch(20)];
    expect(few.evaluations).toBeGreaterThan(10);
    expect(many.calls.filter((call) => call === 'two()')).toHaveLength(20);
    expect(many.evaluations).toBe(few.evaluations);
  });
});
