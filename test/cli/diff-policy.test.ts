/** `farthing diff` against a policy: what fails, what only warns, and what was allowed by whom. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiffReport } from '@farthing/shared/diff-report';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.ts';
import { farthing } from '../run-bundle.ts';
import { type Repository, repositoryWith } from './repository.ts';

const HEAD = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
/** Known to the token: its cost per call is a narrow range. */
const FIXED = 'Name the shelf on which atlases of the last century stand.';
const call = (name: string, { model = 'gpt-6-luna', limit = 1, content = JSON.stringify(FIXED) } = {}): string => `
export const ${name} = (letter: string) => client.chat.completions.create({
  model: '${model}', max_completion_tokens: ${limit}, messages: [{ role: 'user', content: ${content} }],
});
`;
const config = (policy: object | null, more: object = {}): string =>
  JSON.stringify({ ...more, ...(policy === null ? {} : { policy }) });

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run({ cwd }: Repository, ...args: readonly string[]): Outcome {
  return farthing(['diff', 'HEAD~1', 'HEAD', ...args], { cwd });
}

/** The verdict on a change from one set of files to another, and how the process ended. */
function judged(
  policy: object,
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string | null>>,
  more: object = {},
) {
  const repository = repositoryWith({ 'farthing.config.json': config(policy, more), ...before });
  repository.commit(now);
  const { status, out, err } = run(repository, '--format', 'json', '--fail-on', 'error');
  expect(err).toBe('');
  const { verdict }: DiffReport = JSON.parse(out);
  return { repository, status, result: verdict.result, reasons: verdict.reasons };
}

const said = ({ reasons }: { reasons: DiffReport['verdict']['reasons'] }) =>
  reasons.map(({ effect, rule, path }) => `${effect} ${rule} ${path}`);

const A = { 'a.ts': HEAD + call('answer') };
const LARGER = { 'a.ts': HEAD + call('answer', { model: 'gpt-6-sol' }) };

describe('a cap per call', () => {
  test('fails a run only if the whole range is above it', () => {
    const failed = judged({ caps: [{ perCall: 0.00001 }] }, A, LARGER);
    expect(failed).toMatchObject({ status: 1, result: 'FAIL' });
    expect(said(failed)).toEqual(['blocks over-budget-call a.ts']);
    expect(failed.reasons[0]?.text).toMatch(/^.*\$0\.0000\d+.* per call\. The cap is \$0\.00001\.$/);
    const wide = { 'a.ts': HEAD + call('answer', { content: 'letter', limit: 4000 }) };
    const { repository } = judged({}, A, wide);
    const report: DiffReport = JSON.parse(run(repository, '--format', 'json').out);
    const { low = 0, expected = 0, high = 0 } = report.calls[0]?.head?.cost.perCall ?? {};
    for (const [cap, part] of [
      [(expected + high) / 2, 'Only the upper end'],
      [(low + expected) / 2, 'Not all'],
      [low, 'Not all'],
    ] as const) {
      const warned = judged({ caps: [{ perCall: cap }] }, A, wide);
      expect(warned).toMatchObject({ status: 0, result: 'WARN', reasons: [{ effect: 'warns' }] });
      expect(warned.reasons[0]?.text).toContain(`${part} of the range is above the cap of $`);
    }
    expect(judged({ caps: [{ perCall: high }] }, A, wide).result).toBe('PASS');
    expect(judged({ caps: [{ perCall: low - 1e-9 }] }, A, wide)).toMatchObject({ status: 1, result: 'FAIL' });
    expect(judged({ caps: [{ perCall: 1 }] }, A, LARGER)).toMatchObject({ status: 0, result: 'PASS', reasons: [] });
  });

  test('says nothing of calls that the change leaves alone, or makes cheaper', () => {
    const before = { 'a.ts': LARGER['a.ts'] + call('other') };
    const caps = [{ perCall: 0.000001 }];
    expect(judged({ caps }, before, { 'b.ts': '// nothing' })).toMatchObject({ result: 'PASS', reasons: [] });
    expect(judged({ caps }, LARGER, A)).toMatchObject({ result: 'PASS', reasons: [] });
    expect(said(judged({ caps }, A, LARGER))).toEqual(['blocks over-budget-call a.ts']);
  });

  test('that cannot be checked warns once, and says how to supply what is missing', () => {
    const opened = (text: string) => text.replaceAll("'gpt-6-luna'", 'process.env.MODEL');
    const caps = [{ perCall: 1, increase: { perCall: '20%' } }, { decrease: { perCall: '20%' } }];
    const { result, reasons } = judged({ caps }, A, { 'a.ts': opened(A['a.ts']) });
    expect([result, reasons.length]).toEqual(['WARN', 1]);
    expect(reasons[0]).toMatchObject({ rule: 'unknown-cost', path: 'a.ts', line: 4 });
    expect(reasons[0]?.text).toMatch(/^The cost is not known, so caps on calls are not checked \(.+;.+\)\.$/);
    const several = { 'a.ts': opened(HEAD + ['a', 'b', 'c', 'd', 'e'].map((name) => call(name)).join('')) };
    const many = judged({ caps }, { 'a.ts': HEAD }, several);
    expect(many.reasons.map(({ text }) => text)).toEqual([
      'The cost of 5 calls is not known, so caps on calls are not checked: a.ts:4, a.ts:8, a.ts:12 and 2 more.',
    ]);
    // What was not known before is no matter of the change.
    const longer = opened(HEAD + call('answer', { limit: 900 }));
    expect(judged({ caps }, { 'a.ts': opened(A['a.ts']) }, { 'a.ts': longer }).result).toBe('PASS');
  });

  test('holds for the files of its glob, by the nearest configuration', () => {
    const both = { 'app/a.ts': LARGER['a.ts'], 'web/a.ts': LARGER['a.ts'] };
    const start = { 'app/a.ts': A['a.ts'], 'web/a.ts': A['a.ts'] };
    expect(said(judged({ caps: [{ path: 'app/**', perCall: 0.00001 }] }, start, both))).toEqual([
      'blocks over-budget-call app/a.ts',
    ]);
    const nested = { ...start, 'web/farthing.config.json': config({ caps: [] }) };
    expect(said(judged({ caps: [{ perCall: 0.00001 }] }, nested, both))).toEqual(['blocks over-budget-call app/a.ts']);
  });
});

