/** What was asked before must not change an answer: one evaluator that is asked in any order, against one for each question. */
import { describe, expect, it } from 'vitest';
import { Evaluator } from './evaluator.ts';
import { printValue } from './print-value.ts';
import { memoryHost } from './test-host.ts';

/** Each gets another value if the circle that it is on is cut somewhere else. */
const CIRCLES: Readonly<Record<string, string>> = {
  'variables that are made of each other': `
    let a = 'a', b = 'b', c = 'c';
    function run(x) { if (x) a = b + '1'; if (x) b = c + '2'; if (x) c = a + '3'; return [a, b, c] }
    probe(a); probe(b); probe(c); probe(run(1));`,
  'two circles with a part in common': `
    function left(x) { return x ? middle(x) + 'l' : 'left' }
    function middle(x) { return x ? left(x) + right(x) : 'middle' }
    function right(x) { return x ? middle(x) + 'r' : 'right' }
    probe(left(process.env.X)); probe(middle(process.env.X)); probe(right(process.env.X));`,
  'functions that call each other': `
    function even(n) { return n === 0 ? 'even' : odd(n - 1) }
    function odd(n) { return n === 0 ? 'odd' : even(n - 1) }
    function walk(tree) { return tree.kind === 'leaf' ? 'leaf' : walk(tree.left) + '+' + walk(tree.right) }
    const later = (n) => even(n) + odd(n);
    probe(even(process.env.N)); probe(odd(process.env.N)); probe(walk(process.env)); probe(later(process.env.N));`,
  'fields and methods of one object': `
    class Talk {
      constructor(model) { this.model = model || this.fallback; this.fallback = this.other || 'x'; this.other = this.model }
      name() { return this.model || this.title() }
      title() { return this.other || this.name() }
    }
    const talk = new Talk(process.env.M);
    probe(talk.model); probe(talk.fallback); probe(talk.other); probe(talk.name()); probe(talk.title());`,
  'defaults and settings': `
    const settings = { model: defaults.model || 'm', limit: 1 };
    const defaults = { model: settings.model || 'd', limit: settings.limit };
    const all = { ...settings, ...defaults, own: defaults };
    probe(settings.model); probe(defaults.model); probe(all.model); probe(all.own.limit); probe(all.limit);`,
};

const PATH = '/app/main.ts';

class Questions {
  readonly #evaluator: Evaluator;

  constructor(text: string) {
    this.#evaluator = new Evaluator(memoryHost({ [PATH]: text }));
  }

  get #records() {
    return (this.#evaluator.module(PATH)?.calls ?? []).filter(
      ({ node }) => 'name' in node.callee && node.callee.name === 'probe',
    );
  }

  get count(): number {
    return this.#records.length;
  }

  /** What the given `probe(x)` is given. */
  ask(index: number): string {
    const { node, scope } = this.#records[index] ?? {};
    const argument = node?.arguments[0];
    if (!argument || !scope) throw new Error('probe() without an argument');
    this.#evaluator.startQuery();
    return printValue(this.#evaluator.evaluate(argument.value, this.#evaluator.frameOf(scope)));
  }
}

/** Every order of `0..count - 1`. */
function orders(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
  );
}

describe('an answer does not depend on the questions before it', () => {
  it.each(Object.entries(CIRCLES))('%s', (_, text) => {
    const { count } = new Questions(text);
    const alone = Array.from({ length: count }, (_, index) => new Questions(text).ask(index));
    for (const order of orders(count)) {
      const questions = new Questions(text);
      const found = new Map(order.map((index) => [index, questions.ask(index)]));
      expect(
        alone.map((_, index) => found.get(index)),
        `asked in the order ${order}`,
      ).toEqual(alone);
    }
  });
});
