/** `farthing diff` on real repositories: which calls changed, and why their cost did, to the nano-dollar. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiffCall, DiffReport } from '@farthing/shared/diff-report';
import { diffJsonSchema } from '@farthing/shared/diff-schema';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.ts';
import { farthing, folderWith } from '../run-bundle.ts';
import { type Repository, repositoryWith } from './repository.ts';

const HEAD = "import OpenAI from 'openai';\nimport { RULES } from './prompts';\nconst client = new OpenAI();\n";
const RULES = 'You answer letters for a public library. Name the shelf.';
const LONGER = `${RULES} Close with the opening hours of the branch that is nearest to the reader, and with a greeting.`;

const call = (name: string, { model = 'gpt-6-luna', limit = 300, text = '${letter}' } = {}): string => `
export async function ${name}(letter: string) {
  return client.chat.completions.create({
    model: '${model}', max_completion_tokens: ${limit},
    messages: [{ role: 'system', content: RULES }, { role: 'user', content: \`${text}\` }],
  });
}
`;
const prompts = (text: string): string => `export const RULES = '${text}';\n`;
const START = { 'a.ts': HEAD + call('answer') + call('sort', { limit: 5 }), 'prompts.ts': prompts(RULES) };

function diffed(
  { cwd }: Pick<Repository, 'cwd'>,
  ...args: readonly string[]
): DiffReport & { readonly status: number | null } {
  const { status, out, err } = farthing(['diff', '--format', 'json', ...args], { cwd });
  expect(err).toBe('');
  return { status, ...JSON.parse(out) };
}

const document = readFileSync(join(root, 'docs/ci.md'), 'utf8');

const nanos = (dollars: number): number => Math.round(dollars * 1e9);
const MEASURES = ['perCall', 'perRun', 'perMonth'] as const;
const BOUNDS = ['low', 'expected', 'high'] as const;

/** Checks every measure and every bound of the change of a call. */
function expectExactSum({ change, causes }: DiffCall): void {
  for (const measure of MEASURES) {
    const whole = change[measure];
    if (whole === null) continue;
    for (const bound of BOUNDS) {
      const sum = causes.reduce((total, cause) => total + nanos(cause[measure]?.[bound] ?? Number.NaN), 0);
      expect([measure, bound, sum]).toEqual([measure, bound, nanos(whole[bound])]);
    }
  }
}

const kinds = ({ calls }: DiffReport) => calls.map(({ kind, base, head }) => `${kind} ${(head ?? base)?.function}`);
const causes = ({ calls }: DiffReport) => calls.map((one) => one.causes.flatMap((cause) => cause.causes));

