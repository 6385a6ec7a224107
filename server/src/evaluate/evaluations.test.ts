/** What is evaluated once, and what is not evaluated at all: counts of evaluations, which are what a scan costs. */
import { describe, expect, it, vi } from 'vitest';
import { Evaluator } from './evaluator.ts';
import { printValue } from './print-value.ts';
import { memoryHost } from './test-host.ts';

/** What each `probe(x)` of the source is given, and how many expressions were evaluated for it. */
function probes(text: string) {
  const path = '/app/main.ts';
  const evaluator = new Evaluator(memoryHost({ [path]: text }));
  const records = evaluator
    .module(path)
    ?.calls.filter(({ node }) => 'name' in node.callee && node.callee.name === 'probe');
  return (records ?? []).map(({ node, scope }) => {
    evaluator.startQuery();
    const before = evaluator.evaluations;
    const argument = node.arguments[0];
    if (!argument) throw new Error('probe() without an argument');
    const value = printValue(evaluator.evaluate(argument.value, evaluator.frameOf(scope)));
    return { value, evaluations: evaluator.evaluations - before };
  });
}

const HELPER = `
const RULES = 'Be brief.';
function tidy(text) { const lines = ['<', text, '>']; const all = lines.join(''); return all + all + all }
`;

describe('calls that are alike', () => {
  it('are evaluated once where they are given the same', () => {
    const [first, again] = probes(`${HELPER} probe(tidy(RULES)); probe(tidy(RULES));`);
    expect(again?.value).toBe(first?.value);
    expect(again?.evaluations).toBeLessThan((first?.evaluations ?? 0) / 2);
  });

  it('are evaluated again where they are given something else', () => {
    const [first, other] = probes(`${HELPER} probe(tidy('a')); probe(tidy('b'));`);
    expect([first?.value, other?.value]).toEqual(['"<a><a><a>"', '"<b><b><b>"']);
  });

  it('are those of one object, and not of another of its class', () => {
    const [first, again, other] = probes(`
      class Writer {
        constructor(mark) { this.mark = mark }
        wrap(text) { const marks = [this.mark, text, this.mark]; const all = marks.join(''); return all + all }
      }
      const RULES = 'x';
      const a = new Writer('*'), b = new Writer('+');
      probe(a.wrap(RULES)); probe(a.wrap(RULES)); probe(b.wrap(RULES));`);
    expect([first?.value, again?.value, other?.value]).toEqual(['"*x**x*"', '"*x**x*"', '"+x++x+"']);
    expect(again?.evaluations).toBeLessThan((first?.evaluations ?? 0) / 2);
  });
});

describe('what nothing reads', () => {
  /** Takes about a hundred evaluations. */
  const LONG = `function long() { return [${Array.from({ length: 50 }, (_, index) => `'a' + ${index}`).join(', ')}].join('') }`;

  it.each([
    ['the arguments of a call of something unknown', 'function f(x) { probe(x.note(long())) }'],
    ['an item for what is no list', 'function f(x) { const all = 1; all.push(long()); probe(all) } f(1)'],
    ['a value under a key that nothing reads', 'const all = { a: 1 }; all.b = long(); probe(all.a)'],
    [
      'the condition around a definition that a later one hides',
      "function f(x) { let y = 'a'; if (x === long()) y = 'b'; y = 'c'; return y } probe(f('x'))",
    ],
    ['a comparison that is never decided', 'function f(x) { return x > long() ? 1 : 2 } probe(f(3))'],
  ])('is not evaluated: %s', (_, code) => {
    const [whole] = probes(`${LONG} probe(long())`);
    const [found] = probes(`${LONG} ${code}`);
    expect(whole?.evaluations).toBeGreaterThan(100);
    expect(found?.evaluations).toBeLessThan(50);
  });
});

