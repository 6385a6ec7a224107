/** What a team works on: findings that its baseline lacks, and those in lines that it changed. */
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';

const call = (name: string, model: string): string => `
export const ${name} = (text: string) =>
  client.chat.completions.create({ model: '${model}', max_completion_tokens: 200, messages: [{ role: 'user', content: text }] });
`;
const HEAD = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
const NOTEBOOK = (model: string): string =>
  JSON.stringify(
    {
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# Ask'] },
        { cell_type: 'code', metadata: {}, outputs: [], source: ['from openai import OpenAI\n', 'client = OpenAI()'] },
        {
          cell_type: 'code',
          metadata: {},
          outputs: [],
          source: ['client.responses.create(\n', `    model="${model}", input="Hello", max_output_tokens=5)`],
        },
      ],
      metadata: { kernelspec: { language: 'python', name: 'python3' } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  );

function scanned(cwd: string, ...args: readonly string[]) {
  const { status, out, err } = farthing(['scan', '--format', 'json', ...args], { cwd });
  expect(err).toBe('');
  const { calls, diagnostics } = JSON.parse(out);
  const places = (list: readonly { path: string; line: number }[]) => list.map(({ path, line }) => `${path}:${line}`);
  return { status, calls: places(calls), findings: places(diagnostics) };
}

describe('a baseline', () => {
  const files = { 'app/old.ts': HEAD + call('old', 'gpt-4-turbo'), 'app/sub/b.ts': HEAD };

  test('known findings are not reported, wherever the scan begins, and do not decide the status', () => {
    const cwd = folderWith(files);
    expect(scanned(cwd)).toMatchObject({ status: 1, findings: ['app/old.ts:5'] });
    const written = farthing(['baseline'], { cwd });
    expect(written).toMatchObject({ status: 0, err: '' });
    expect(written.out).toContain('farthing-baseline.json has 1 finding in 1 file now.');
    expect(scanned(cwd)).toMatchObject({ status: 0, calls: ['app/old.ts:5'], findings: [] });
    expect(scanned(cwd, '--no-baseline')).toMatchObject({ status: 1, findings: ['app/old.ts:5'] });
    expect(farthing(['scan'], { cwd }).out).toContain('1 known finding in farthing-baseline.json');

    writeFileSync(
      join(cwd, 'app/old.ts'),
      `${HEAD}// A comment.\n${call('old', 'gpt-4-turbo')}${call('young', 'gpt-4-turbo')}`,
    );
    expect(scanned(cwd)).toMatchObject({ status: 1, findings: ['app/old.ts:9'] });
    expect(scanned(join(cwd, 'app'))).toMatchObject({ status: 1, findings: ['old.ts:9'] });
    expect(scanned(cwd, 'app/old.ts', '--severity', 'error')).toMatchObject({ findings: ['old.ts:9'] });
  });

  test('what is gone is said once the whole folder is scanned', () => {
    const cwd = folderWith(files);
    farthing(['baseline'], { cwd });
    writeFileSync(join(cwd, 'app/old.ts'), HEAD);
    expect(farthing(['scan'], { cwd }).out).toContain('1 of its findings are gone: farthing baseline removes them');
    expect(farthing(['scan', 'app'], { cwd }).out).not.toContain('gone');
  });

  test('is not written through a link, which may lead to any file', () => {
    const cwd = folderWith({ ...files, 'precious.txt': 'mine' });
    symlinkSync(join(cwd, 'precious.txt'), join(cwd, 'farthing-baseline.json'));
    expect(farthing(['baseline'], { cwd })).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('farthing-baseline.json is not a regular file, so it is not written.'),
    });
    expect(readFileSync(join(cwd, 'precious.txt'), 'utf8')).toBe('mine');
  });

  test('one that cannot be read ends the run', () => {
    const cwd = folderWith({ ...files, 'farthing-baseline.json': '[]' });
    expect(farthing(['scan'], { cwd })).toEqual({
      status: 2,
      out: '',
      err: 'farthing: farthing-baseline.json is not a baseline. farthing baseline writes a new one.\n',
    });
    expect(farthing(['scan', '--baseline', 'nope.json'], { cwd })).toMatchObject({
      status: 2,
      err: `farthing: there is no baseline nope.json: looked for ${join(cwd, 'nope.json')}. farthing baseline writes one.\n`,
    });
  });
});

