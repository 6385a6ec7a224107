/** What stands in the way of a run, said in a sentence and by the exit status: never by a stack. */
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, farthing, folderWith } from '../run-bundle.ts';

const CALL = `import OpenAI from 'openai';
const client = new OpenAI();
export const tag = (text: string) =>
  client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: text }] });
`;
const PROGRAM = join(DIST, 'farthing.cjs');
const STACK = /^\s+at /m;

/** Rights mean nothing to the administrator, so that these run as another user where the tests run as that. */
const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const run = (args: readonly string[], cwd: string, nodeOptions: readonly string[] = []) =>
  spawnSync(process.execPath, [...nodeOptions, PROGRAM, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, FARTHING_CACHE_DIR: join(cwd, 'no-cache') },
    ...asNobody,
  });

describe.skipIf(process.platform === 'win32')('rights', () => {
  test.each([
    ['a file', 'a.ts'],
    ['a folder', 'closed'],
  ])('%s that was named and may not be read ends the run', (_, name) => {
    const cwd = folderWith({ 'a.ts': CALL, 'closed/b.ts': CALL });
    chmodSync(cwd, 0o755);
    for (const path of ['a.ts', 'closed']) chmodSync(join(cwd, path), 0);
    const { status, stdout, stderr } = run(['scan', name], cwd);
    chmodSync(join(cwd, 'closed'), 0o755);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `farthing: ${name} cannot be read: permission denied.\n`,
    });
  });

  test('what was not named is a problem, and the rest is scanned', () => {
    const cwd = folderWith({ 'a.ts': CALL, 'closed/b.ts': CALL, 'c.ts': CALL });
    chmodSync(cwd, 0o755);
    for (const path of ['a.ts', 'closed']) chmodSync(join(cwd, path), 0);
    const { status, stdout, stderr } = run(['scan'], cwd);
    chmodSync(join(cwd, 'closed'), 0o755);
    expect(status).toBe(1);
    expect(stdout).toContain('1 call in 1 file');
    expect(stderr.split('\n').toSorted()).toEqual([
      '',
      'farthing: a.ts: not read: permission denied. Everything else was scanned.',
      'farthing: closed: folder not read: permission denied. Everything else was scanned.',
    ]);
  });

  test('a pipe that was named is neither a file nor a folder', () => {
    const cwd = folderWith({});
    spawnSync('mkfifo', [join(cwd, 'a.ts')]);
    const { status, err } = farthing(['scan', 'a.ts'], { cwd });
    expect({ status, err }).toEqual({ status: 2, err: 'farthing: a.ts is neither a file nor a folder.\n' });
  });

  test('a folder that is not there is named', () => {
    const cwd = folderWith({ 'a.ts': CALL });
    const { status, err } = farthing(['scan', '--output', '/nope/report.txt'], { cwd });
    expect({ status, err }).toEqual({
      status: 2,
      err: 'farthing: /nope/report.txt: the report cannot be written: there is no folder /nope.\n',
    });
  });

  test('a current folder that is gone', () => {
    const cwd = folderWith({ 'gone/a.ts': '' });
    const command = `cd gone && rm -r ../gone && "${process.execPath}" "${PROGRAM}" scan`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('farthing: the current folder no longer exists. Change to another one.');
    expect(stderr).not.toMatch(STACK);
  });
});

describe.skipIf(process.platform !== 'linux')('standard output', () => {
  test.each([['scan'], ['sdks'], ['models']])('that is full: %s', (command) => {
    const cwd = folderWith({ 'a.ts': CALL });
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, command], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'farthing: cannot write to standard output: no space is left on the disk.\n',
    });
  });

  test('that is closed early changes neither the status nor what is said', () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`a${index}.ts`, CALL]));
    const cwd = folderWith(files);
    // `head` ends before the report begins, and what the scan answers is kept.
    const command = `{ "${process.execPath}" "${PROGRAM}" scan --no-cache; echo "status $?" >&2; } | head -c 0`;
    const { stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    expect(stderr).toBe('status 1\n');
  });
});

describe('the program itself', () => {
  const preload = (code: string): string => join(folderWith({ 'preload.cjs': code }), 'preload.cjs');

  test.each(['farthing.cjs', 'lsp.cjs'])('%s on a Node that is too old says so', (launcher) => {
    const old = preload("Object.defineProperty(process.versions, 'node', { value: '20.19.4' });");
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', old, join(DIST, launcher), 'scan'], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'farthing needs Node 22.13 or later; this is Node 20.19.4.\n',
    });
  });

  test('an internal error has its own status', () => {
    const broken = preload('performance.now = () => { throw new Error("broken"); };');
    const cwd = folderWith({ 'a.ts': CALL });
    const { status, stderr } = spawnSync(process.execPath, ['--require', broken, PROGRAM, 'scan'], {
      cwd,
      encoding: 'utf8',
    });
    expect(status).toBe(3);
    expect(stderr).toContain('internal error. This is a bug in farthing, not in your code');
  });
});
