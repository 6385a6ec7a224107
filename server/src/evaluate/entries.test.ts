import { expect, test } from 'vitest';
import { joinedEntry, lazyEntry } from './entries.ts';
import { Evaluator } from './evaluator.ts';
import { printValue } from './print-value.ts';
import { noteCut } from './progress/cuts.ts';
import { memoryHost } from './test-host.ts';
import type { Value } from './values.ts';

const ANSWER: Value = { kind: 'number', value: 42, origin: null };
const UNFINISHED: Value = { kind: 'number', value: 0, origin: null };

test('parts that several entries share are read once, not once for each way to them', () => {
  let readings = 0;
  let entry = lazyEntry(() => {
    readings++;
    return ANSWER;
  });
  for (let level = 0; level < 20; level++) entry = joinedEntry([entry, entry], true, false);
  expect(printValue(entry.value)).toBe('42');
  expect(entry.value).toBe(entry.value);
  // The innermost entry is made of it twice.
  expect(readings).toBe(2);
});

test('what was cut short while it was made is made again', () => {
  let isUnderWay = true;
  const part = lazyEntry(() => {
    if (!isUnderWay) return ANSWER;
    noteCut();
    return UNFINISHED;
  });
  const entry = joinedEntry([part], true, false);
  expect(printValue(entry.value)).toBe('0');
  isUnderWay = false;
  expect(printValue(entry.value)).toBe('42');
});

test('an object that is rebuilt from itself under thirty conditions is read in no time', () => {
  const lines = Array.from(
    { length: 30 },
    (_, index) => `if (flags[${index}]) body = { ...body, note: body.note, model: body.model };`,
  );
  const program = `function ask(flags) { let body = { model: 'gpt-6-luna', note: 'a' }; ${lines.join('\n')} probe(body.model); }`;
  const evaluator = new Evaluator(memoryHost({ '/app/main.ts': program }));
  const record = evaluator.module('/app/main.ts')?.calls.findLast(({ node }) => node.arguments.length === 1);
  const argument = record?.node.arguments[0];
  if (!record || !argument) throw new Error('no probe(...) in the program');
  expect(printValue(evaluator.evaluate(argument.value, evaluator.frameOf(record.scope)))).toBe('"gpt-6-luna"');
});