describe('a cap on a month and on a change', () => {
  const volumes = [{ path: '*.ts', callsPerMonth: '1M' }];

  test('sums the calls of the entry, and compares at each bound', () => {
    const two = { 'a.ts': HEAD + call('answer') + call('sort') };
    const grown = { 'a.ts': HEAD + call('answer', { model: 'gpt-6-sol' }) + call('sort') };
    const failed = judged({ caps: [{ perMonth: 10 }] }, two, grown, { volumes });
    expect(said(failed)).toEqual(['blocks over-budget-month farthing.config.json']);
    expect(failed.reasons[0]?.text).toMatch(/^All calls cost .*\$\d.* per month\. The cap is \$10\.00\.$/);
    expect(judged({ caps: [{ perMonth: 1000 }] }, two, grown, { volumes }).result).toBe('PASS');
    // What was above before and does not rise is no matter of the change.
    expect(judged({ caps: [{ perMonth: 10 }] }, grown, two, { volumes }).result).toBe('PASS');
  });

  test.each([
    [{ increase: { perCall: '50%' } }, A, LARGER, 'cost-increase a.ts'],
    [{ increase: { perCall: 0.000001 } }, A, LARGER, 'cost-increase a.ts'],
    [{ increase: { perMonth: '50%' } }, A, LARGER, 'cost-increase farthing.config.json'],
    [{ increase: { perMonth: 1 } }, A, LARGER, 'cost-increase farthing.config.json'],
    [{ decrease: { perCall: '50%' } }, LARGER, A, 'cost-decrease a.ts'],
    [{ decrease: { perMonth: 1 } }, LARGER, A, 'cost-decrease farthing.config.json'],
    // A call that is gone is in the sum.
    [{ decrease: { perMonth: '99%' } }, LARGER, { 'a.ts': null }, 'cost-decrease farthing.config.json'],
  ])('%j, in its direction', (cap, before, now, expected) => {
    const outcome = judged({ caps: [cap] }, before, now, { volumes });
    expect(said(outcome)).toEqual([`blocks ${expected}`]);
    expect(outcome.status).toBe(1);
    const advised = judged({ mode: 'advise', caps: [cap] }, before, now, { volumes });
    expect([advised.status, said(advised)]).toEqual([0, [`warns ${expected}`]]);
    const other = now['a.ts'] === null ? { 'a.ts': `${before['a.ts']}//` } : now;
    expect(
      judged({ caps: [cap] }, now['a.ts'] === null ? before : { 'a.ts': now['a.ts'] }, other, { volumes }),
    ).toMatchObject({
      result: 'PASS',
    });
  });
});