describe('limits', () => {
  const oneOfObjects = (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `P${index}`);
    const classes = names.map((name) => `class ${name} { write(text) { return '${name}: ' + text } }`);
    return `${classes.join('\n')}
      function choose(name) { switch (name) { ${names.map((name) => `case '${name}': return new ${name}();`).join(' ')} } }
      probe(choose(process.env.P).write('x'));`;
  };

  it('follows a call into up to eight objects', () => {
    const [found] = probes(oneOfObjects(8));
    expect(found?.value).toContain('"P0: x" | "P1: x"');
  });

  it('follows it into none of more', () => {
    const [found] = probes(oneOfObjects(9));
    expect(found?.value).toBe('unknown opaque');
  });

  it('follows it into some of the objects that a table gives in several places', () => {
    const classes = Array.from({ length: 6 }, (_, index) => `P${index}`);
    const table = `${classes.map((name) => `class ${name} { write(text) { return '${name}: ' + text } }`).join('\n')}
      const TABLE = { ${classes.map((name) => `${name.toLowerCase()}: ${name}`).join(', ')} };`;
    const choose = (places: number) => {
      const returns = Array.from(
        { length: places },
        (_, index) => `if (flags[${index}]) return new TABLE[name](${index});`,
      );
      return probes(`${table} function choose(name, flags) { ${returns.join(' ')} return null }
        probe(choose(process.env.P, process.argv).write('x'));`)[0];
    };
    const [one, many] = [choose(1), choose(5)];
    expect(one?.value).toContain('"P0: x"');
    expect(many?.value).toContain('"P0: x"');
    expect(many?.evaluations).toBeLessThan(2 * (one?.evaluations ?? 0));
  });

  it('does not take each of the ways through methods that call each other, as a parser has them', () => {
    const methods = Array.from({ length: 8 }, (_, level) => `m${level}() { ${`this.m${level + 1}();`.repeat(4)} }`);
    const text = `class Parser {
        constructor() { this.found = [] }
        ${methods.join('\n')}
        m8() { this.found.push('x') }
        read() { this.m0(); probe(this.found) }
      }`;
    const runs = vi.spyOn(Evaluator.prototype, 'within');
    probes(text);
    // There are 65,536 ways.
    expect(runs.mock.calls.length).toBeLessThan(20_000);
    runs.mockRestore();
  });

  it('gives up at once on what took all steps of eight questions', () => {
    // Each level asks for the one below twice with other arguments, so that nothing of it is known.
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `function f${level + 1}(a) { return f${level}(a + '0') + f${level}(a + '1') + f${level}(a + '2') + f${level}(a + '3') }`,
    );
    const deep = `function f0(a) { return a } ${levels.join('\n')} const all = (a) => f9(a);`;
    const found = probes(`${deep} ${Array.from({ length: 9 }, (_, index) => `probe(all('${index}'));`).join(' ')}`);
    expect(found.slice(0, 8).map(({ evaluations }) => evaluations)).toEqual(Array(8).fill(4_000));
    expect(found[8]?.evaluations).toBeLessThan(20);
    expect(found[8]?.value).toBe('unknown opaque');
  });

  it('does not give up on what comes to an end for most arguments', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `function f${level + 1}(a) { return ${[0, 1, 2, 3].map((n) => `f${level}(a + '${n}')`).join(' + ')} }`,
    );
    const deep = `function f0(a) { return a } ${levels.join('\n')} const say = (text) => text();`;
    const many = Array.from({ length: 160 }, (_, index) => `'${index}'`);
    const dear = Array.from({ length: 8 }, (_, index) => `f9('${index}')`);
    const last = (asked: readonly string[]) =>
      probes(`${deep} ${asked.map((text) => `probe(say(() => ${text}));`).join(' ')}`).at(-1)?.value;
    expect(last([...dear.slice(1), ...many, ...dear.slice(0, 1), "'x'"])).toBe('"x"');
    expect(last([...dear, "'x'"])).toBe('unknown opaque');
  });
});
