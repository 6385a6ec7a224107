/** `farthing scan --fix`, as a user runs it: what it writes, what it leaves alone, and what it says. */
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
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
  '    model="gpt-6-luna",\n',
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
    const { err } = farthing(LIMITS, { cwd });
    expect(err).toContain('a.ipynb:cell 1, 3:');
    const added = '    max_output_tokens=25000,\\n';
    const expected = Array.isArray(source)
      ? json.replace(/( +)(" {4}model=.*\n)/, `$1$2$1"${added}",\n`)
      : json.replace('    input', `${added}    input`);
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
    expect(err).toMatch(/4 fixes could not be written into the code as it is\.$/m);
    expect(readFileSync(join(cwd, 'b.ts')).equals(latin)).toBe(true);
    expect(readFileSync(join(cwd, 'models.ts'), 'utf8')).toContain('gpt-4-turbo');

    expect(farthing(['scan', '--fix-suggested', 'retired-model'], { cwd }).err).toContain('1 fix changed 2 files');
    expect(readFileSync(join(cwd, 'models.ts'), 'utf8')).toBe("export const MODEL = 'gpt-5.6-sol';\n");
    // Every call that takes the name gets what the new model asks for.
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8').match(/effort: 'none'/g)).toHaveLength(2);
  });
});

describe('a wrong command line', () => {
  test.each([
    [['--dry-run'], 'add one of them'],
    [['--fix', '--stdin-filename', 'a.ts'], 'does not go with --stdin-filename'],
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