describe('models', () => {
  test('are denied or allowed by path', () => {
    const denied = judged({ models: [{ deny: ['gpt-6-s*'], message: 'Ask the platform team.' }] }, A, LARGER);
    expect(denied.reasons).toMatchObject([
      { effect: 'blocks', rule: 'disallowed-model', message: 'Ask the platform team.', path: 'a.ts', line: 4 },
    ]);
    expect(denied.reasons[0]?.text).toBe('The call uses gpt-6-sol. The policy denies it.');
    const allowed = { models: [{ path: 'a.ts', allow: ['gpt-6-luna', 'gpt-6.1-*'] }] };
    expect(said(judged(allowed, A, LARGER))).toEqual(['blocks disallowed-model a.ts']);
    expect(judged(allowed, { 'a.ts': HEAD }, A).result).toBe('PASS');
    expect(judged({ models: [{ path: 'b.ts', allow: ['gpt-6-luna'] }] }, A, LARGER).result).toBe('PASS');
  });

  test('that the call may use besides others only warn', () => {
    const either = { 'a.ts': A['a.ts'].replace("'gpt-6-luna'", "letter ? 'gpt-6-luna' : 'gpt-6-sol'") };
    const { result, reasons } = judged({ models: [{ deny: ['gpt-6-sol'] }] }, A, either);
    expect(result).toBe('WARN');
    expect(reasons[0]?.text).toBe(
      'The call may use gpt-6-sol. The policy denies it. It may use another model, so this does not block.',
    );
  });
});

describe('what is allowed', () => {
  const exception = (until: string) => ({ path: 'a.ts', owner: 'dana', reason: 'a trial', until });
  const models = [{ deny: ['gpt-6-sol'] }];

  test('by an exception ends with its day, and says so', () => {
    const holds = judged({ models, exceptions: [exception('2999-12-31')] }, A, LARGER);
    expect(holds).toMatchObject({ status: 0, result: 'PASS', reasons: [{ effect: 'allowed' }] });
    expect(holds.reasons[0]?.text).toContain('Allowed until 2999-12-31 by dana: a trial.');
    const ended = judged({ models, exceptions: [exception('2020-01-31')] }, A, LARGER);
    expect(ended).toMatchObject({ status: 1, result: 'FAIL', reasons: [{ effect: 'blocks' }] });
    expect(ended.reasons[0]?.text).toContain('The exception of dana ended on 2020-01-31.');
    const other = judged({ models, exceptions: [{ ...exception('2999-12-31'), for: ['perCall'] }] }, A, LARGER);
    expect(other.result).toBe('FAIL');
  });

  test('by an exception is left out of sums', () => {
    const caps = [{ perMonth: 10 }];
    const volumes = [{ path: '*.ts', callsPerMonth: '1M' }];
    const two = { ...A, 'b.ts': A['a.ts'] };
    const both = { ...LARGER, 'b.ts': `${A['a.ts']}${call('sort')}` };
    expect(judged({ caps }, two, both, { volumes }).result).toBe('FAIL');
    expect(judged({ caps, exceptions: [exception('2999-12-31')] }, two, both, { volumes }).result).toBe('PASS');
  });

  test('by a reviewer: a dismissal holds, and a snooze ends when the call changes', () => {
    const { repository, reasons } = judged({ models }, A, LARGER);
    const decide = (action: string, code = reasons[0]?.code ?? ''): Outcome => {
      const file = join(repository.cwd, '.git', 'decisions.json');
      writeFileSync(file, JSON.stringify([{ action, code, by: 'dana', reason: 'a trial' }]));
      return run(repository, '--decisions', file);
    };
    expect(decide('snooze')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^PASS\n {2}allowed a\.ts:4 .* Snoozed by dana until the code changes: a trial\n/),
    });
    expect(decide('dismiss').status).toBe(0);
    expect(decide('dismiss', 'ffffffff-ffffff').status).toBe(1);
    // The lines above it, and what it is called, are not what the call says.
    repository.commit({ 'a.ts': `// A line more.\n${LARGER['a.ts']}` });
    repository.git('reset', '-q', '--soft', 'HEAD~2');
    repository.commit({});
    expect(decide('snooze').status).toBe(0);
    repository.commit({ 'a.ts': LARGER['a.ts'].replace('atlases', 'all the atlases') });
    repository.git('reset', '-q', '--soft', 'HEAD~2');
    repository.commit({});
    const ended = decide('snooze');
    expect(ended).toMatchObject({ status: 1, out: expect.stringMatching(/^FAIL\n/) });
    expect(ended.out).toContain('The snooze by dana has ended: the code has changed.');
    expect(decide('dismiss').status).toBe(0);
  });
});