describe('a change in cost', () => {
  test('is split into causes that add up to it exactly, in each measure and at each bound', () => {
    const volumes = (calls: string) => JSON.stringify({ volumes: [{ function: 'answer', callsPerMonth: calls }] });
    const repository = repositoryWith({ ...START, 'farthing.config.json': volumes('50k') });
    repository.write({
      'a.ts': `${HEAD}${call('answer', { model: 'gpt-6-sol', limit: 800 })}${call('sort', { limit: 5 })}`,
      'prompts.ts': prompts(LONGER),
      'farthing.config.json': volumes('70k'),
    });
    const report = diffed(repository, 'main');
    expect(kinds(report)).toEqual(['changed answer', 'changed sort']);
    expect(causes(report)).toEqual([['model', 'prompt', 'limit', 'volume'], ['prompt']]);
    const [answer] = report.calls as [DiffCall];
    expect(answer.change.perMonth?.expected).toBeGreaterThan(0);
    report.calls.forEach(expectExactSum);
    expect(answer.causes.map(({ text }) => text)).toEqual([
      'gpt-6-luna (openai) -> gpt-6-sol (openai)',
      expect.stringMatching(/^system \+\d+ tokens, at prompts\.ts:1$/),
      'up to 300 out -> up to 800 out',
      '50k calls a month -> 70k calls a month',
    ]);
    // The whole is what the two reports say, and not only what the causes do.
    const { base, head } = answer;
    expect(nanos(answer.change.perCall?.expected ?? 0)).toBe(
      nanos(head?.cost.perCall?.expected ?? 0) - nanos(base?.cost.perCall?.expected ?? 0),
    );
    expect(report.summary.perMonth?.change.expected).toBeCloseTo(answer.change.perMonth?.expected ?? 0, 6);
  });

  test('names a price that the configuration changed before everything else', () => {
    const prices = (input: number) =>
      JSON.stringify({ prices: [{ provider: 'openai', model: 'gpt-6-luna', input, output: 2 }] });
    const repository = repositoryWith({ ...START, 'farthing.config.json': prices(1) });
    repository.write({ 'farthing.config.json': prices(3), 'prompts.ts': prompts(LONGER) });
    const report = diffed(repository, 'main');
    expect(causes(report)).toEqual([
      ['prices', 'prompt'],
      ['prices', 'prompt'],
    ]);
    report.calls.forEach(expectExactSum);
  });

  test('the same prices in a table of another name and date are no change', () => {
    const table = (date: string, input: number) =>
      JSON.stringify({ date, models: [{ provider: 'openai', model: 'gpt-6-luna', input, output: 2 }] });
    const config = (priceTable: string) => JSON.stringify({ priceTable });
    const repository = repositoryWith({
      ...START,
      'farthing.config.json': config('a.json'),
      'a.json': table('2026-11-30', 1),
    });
    repository.write({ 'farthing.config.json': config('b.json'), 'b.json': table('2026-12-01', 1) });
    expect(diffed(repository, 'main').calls).toEqual([]);
    repository.write({ 'b.json': table('2026-12-01', 2) });
    expect(causes(diffed(repository, 'main'))).toEqual([['prices'], ['prices']]);
  });

  test('of tools, a schema, a loop and a tier', () => {
    const tool = (name: string) =>
      `{ type: 'function', function: { name: '${name}', description: 'Finds a book on a shelf.', parameters: { type: 'object', properties: { title: { type: 'string' } } } } }`;
    const withTools = (...names: readonly string[]) => `${HEAD}
export async function find(letter: string) {
  return client.chat.completions.create({
    model: 'gpt-6-luna', max_completion_tokens: 300, messages: [{ role: 'user', content: letter }],
    tools: [${names.map(tool).join(', ')}],
  });
}
`;
    const looped = `${HEAD}
export async function each() {
  for (const letter of ['one', 'two', 'three']) {
    await client.chat.completions.create({
      model: 'gpt-6-luna', max_completion_tokens: 300, messages: [{ role: 'user', content: letter }], service_tier: 'flex',
    });
  }
}
`;
    const once = looped.replace(/for \(.*\{/, "{ const letter = 'one';").replace(", service_tier: 'flex'", '');
    const repository = repositoryWith({ ...START, 'a.ts': withTools('find'), 'b.ts': once });
    repository.write({ 'a.ts': withTools('find', 'lend'), 'b.ts': looped });
    const report = diffed(repository, 'main');
    const found = new Map(report.calls.map((one) => [one.head?.function, one]));
    expect(found.get('find')?.causes).toMatchObject([{ causes: ['tools'], text: '+lend' }]);
    const each = found.get('each')?.causes.flatMap((cause) => cause.causes);
    expect(each).toEqual(expect.arrayContaining(['tier', 'loop']));
    expect(found.get('each')?.change.perRun).not.toBeNull();
    report.calls.forEach(expectExactSum);
  });

  test('that cannot be priced says what is missing, and how to supply it', () => {
    const repository = repositoryWith(START);
    repository.write({
      'a.ts': START['a.ts'].replace("model: 'gpt-6-luna', max_completion_tokens: 300", 'model: process.env.MODEL'),
    });
    const report = diffed(repository, 'main');
    expect(report.calls).toMatchObject([
      {
        kind: 'changed',
        change: { perCall: null },
        missing: [
          {
            side: 'head',
            what: 'the model is set at run time',
            remedy: 'farthing init --models proposes what to declare',
          },
        ],
      },
    ]);
    expect(report.summary.unpriced).toBe(1);
  });
});

describe('the calls of two revisions', () => {
  test('are the same where only lines moved, names changed or other code was edited', () => {
    const repository = repositoryWith(START);
    repository.write({
      'a.ts': `// A comment.\n${START['a.ts'].replaceAll('letter', 'note')}export const other = 1;\n`,
      'unrelated.ts': 'export const x = 2;\n',
    });
    const report = diffed(repository, 'main');
    expect(report).toMatchObject({ status: 0, calls: [], summary: { unchanged: 2 }, findings: { new: [], gone: [] } });
    expect(farthing(['diff', 'main'], { cwd: repository.cwd }).out).toContain('No LLM call changed; 2 compared');
  });

  test('are matched when a file or a function gets another name, or a call comes between them', () => {
    const repository = repositoryWith(START);
    repository.commit({
      'a.ts': null,
      'deep/letters.ts': START['a.ts']
        .replace("'./prompts'", "'../prompts'")
        .replace('function answer', 'function reply'),
    });
    const moved = diffed(repository, 'HEAD~1', 'HEAD');
    expect(moved.calls.map(({ kind, movedFrom }) => [kind, movedFrom])).toEqual([]);
    expect(moved.summary).toMatchObject({ unchanged: 2, added: 0, removed: 0 });

    const two = (...models: readonly string[]) =>
      `${HEAD}export async function all(letter: string) {\n${models
        .map(
          (model, at) =>
            `  await client.responses.create({ model: '${model}', input: 'Step ${at} ${model}' + letter });\n`,
        )
        .join('')}}\n`;
    const other = repositoryWith({ ...START, 'a.ts': two('gpt-6-luna', 'gpt-6-sol') });
    other.commit({
      'a.ts': two('gpt-6-luna', 'gpt-6-sol').replace(
        '  await',
        "  await client.responses.create({ model: 'gpt-5.6-sol', input: 'Before' });\n  await",
      ),
    });
    expect(kinds(diffed(other, 'HEAD~1', 'HEAD'))).toEqual(['added all']);
  });

  test('are matched in their function when they are written anew for another API', () => {
    const repository = repositoryWith(START);
    const anew =
      "\nexport const answer = (letter: string) => client.responses.create({ model: 'gpt-6-sol', input: letter });\n";
    repository.commit({ 'a.ts': HEAD + anew + call('sort', { limit: 5 }) });
    const report = diffed(repository, 'HEAD~1', 'HEAD');
    expect(kinds(report)).toEqual(['changed answer']);
    expect(causes(report)).toEqual([['model', 'api', 'prompt', 'limit']]);
    report.calls.forEach(expectExactSum);
  });

  test('that came and went are listed with their whole cost', () => {
    const repository = repositoryWith(START);
    repository.write({
      'a.ts': HEAD + call('sort', { limit: 5 }),
      'b.ts': HEAD + call('translate', { text: 'In German' }),
    });
    const report = diffed(repository, 'main');
    expect(kinds(report).sort()).toEqual(['added translate', 'removed answer']);
    const amount = (kind: string) => report.calls.find((one) => one.kind === kind)?.change.perCall?.expected ?? 0;
    expect(amount('added')).toBeGreaterThan(0);
    expect(amount('removed')).toBeLessThan(0);
    expect(kinds(diffed(repository, 'main', '--only-new'))).toEqual(['added translate']);
  });

  test('change with the constant, the settings or the file of another folder that they are made from', () => {
    const repository = repositoryWith({
      ...START,
      'a.ts': `${HEAD.replace("'./prompts'", "'@lib/prompts'")}${call('answer')}`,
      'lib/prompts.ts': prompts(RULES),
      'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./lib/*'] } } }),
    });
    repository.commit({ 'lib/prompts.ts': prompts(LONGER) });
    expect(causes(diffed(repository, 'HEAD~1'))).toEqual([['prompt']]);
    repository.commit({
      'new/prompts.ts': prompts(RULES),
      'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./new/*'] } } }),
    });
    expect(causes(diffed(repository, 'HEAD~1'))).toEqual([['prompt']]);
    repository.commit({ '.gitignore': 'a.ts\n', 'a.ts': null, 'c.ts': START['a.ts'] });
    expect(diffed(repository, 'HEAD~1').summary).toMatchObject({ added: expect.any(Number) });
  });

  test('are those of a scan of each revision, however they are compared', () => {
    const repository = repositoryWith(START);
    const before = repository.git('rev-parse', 'HEAD');
    const next = {
      'a.ts': HEAD.replace('./prompts', './rules/index') + call('answer', { limit: 900 }),
      'rules/index.ts': prompts(LONGER),
      'prompts.ts': null,
      'b.ts':
        "import { answer } from './a';\nexport const ask = () => answer('Which shelf has the atlases of the last century?');\n",
    };
    repository.commit(next);
    const patch = repository.git('diff', before, 'HEAD');
    const essence = (report: DiffReport) =>
      report.calls.map(({ kind, base, head, change, causes: why }) => ({
        kind,
        change,
        why,
        base: base?.cost,
        head: head?.cost,
        function: head?.function,
      }));
    const commits = diffed(repository, before, 'HEAD');
    expect(commits.calls.length).toBeGreaterThan(1);
    const { 'prompts.ts': _, ...after } = next;
    const others = folderWith({
      'a.patch': `${patch}\n`,
      ...Object.fromEntries(Object.entries(START).map(([path, text]) => [`before/${path}`, text])),
      ...Object.fromEntries(Object.entries(after).map(([path, text]) => [`after/${path}`, text])),
    });
    expect(essence(diffed(repository, before, '--patch', join(others, 'a.patch')))).toEqual(essence(commits));
    expect(essence(diffed(repository, before))).toEqual(essence(commits));
    expect(essence(diffed({ cwd: others }, 'before', 'after'))).toEqual(essence(commits));
    // Each side is what a scan of it says.
    const scan = JSON.parse(farthing(['scan', '--format', 'json', '--no-cache'], { cwd: repository.cwd }).out);
    const shown = commits.calls.flatMap(({ head }) => head ?? []);
    for (const one of shown) expect(scan.calls).toContainEqual(one);
  });
});

