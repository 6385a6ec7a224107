/** The built analyzer on repositories that were made to harm the machine that scans them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DIST, farthing } from '../run-bundle.ts';
import {
  badlyNamed,
  contentOf,
  HOSTILE_NAMES,
  type HostileRepository,
  hostileRepository,
  reachFor,
  reachInPython,
} from '../support/hostile-repository.ts';
import { FULL_CAPABILITIES, startClient } from '../support/language-client.ts';

const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
const METHODS = ['codeAction', 'codeLens', 'completion', 'diagnostic', 'hover', 'inlayHint'].map(
  (method) => `textDocument/${method}`,
);

/** Every output of a scan in every format, by its name. */
function scans(root: string, extra: readonly string[] = []): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const format of FORMATS) {
    const { status, out, err } = farthing(['scan', '--format', format, '--no-cache', ...extra], { cwd: root });
    expect(status, `${format}: ${err}`).toBeOneOf([0, 1]);
    outputs[format] = out;
    outputs[`${format}, stderr`] = err;
  }
  return outputs;
}

function reaching(repository: HostileRepository): number {
  for (const [index, target] of repository.targets.entries()) repository.write(`reach-${index}.ts`, reachFor(target));
  const texts = repository.targets.filter(({ kind }) => kind === 'text');
  for (const [index, { path }] of texts.entries()) repository.write(`reach_${index}.py`, reachInPython(path));
  return repository.targets.length + texts.length;
}

function expectNoSecret(outputs: Readonly<Record<string, string>>, { secrets }: HostileRepository): void {
  for (const [name, text] of Object.entries(outputs)) {
    expect(
      [...secrets].filter((secret) => text.includes(secret)),
      name,
    ).toEqual([]);
  }
}

describe.skipIf(process.platform === 'win32')('a repository that reaches for secrets', () => {
  test('what it may not read is in no report', () => {
    const repository = hostileRepository();
    const files = reaching(repository);
    // What it may read is read: without that, no secret would be in a report either.
    repository.write('allowed/model.txt', 'allowed-by-the-repository');
    repository.write('allowed.ts', reachFor({ path: 'allowed/model.txt', kind: 'text' }));
    const outputs = scans(repository.root);
    expect(JSON.parse(outputs.json ?? '').stats.files).toBeGreaterThan(files);
    for (const format of ['text', 'json']) expect(outputs[format]).toContain('allowed-by-the-repository');
    // Markdown shows only the first of so many calls.
    const { out } = farthing(['scan', 'allowed.ts', '--format', 'markdown', '--no-cache'], { cwd: repository.root });
    expect(out).toContain('allowed-by-the-repository');
    expectNoSecret(outputs, repository);
  });

  test('nor in what the fixes print, and nothing but sources is written', () => {
    const repository = hostileRepository();
    reaching(repository);
    const [outside, git] = [contentOf(repository.outside), contentOf(join(repository.root, '.git'))];
    const shown = farthing(['scan', '--no-cache', '--fix-suggested', 'all', '--dry-run'], { cwd: repository.root });
    const done = farthing(['scan', '--no-cache', '--fix-suggested', 'all'], { cwd: repository.root });
    expectNoSecret({ shown: shown.out + shown.err, done: done.out + done.err }, repository);
    expect(contentOf(repository.outside)).toEqual(outside);
    expect(contentOf(join(repository.root, '.git'))).toEqual(git);
    const written = [...contentOf(repository.root)].filter(([path]) => !/\.(?:ts|py)$/.test(path));
    expect(written.filter(([, text]) => /max_(?:completion_)?tokens/.test(text))).toEqual([]);
  });

  test('nor in what the language server sends', async () => {
    const repository = hostileRepository();
    reaching(repository);
    repository.write('allowed/model.txt', 'allowed-by-the-repository');
    repository.write('reach-allowed.ts', reachFor({ path: 'allowed/model.txt', kind: 'text' }));
    const client = await startClient({
      server: [join(DIST, 'server.cjs'), '--stdio'],
      root: repository.root,
      capabilities: FULL_CAPABILITIES,
    });
    const answers: unknown[] = [];
    for (const [path, text] of contentOf(repository.root)) {
      if (!/^reach/.test(path)) continue;
      const uri = pathToFileURL(join(repository.root, path)).href;
      await client.open(join(repository.root, path), path.endsWith('.py') ? 'python' : 'typescript', text);
      const line = text.split('\n').findIndex((row) => row.includes('model'));
      const position = { line, character: (text.split('\n')[line] ?? '').indexOf('model') + 8 };
      const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const given = { textDocument: { uri }, uri, position, range, context: { diagnostics: [] } };
      for (const method of METHODS) answers.push(await client.request(method, given));
    }
    answers.push(await client.request('farthing/report', {}));
    expect(JSON.stringify(answers).includes('allowed-by-the-repository')).toBe(true);
    expectNoSecret(
      { answers: JSON.stringify(answers), sent: JSON.stringify([client.received, client.log]) },
      repository,
    );
    await client.stop();
  });

  test('nor as the owner of what is grouped by owner', () => {
    const repository = hostileRepository();
    repository.write('.git/token', '* planted-owner\n');
    repository.link('CODEOWNERS', '.git/token');
    repository.write('a.ts', badlyNamed('ask'));
    const { status, out } = farthing(['inspect', '--group-by', 'owner'], { cwd: repository.root });
    expect(status).toBeOneOf([0, 1]);
    expect(out).toContain('## By owner');
    expect(out).not.toContain('planted-owner');
  });

  test('a configuration that is a link to a secret is not quoted', () => {
    const repository = hostileRepository();
    repository.link('farthing.config.json', 'config/secrets.json');
    const { status, out, err } = farthing(['scan'], { cwd: repository.root });
    expect(status).toBe(2);
    expect(err).toContain('it is a link to a file that is not part of the repository');
    expectNoSecret({ out, err }, repository);
  });
});

