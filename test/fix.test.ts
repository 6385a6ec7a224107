/** `farthing scan --fix`, as a user runs it: what it writes, what it leaves alone, and what it says. */
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import { farthing, folderWith } from './run-bundle.ts';

const UNBOUNDED = `import OpenAI from 'openai';
const client = new OpenAI();
export const tag = (text: string) =>
  client.responses.create({ model: 'gpt-6-luna', input: text });
export const name = (text: string) =>
  client.responses.create({
    model: 'gpt-6-luna', // é, ü and 日本
    input: text,
  });
`;
const BOUNDED = UNBOUNDED.replace("'gpt-6-luna', input", "'gpt-6-luna', max_output_tokens: 25000, input").replace(
  '日本\n',
  '日本\n    max_output_tokens: 25000,\n',
);
const LIMITS = ['scan', '--fix-suggested', 'unbounded-output'];

function cell(source: string | readonly string[]): object {
  return { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source };
}

const CODE = [
  'from openai import OpenAI\n',
  'client = OpenAI()\n',
  '%time answer = client.responses.create(\n',
  '    model="gpt-4-turbo",\n',
  '    input="Grüße",\n',
  ')',
];

describe('what is written', () => {
  test('every wanted fix, and then the report of what is left', () => {
    const cwd = folderWith({ 'a.ts': UNBOUNDED });
    const { status, out, err } = farthing(LIMITS, { cwd });
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(BOUNDED);
    expect(err).toBe(
      'a.ts:4:3: unbounded-output: Limit reasoning and answer to 25,000 tokens (max_output_tokens)\n' +
        'a.ts:6:3: unbounded-output: Limit reasoning and answer to 25,000 tokens (max_output_tokens)\n' +
        'farthing: 2 fixes changed 1 file.\n',
    );
    expect(out).not.toContain('unbounded-output');
    expect(status).toBe(0);
    expect(readdirSync(cwd)).toEqual(['a.ts']);

    const again = farthing(LIMITS, { cwd });
    expect(again.err).toBe('farthing: nothing to fix.\n');
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(BOUNDED);
  });

  test('a limit fits what the other fixes leave: without reasoning, a model of today needs no more than an old one', () => {
    const cwd = folderWith({
      'a.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export const tag = (text: string) =>
  client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: text }] });
`,
    });
    const { out, err } = farthing(['scan', '--fix-suggested', 'all', '--dry-run', '--fail-on', 'never'], { cwd });
    expect(out).toContain("reasoning_effort: 'none'");
    expect(out).toContain('max_completion_tokens: 1024');
    expect(err).toContain('unbounded-output: Limit the answer to 1,024 tokens (max_completion_tokens)');
  });

  test('byte order mark, Windows line ends, rights and links are kept', async () => {
    const cwd = folderWith({ 'real/a.ts': '' });
    const real = join(cwd, 'real/a.ts');
    writeFileSync(real, `\ufeff${UNBOUNDED.replaceAll('\n', '\r\n')}`);
    await chmod(real, 0o755);
    symlinkSync(real, join(cwd, 'link.ts'));
    expect(farthing([...LIMITS, 'link.ts'], { cwd }).status).toBe(0);
    expect(readFileSync(real, 'utf8')).toBe(`\ufeff${BOUNDED.replaceAll('\n', '\r\n')}`);
    expect(statSync(real).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(cwd, 'link.ts')).isSymbolicLink()).toBe(true);
  });

  test.each([
    ['lines of one space', CODE, 1],
    ['lines of four spaces', CODE, 4],
    ['one string', CODE.join(''), 2],
  ])('of a notebook only the lines that change: %s', (_, source, indentation) => {
    const notebook = { cells: [{ cell_type: 'markdown', metadata: {}, source: ['# A\n', 'b'] }, cell(source)] };
    const json = `${JSON.stringify(notebook, null, indentation)}\n`;
    const cwd = folderWith({ 'a.ipynb': json });
    const { err } = farthing(['scan', '--fix-suggested', 'retired-model'], { cwd });
    expect(err).toContain('a.ipynb:cell 2, 4:');
    const added = '    reasoning={\\"effort\\": \\"none\\"},\\n';
    const renamed = json.replace('gpt-4-turbo', 'gpt-6.1-sol');
    const expected = Array.isArray(source)
      ? renamed.replace(/( +)(" {4}input=.*\n)/, `$1$2$1"${added}",\n`)
      : renamed.replace(/( {4}input=.*?,\\n)/, (line) => line + added);
    expect(readFileSync(join(cwd, 'a.ipynb'), 'utf8')).toBe(expected);
  });
});

describe('what is left alone', () => {
  test('suggested fixes that were not asked for', () => {
    const cwd = folderWith({ 'a.ts': UNBOUNDED });
    expect(farthing(['scan', '--fix'], { cwd }).err).toBe('farthing: nothing to fix.\n');
    expect(farthing(['scan', '--fix-suggested', 'retired-model,oversized-model'], { cwd }).err).toBe(
      'farthing: nothing to fix.\n',
    );
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(UNBOUNDED);
  });

  test('everything, where the changes are only shown', () => {
    const cwd = folderWith({ 'src/a.ts': UNBOUNDED });
    const { status, out, err } = farthing([...LIMITS, '--dry-run', '--fail-on', 'hint'], { cwd });
    expect(out).toContain('--- a/src/a.ts\n+++ b/src/a.ts\n');
    expect(out).toContain('\n+    max_output_tokens: 25000,\n');
    expect(err).toContain('farthing: 2 fixes would change 1 file.\n');
    expect(status).toBe(1);
    expect(readFileSync(join(cwd, 'src/a.ts'), 'utf8')).toBe(UNBOUNDED);
  });

  test('a file that is not UTF-8, and a constant in a file that was not named', () => {
    const cwd = folderWith({
      'models.ts': "export const MODEL = 'gpt-4-turbo';\n",
      'a.ts': `import { MODEL } from './models';\n${BOUNDED.replaceAll("'gpt-6-luna'", 'MODEL')}`,
    });
    const latin = Buffer.concat([Buffer.from(UNBOUNDED), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a])]);
    writeFileSync(join(cwd, 'b.ts'), latin);
    const { err } = farthing(['scan', '--fix-suggested', 'all', 'a.ts', 'b.ts'], { cwd });
    expect(err).toMatch(/3 fixes could not be applied to the code as it is written\.$/m);
    expect(readFileSync(join(cwd, 'b.ts')).equals(latin)).toBe(true);
    expect(readFileSync(join(cwd, 'models.ts'), 'utf8')).toContain('gpt-4-turbo');

    expect(farthing(['scan', '--fix-suggested', 'retired-model'], { cwd }).err).toContain('1 fix changed 2 files');
    expect(readFileSync(join(cwd, 'models.ts'), 'utf8')).toBe("export const MODEL = 'gpt-6.1-sol';\n");
    // Every call that takes the name gets what the new model asks for.
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8').match(/effort: 'none'/g)).toHaveLength(2);
  });
});

describe('a name that several files use', () => {
  const YES_NO = `import OpenAI from 'openai';
import { MODEL } from './models';
const client = new OpenAI();
export const isComplaint = (text: string) =>
  client.chat.completions.create({
    model: MODEL,
    max_tokens: 5,
    messages: [
      { role: 'system', content: 'Is the review a complaint? Answer only "yes" or "no".' },
      { role: 'user', content: text },
    ],
  });
`;
  const REPORT = `import OpenAI from 'openai';
import { MODEL } from './models';
const client = new OpenAI();
export const report = (text: string) =>
  client.chat.completions.create({
    model: MODEL,
    max_tokens: 2000,
    messages: [{ role: 'user', content: text }],
  });
`;
  const FILES = { 'models.ts': "export const MODEL = 'gpt-4o';\n", 'a.ts': YES_NO, 'b.ts': REPORT };
  const SHARED = ['scan', '--fix-suggested', 'oversized-model'];
  const textIn = (cwd: string, name: string): string => readFileSync(join(cwd, name), 'utf8');
  const fixesIn = (cwd: string, ...paths: string[]): readonly string[] => {
    const { diagnostics } = JSON.parse(farthing(['scan', ...paths, '--format', 'json'], { cwd }).out) as Report;
    return diagnostics.filter(({ rule }) => rule === 'oversized-model').map(({ fix }) => fix);
  };

  test('is changed for all of them at once, with what the new model asks for', () => {
    const cwd = folderWith(FILES);
    expect(fixesIn(cwd)).toEqual(['suggested']);
    const { err } = farthing(SHARED, { cwd });
    expect(err).toContain('(for every use of this name, in models.ts)');
    expect(err).toContain('farthing: 1 fix changed 3 files.\n');
    expect(textIn(cwd, 'models.ts')).not.toContain("'gpt-4o'");
    for (const name of ['a.ts', 'b.ts']) {
      expect(textIn(cwd, name)).not.toContain('max_tokens');
      expect(textIn(cwd, name)).toContain('max_completion_tokens');
    }
  });

  test('is not changed where one of them needs what the new model cannot do', () => {
    const cwd = folderWith({ ...FILES, 'b.ts': REPORT.replace('max_tokens: 2000', 'max_tokens: 2_000_000') });
    expect(fixesIn(cwd)).toEqual(['none']);
    expect(farthing(SHARED, { cwd }).err).toBe('farthing: nothing to fix.\n');
    expect(textIn(cwd, 'models.ts')).toBe(FILES['models.ts']);
  });

  test('is not changed where one of them was not named', () => {
    const cwd = folderWith(FILES);
    expect(fixesIn(cwd, 'a.ts', 'models.ts')).toEqual(['none']);
    expect(farthing([...SHARED, 'a.ts', 'models.ts'], { cwd }).err).toContain('1 fix could not be applied');
    for (const [name, text] of Object.entries(FILES)) expect(textIn(cwd, name)).toBe(text);
  });

  test('is changed by a scan of a part that holds all of them', () => {
    const cwd = folderWith({ ...FILES, 'other/c.ts': REPORT.replace('./models', './own'), 'other/own.ts': '' });
    expect(fixesIn(cwd, 'a.ts', 'b.ts', 'models.ts')).toEqual(['suggested']);
  });
});

test.each([
  ['a file that is not UTF-8', Buffer.concat([Buffer.from(UNBOUNDED), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a])])],
])('a report promises no fix of %s', (_, content) => {
  const cwd = folderWith({});
  writeFileSync(join(cwd, 'a.ts'), content);
  const { diagnostics } = JSON.parse(farthing(['scan', '--format', 'json'], { cwd }).out) as Report;
  expect(diagnostics.map(({ fix }) => fix)).toEqual(['none', 'none']);
});

describe('a wrong command line', () => {
  test.each([
    [['--dry-run'], 'add one of them'],
    [['--fix', '--stdin-filename', 'a.ts'], 'cannot be combined with --stdin-filename'],
    [['--fix-suggested', 'unbounded-outptu'], 'Did you mean unbounded-output?'],
  ])('%j', (args, words) => {
    const { status, out, err } = farthing(['scan', ...args], { cwd: folderWith({ 'a.ts': UNBOUNDED }) });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(words);
  });
});

test('the report says how many findings have a fix, and how to see it', () => {
  const { out } = farthing(['scan'], { cwd: folderWith({ 'a.ts': UNBOUNDED }) });
  expect(out).toMatch(
    /^2 findings: .*\. 2 have a suggested fix: farthing scan --fix-suggested all --dry-run shows what it changes$/m,
  );
});
