/** `farthing inspect`: short answers from the cache of the last scan. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { farthing, folderWith, type RunOptions } from '../run-bundle.ts';
import { CLEAN, RETIRED, UNBOUNDED } from './sources.ts';

const FILES = {
  'src/a.ts': CLEAN,
  'src/b.ts': RETIRED,
  'jobs/c.ts': UNBOUNDED.replace('gpt-6-luna', 'gpt-6-sol'),
  CODEOWNERS: 'src/ @web\njobs/ @data @ops\n',
  'farthing.config.json': JSON.stringify({ volumes: [{ path: 'src/', callsPerMonth: '10k' }] }),
};

const inspect = (cwd: string, ...args: readonly string[]) => farthing(['inspect', ...args], { cwd });
const data = (cwd: string, options: RunOptions, ...args: readonly string[]) =>
  JSON.parse(farthing(['inspect', '--format', 'json', ...args], { cwd, ...options }).out);

test('what a scan found is answered from the cache, and only what changed since is parsed', () => {
  const cwd = folderWith(FILES);
  const options = { env: { FARTHING_CACHE_DIR: join(cwd, '.cache') } };
  farthing(['scan'], { cwd, ...options });
  expect(data(cwd, options).files).toEqual({ all: 3, parsed: 0 });
  expect(data(cwd, options, '--no-cache').files.parsed).toBe(3);
  writeFileSync(join(cwd, 'src/a.ts'), CLEAN.replace('gpt-6-luna', 'gpt-6-sol'));
  const { files, calls } = data(cwd, options, '--filter', 'path=src/a.ts');
  expect(files).toEqual({ all: 3, parsed: 1 });
  expect(calls).toMatchObject([{ path: 'src/a.ts', model: { value: 'gpt-6-sol' } }]);
});

describe('on a small project', () => {
  const cwd = () => folderWith(FILES);

  test('--summary has totals by model and by rule, and no list', () => {
    const { status, out, err } = inspect(cwd(), '--summary');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^3 calls in 3 files, 3 priced\n/);
    expect(out).toMatch(/^## By model\nmodel\|calls\|priced\|\$\/month\|basis\|findings\ngpt-4-turbo\|1\|1\|/m);
    expect(out).toMatch(/^retired-model\|1\|1\|/m);
    expect(out).not.toContain('## Calls');
  });

  test('--group-by owner reads CODEOWNERS', () => {
    const { out } = inspect(cwd(), '--group-by', 'owner');
    expect(out).toMatch(/^@web\|2\|2\|/m);
    expect(out).toMatch(/^@data @ops\|1\|1\|/m);
  });

  test('--filter leaves out calls and findings, and says so', () => {
    const { out } = inspect(cwd(), '--filter', 'model=gpt-6-*', '--filter', 'owner=@data');
    expect(out).toContain('only model=gpt-6-* owner=@data: 2 calls and 1 finding are left out\n');
    expect(out).toContain('## Calls');
    expect(out).not.toContain('src/');
  });

  test('--top-savings lists findings by what they save in a month', () => {
    const question = {
      'src/d.ts': UNBOUNDED.replace('gpt-6-luna', 'gpt-6-sol')
        .replace('messages:', 'max_completion_tokens: 5, messages:')
        .replace('content: text', "content: 'Answer yes or no: ' + text"),
    };
    const folder = folderWith({ ...FILES, ...question, 'jobs/e.ts': question['src/d.ts'] });
    const { out } = inspect(folder, '--top-savings', '1');
    expect(out).toMatch(
      /^## Largest savings \(1 of 2\)\nsaves \$\/month\|.*\n[\d.]+ \(.*\|assumed\|oversized-model\|src\/d\.ts:4\|/m,
    );
    const { savings } = data(folder, {}, '--top-savings', '5');
    expect(
      savings.map(({ finding, perMonth }: { finding: { path: string }; perMonth: unknown }) => [
        finding.path,
        perMonth === null,
      ]),
    ).toEqual([
      ['src/d.ts', false],
      ['jobs/e.ts', true],
    ]);
  });

  test('--limit keeps the most expensive calls and says how many are left', () => {
    const { out } = inspect(cwd(), '--limit', '1');
    expect(out).toMatch(/## Calls\n.*\nsrc\/b\.ts\n4\|.*\nand 2 more: --limit shows more, --filter fewer\n/);
  });
});

test.each([
  ['--filter', 'modle=a', 'Did you mean model?'],
  ['--filter', 'model', 'Use one of path, function, model'],
  ['--filter', 'model=', 'has no value'],
  ['--filter', 'rule=unbounded-outptu', 'Did you mean unbounded-output?'],
  ['--filter', 'severity=bad', 'is not one of error, warning'],
  ['--top-savings', '0', 'is not a number of rows'],
  ['--group-by', 'team', 'Allowed choices are model, function, folder, rule, owner'],
])('%s %s is refused with what to write instead', (option, value, advice) => {
  const { status, out, err } = inspect(folderWith({}), option, value);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain(advice);
});