describe('the command', () => {
  test('writes nothing into the repository, reads no file of it for two commits, and leaves nothing behind', () => {
    const repository = repositoryWith(START);
    repository.commit({ 'prompts.ts': prompts(LONGER) });
    repository.write({ 'a.ts': 'broken(', 'untracked.ts': START['a.ts'] });
    const scratch = () => readdirSync(tmpdir()).filter((name) => name.startsWith('farthing-diff-'));
    const left = scratch();
    const state = () =>
      ['.git/index', '.git/HEAD', 'a.ts', 'prompts.ts'].map((path) => {
        const { mtimeMs, size } = statSync(join(repository.cwd, path));
        return [path, mtimeMs, size, readFileSync(join(repository.cwd, path), 'base64')];
      });
    const before = state();
    const report = diffed(repository, 'HEAD~1', 'HEAD');
    expect(kinds(report)).toEqual(['changed answer', 'changed sort']);
    // A copy of the code in another file is the same code, moved.
    expect(diffed(repository, 'HEAD').summary).toMatchObject({ changed: 0, unchanged: 2 });
    expect(state()).toEqual(before);
    expect(scratch().filter((name) => !left.includes(name))).toEqual([]);
  });

  test('compares since the branches parted, and only the folder in which it runs', () => {
    const repository = repositoryWith({ ...START, 'app/b.ts': HEAD.replace('./', '../') + call('inner') });
    repository.git('checkout', '-q', '-b', 'feature');
    repository.commit({ 'app/b.ts': HEAD.replace('./', '../') + call('inner', { limit: 900 }) });
    repository.git('checkout', '-q', 'main');
    repository.commit({ 'a.ts': HEAD + call('answer', { limit: 700 }) });
    repository.git('checkout', '-q', 'feature');
    expect(kinds(diffed(repository, 'main'))).toEqual(['changed inner']);
    const [inner] = diffed({ cwd: join(repository.cwd, 'app') }, 'main').calls;
    expect(inner?.head?.path).toBe('b.ts');
    repository.write({ 'a.ts': HEAD + call('answer', { limit: 700 }), 'prompts.ts': prompts(LONGER) });
    expect(kinds(diffed({ cwd: join(repository.cwd, 'app') }, 'main'))).toEqual(['changed inner']);
    expect(kinds(diffed(repository, 'main'))).toEqual(expect.arrayContaining(['changed answer', 'changed inner']));
  });

  test('reports findings that the change brings or takes away, and fails on new ones alone', () => {
    const retired = HEAD + call('answer', { model: 'gpt-4-turbo' }) + call('sort', { limit: 5 });
    const repository = repositoryWith({ ...START, 'old.ts': HEAD + call('old', { model: 'gpt-4-turbo' }) });
    expect(farthing(['scan'], { cwd: repository.cwd }).status).toBe(1);
    expect(diffed(repository, 'main')).toMatchObject({ status: 0, findings: { new: [], gone: [] } });
    repository.commit({ 'a.ts': retired, 'old.ts': null });
    const report = diffed(repository, 'HEAD~1', 'HEAD');
    const rules = (list: DiffReport['findings']['new']) => list.map(({ rule, path }) => `${rule} ${path}`);
    expect(report.status).toBe(1);
    expect(rules(report.findings.new)).toEqual(['retired-model a.ts']);
    expect(rules(report.findings.gone)).toContain('retired-model old.ts');
    expect(diffed(repository, 'HEAD~1', 'HEAD', '--fail-on', 'never').status).toBe(0);
    expect(rules(diffed(repository, 'HEAD~1', 'HEAD', '--only-new').findings.gone)).toEqual([]);
  });

  test('writes nothing outside its folder that a crafted tree names, and follows no link', () => {
    const repository = repositoryWith(START);
    const id = (path: string) => Buffer.from(repository.git('rev-parse', `HEAD:${path}`), 'hex');
    const entry = (mode: string, name: string, blob: Buffer) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), blob]);
    const object = (kind: string, content: Buffer): string => {
      writeFileSync(join(repository.cwd, 'object'), content);
      return repository.git('hash-object', '-t', kind, '-w', '--literally', 'object');
    };
    const inner = Buffer.from(object('tree', entry('100644', 'escaped.ts', id('a.ts'))), 'hex');
    const tree = object(
      'tree',
      Buffer.concat([
        entry('40000', '..', inner),
        entry('40000', '.git', inner),
        entry('100644', 'a.ts', id('a.ts')),
        entry('120000', 'prompts.ts', id('prompts.ts')),
      ]),
    );
    const commit = repository.git('commit-tree', tree, '-p', 'HEAD', '-m', 'crafted');
    repository.write({ object: null });
    const report = diffed(repository, 'HEAD', commit);
    expect(kinds(report)).toEqual(['changed answer', 'changed sort']);
    expect(readdirSync(tmpdir())).not.toContain('escaped.ts');
  });

  test.each([
    [['nowhere'], 'there is no commit "nowhere" here.'],
    [[], 'name what to compare with'],
    [['--patch', 'none.patch'], '--patch: none.patch cannot be read'],
  ])('%j is a mistake that says what to do', (args, message) => {
    const { status, out, err } = farthing(['diff', ...args], { cwd: repositoryWith(START).cwd });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
  });

  test('needs a repository for anything but two folders', () => {
    expect(farthing(['diff', 'main'], { cwd: folderWith(START) })).toMatchObject({
      status: 2,
      err: expect.stringContaining('farthing diff compares commits of a git repository, or two folders.'),
    });
  });
});