test('a change of the policy itself is said, and an invalid one is a mistake, not a pass', () => {
  const repository = repositoryWith({ ...A, 'farthing.config.json': config({ caps: [{ perCall: 1 }] }) });
  repository.commit({ 'farthing.config.json': config(null) });
  expect(run(repository).out).toMatch(
    /^WARN\n {2}warns {3}farthing\.config\.json {2}policy-change {2}The change alters the policy by which it is judged\.\n/,
  );
  repository.commit({ 'farthing.config.json': config({ caps: [{ perCall: '1 dollar' }] }) });
  const { status, err } = run(repository);
  expect(status).toBe(2);
  expect(err).toMatch(
    /^farthing: farthing\.config\.json:1: policy\.caps\[0\]\.perCall: "1 dollar" is not an amount\. .*\n$/,
  );
});

test('the policy of the document is valid', () => {
  const document = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  const [, example = ''] = /## Policy\n[\s\S]*?```jsonc\n([\s\S]*?)```/.exec(document) ?? [];
  const repository = repositoryWith({ ...A, 'farthing.config.json': example });
  repository.commit(LARGER);
  expect(run(repository)).toMatchObject({
    status: 1,
    err: '',
    out: expect.stringContaining('The call uses gpt-6-sol. The policy denies it.'),
  });
});

test('a configuration that the command line names has its globs where its file is', () => {
  const repository = repositoryWith({ 'app/a.ts': A['a.ts'], 'ci/farthing.json': config(null) });
  writeFileSync(join(repository.cwd, 'strict.json'), config({ caps: [{ path: '/app/*.ts', perCall: 0.00001 }] }));
  repository.commit({ 'app/a.ts': LARGER['a.ts'] });
  expect(run(repository, '--config', 'strict.json').status).toBe(1);
  expect(run(repository).status).toBe(0);
});

test('every format begins with the verdict, and those for machines show what is new alone', () => {
  const retired = { 'old.ts': HEAD + call('old', { model: 'gpt-4-turbo' }) };
  const { repository } = judged({ models: [{ deny: ['gpt-6-sol'] }] }, { ...A, ...retired }, LARGER);
  const files = { markdown: 'comment.md', sarif: 'new.sarif', json: 'diff.json' };
  const also = Object.entries(files).flatMap(([format, name]) => ['--also', `${format}=.git/${name}`]);
  const { status, out } = run(repository, '--format', 'github', ...also);
  expect(status).toBe(1);
  expect(out).toMatch(
    /^::error file=a\.ts,line=4,.*title=disallowed-model::The call uses gpt-6-sol\..*\nFAIL: 1 call changed/,
  );
  expect(out).not.toContain('retired-model');
  const read = (name: string) => readFileSync(join(repository.cwd, '.git', name), 'utf8');
  expect(read(files.markdown)).toMatch(
    /^<!-- farthing-diff -->\n### FAIL: 1 LLM call changed\n\n.+\n\n\*\*Blocking\*\*\n\n- `a\.ts:4` disallowed-model: /,
  );
  expect(read(files.json)).toMatch(/^\{\n {2}"verdict": \{\n {4}"result": "FAIL"/);
  const [sarif] = JSON.parse(read(files.sarif)).runs;
  expect(sarif.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['disallowed-model']);
  expect(run(repository, '--fail-on', 'never').status).toBe(0);
  expect(run(repository, '--also', 'comment.md')).toMatchObject({ status: 2, out: '' });
});

test('a comment is empty where no call changed, or one line where that is asked for', () => {
  const repository = repositoryWith(A);
  repository.commit({ 'b.ts': 'export const b = 1;\n' });
  expect(run(repository, '--format', 'markdown').out).toBe('');
  expect(run(repository, '--format', 'markdown', '--say-unchanged').out).toBe(
    '<!-- farthing-diff -->\nNo change in LLM cost.\n',
  );
});
