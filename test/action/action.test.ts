/** The GitHub Action on real repositories, against a server that speaks GitHub's REST API. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.ts';
import { type Repository, repositoryWith } from '../cli/repository.ts';
import { folderWith } from '../run-bundle.ts';
import { BOT, startGitHub } from './github.ts';
import { checkOut, type RunSettings, readAction, runAction } from './run-action.ts';

const HEAD = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
const call = (name: string, { model = 'gpt-6-luna', limit = 300 } = {}): string => `
export const ${name} = (letter: string) => client.chat.completions.create({
  model: '${model}', max_completion_tokens: ${limit}, messages: [{ role: 'user', content: letter }],
});
`;
const CONFIG = (policy: object): string =>
  JSON.stringify({ volumes: [{ path: 'a.ts', callsPerMonth: '50k' }], policy });
const DENIED = CONFIG({ models: [{ deny: ['gpt-6-sol'] }] });
const START = { 'a.ts': HEAD + call('answer'), 'farthing.config.json': DENIED };
const MARK = '<!-- farthing-diff -->';

interface Scene {
  readonly repository: Repository;
  readonly base: string;
  readonly run: (settings?: Partial<RunSettings>) => ReturnType<typeof runAction>;
  readonly github: Awaited<ReturnType<typeof startGitHub>>;
}

/** A pull request with one commit. */
async function scene(
  change: Parameters<Repository['commit']>[0],
  start: Readonly<Record<string, string>> = START,
): Promise<Scene> {
  const repository = repositoryWith(start);
  const base = repository.git('rev-parse', 'HEAD');
  repository.commit(change);
  const github = await startGitHub();
  const action = checkOut();
  return {
    repository,
    base,
    github,
    run: (settings = {}) => runAction(action, repository, github, { base, ...settings }),
  };
}

const DEARER = { 'a.ts': HEAD + call('answer', { limit: 900 }) };
const BLOCKED = { 'a.ts': HEAD + call('answer', { model: 'gpt-6-sol' }) };

describe('the comment', () => {
  test('is written once and edited in place, and ends as one line where nothing is left of the change', async () => {
    const { repository, github, run } = await scene(DEARER);
    const first = await run();
    expect(first).toMatchObject({ status: 0, outputs: { verdict: 'PASS', calls: '1' } });
    expect(Number(first.outputs.change)).toBeGreaterThanOrEqual(0);
    expect(github.notes.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- farthing-diff -->\n### PASS: LLM cost /),
    ]);
    expect(first.summary).toBe(github.notes[0]?.body.replace(`${MARK}\n`, ''));
    // The same once more: nothing is written.
    await run();
    expect(github.requests.filter((one) => !one.startsWith('GET '))).toEqual([
      'POST /repos/acme/app/issues/7/comments',
    ]);
    repository.commit(BLOCKED);
    const second = await run();
    expect(second).toMatchObject({ status: 1, outputs: { verdict: 'FAIL', calls: '1' } });
    expect(github.notes.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^<!-- farthing-diff -->\n### FAIL: LLM cost \+\$[\d.]+ per month\n\n.+\n\n\*\*Blocking\*\*\n\n- `a\.ts:4` disallowed-model: /,
      ),
    ]);
    expect(second.log).toMatch(/^::error file=a\.ts,line=4,.*title=disallowed-model::/m);
    repository.commit({ 'a.ts': START['a.ts'] });
    expect(await run()).toMatchObject({ status: 0, outputs: { verdict: 'PASS', calls: '0' } });
    expect(github.notes.map(({ body }) => body)).toEqual([`${MARK}\nNo change in LLM cost.\n`]);
  });

  test('is not written where no call changed, unless that is asked for', async () => {
    const { github, run } = await scene({ 'b.ts': 'export const b = 1;\n' });
    expect(await run()).toMatchObject({ status: 0, summary: '' });
    expect(github.notes).toEqual([]);
    await run({ inputs: { 'say-unchanged': 'true' } });
    expect(github.notes.map(({ body }) => body)).toEqual([`${MARK}\nNo change in LLM cost.\n`]);
  });

  test('is found behind 250 others, and one that somebody else began in the same way stays as it is', async () => {
    const { github, run } = await scene(DEARER);
    github.say(`${MARK}\nmine`, 'stranger', 'NONE');
    for (let at = 0; at < 249; at++) github.say(`comment ${at}`);
    await run();
    expect(github.notes).toHaveLength(251);
    github.say('one more');
    await run({ inputs: { 'fail-on': 'never' } });
    expect(github.notes).toHaveLength(252);
    expect(github.notes[0]?.body).toBe(`${MARK}\nmine`);
    expect(github.notes[250]).toMatchObject({ user: { login: BOT }, body: expect.stringContaining('### PASS') });
    const lists = github.requests.filter((one) => one.startsWith('GET ') && one.endsWith('/comments'));
    expect(lists).toHaveLength(6);
  });

  test('stays below the limit with 1,000 changed calls, all of them blocked', async () => {
    const many = (model: string) =>
      HEAD + Array.from({ length: 1_000 }, (_, at) => call(`answerLettersOfReaders${at}`, { model })).join('');
    const { github, run } = await scene({ 'a.ts': many('gpt-6-sol') }, { ...START, 'a.ts': many('gpt-6-luna') });
    expect(await run()).toMatchObject({ status: 1, outputs: { verdict: 'FAIL', calls: '1000' } });
    const [note] = github.notes;
    expect(note?.body.length).toBeGreaterThan(30_000);
    expect(note?.body).toMatch(/- and \d+ other lines\n/);
    expect(note?.body).toMatch(/\| and \d+ other calls \| \| \| \|/);
  });

  test('quotes names in the code as text: no markup, no mention, no command to the runner', async () => {
    const name = '::error title=x::pwned <img src=x onerror=alert(1)> @everyone ]( `.ts';
    const lines = `\n::set-output name=verdict::PASS\n## [x](https://evil.example)`;
    const policy = CONFIG({ models: [{ deny: ['gpt-6-sol'], message: `</details><b>${lines}` }] });
    const { github, run } = await scene({ [name]: BLOCKED['a.ts'] }, { 'b.ts': '', 'farthing.config.json': policy });
    const { status, log, summary, outputs } = await run();
    expect({ status, verdict: outputs.verdict }).toEqual({ status: 1, verdict: 'FAIL' });
    const body = github.notes[0]?.body ?? '';
    for (const text of [body, summary]) {
      // Outside of code, nothing of it is left as it was.
      const prose = text.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, 'CODE');
      expect(prose).not.toMatch(/<img|<b>|@everyone|(?<!\\)\]\(|https:|^::|^## /m);
      expect(text).not.toMatch(/^\s*(?:::|## )/m);
    }
    expect(log.split('\n').filter((line) => line.startsWith('::'))).toEqual([
      expect.stringMatching(/^::error file=.*title=disallowed-model::/),
    ]);
    expect(log).not.toMatch(/^::set-output/m);
  });
});

