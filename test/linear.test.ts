/**
 * What takes time in proportion to its input, on a machine of any speed: an input of eight times the size is compared
 * with the shorter one, in the same run, in time of the processor, which other programs do not lengthen.
 */
import { unknownModels } from '@farthing/shared/config';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { describe, expect, test } from 'vitest';
import { outlineOf } from '../runtime/src/support/json-members.ts';
import { smallTask } from '../server/src/calls/facts/task-size.ts';
import { indexCalls } from '../server/src/calls/index-calls.ts';
import { blankMagics } from '../server/src/frontends/notebook/magics.ts';
import { python } from '../server/src/frontends/python/python.ts';
import { typescript } from '../server/src/frontends/typescript/typescript.ts';
import { createSelector } from '../server/src/lint/call-selector.ts';
import { unmatchedEntries } from '../server/src/lint/unmatched-entries.ts';
import { oversizedModel } from '../server/src/rules/oversized-model.ts';
import { findingsOf, hole, section, stable, testCall } from '../server/src/rules/support/testing.ts';
import { countO200k } from '../shared/src/tokens/encode.ts';

const FACTOR = 8;
/** Between 8 and 64, which is quadratic: fresh memory and the garbage collector cost the longer input more. */
const MAX_GROWTH = 24;
/** Microseconds that are measured at least: some kernels count in steps of ten thousand. */
const MEASURED = 40_000;
const TRIES = 5;

/** Microseconds of this thread for one run. */
function costOf(work: () => unknown): number {
  const before = process.threadCpuUsage();
  for (let runs = 1; ; runs++) {
    work();
    const { user, system } = process.threadCpuUsage(before);
    if (user + system >= MEASURED) return (user + system) / runs;
  }
}

/** The least of several tries counts. */
function expectLinear<Input>(size: number, inputOf: (size: number) => Input, work: (input: Input) => unknown): void {
  const inputs = [inputOf(size), inputOf(FACTOR * size)] as const;
  let [short, long] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let tries = 0; tries < TRIES && (tries === 0 || long > MAX_GROWTH * short); tries++) {
    short = Math.min(
      short,
      costOf(() => work(inputs[0])),
    );
    long = Math.min(
      long,
      costOf(() => work(inputs[1])),
    );
  }
  expect(long / short).toBeLessThanOrEqual(MAX_GROWTH);
}

test('a generated Python file', () => {
  const line = 'a = f(b="c", d=[{"e": f"g {h}"}])\n';
  expectLinear(
    1000,
    (count) => line.repeat(count),
    (text) => expect(python.lower(text, 'a.py').body).toHaveLength(text.length / line.length),
  );
});

test('calls that share the name of a model, and the fix for all of them', () => {
  const sections = [section('system', stable(30, 'Answer only yes or no.')), section('user', hole('varying', 'mail'))];
  const callAt = (_: unknown, line: number) =>
    testCall({ id: `${line}`, origin: { path: '/a.ts', start: line * 100, end: line * 100 + 80 }, sections });
  expectLinear(
    100,
    (count) => Array.from({ length: count }, callAt),
    (calls) => {
      const index = indexCalls(calls);
      const found = calls.flatMap((call) => findingsOf(oversizedModel, call, { index }));
      expect(found.flatMap(({ fixes }) => fixes?.() ?? [])).toHaveLength(1);
    },
  );
});

test('a TypeScript file of comments', () => {
  const line = 'f("// no"); // farthing\n';
  expectLinear(
    2500,
    (count) => line.repeat(count),
    (text) => expect(typescript.lower(text, 'a.ts').comments).toHaveLength(text.length / line.length),
  );
});

test.each(['%%time\n', '!a \\\n', '\n', '# x\n', '"""', '(', 'a,', '\\', ' ', '%time '])('a cell of %j', (piece) => {
  expectLinear(
    6000,
    (count) => `%%time\n${piece.repeat(count)}!`,
    (text) => blankMagics(text, 'python'),
  );
});

test.each(['only ', 'answer'])('a prompt of %j', (word) => {
  expectLinear(
    2500,
    (count) => [section('system', stable(100, `answer ${word.repeat(count)}`))],
    // A new call each time, because a fact is kept with its call.
    (sections) => smallTask(testCall({ sections })),
  );
});

test.each(['a', 'A', ' ', '中', '!', 'ab'])('the tokens of a run of %j', (unit) => {
  // The quadratic alternative takes more than a minute on the longer one.
  expectLinear(
    Math.floor(25_000 / Buffer.byteLength(unit)),
    (count) => unit.repeat(count),
    (text) => expect(countO200k(text)).toBeGreaterThan(0),
  );
});

describe('a generated configuration', () => {
  const entriesOf = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ path: `src/x${index}/**/*.ts`, callsPerMonth: 1 }));
  const call = testCall({});

  test('of volumes', () => {
    expectLinear(2000, entriesOf, (volumes) => {
      expect(createSelector(volumes, '/project')(call)).toBeNull();
      expect(unmatchedEntries({ volumes, models: [] }, '/project', [call])).toHaveLength(101);
    });
  });

  test('of models that no table has', () => {
    expectLinear(
      2000,
      (count) => {
        const models = Array.from({ length: count }, (_, index) => ({
          function: `f${index}`,
          models: [{ name: `our-${index}`, share: 1 }],
        }));
        return { text: JSON.stringify({ models }), config: { ...DEFAULT_CONFIG, models } };
      },
      ({ text, config }) => expect(unknownModels(text, 'farthing.config.json', config, null)).toHaveLength(100),
    );
  });
});

describe('a hostile JSON text', () => {
  test.each([
    ['of backslashes', (size: number) => `{"a":"${'\\'.repeat(size)}"}`],
    ['of brackets', (size: number) => `{"a":${'['.repeat(size)}`],
    ['of quotes', (size: number) => `{"a":"${'\\"'.repeat(size)}"}`],
    ['of objects', (size: number) => '{"a":1,'.repeat(size / 8)],
    ['of members', (size: number) => `{${'"a":1,'.repeat(size / 8)}`],
  ])('%s', (_, hostile) => {
    expectLinear(125_000, hostile, outlineOf);
  });
});
