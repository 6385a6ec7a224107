/** `farthing scan` as a script meets it: every exit status, every kind of bad input, and what goes to which stream. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, farthing, folderWith } from '../run-bundle.ts';
import { CLEAN, OPEN, RETIRED, UNBOUNDED } from './sources.ts';

const BAD_RULE = '{\n  "rules": { "unbounded-output": "warn" }\n}\n';

describe('exit status', () => {
  test('0 where nothing is found', () => {
    const { status, out, err } = farthing(['scan'], { cwd: folderWith({ 'a.ts': CLEAN }) });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('1 call in 1 file');
    expect(out).toContain('Nothing left this machine.');
  });

  test('an entry of the configuration that is for no call is said, and which configuration holds', () => {
    const volume = (path: string) => ({ path, callsPerMonth: '1k' });
    const config = { volumes: [volume('a.ts'), volume('old/**')], models: [{ function: 'gone', model: 'gpt-6-sol' }] };
    const cwd = folderWith({ 'a.ts': CLEAN, 'b.ts': CLEAN, 'farthing.config.json': JSON.stringify(config) });
    const { status, out, err } = farthing(['scan'], { cwd });
    expect(err).toBe(
      'farthing: farthing.config.json: volumes: no call matches path "old/**".\n' +
        'farthing: farthing.config.json: models: no call matches function "gone".\n',
    );
    expect(status).toBe(0);
    expect(out).toContain('configuration: farthing.config.json; prices: ');
    expect(farthing(['scan', 'b.ts'], { cwd }).err).toBe('');
  });

  test('a request whose callers choose the model has their cost, and is not among those without one', () => {
    const cwd = folderWith({
      'ask.ts': CLEAN.replace('(text: string)', '(text: string, model: string)').replace(
        "model: 'gpt-6-luna'",
        'model',
      ),
      'a.ts': "import { tag } from './ask';\ntag('Which shelf is free?', 'gpt-6-luna');\n",
      'b.ts': "import { tag } from './ask';\ntag('Which shelf is free?', 'gpt-6-sol');\n",
    });
    const { out } = farthing(['scan'], { cwd });
    expect(out).toMatch(
      /gpt-6-luna or gpt-6-sol \(or from a parameter\) .* 2 callers, \$[\d.]+ to \$[\d.]+ per 1,000 calls/,
    );
    expect(out).toContain('3 calls in 3 files, 2 through functions of the project, 3 priced\n');
    expect(out).not.toContain('run time');
  });

  describe('some of the findings', () => {
    const files = { 'a.ts': UNBOUNDED, 'b.ts': RETIRED, 'c.ts': CLEAN };
    const rulesWith = (...options: readonly string[]) => {
      const { status, out } = farthing(['scan', '--format', 'json', ...options], { cwd: folderWith(files) });
      const { calls, diagnostics } = JSON.parse(out);
      expect(calls).toHaveLength(3);
      return { status, rules: diagnostics.map(({ rule }: { rule: string }) => rule) };
    };

    test('of rules, and of severities, in the exit status as well', () => {
      expect(rulesWith()).toMatchObject({ status: 1, rules: expect.arrayContaining(['retired-model']) });
      expect(rulesWith('--rule', 'retired-model')).toEqual({ status: 1, rules: ['retired-model'] });
      expect(rulesWith('--rule', 'batchable-loop')).toMatchObject({ status: 0 });
      expect(rulesWith('--severity', 'error')).toEqual({ status: 1, rules: ['retired-model'] });
    });

    test('that are only likely: told, and not counted unless that is asked for', () => {
      const open = RETIRED.replace('(text: string)', '(text: string, model = "gpt-4-turbo")').replace(
        /model: '[^']+'/,
        'model',
      );
      const cwd = folderWith({ 'a.ts': open });
      const scan = (...options: readonly string[]) =>
        farthing(['scan', '--rule', 'retired-model', '--fail-on', 'warning', ...options], { cwd });
      expect(scan()).toMatchObject({ status: 0, out: expect.stringContaining('retired-model (likely)') });
      expect(scan('--confidence', 'likely').status).toBe(1);
      expect(scan('--confidence', 'certain').out).toContain('No findings.');
      expect(scan('--format', 'github').out).not.toContain('retired-model');
      expect(scan('--format', 'github', '--confidence', 'likely').out).toContain('retired-model');
    });

    test('a rule in preview finds something only where it is named', () => {
      const refused = `import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic();
export const review = (change: string) =>
  client.messages.create({ model: 'claude-haiku-4-5', max_tokens: 900_000, messages: [{ role: 'user', content: change }] });
`;
      const scan = (config: object, ...options: readonly string[]) => {
        const cwd = folderWith({ 'a.ts': refused, 'farthing.config.json': JSON.stringify(config) });
        return farthing(['scan', ...options], { cwd }).out.includes('oversized-output-limit');
      };
      expect(scan({})).toBe(false);
      expect(scan({ extends: 'strict' })).toBe(false);
      expect(scan({}, '--rule', 'oversized-output-limit')).toBe(true);
      expect(scan({ extends: 'all' })).toBe(true);
      expect(scan({ rules: { 'oversized-output-limit': 'hint' } })).toBe(true);
    });

    test.each([
      [['--rule', 'retired-modell'], '--rule: "retired-modell" is not a rule. Did you mean retired-model?'],
      [['--severity', 'grave'], 'Allowed choices are error, warning, information, hint'],
      [['--sort', 'size'], 'Allowed choices are path, cost, severity'],
      [['--limit', '0'], '--limit: "0" is not a number of rows.'],
      [['--all', '--summary'], "'--summary' cannot be used with option '--all'"],
    ])('%j is refused', (options, message) => {
      const { status, err } = farthing(['scan', ...options], { cwd: folderWith(files) });
      expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(message) });
    });

    test('files are listed in the wanted order', () => {
      const cwd = folderWith({ ...files, 'd.ts': CLEAN.replace('gpt-6-luna', 'gpt-6-astra') });
      const pathsBy = (order: string) =>
        farthing(['scan', '--sort', order, '--fail-on', 'never'], { cwd }).out.match(/^\w\.ts$/gm);
      expect(pathsBy('path')).toEqual(['a.ts', 'b.ts', 'c.ts', 'd.ts']);
      expect(pathsBy('severity')?.[0]).toBe('b.ts');
      expect(pathsBy('cost')?.[0]).toBe('d.ts');
    });
  });

  test('calls in tests are listed, and have findings only where they are asked for', () => {
    const cwd = folderWith({ 'tests/a.ts': RETIRED });
    const { status, out } = farthing(['scan'], { cwd });
    expect(status).toBe(0);
    expect(out).toContain('in a test');
    expect(out).toContain('0 calls in 0 files, 0 priced; 1 call in tests (--include-tests counts them)');
    expect(out).toContain('No findings.');
    const asked = farthing(['scan', '--include-tests'], { cwd });
    expect(asked.out).toContain('retired-model');
    expect(asked.out).toContain('1 call in 1 file');
    expect(JSON.parse(farthing(['scan', '--format', 'json'], { cwd }).out)).toMatchObject({
      includesTests: false,
      calls: [{ isTest: true }],
      diagnostics: [],
    });
  });

  test('calls in examples are counted, and a report says that they are not checked', () => {
    const cwd = folderWith({ 'examples/a.ts': RETIRED, 'b.ts': CLEAN });
    const plain = farthing(['scan'], { cwd });
    expect(plain.status).toBe(0);
    expect(plain.out).toContain('2 calls in 2 files');
    expect(plain.out).toContain('No findings; 1 call in examples is not checked (--include-tests checks it)');
    const all = farthing(['scan', '--include-tests'], { cwd });
    expect(all.out).toContain('1 finding: 1 error');
    expect(all.out).not.toContain('in examples');
  });

  test('1 where a finding is at or above --fail-on', () => {
    const cwd = folderWith({ 'a.ts': RETIRED });
    expect(farthing(['scan'], { cwd }).out).toContain('retired-model');
    expect(farthing(['scan', '--fail-on', 'hint'], { cwd }).status).toBe(1);
    expect(farthing(['scan', '--fail-on', 'never'], { cwd }).status).toBe(0);
  });

  test('the configuration decides what is an error', () => {
    const cwd = folderWith({
      'a.ts': UNBOUNDED,
      'farthing.config.json': '{ "rules": { "unbounded-output": "error" } }',
    });
    expect(farthing(['scan'], { cwd }).status).toBe(1);
    expect(farthing(['scan', '--fail-on', 'error'], { cwd }).status).toBe(1);
  });

  test('2 behind the full report where a configuration value is wrong', () => {
    const cwd = folderWith({ 'a.ts': UNBOUNDED, 'farthing.config.json': BAD_RULE });
    const { status, out, err } = farthing(['scan', '--fail-on', 'never'], { cwd });
    expect(status).toBe(2);
    expect(out).toContain('unbounded-output');
    expect(err).toMatch(
      /^farthing: farthing\.config\.json:2: rules\.unbounded-output: "warn" is not a severity\. Use .* The default \(\w+\) is used\.$/m,
    );
  });

  test('an unknown model in the configuration is a problem with its line and the nearest name', () => {
    const cwd = folderWith({
      'a.ts': OPEN,
      'farthing.config.json': '{\n  "models": [\n    { "path": "**", "model": ["gpt-6-sol", "gpt-6-lunna"] }\n  ]\n}\n',
    });
    const { status, err } = farthing(['scan'], { cwd });
    expect(status).toBe(2);
    expect(err).toBe(
      'farthing: farthing.config.json:3: models: "gpt-6-lunna" is in no price table. Did you mean "gpt-6-luna"? Its calls have no cost until "prices" has an entry for it.\n',
    );
  });

  test.each([
    ['an unknown command', ['scna'], 'scan'],
    ['an unknown option', ['scan', '--formt', 'json'], '--format'],
    ['an unknown format', ['scan', '--format', 'xml'], 'sarif'],
    ['an unknown severity', ['scan', '--fail-on', 'fatal'], 'warning'],
    ['a missing value', ['scan', '--output'], '--output'],
    ['no command', [], 'Usage: farthing'],
    ['an unknown rule', ['explain', 'unbounded-outptu'], 'Did you mean unbounded-output?'],
    ['an unknown model', ['models', 'gpt-6-solo'], 'is not a known model'],
    ['a path that is not there', ['scan', 'nowhere'], 'there is no file or folder nowhere.'],
    ['a path below a file', ['scan', 'a.ts/b'], 'there is no file or folder a.ts/b.'],
    ['paths beside standard input', ['scan', 'a.ts', '--stdin-filename', 'b.ts'], 'cannot be combined with paths'],
    [
      'a configuration that is not there',
      ['scan', '--config', 'x.json'],
      'there is no configuration x.json. Nothing was scanned.',
    ],
    [
      'an output that cannot be written',
      ['scan', '--output', 'no/such/folder'],
      'no/such/folder: the report cannot be written',
    ],
  ])('2 for %s', (_, args, words) => {
    const { status, out, err } = farthing(args, { cwd: folderWith({ 'a.ts': CLEAN }) });
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
  });

  test.each([
    ['no JSON', '{ "rules": '],
    ['empty', ''],
    ['binary', '\u0000\u0001\u0002'],
  ])('2 at once for a configuration that is %s', (_, text) => {
    const { status, out, err } = farthing(['scan'], {
      cwd: folderWith({ 'a.ts': CLEAN, 'farthing.config.json': text }),
    });
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^farthing: farthing\.config\.json:1: not read: /);
  });
});

describe('streams', () => {
  test('JSON alone goes to stdout, with the problems in it', () => {
    const cwd = folderWith({
      'a.ts': CLEAN,
      'b.ipynb': '{ "cells": [ "import openai',
      'farthing.config.json': BAD_RULE,
    });
    const { out, err } = farthing(['scan', '--format', 'json'], { cwd });
    const report = JSON.parse(out);
    expect(err).toBe('');
    expect(report).toMatchObject({ version: 2, calls: [{ path: 'a.ts', sdk: 'openai', line: 4 }] });
    expect(report.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
      'b.ipynb',
      'farthing.config.json:2',
    ]);
  });

  test('problems of a text report go to stderr, and the rest is complete', () => {
    const cwd = folderWith({ 'a.ts': CLEAN, 'b.ipynb': 'import openai: not a notebook' });
    const { status, out, err } = farthing(['scan'], { cwd });
    expect(status).toBe(0);
    expect(out).toContain('1 call in 1 file');
    expect(err).toMatch(/^farthing: b\.ipynb: /);
  });

  test('--output writes the file and leaves stdout empty', () => {
    const cwd = folderWith({ 'a.ts': CLEAN });
    const { status, out } = farthing(['scan', '--format', 'json', '--output', 'report.json'], { cwd });
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).calls).toHaveLength(1);
  });

  test('a reader that stops early is not an error', () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}.ts`, CLEAN]));
    const cwd = folderWith(files);
    const command = `"${process.execPath}" "${join(DIST, 'farthing.cjs')}" scan --format json; echo "status $?" >&2`;
    const result = spawnSync('sh', ['-c', `( ${command} ) | head -n 1`], { cwd, encoding: 'utf8' });
    expect(result.stdout).toBe('{\n');
    expect(result.stderr).toBe('status 0\n');
  });

  test('colours are for terminals, unless they are asked for', () => {
    const cwd = folderWith({ 'a.ts': CLEAN });
    const start = String.fromCharCode(27);
    expect(farthing(['scan'], { cwd }).out).not.toContain(start);
    expect(farthing(['scan'], { cwd, env: { FORCE_COLOR: '1' } }).out).toContain(start);
    expect(farthing(['scan'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.toContain(start);
  });
});

describe('what is scanned', () => {
  test('standard input, as if it were the file, with the imports of its folder', () => {
    const cwd = folderWith({ 'src/models.ts': "export const MODEL = 'gpt-6-luna';\n" });
    const input = `import { MODEL } from './models';\n${CLEAN.replace("'gpt-6-luna'", 'MODEL')}`;
    const { out } = farthing(['scan', '--stdin-filename', 'src/new.ts', '--format', 'json'], { cwd, input });
    expect(JSON.parse(out).calls).toMatchObject([{ path: 'src/new.ts', model: { value: 'gpt-6-luna' } }]);
  });

  test('paths in JSON lead from the scanned folder, all others from the current one', () => {
    const cwd = folderWith({ 'app/src/a.ts': RETIRED });
    expect(JSON.parse(farthing(['scan', 'app', '--format', 'json'], { cwd }).out).calls[0].path).toBe('src/a.ts');
    expect(farthing(['scan', 'app'], { cwd }).out).toMatch(/^app\/src\/a\.ts$/m);
    expect(farthing(['scan', 'app', '--format', 'github'], { cwd }).out).toContain('file=app/src/a.ts,');
  });

  test('files that are named one by one', () => {
    const cwd = folderWith({ 'x/a.ts': CLEAN, 'y/b.ts': CLEAN, 'y/c.ts': CLEAN });
    const { out } = farthing(['scan', 'x/a.ts', 'y/b.ts', '--format', 'json'], { cwd });
    expect(JSON.parse(out).calls.map(({ path }: { path: string }) => path)).toEqual(['x/a.ts', 'y/b.ts']);
  });

  test('the configuration is found upwards, and no further than the repository', () => {
    const files = {
      'repo/src/a.ts': UNBOUNDED,
      'farthing.config.json': '{ "rules": { "unbounded-output": "error" } }',
    };
    const cwd = folderWith({ ...files, 'repo/.git/HEAD': '' });
    expect(farthing(['scan'], { cwd: join(cwd, 'repo', 'src') }).status).toBe(0);
    const open = folderWith(files);
    expect(farthing(['scan'], { cwd: join(open, 'repo', 'src') }).status).toBe(1);
  });

  test('an empty folder, a loop of links and a file that may not be read', () => {
    const { status, out } = farthing(['scan'], { cwd: folderWith({}) });
    expect(status).toBe(0);
    expect(out).toContain('No LLM calls found in 0 files');

    const cwd = folderWith({ 'a.ts': CLEAN, 'locked.ts': CLEAN });
    symlinkSync(cwd, join(cwd, 'loop'));
    chmodSync(join(cwd, 'locked.ts'), 0o000);
    const result = farthing(['scan'], { cwd });
    // The superuser reads every file.
    const isRoot = process.getuid?.() === 0;
    expect(result.out).toContain(isRoot ? '2 calls in 2 files' : '1 call in 1 file');
    if (!isRoot) expect(result.err).toContain('locked.ts');
  });

  test('a notebook with a TypeScript kernel is read as TypeScript, packages by the names behind npm: and URLs', () => {
    const cell = (source: string) => ({ cell_type: 'code', metadata: {}, outputs: [], source });
    const cwd = folderWith({
      'deno.ipynb': JSON.stringify({
        cells: [
          cell('import OpenAI from "npm:openai@4.104.0";\nconst client: OpenAI = new OpenAI();'),
          { cell_type: 'markdown', metadata: {}, source: 'Ask.' },
          cell(
            'const answer = await client.chat.completions.create({\n  model: "gpt-4-turbo",\n  max_tokens: 5,\n  messages: [],\n});',
          ),
        ],
        metadata: { kernelspec: { display_name: 'Deno', language: 'typescript', name: 'deno' } },
        nbformat: 4,
      }),
      'edge.ts': CLEAN.replace("'openai'", "'https://esm.sh/openai@4.20.1'"),
    });
    const { calls, diagnostics, problems } = JSON.parse(farthing(['scan', '--format', 'json'], { cwd }).out);
    expect(problems).toEqual([]);
    expect(calls).toMatchObject([
      { path: 'deno.ipynb', cell: 2, line: 1, sdk: 'openai', model: { value: 'gpt-4-turbo' } },
      { path: 'edge.ts', cell: null, line: 4, sdk: 'openai' },
    ]);
    expect(diagnostics).toMatchObject([{ rule: 'retired-model', cell: 2, line: 2 }]);
  });
});

describe('the other commands', () => {
  test('--version and --help answer on stdout with status 0', () => {
    expect(farthing(['--version'])).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    for (const args of [['--help'], ['help', 'scan'], ['scan', '--help'], ['models', '--help']]) {
      expect(farthing(args)).toMatchObject({ status: 0, out: expect.stringContaining('Usage: farthing'), err: '' });
    }
  });

  test('sdks lists what is recognised', () => {
    const { status, out } = farthing(['sdks']);
    expect(status).toBe(0);
    expect(out).toMatch(/^openai\n {2}modules {3}openai/m);
    const lists = JSON.parse(farthing(['sdks', '--json']).out);
    expect(lists.sdks.map(({ name }: { name: string }) => name)).toContain('bedrock');
    expect(lists.providers).toContain('azure');
  });

  test('explain prints the document of a rule, and lists all rules', () => {
    expect(farthing(['explain', 'batchable-loop']).out).toMatch(/^# batchable-loop\n[\s\S]*## Why is this bad/);
    expect(farthing(['explain', 'unused-suppression']).status).toBe(0);
    expect(farthing(['explain']).out).toMatch(/^unbounded-output +\w+ +A call/m);
  });
});
