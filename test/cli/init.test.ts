/** `farthing init` and `farthing declare`: what they propose, and what they write. */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, farthing, folderWith } from '../run-bundle.ts';
import { CLEAN, NAMED, OPEN } from './sources.ts';

const pricedIn = (cwd: string): unknown =>
  JSON.parse(farthing(['scan', '--format', 'json', '--no-cache'], { cwd }).out).calls.map(
    (call: { cost: { perCall: unknown } }) => call.cost.perCall !== null,
  );

describe('init', () => {
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
      '// { "path": "src/llm.ts", "function": "tag", "callsPerMonth": "1k" }, // ~$',
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

  test('init --models says how many calls of each kind an entry is for, and gives no call a model of another kind', () => {
    const local = "const client = new OpenAI({ baseURL: 'http://localhost:8000/v1' });";
    const chat = CLEAN.replace('const client = new OpenAI();', local);
    const embed = `import OpenAI from 'openai';
${local}
export const embed = (input: string) => client.embeddings.create({ model: 'our-embedder', input });
`;
    const cwd = folderWith({
      'a.ts': chat.replace("'gpt-6-luna'", 'process.env.MODEL'),
      'b.ts': chat.replace('gpt-6-luna', 'our-llama'),
      'c.ts': embed.replace("'our-embedder'", 'process.env.EMBEDDER'),
      'd.ts': embed,
    });
    expect(farthing(['init', '--models'], { cwd }).out).toContain(
      '// 2 calls (1 of text, 1 of embeddings; a model counts for calls of its kind); named in this project\n' +
        '    { "provider": "openai-compatible", "model": ["our-llama", "our-embedder"] }',
    );
    expect(farthing(['init', '--models', '--write'], { cwd }).status).toBe(0);
    const { calls } = JSON.parse(farthing(['scan', '--format', 'json', '--no-cache'], { cwd }).out);
    const named = calls.map(({ model }: { model: { alternatives: { name: string }[] } }) =>
      model.alternatives.map(({ name }) => name),
    );
    expect(named).toEqual([['our-llama'], ['our-llama'], ['our-embedder'], ['our-embedder']]);
  });

  test('init --models says when the models are only what the provider sells', () => {
    const cwd = folderWith({ 'a.ts': OPEN });
    expect(farthing(['init', '--models'], { cwd }).out).toMatch(
      /nothing in this project names one: examples from the price table\n {4}\{ "provider": "openai", "model": \[?"gpt-/,
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

describe('declare', () => {
  test('declare writes shares into the configuration as it is laid out', () => {
    const config = '{\n\t// Ours.\n\t"ignore": ["old/**"],\n}\n';
    const cwd = folderWith({ 'a.ts': OPEN, 'farthing.config.json': config });
    expect(farthing(['declare', 'gpt-6-sol=0.3', 'gpt-6-luna=0.7', '--function', 'tag'], { cwd }).status).toBe(0);
    expect(readFileSync(join(cwd, 'farthing.config.json'), 'utf8')).toBe(
      '{\n\t// Ours.\n\t"ignore": ["old/**"],\n\t"models": [\n\t\t{ "function": "tag", "model": { "gpt-6-sol": 0.3, "gpt-6-luna": 0.7 } }\n\t],\n}\n',
    );
    const { out } = farthing(['scan', '--no-cache'], { cwd });
    expect(out).toContain('30% gpt-6-sol, 70% gpt-6-luna (declared)');
    const [{ model }] = JSON.parse(farthing(['scan', '--format', 'json', '--no-cache'], { cwd }).out).calls;
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
});