test('the published schema fits what is printed: no field too many, none too few', () => {
  const closed = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(closed);
    if (typeof schema !== 'object' || schema === null) return schema;
    const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
    return 'properties' in schema ? { ...parts, additionalProperties: false } : parts;
  };
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    closed(diffJsonSchema()) as object,
  );
  const repository = repositoryWith({
    ...START,
    'farthing.config.json': '{ "volumes": [{ "path": "a.ts", "callsPerMonth": 9 }] }',
  });
  repository.commit({
    'a.ts': HEAD + call('answer', { model: 'gpt-4-turbo' }),
    'b.ts': HEAD + call('other').replace("'gpt-6-luna'", 'process.env.M'),
  });
  const { status: _, ...report } = diffed(repository, 'HEAD~1', 'HEAD');
  expect(report.calls.map(({ kind }) => kind).sort()).toEqual(['added', 'changed', 'removed']);
  validate(report);
  expect(validate.errors).toBeNull();
});

test('the document shows what is printed', () => {
  const answer = (model: string, limit: number) => `${HEAD}export async function answer(question: string) {
  return client.chat.completions.create({
    model: '${model}', max_completion_tokens: ${limit},
    messages: [{ role: 'system', content: RULES }, { role: 'user', content: question }],
  });
}
`;
  const short = 'You answer letters for a public library.';
  const repository = repositoryWith({
    'answer.ts': answer('gpt-6-luna', 500),
    'sort.ts': HEAD + call('sort', { limit: 5 }).replace("{ role: 'system', content: RULES }, ", ''),
    'prompts.ts': prompts(short),
    'farthing.config.json': '{ "volumes": [{ "path": "answer.ts", "callsPerMonth": "50k" }] }',
  });
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repository.commit({
    'answer.ts': answer('gpt-6-sol', 800),
    'prompts.ts': prompts(
      `${short} Be kind, be short, name the shelf, and close with the opening hours of the branch that is nearest to the reader.`,
    ),
    'embed.py': `from anthropic import Anthropic
client = Anthropic()
def summarise(text):
    return client.messages.create(model="claude-haiku-5-5", max_tokens=300, messages=[{"role": "user", "content": text}])
`,
  });
  const { out } = farthing(['diff', 'origin/main'], { cwd: repository.cwd });
  const [, shown = ''] = /\$ npx --no farthing diff origin\/main\n([\s\S]*?)```/.exec(document) ?? [];
  expect(out.replace(/main \(\w+\)/, 'main (5a99ef900)')).toBe(shown);
});

describe('the comment', () => {
  const comment = ({ cwd }: Repository, ...args: readonly string[]): string =>
    farthing(['diff', '--format', 'markdown', '--fail-on', 'never', ...args], { cwd }).out;

  test('has a mark, the findings, a row for each call and why its cost changed', () => {
    const repository = repositoryWith(START);
    repository.commit({ 'a.ts': HEAD + call('answer', { model: 'gpt-4-turbo' }) + call('sort', { limit: 5 }) });
    const text = comment(repository, 'HEAD~1', 'HEAD');
    expect(text).toMatch(/^<!-- farthing-diff -->\n### WARN: 1 LLM call changed\n\n1 call changed, 1 unchanged\. /);
    expect(text).toMatch(/\*\*Warnings\*\*\n\n(- .+\n)*- `a\.ts:\d+` retired-model: gpt-4-turbo/);
    expect(text).toMatch(/\n\| `a\.ts:6 answer` \| changed \| \+\$[\d.]+ per 1,000 calls \| {2}\|\n/);
    expect(text).toMatch(
      /\n {2}- model: gpt-6-luna \(openai\) -&gt; gpt-4-turbo \(openai\), \+\$[\d.]+ per 1,000 calls\n/,
    );
    expect(comment(repository, 'HEAD', 'HEAD')).toBe('');
  });

  test('stays below the limit with 1,000 changed calls, and says how many it leaves out', () => {
    const many = (limit: number) =>
      HEAD + Array.from({ length: 1_000 }, (_, at) => call(`answerLettersOfReaders${at}`, { limit })).join('');
    const repository = repositoryWith({ ...START, 'a.ts': many(300) });
    repository.commit({ 'a.ts': many(900).replaceAll('gpt-6-luna', 'gpt-4-turbo') });
    const text = comment(repository, 'HEAD~1', 'HEAD');
    expect(text).toContain('1,000 calls changed');
    expect(text.length).toBeGreaterThan(30_000);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\| and \d+ other calls \| \| \| \|/);
    expect(text).toMatch(/- and \d+ other lines\n/);
  });
});
