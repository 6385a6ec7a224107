import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const ENTRY = `
  import { createCatalogue } from './catalogue/create-catalogue.ts';
  import { parseConfig } from './config.ts';
  import { lawFor } from './tokens/laws/index.ts';
  import { textTokens } from './tokens/measure.ts';
  const count = (model) => textTokens(lawFor({ provider: 'any', model, api: 'chat.completions' }), 'Hello, world');
  console.log(JSON.stringify({
    o200k: count('gpt-4o').expected,
    cl100k: count('gpt-4').expected,
    claude: count('claude-sonnet-4-5').basis,
    price: createCatalogue({ now: new Date() }).find('openai', 'gpt-4o').price.input,
    problems: parseConfig('{ "rules": { "a": "warn" } }', 'c.json').problems.length,
  }));`;

test('a CommonJS bundle counts and prices from an empty directory, with nothing beside it', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'farthing-bundle-'));
  try {
    const outfile = path.join(directory, 'bundle.cjs');
    await build({
      stdin: { contents: ENTRY, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      // jsonc-parser's main file is UMD, and a bundler cannot see its requires.
      mainFields: ['module', 'main'],
      logOverride: { 'empty-import-meta': 'silent' },
    });
    const output = execFileSync(process.execPath, [outfile], { cwd: directory, encoding: 'utf8', env: {} });
    expect(JSON.parse(output)).toEqual({ o200k: 3, cl100k: 3, claude: 'assumed', price: 2500, problems: 1 });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
