/** `farthing.lock.json`: prices that stay as they were until they are pinned anew. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiffReport } from '@farthing/shared/diff-report';
import type { Report } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';
import { repositoryWith } from './repository.ts';
import { NAMED } from './sources.ts';

const FILES = { 'src/a.ts': NAMED, 'farthing.config.json': '{}' };
const LOCK = 'farthing.lock.json';

function costIn(cwd: string): number | undefined {
  const report: Report = JSON.parse(farthing(['scan', '--format', 'json'], { cwd }).out);
  return report.calls[0]?.cost.perCall?.expected;
}

/** All prices of the lock times ten. */
function tenfold(text: string): string {
  return text.replace(
    /"(input|output|cacheRead|cacheWrite)":([\d.]+)/g,
    (_, name, price) => `"${name}":${Number(price) * 10}`,
  );
}

function locked(cwd: string): string {
  const { status, out } = farthing(['prices', '--lock'], { cwd });
  expect(status).toBe(0);
  expect(out).toContain(`${LOCK}: the prices of 1 model are pinned, from genai-prices of `);
  return readFileSync(join(cwd, LOCK), 'utf8');
}

test('pins the models of the calls; every figure follows the lock, until it is written anew', () => {
  const cwd = folderWith(FILES);
  const list = costIn(cwd) as number;
  const text = locked(cwd);
  expect(costIn(cwd)).toBe(list);
  writeFileSync(join(cwd, LOCK), tenfold(text));
  expect(costIn(cwd)).toBeCloseTo(list * 10, 9);
  expect(farthing(['scan'], { cwd }).out).toMatch(
    /prices: farthing\.lock\.json of \d{4}-\d\d-\d\d, over genai-prices of /,
  );
  expect(farthing(['prices'], { cwd }).out).toContain('farthing.lock.json pins 1 model since ');
  const { out } = farthing(['prices', '--lock'], { cwd });
  expect(out).toMatch(/^gpt-6-luna \(openai\): input \$\S+ -> \$\S+ per million; output /m);
  expect(costIn(cwd)).toBe(list);
});

describe('--check', () => {
  test('is quiet while nothing has changed', () => {
    const cwd = folderWith(FILES);
    locked(cwd);
    expect(farthing(['prices', '--check'], { cwd })).toMatchObject({ status: 0, err: '' });
  });

  test('says which prices have changed, and what the calls cost now', () => {
    const cwd = folderWith(FILES);
    writeFileSync(join(cwd, LOCK), tenfold(locked(cwd)));
    const { status, out } = farthing(['prices', '--check'], { cwd });
    expect(status).toBe(1);
    expect(out).toMatch(/^ {2}src\/a\.ts:4 in tag: ~?\$.* -> .*, -90%$/m);
    const data = JSON.parse(farthing(['prices', '--check', '--format', 'json'], { cwd }).out);
    expect(data.changed).toMatchObject([
      { model: 'gpt-6-luna', provider: 'openai', calls: [{ path: 'src/a.ts', line: 4 }] },
    ]);
    const [call] = data.changed[0].calls;
    expect(call.now.expected).toBeCloseTo(call.locked.expected / 10, 9);
  });

  test('says which models are not pinned, and which are for nothing', () => {
    const cwd = folderWith(FILES);
    locked(cwd);
    writeFileSync(join(cwd, 'src/a.ts'), NAMED.replace('gpt-6-luna', 'gpt-6-sol'));
    const { status, out } = farthing(['prices', '--check'], { cwd });
    expect(status).toBe(1);
    expect(out).toContain('gpt-6-sol (openai) is not pinned: a call uses it');
    expect(out).toContain('gpt-6-luna (openai) is pinned, and no call uses it');
  });

  test('without a lock says how to get one', () => {
    const { status, err } = farthing(['prices', '--check'], { cwd: folderWith(FILES) });
    expect(status).toBe(2);
    expect(err).toContain('there is no farthing.lock.json here: "farthing prices --lock" writes one.');
  });
});

test('a lock needs a configuration to stand beside', () => {
  const { status, err } = farthing(['prices', '--lock'], { cwd: folderWith({ 'src/a.ts': NAMED }) });
  expect(status).toBe(2);
  expect(err).toContain('farthing init creates one');
});

test('a folder with a configuration of its own has the lock of the repository', () => {
  const { cwd, write } = repositoryWith({
    ...FILES,
    'packages/web/farthing.config.json': '{}',
    'packages/web/b.ts': NAMED,
  });
  const text = locked(cwd);
  const before = costIn(join(cwd, 'packages/web')) as number;
  write({ [LOCK]: tenfold(text) });
  expect(costIn(join(cwd, 'packages/web'))).toBeCloseTo(before * 10, 9);
});

describe('a lock that cannot be used leaves the list prices, and is said', () => {
  const scanned = (make: (cwd: string) => void) => {
    const cwd = folderWith(FILES);
    const list = costIn(cwd);
    make(cwd);
    const { status, err } = farthing(['scan'], { cwd });
    // As for any other setting that cannot be used: the figures are not those that were asked for.
    expect(status).toBe(2);
    expect(costIn(cwd)).toBe(list);
    return err;
  };

  test.each<[string, string, string]>([
    ['half a file', '{ "version": 1', 'it is not JSON'],
    ['a newer one', '{ "version": 2 }', 'another version of Farthing wrote it'],
    ['other types', '{ "version": 1, "date": 5, "source": "x", "models": [] }', 'date: 5 is not a date'],
  ])('%s', (_, text, reason) => {
    const err = scanned((cwd) => writeFileSync(join(cwd, LOCK), text));
    expect(err).toContain(`farthing.lock.json is not used: `);
    expect(err).toContain(reason);
  });

  test('a link to another file of the user', () => {
    const secret = join(folderWith({ 'secret.json': '{ "version": 1, "token": "s3cr3t" }' }), 'secret.json');
    const err = scanned((cwd) => symlinkSync(secret, join(cwd, LOCK)));
    expect(err).toContain('it is not a file of the repository');
    expect(err).not.toContain('s3cr3t');
  });

  test('a folder, and a pipe', () => {
    expect(scanned((cwd) => mkdirSync(join(cwd, LOCK)))).toContain('it is not a regular file');
    expect(scanned((cwd) => execFileSync('mkfifo', [join(cwd, LOCK)]))).toContain('it is not a regular file');
  });
});

test('it is not written through a link', () => {
  const target = join(folderWith({ 'other.json': 'kept' }), 'other.json');
  const cwd = folderWith(FILES);
  symlinkSync(target, join(cwd, LOCK));
  expect(farthing(['prices', '--lock'], { cwd }).status).toBe(2);
  expect(readFileSync(target, 'utf8')).toBe('kept');
});

test('a change of the lock is a change of the price table, and of nothing else', () => {
  const { cwd, commit } = repositoryWith(FILES);
  const text = locked(cwd);
  const base = commit({});
  commit({ [LOCK]: tenfold(text) });
  const report: DiffReport = JSON.parse(farthing(['diff', base, 'HEAD', '--format', 'json'], { cwd }).out);
  const [call, ...more] = report.calls;
  expect(more).toEqual([]);
  expect(call?.causes.map(({ causes }) => causes)).toEqual([['prices']]);
  expect(call?.causes[0]?.perCall).toEqual(call?.change.perCall);
  expect(call?.change.perCall?.expected).toBeCloseTo((call?.base?.cost.perCall?.expected ?? 0) * 9, 9);
});