describe('reviewers', () => {
  test('dismiss and snooze by comments; strangers do not', async () => {
    const { repository, github, run } = await scene(BLOCKED);
    expect((await run()).status).toBe(1);
    const [, code = ''] = /`([0-9a-f]{8}-[0-9a-f]{6})`/.exec(github.notes[0]?.body ?? '') ?? [];
    github.say(`farthing dismiss ${code} it is fine`, 'stranger', 'NONE');
    github.say(`> farthing dismiss ${code} quoted`);
    github.say(`farthing snooze ${code}`);
    const refused = await run();
    expect(refused.status).toBe(1);
    expect(refused.summary).toContain(
      `Ignored: dismiss ${code} by stranger: only members of the repository can decide.`,
    );
    expect(refused.summary).toContain(`Ignored: snooze ${code} by dana: it has no reason.`);
    github.say(`I looked at it.\r\nfarthing snooze ${code} the trial ends on Friday\r\n`);
    expect(await run()).toMatchObject({ status: 0, outputs: { verdict: 'PASS' } });
    expect(github.notes[0]?.body).toContain('Snoozed by dana until the code changes: the trial ends on Friday');
    repository.commit({ 'a.ts': HEAD + call('answer', { model: 'gpt-6-sol', limit: 900 }) });
    expect((await run()).status).toBe(1);
    expect(github.notes[0]?.body).toContain('The snooze by dana has ended: the code has changed.');
    github.say(`farthing dismiss ${code} we want it`);
    expect((await run()).status).toBe(0);
  });
});

