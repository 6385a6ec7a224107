/** The command line as a script meets it: every exit status, every kind of bad input, and what goes to which stream. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, farthing, folderWith } from './run-bundle.ts';

const CLEAN = `import OpenAI from 'openai';
const client = new OpenAI();
export const tag = (text: string) =>
  client.chat.completions.create({ model: 'gpt-6-luna', max_completion_tokens: 200, messages: [{ role: 'user', content: text }] });
`;
const RETIRED = CLEAN.replace('gpt-6-luna', 'gpt-4-turbo');
const UNBOUNDED = CLEAN.replace(' max_completion_tokens: 200,', '');
const BAD_RULE = '{\n  "rules": { "unbounded-output": "warn" }\n}\n';

function jsonOf(text: string) {
  return JSON.parse(text);
}

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
    expect(out).toMatch(/model from a parameter .* called from 2 places, \$[\d.]+ to \$[\d.]+ per call/);
    expect(out).toContain('3 calls in 3 files, 2 through functions of the project, 3 priced\n');
    expect(out).not.toContain('run time');
  });

  describe('some of the findings', () => {
    const files = { 'a.ts': UNBOUNDED, 'b.ts': RETIRED, 'c.ts': CLEAN };
    const rulesWith = (...options: readonly string[]) => {
      const { status, out } = farthing(['scan', '--format', 'json', ...options], { cwd: folderWith(files) });
      const { calls, diagnostics } = jsonOf(out);
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
      const endless = `import { query } from '@anthropic-ai/claude-agent-sdk';
export const review = (change: string) =>
  query({ prompt: \`Review: \${change}\`, options: { model: 'claude-sonnet-5-5', allowedTools: ['Read'] } });
`;
      const scan = (config: object, ...options: readonly string[]) => {
        const cwd = folderWith({ 'a.ts': endless, 'farthing.config.json': JSON.stringify(config) });
        return farthing(['scan', ...options], { cwd }).out.includes('unbounded-agent-loop');
      };
      expect(scan({})).toBe(false);
      expect(scan({ extends: 'strict' })).toBe(false);
      expect(scan({}, '--rule', 'unbounded-agent-loop')).toBe(true);
      expect(scan({ extends: 'all' })).toBe(true);
      expect(scan({ rules: { 'unbounded-agent-loop': 'hint' } })).toBe(true);
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
    expect(jsonOf(farthing(['scan', '--format', 'json'], { cwd }).out)).toMatchObject({
      includesTests: false,
      calls: [{ isTest: true }],
      diagnostics: [],
    });
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
    const report = jsonOf(out);
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
    expect(jsonOf(readFileSync(join(cwd, 'report.json'), 'utf8')).calls).toHaveLength(1);
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
    expect(jsonOf(out).calls).toMatchObject([{ path: 'src/new.ts', model: { value: 'gpt-6-luna' } }]);
  });

  test('paths in JSON lead from the scanned folder, all others from the current one', () => {
    const cwd = folderWith({ 'app/src/a.ts': RETIRED });
    expect(jsonOf(farthing(['scan', 'app', '--format', 'json'], { cwd }).out).calls[0].path).toBe('src/a.ts');
    expect(farthing(['scan', 'app'], { cwd }).out).toMatch(/^app\/src\/a\.ts$/m);
    expect(farthing(['scan', 'app', '--format', 'github'], { cwd }).out).toContain('file=app/src/a.ts,');
  });

  test('files that are named one by one', () => {
    const cwd = folderWith({ 'x/a.ts': CLEAN, 'y/b.ts': CLEAN, 'y/c.ts': CLEAN });
    const { out } = farthing(['scan', 'x/a.ts', 'y/b.ts', '--format', 'json'], { cwd });
    expect(jsonOf(out).calls.map(({ path }: { path: string }) => path)).toEqual(['x/a.ts', 'y/b.ts']);
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
    const lists = jsonOf(farthing(['sdks', '--json']).out);
    expect(lists.sdks.map(({ name }: { name: string }) => name)).toContain('bedrock');
    expect(lists.providers).toContain('azure');
  });

  test('models: the table, a provider, one model with the source and date of its price', () => {
    expect(farthing(['models']).out).toMatch(/^model +provider +in +out/);
    const ofProvider = farthing(['models', 'anthropic']).out;
    expect(ofProvider).toMatch(/^claude-/m);
    expect(ofProvider).not.toMatch(/^gpt-/m);
    const mini = farthing(['models', 'gpt-4o-mini']).out;
    expect(mini).toMatch(/price +\$0\.15 in, \$0\.6 out/);
    expect(mini).toMatch(/fees +\$0\.01 per web search/);
    expect(mini).toMatch(/retires .*gpt-6-luna\), after which calls fail$/m);
    expect(mini).toMatch(/sources +price: genai-prices.*\d{4}-\d{2}-\d{2}$/m);
    expect(mini).not.toContain('[S]');
    expect(farthing(['models', 'gpt-audio']).out).toMatch(/audio +\$32 in, \$64 out/);
    const ranking = farthing(['models', 'rerank-v3.5']).out;
    expect(ranking).toMatch(/fees +\$0\.002 per search unit/);
    expect(ranking).toMatch(/unknown +context, batch, tokenizer\n/);
    expect(farthing(['models', 'mistral-embed']).out).not.toMatch(/fees|output limit/);
    expect(farthing(['models', 'gemini-2.5-pro']).out).toContain('after which the replacement answers and is billed');
  });

  test('models as JSON: in dollars per million tokens, with null for what is unknown', () => {
    const { version, prices, models } = jsonOf(farthing(['models', 'gpt-4o-mini', '--json']).out);
    expect({ version, prices }).toEqual({
      version: 1,
      prices: { source: expect.any(String), date: expect.any(String) },
    });
    const mini = models.find(({ provider }: { provider: string }) => provider === 'openai');
    expect(mini).toMatchObject({
      id: 'gpt-4o-mini',
      price: { input: 0.15, output: 0.6, audioInput: null },
      fees: { 'web-search': { medium: 0.01 } },
      retirement: { date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      sources: { price: { source: expect.stringContaining('genai-prices') } },
    });
    const all = jsonOf(farthing(['models', '--json']).out).models;
    expect(all.length).toBeGreaterThan(jsonOf(farthing(['models', 'anthropic', '--json']).out).models.length);
    expect(farthing(['models', 'gpt-6-solo', '--json'])).toMatchObject({ status: 2, out: '' });
  });

  test('models proposes the nearest names of an unknown one, and says that they are that', () => {
    const { status, err } = farthing(['models', 'mistral-small-lates']);
    expect(status).toBe(2);
    expect(err).toMatch(/is not a known model.*Similar names: mistral-small-latest, /);
    for (const name of ['mistral-large-latest', 'grok-4', 'deepseek-chat']) {
      expect(farthing(['models', name])).toMatchObject({ status: 0, out: expect.stringContaining(name) });
    }
  });

  test('models takes a table of prices that the configuration names, and says what is wrong with one', () => {
    const table = { models: [{ provider: 'openai', model: 'gpt-4o', input: 2, output: 7 }] };
    const folder = (text: string) =>
      folderWith({ 'farthing.config.json': '{ "priceTable": "prices.json" }', 'prices.json': text });
    const own = farthing(['models', 'gpt-4o'], { cwd: folder(JSON.stringify(table)) });
    expect(own.out).toMatch(/gpt-4o \(openai, text\)\n +price +\$2 in, \$7 out/);
    expect(own.out).toContain('price: prices.json, 20');
    const broken = farthing(['models', 'gpt-4o'], { cwd: folder(JSON.stringify(table).replace('7', '"7"')) });
    expect(broken.out).toMatch(/price +\$2\.5 in/);
    expect(broken.err).toContain(
      'priceTable: "prices.json" is not used: models[0].output: "7" is not a number of dollars.',
    );
  });

  test('models has discounts and deployments', () => {
    const config = {
      discounts: [{ provider: 'azure', discount: 0.2 }],
      deployments: { 'prod-chat': 'gpt-4o' },
    };
    const { out } = farthing(['models', 'prod-chat'], {
      cwd: folderWith({ 'farthing.config.json': JSON.stringify(config) }),
    });
    expect(out).toMatch(/gpt-4o \(azure, text\)\n +price +\$2 in, \$8 out/);
    expect(out).toContain('20% off by your configuration');
  });

  test("models takes a price of the user's own", () => {
    const prices = '{ "prices": [{ "model": "our-llama", "provider": "vllm", "input": 0, "output": 0 }] }';
    const { status, out } = farthing(['models', 'our-llama'], { cwd: folderWith({ 'farthing.config.json': prices }) });
    expect(status).toBe(0);
    expect(out).toContain('$0 in, $0 out');
  });

  test('explain prints the document of a rule, and lists all rules', () => {
    expect(farthing(['explain', 'batchable-loop']).out).toMatch(/^# batchable-loop\n[\s\S]*## Why is this bad/);
    expect(farthing(['explain', 'unused-suppression']).status).toBe(0);
    expect(farthing(['explain']).out).toMatch(/^unbounded-output +\w+ +A call/m);
  });

  test('init writes a configuration that a scan accepts, and never overwrites one', () => {
    const cwd = folderWith({ 'a.ts': CLEAN });
    expect(farthing(['init'], { cwd }).status).toBe(0);
    const written = readFileSync(join(cwd, 'farthing.config.json'), 'utf8');
    expect(farthing(['scan'], { cwd })).toMatchObject({ status: 0, err: '' });
    expect(farthing(['init'], { cwd })).toMatchObject({ status: 2, err: expect.stringContaining('already exists') });
    expect(readFileSync(join(cwd, 'farthing.config.json'), 'utf8')).toBe(written);
    for (const name of ['farthing', 'farthing-prices', 'farthing-report']) {
      expect(existsSync(join(DIST, `${name}.schema.json`))).toBe(true);
    }
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
    const { calls, diagnostics, problems } = jsonOf(farthing(['scan', '--format', 'json'], { cwd }).out);
    expect(problems).toEqual([]);
    expect(calls).toMatchObject([
      { path: 'deno.ipynb', cell: 2, line: 1, sdk: 'openai', model: { value: 'gpt-4-turbo' } },
      { path: 'edge.ts', cell: null, line: 4, sdk: 'openai' },
    ]);
    expect(diagnostics).toMatchObject([{ rule: 'retired-model', cell: 2, line: 2 }]);
  });

  test('init proposes what it found as comments, each of which is valid once its slashes are gone', () => {
    const wrapper = `${CLEAN}export const ask = (system: string, text: string) =>
  client.chat.completions.create({ model: process.env.MODEL, messages: [{ role: 'system', content: system }, { role: 'user', content: text }] });
`;
    const caller =
      "import { ask } from './llm';\nexport const sort = (text: string) => ask('You sort letters for a library.', text);\n";
    const cwd = folderWith({
      'src/llm.ts': wrapper,
      'src/app.ts': caller,
      'src/own.ts': CLEAN.replace('gpt-6-luna', 'our-own'),
      'tests/a.ts': CLEAN,
    });
    expect(farthing(['init'], { cwd }).out).toContain('2 calls without a model');
    const path = join(cwd, 'farthing.config.json');
    const written = readFileSync(path, 'utf8');
    for (const part of [
      'Found 4 LLM calls in 3 files.',
      '1 call in tests and evaluations (tests)',
      'Functions of this project that send requests: ask (1 call).',
      '// { "path": "src/llm.ts", "function": "tag", "callsPerMonth": "1k" }, // $',
      '// { "provider": "openai", "model": "gpt-6-luna" },',
      '// { "provider": "openai", "model": "our-own", "input": 1, "output": 2 },',
    ]) {
      expect(written).toContain(part);
    }
    expect(pricedIn(cwd)).toEqual([false, true, false, false, true]);
    writeFileSync(path, written.replaceAll('// {', '{'));
    expect(farthing(['scan', '--no-cache'], { cwd })).toMatchObject({ status: 0, err: '' });
    expect(pricedIn(cwd)).toEqual([true, true, true, true, true]);
  });

  const NAMED = CLEAN.replace('content: text', "content: 'Hello there'");
  const OPEN = NAMED.replace("'gpt-6-luna'", 'process.env.MODEL');
  const pricedIn = (cwd: string): unknown =>
    jsonOf(farthing(['scan', '--format', 'json', '--no-cache'], { cwd }).out).calls.map(
      (call: { cost: { perCall: unknown } }) => call.cost.perCall !== null,
    );

  test('init --models prints what the project names, and writes it only if asked', () => {
    const cwd = folderWith({ 'a.ts': OPEN, 'b.ts': NAMED });
    const printed = farthing(['init', '--models'], { cwd });
    expect(printed).toMatchObject({ status: 0, err: '' });
    expect(printed.out).toContain(
      '"models": [\n    // 1 call; named in this project\n    { "provider": "openai", "model": "gpt-6-luna" }\n  ]',
    );
    expect(existsSync(join(cwd, 'farthing.config.json'))).toBe(false);
    expect(pricedIn(cwd)).toEqual([false, true]);

    expect(farthing(['init', '--models', '--write'], { cwd }).out).toContain('Wrote 1 entry under "models"');
    expect(pricedIn(cwd)).toEqual([true, true]);
    expect(farthing(['init', '--models', '--write'], { cwd }).out).toContain('Nothing to declare');
    expect(farthing(['init', '--write'], { cwd })).toMatchObject({
      status: 2,
      err: expect.stringContaining('--models'),
    });
  });

  test('init --models proposes what a call names of a provider that no price table has', () => {
    const text = OPEN.replace('new OpenAI()', "new OpenAI({ baseURL: 'https://api.sambanova.ai/v1' })");
    const cwd = folderWith({ 'a.ts': text.replace('process.env.MODEL', "process.env.MODEL ?? 'our-llama'") });
    expect(farthing(['init', '--models'], { cwd }).out).toContain(
      '// 1 call; named by these calls, and in no price table: add their prices under "prices"\n    { "provider": "sambanova", "model": "our-llama" }',
    );
  });

  test('init --models says when the models are only what the provider sells', () => {
    const cwd = folderWith({ 'a.ts': OPEN });
    expect(farthing(['init', '--models'], { cwd }).out).toMatch(
      /nothing in this project names one: current models of the provider\n {4}\{ "provider": "openai", "model": \[?"gpt-/,
    );
  });

  test('declare writes shares into the configuration as it is laid out', () => {
    const config = '{\n\t// Ours.\n\t"ignore": ["old/**"],\n}\n';
    const cwd = folderWith({ 'a.ts': OPEN, 'farthing.config.json': config });
    expect(farthing(['declare', 'gpt-6-sol=0.3', 'gpt-6-luna=0.7', '--function', 'tag'], { cwd }).status).toBe(0);
    expect(readFileSync(join(cwd, 'farthing.config.json'), 'utf8')).toBe(
      '{\n\t// Ours.\n\t"ignore": ["old/**"],\n\t"models": [\n\t\t{ "function": "tag", "model": { "gpt-6-sol": 0.3, "gpt-6-luna": 0.7 } }\n\t],\n}\n',
    );
    const { out } = farthing(['scan', '--no-cache'], { cwd });
    expect(out).toContain('30% gpt-6-sol, 70% gpt-6-luna (declared)');
    const [{ model }] = jsonOf(farthing(['scan', '--format', 'json', '--no-cache'], { cwd }).out).calls;
    expect(model).toMatchObject({ value: null, hint: null, open: false });
    expect(model.alternatives).toMatchObject([
      { name: 'gpt-6-sol', decidedBy: 'declared', share: 0.3, where: null, price: { input: 2, output: 10 } },
      { name: 'gpt-6-luna', decidedBy: 'declared', share: 0.7 },
    ]);
  });

  test.each([
    [['gpt-6-sool', '--path', '**'], 'Did you mean "gpt-6-sol"?'],
    [['gpt-6-sol=0.3', 'gpt-6-luna=0.3', '--path', '**'], 'The shares add up to 0.6. They must add up to 1.'],
    [['gpt-6-sol=0.3', 'gpt-6-luna', '--path', '**'], 'Give every model a share, or none'],
    [['gpt-6-sol', '--provider', 'opena'], 'is not a provider'],
    [['gpt-6-sol'], 'Add "path", "function", "call" or "provider".'],
  ])('declare %j is refused, and nothing is written', (args, message) => {
    const cwd = folderWith({ 'a.ts': OPEN });
    expect(farthing(['declare', ...args], { cwd })).toMatchObject({ status: 2, err: expect.stringContaining(message) });
    expect(existsSync(join(cwd, 'farthing.config.json'))).toBe(false);
  });

  test('declare does not write through a link, which a repository may lead anywhere', () => {
    const cwd = folderWith({ 'a.ts': OPEN, 'precious.json': '{}' });
    symlinkSync(join(cwd, 'precious.json'), join(cwd, 'farthing.config.json'));
    expect(farthing(['declare', 'gpt-6-sol', '--path', '**'], { cwd })).toMatchObject({
      status: 2,
      err: expect.stringContaining('farthing.config.json is not a regular file, so it is not written.'),
    });
    expect(readFileSync(join(cwd, 'precious.json'), 'utf8')).toBe('{}');
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

  test('init names the schema where farthing is installed, and none where a path would lead nowhere', () => {
    const schema = 'node_modules/farthing/dist/farthing.schema.json';
    const root = folderWith({ [schema]: '{}', 'packages/app/a.ts': CLEAN });
    const schemaOf = (cwd: string) => {
      farthing(['init'], { cwd });
      return /"\$schema": "(.*)"/.exec(readFileSync(join(cwd, 'farthing.config.json'), 'utf8'))?.[1];
    };
    expect(schemaOf(root)).toBe(`./${schema}`);
    expect(schemaOf(join(root, 'packages/app'))).toBe(`../../${schema}`);
    expect(schemaOf(folderWith({ 'a.ts': CLEAN }))).toBeUndefined();
  });
});
