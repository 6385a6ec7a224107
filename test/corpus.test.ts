/** `npm run corpus`: what a scan's run says, and which differences between two runs count. */
import { expect, test } from 'vitest';
import { type CorpusRun, changeBetween, runOf } from '../scripts/lib/corpus-run.ts';
import { createRuleFailures, describeRuleFailures } from '../server/src/lint/rule-failures.ts';

const report = (problems: readonly object[] = []): string =>
  JSON.stringify({
    calls: [{}, {}],
    diagnostics: [
      { rule: 'retired-model', path: 'src/a.ts', cell: null, line: 3 },
      { rule: 'retired-model', path: 'b.ipynb', cell: 2, line: 1 },
    ],
    problems,
  });
const ended = { checkout: 'shop', status: 0, stderr: 'words\n{"userCPUTime":1500000,"maxRSS":204800}' };

test('a run has findings by place, time and memory', () => {
  expect(runOf({ ...ended, stdout: report() })).toEqual({
    checkout: 'shop',
    calls: 2,
    findings: [
      { rule: 'retired-model', place: 'src/a.ts:3' },
      { rule: 'retired-model', place: 'b.ipynb:2:1' },
    ],
    seconds: 1.5,
    megabytes: 200,
    failure: null,
  });
});

test('a crash and a rule that threw are failures', () => {
  expect(runOf({ ...ended, status: 3, stdout: '' }).failure).toBe('the scan ended with status 3');
  expect(runOf({ ...ended, status: null, stdout: '', stderr: '' }).failure).toBe('the scan ended with status null');
  const failures = createRuleFailures();
  failures.note('retired-model', 'src/a.ts', new Error('no such field'));
  const [problem] = describeRuleFailures(failures.all());
  const message = problem?.message ?? '';
  expect(message).toContain('no such field');
  expect(runOf({ ...ended, stdout: report([{ path: 'src/a.ts', message }]) }).failure).toBe(message);
  expect(runOf({ ...ended, stdout: report([{ path: 'c.ts', message: 'too large' }]) }).failure).toBeNull();
});

test('a finding that is gone counts, unless it was marked as wrong', () => {
  const before: CorpusRun = {
    ...runOf({ ...ended, stdout: report() }),
    findings: [
      { rule: 'padded-json', place: 'a.ts:1' },
      { rule: 'padded-json', place: 'a.ts:1' },
      { rule: 'padded-json', place: 'a.ts:2', isWrong: true },
      { rule: 'stacked-retries', place: 'a.ts:3' },
    ],
  };
  const now = {
    ...before,
    findings: [before.findings[0], { rule: 'padded-json', place: 'a.ts:9' }].flatMap((x) => x ?? []),
  };
  expect(changeBetween(before, now)).toEqual({
    added: ['padded-json a.ts:9'],
    removed: ['padded-json a.ts:1', 'stacked-retries a.ts:3'],
  });
});