describe('what may go wrong', () => {
  test('a fork has a token that may only read: the summary stands for the comment, and the verdict holds', async () => {
    const { github, run } = await scene(BLOCKED);
    github.forbidWriting();
    const { status, summary, log, outputs } = await run({ isFork: true });
    expect({ status, verdict: outputs.verdict, notes: github.notes }).toEqual({
      status: 1,
      verdict: 'FAIL',
      notes: [],
    });
    expect(summary).toMatch(
      /^> The comment could not be written: POST \S+ was answered with 403\. A pull request from a fork has a token that may only read, so this summary stands for the comment\.\n\n### FAIL/,
    );
    expect(log).toContain('::warning title=Farthing::The comment could not be written');
    expect((await run()).summary).toContain('Give the job the permission "pull-requests: write".');
  });

  test('a server that is down, or a wrong token, fails nothing by itself', async () => {
    const { github, run } = await scene(DEARER);
    const wrong = await run({ inputs: { token: 'wrong' } });
    expect(wrong).toMatchObject({ status: 0, outputs: { verdict: 'PASS' } });
    expect(wrong.summary).toContain('The comments could not be read: GET ');
    await github.close();
    const { status, summary } = await run();
    expect(status).toBe(0);
    expect(summary).toMatch(
      /^> The comments could not be read: GitHub's API at http:\S+ does not answer \(ECONNREFUSED\)\./,
    );
    expect(summary).toContain('### PASS');
  });

  test.each([
    [{ package: 'nowhere' }, 'there is no farthing package at '],
    [{ base: 'nowhere' }, 'there is no commit "nowhere" here. In CI, check out the whole history (fetch-depth: 0).'],
    [{ comment: 'maybe' }, 'comment: "maybe" is not true or false.'],
    [{ 'fail-on': 'everything' }, "argument 'everything' is invalid"],
  ])('%j is a mistake that says what to do', async (inputs, message) => {
    const { run, github } = await scene(DEARER);
    const { status, log } = await run({ inputs });
    expect(status).toBe(1);
    expect(log).toContain('::error title=Farthing::');
    expect(log).toContain(message);
    expect(github.notes).toEqual([]);
  });

  test('an invalid policy fails, whatever else the report says', async () => {
    const { run } = await scene({ 'farthing.config.json': CONFIG({ caps: [{ perCall: 'a cent' }] }) });
    const { status, log } = await run();
    expect(status).toBe(1);
    expect(log).toContain('farthing: farthing.config.json:1: policy.caps[0].perCall: "a cent" is not an amount.');
  });
});

describe('what is compared', () => {
  test('is the merge with the branch as it is now, without what others merged meanwhile', async () => {
    const { repository, base, run, github } = await scene({ 'b.ts': HEAD + call('sort') });
    const head = repository.git('rev-parse', 'HEAD');
    repository.git('checkout', '-q', '-b', 'other', base);
    repository.commit(DEARER);
    repository.git('merge', '-q', '--no-ff', '-m', 'merge', head);
    expect(await run({ head })).toMatchObject({ outputs: { calls: '1' } });
    expect(github.notes[0]?.body).toContain('`b.ts:4 sort`');
  });

  test('is the folder that is named, each with a comment of its own', async () => {
    const files = { 'web/a.ts': START['a.ts'], 'app/a.ts': START['a.ts'], 'farthing.config.json': DENIED };
    const { run, github } = await scene({ 'web/a.ts': BLOCKED['a.ts'], 'app/a.ts': DEARER['a.ts'] }, files);
    const { log } = await run({ inputs: { 'working-directory': 'web' } });
    expect(log).toMatch(/^::error file=web\/a\.ts,line=4,/m);
    await run({ inputs: { 'working-directory': 'app' } });
    await run({ inputs: { 'working-directory': 'web' } });
    expect(github.notes.map(({ body }) => body.split('\n', 2))).toEqual([
      ['<!-- farthing-diff web -->', expect.stringContaining('### FAIL')],
      ['<!-- farthing-diff app -->', expect.stringContaining('### PASS')],
    ]);
  });

  test('may be named where there is no pull request, and then nothing is sent', async () => {
    const { run, github } = await scene(BLOCKED);
    expect((await run({ head: null })).log).toContain('set "base" to the commit to compare with');
    const { status, summary } = await run({ head: null, inputs: { base: 'HEAD~1', annotations: 'false' } });
    expect({ status, requests: github.requests }).toEqual({ status: 1, requests: [] });
    expect(summary).toContain('### FAIL');
  });
});

test('the package may be the file that npm pack writes', async () => {
  const { run } = await scene(DEARER);
  const folder = folderWith({});
  mkdirSync(join(folder, 'package', 'dist'), { recursive: true });
  for (const name of ['dist', 'package.json'])
    cpSync(join(root, 'server', name), join(folder, 'package', name), { recursive: true });
  const file = join(folder, 'farthing.tgz');
  execFileSync('tar', ['-czf', file, '-C', folder, 'package']);
  expect(await run({ inputs: { package: file } })).toMatchObject({ status: 0, outputs: { verdict: 'PASS' } });
  writeFileSync(file, 'no archive');
  expect((await run({ inputs: { package: file } })).log).toContain(`${file} cannot be unpacked`);
});

test('the checkout needs no build and no install, and the document names its inputs', () => {
  const folder = checkOut();
  const { inputs, outputs, runs } = readAction(folder);
  expect(runs).toEqual({ using: 'node24', main: 'action/main.ts' });
  expect(existsSync(join(folder, runs.main))).toBe(true);
  const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  for (const name of [...Object.keys(inputs), ...Object.keys(outputs)]) expect(page).toContain(`| \`${name}\` |`);
});