describe('the name of a finding', () => {
  const names = (cwd: string, ...paths: readonly string[]): readonly unknown[] => {
    const { out } = farthing(['scan', '--format', 'sarif', ...paths], { cwd });
    return JSON.parse(out).runs[0].results.map(({ partialFingerprints }: { partialFingerprints: object }) => ({
      ...partialFingerprints,
    }));
  };
  const ids = (cwd: string, ...paths: readonly string[]): readonly string[] =>
    JSON.parse(farthing(['scan', '--format', 'json', ...paths], { cwd }).out).calls.map(({ id }: { id: string }) => id);

  test.each([
    ['a repository', { '.git/HEAD': 'ref: refs/heads/main\n' }],
    ['a configuration', { 'farthing.config.json': '{}' }],
  ])('is the same in %s, whatever part of it is scanned', (_, project) => {
    const cwd = folderWith({ ...project, 'app/sub/old.ts': HEAD + call('old', 'gpt-4-turbo') });
    const [whole] = names(cwd);
    expect(whole).toBeDefined();
    expect(names(cwd, 'app')).toEqual([whole]);
    expect(names(cwd, 'app/sub/old.ts')).toEqual([whole]);
    const [id] = ids(cwd);
    expect(ids(cwd, 'app/sub')).toEqual([id]);
    expect(ids(join(cwd, 'app'))).toEqual([id]);
  });
});

describe('changes', () => {
  const repository = () => {
    const cwd = folderWith({
      'a.ts': HEAD + call('first', 'gpt-4-turbo') + call('second', 'gpt-4-turbo'),
      'sub/n.ipynb': NOTEBOOK('gpt-6-luna'),
    });
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'first');
    const text = readFileSync(join(cwd, 'a.ts'), 'utf8');
    writeFileSync(join(cwd, 'a.ts'), text.replace(/(second[\s\S]*?)200/, '$1300'));
    writeFileSync(join(cwd, 'sub/n.ipynb'), NOTEBOOK('gpt-4-turbo'));
    writeFileSync(join(cwd, 'new file.ts'), HEAD + call('third', 'gpt-4-turbo'));
    return { cwd, git };
  };

  test('since a commit: changed lines, of notebooks too, and files that are new', () => {
    const { cwd } = repository();
    const changed = ['a.ts:8', 'new file.ts:5', 'sub/n.ipynb:1'];
    expect(scanned(cwd).findings).toHaveLength(4);
    expect(scanned(cwd, '--changed-since', 'main')).toMatchObject({ status: 1, calls: changed });
    expect(scanned(cwd, '--changed-since', 'main').findings).toHaveLength(3);
    expect(scanned(join(cwd, 'sub'), '--changed-since', 'HEAD').calls).toEqual(['n.ipynb:1']);
    expect(farthing(['scan', '--changed-since', 'main'], { cwd }).out).toContain(
      'only calls and findings changed since main',
    );
  });

  test('what the other branch did since is not a change of this one', () => {
    const { cwd, git } = repository();
    git('checkout', '-qb', 'work');
    git('add', '.');
    git('commit', '-qm', 'work');
    git('checkout', '-q', 'main');
    writeFileSync(join(cwd, 'a.ts'), HEAD);
    git('commit', '-qam', 'main goes on');
    git('checkout', '-q', 'work');
    expect(scanned(cwd, '--changed-since', 'main').calls).toEqual(['a.ts:8', 'new file.ts:5', 'sub/n.ipynb:1']);
  });

  test('of a diff, from a file or standard input', () => {
    const { cwd, git } = repository();
    const diff = git('diff', 'HEAD');
    writeFileSync(join(cwd, 'change.diff'), diff);
    expect(scanned(cwd, '--diff', 'change.diff').calls).toEqual(['a.ts:8', 'sub/n.ipynb:1']);
    const { out } = farthing(['scan', '--format', 'json', '--diff', '-'], { cwd, input: diff });
    expect(JSON.parse(out).calls).toHaveLength(2);
    expect(JSON.parse(farthing(['scan', '--format', 'json', '--diff', '-'], { cwd, input: '' }).out).calls).toEqual([]);
  });

  test.each([
    [['--changed-since', 'nope'], /there is no commit "nope" here.*fetch-depth: 0/],
    [['--changed-since', '--output=x'], /there is no commit "--output=x" here/],
    [['--diff', 'a.ts'], /--diff: a.ts is not a unified diff/],
    [['--diff', 'nope.diff'], /--diff: there is no file nope.diff\./],
    [['--diff', '-', '--changed-since', 'main'], /use one of them/],
  ])('%j is a mistake', (args, message) => {
    const { status, out, err } = farthing(['scan', ...args], { cwd: repository().cwd });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
    expect(farthing(['scan', '--changed-since', 'main'], { cwd: folderWith({}) }).err).toMatch(
      /needs a git repository/,
    );
  });
});