/** Sequences that terminals obey and invisible characters; a report has line breaks too. */
const UNSEEN = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

describe.skipIf(process.platform === 'win32')('names that are commands', () => {
  const named = () => {
    const repository = hostileRepository();
    for (const [index, name] of HOSTILE_NAMES.entries()) {
      const file = name.replaceAll('/', ' ');
      repository.write(`${file}.ts`, badlyNamed(name));
      repository.write(`plain-${index}/${file}/a.ts`, badlyNamed(name));
      repository.write(`${file}.ipynb`, '{ "cells": [ broken ');
    }
    return repository;
  };

  test('nothing unseen and no command is printed', () => {
    const outputs = scans(named().root);
    for (const [name, text] of Object.entries(outputs)) {
      // After an `@`, Markdown gets a zero-width space, so that no user is notified.
      const shown = name === 'markdown' ? text.replaceAll('@\u200b', '@') : text;
      expect(UNSEEN.exec(shown)?.[0], name).toBeUndefined();
      expect(text, name).not.toMatch(/##(?:\[|vso)/);
    }
    const commands = /^::(?:error|warning|notice) file=[^\n:]*(?:,[a-zA-Z]+=[^\n:]*)*::/;
    const { diagnostics, problems } = JSON.parse(outputs.json ?? '');
    const lines = (outputs.github ?? '').split('\n').filter((line) => /^\s*::/.test(line));
    expect(lines.filter((line) => !commands.test(line))).toEqual([]);
    expect(lines).toHaveLength(diagnostics.length + problems.length);
    for (const [name, text] of Object.entries(outputs)) {
      if (name !== 'github')
        expect(
          text.split('\n').filter((line) => /^\s*::/.test(line)),
          name,
        ).toEqual([]);
    }
    expect(problems).toHaveLength(HOSTILE_NAMES.length);
  });

  test('Markdown shows them as text', () => {
    const { markdown = '' } = scans(named().root);
    const outsideCode = markdown.replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/<img|(?<!\\)\]\(command:|@everyone|(?<!\\)!\[/);
  });

  test('JSON and SARIF have the true names', () => {
    const { json = '', sarif = '' } = scans(named().root);
    const paths = new Set(JSON.parse(json).calls.map(({ path }: { path: string }) => path));
    const uris = new Set(
      JSON.parse(sarif).runs[0].results.map(
        (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
          decodeURIComponent(result.locations[0]?.physicalLocation.artifactLocation.uri ?? ''),
      ),
    );
    for (const name of HOSTILE_NAMES) {
      const path = `${name.replaceAll('/', ' ')}.ts`;
      expect([paths.has(path), uris.has(path)], JSON.stringify(path)).toEqual([true, true]);
    }
  });

  test('a diff and a summary of fixes show them escaped', () => {
    const { root } = named();
    const shown = farthing(['scan', '--no-cache', '--fix-suggested', 'all', '--dry-run'], { cwd: root });
    for (const text of [shown.out, shown.err]) {
      expect(UNSEEN.exec(text)?.[0]).toBeUndefined();
      expect(text.split('\n').filter((line) => /^\s*::/.test(line))).toEqual([]);
    }
    expect(shown.out).toContain('max_completion_tokens');
  });
});

describe.skipIf(process.platform === 'win32')('pipes, devices and traps in the place of settings', () => {
  const CALL = badlyNamed('ask');
  const SETTINGS = [
    '.gitignore',
    'package.json',
    'tsconfig.json',
    'jsconfig.json',
    'pnpm-workspace.yaml',
    'farthing.config.json',
    '.git',
    'pyproject.toml',
    'prompt.txt',
    'notebook.ipynb',
    'module.ts',
    'data.json',
  ];
  const USES = `import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import data from './data.json';
import { MODEL } from './module';
import { other } from '@/other';
const client = new OpenAI();
export const one = () => client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: readFileSync('prompt.txt', 'utf8') }] });
export const two = () => client.chat.completions.create({ model: data.model ?? other, messages: [] });
`;
  const kinds = {
    pipe: ({ pipe }: HostileRepository, path: string) => pipe(path),
    'link to a device': ({ link }: HostileRepository, path: string) => link(path, '/dev/zero'),
    'link to itself': ({ link }: HostileRepository, path: string) => link(path, path),
    folder: ({ write }: HostileRepository, path: string) => write(`${path}/inner`, ''),
  };

  test.each(Object.keys(kinds) as (keyof typeof kinds)[])('a scan ends where settings are a %s', (kind) => {
    const repository = hostileRepository();
    const folder = join(repository.root, 'packages', 'trap');
    for (const path of SETTINGS) kinds[kind](repository, `packages/trap/${path}`);
    repository.write('packages/trap/sub/a.ts', CALL);
    repository.write('packages/trap/b.ts', USES);
    repository.write('packages/trap/sub/tsconfig.json', '{ "extends": ["../tsconfig.json", "/dev/zero"] }');
    for (const cwd of [folder, join(folder, 'sub')]) {
      const { status, out, err } = farthing(['scan', '--no-cache'], { cwd });
      expect(status, `${out}${err}`).toBeOneOf([1, 2]);
      expect(err).not.toContain('fault of the program');
    }
    // A configuration that cannot be read ends the run: the rest has to end without it as well.
    rmSync(join(folder, 'farthing.config.json'), { recursive: true });
    expect(farthing(['scan', '--no-cache'], { cwd: folder })).toMatchObject({ status: 1 });
    const named = farthing(['scan', 'notebook.ipynb', 'module.ts'], { cwd: folder });
    expect(named.status).not.toBeNull();
    expect(named.err).not.toContain('fault of the program');
  });

  test.each([
    ['nested deeply', '{"rules":'.repeat(100_000)],
    ['nested lists', '['.repeat(1_000_000)],
    [
      'names of objects',
      '{ "__proto__": { "polluted": 1 }, "constructor": 5, "rules": { "__proto__": "off", "toString": "error" }, "volumes": [{ "__proto__": 1 }], "workspaces": ["__proto__", "constructor/*"], "exports": { "__proto__": "./x.ts" }, "imports": { "#x": { "__proto__": "./b.ts" } }, "compilerOptions": { "paths": { "__proto__": ["./b.ts"], "constructor": ["./b"] } } }',
    ],
    [
      'stars between equal letters',
      JSON.stringify({
        workspaces: [`packages/${'*a'.repeat(40)}b`],
        compilerOptions: { paths: { [`${'a*'}b`]: ['*'] } },
      }),
    ],
    [
      'thousands of stars',
      JSON.stringify({
        workspaces: ['**/'.repeat(50), `${'*'.repeat(5_000)}x`],
        compilerOptions: { paths: { ['*'.repeat(5_000)]: ['*'] } },
      }),
    ],
    [
      'aliases upon aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`)}]`).join('\n')}\npackages: *i\n`,
    ],
  ])('a scan ends where settings are %s', (_, text) => {
    const repository = hostileRepository();
    for (const path of ['package.json', 'tsconfig.json', 'pnpm-workspace.yaml', 'data.json', 'n.ipynb']) {
      rmSync(join(repository.root, path), { force: true });
      repository.write(path, text);
    }
    repository.write('a.ts', CALL);
    repository.write('b.ts', USES);
    repository.write('packages/x/package.json', '{ "name": "__proto__" }');
    repository.write(`packages/${'a'.repeat(250)}/package.json`, '{ "name": "long" }');
    repository.write('.gitignore', `${'*a'.repeat(40)}b\n${'*a'.repeat(40)}b/c\n`);
    const { status, out, err } = farthing(['scan', '--no-cache'], { cwd: repository.root });
    expect(status, err).toBe(1);
    expect(out).toContain('retired-model');
    rmSync(join(repository.root, 'farthing.config.json'), { force: true });
    repository.write('farthing.config.json', text);
    const configured = farthing(['scan', '--no-cache'], { cwd: repository.root });
    expect(configured.status).toBe(2);
    expect(configured.err).not.toContain('fault of the program');
  });
});

describe.skipIf(process.platform === 'win32')("other users' files", () => {
  const clean = (dir: string) =>
    farthing(['scan', '--format', 'json'], { cwd: dir, env: { FARTHING_CACHE_DIR: join(dir, 'cache') } });
  const prepared = () => {
    const dir = mkdtempSync(join(tmpdir(), 'farthing-shared-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    writeFileSync(join(dir, 'a.ts'), badlyNamed('ask'));
    expect(JSON.parse(clean(dir).out).stats.parsed).toBe(1);
    // The second scan takes what the first one found.
    expect(JSON.parse(clean(dir).out).stats.parsed).toBe(0);
    return dir;
  };

  test('a cache that others can write to is not believed', () => {
    const dir = prepared();
    chmodSync(join(dir, 'cache'), 0o777);
    expect(JSON.parse(clean(dir).out).stats.parsed).toBe(1);
  });

  test.runIf(process.getuid?.() === 0)('nor one that another user owns, whatever its folder', () => {
    const dir = prepared();
    spawnSync('chown', ['-R', '12345', join(dir, 'cache')]);
    expect(JSON.parse(clean(dir).out).stats.parsed).toBe(1);
    spawnSync('chown', ['0', join(dir, 'cache')]);
    expect(JSON.parse(clean(dir).out).stats.parsed).toBe(1);
  });

  test('compiled code is neither taken from nor put into a folder that others can write to', () => {
    const dir = mkdtempSync(join(tmpdir(), 'farthing-shared-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const code = join(dir, 'code');
    mkdirSync(code);
    chmodSync(code, 0o777);
    farthing(['sdks'], { env: { FARTHING_CACHE_DIR: dir } });
    expect(contentOf(code).size).toBe(0);
    chmodSync(code, 0o700);
    farthing(['sdks'], { env: { FARTHING_CACHE_DIR: dir } });
    expect(contentOf(code).size).toBeGreaterThan(0);
  });

  test.runIf(process.getuid?.() === 0)('a configuration that a stranger left above the folder does not count', () => {
    const dir = mkdtempSync(join(tmpdir(), 'farthing-shared-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    mkdirSync(join(dir, 'mine'));
    writeFileSync(join(dir, 'mine', 'a.ts'), badlyNamed('ask'));
    writeFileSync(join(dir, 'farthing.config.json'), '{ "ignore": ["**"] }');
    expect(farthing(['scan'], { cwd: join(dir, 'mine') }).status).toBe(0);
    spawnSync('chown', ['12345', join(dir, 'farthing.config.json')]);
    expect(farthing(['scan'], { cwd: join(dir, 'mine') }).status).toBe(1);
  });
});
