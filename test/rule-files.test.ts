import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedFiles, ruleIds } from '../scripts/lib/generated.ts';
import { rules } from '../server/src/rules/index.ts';
import { examplesOf } from './support/markers.ts';

const root = join(import.meta.dirname, '..');
const HEADINGS = ['What it does', 'Why is this bad', 'Example', 'Use instead', 'Fix safety', 'References'];
const ids = ruleIds(join(root, 'server/src/rules'));
const generated = new Map((await generatedFiles(root)).map(({ path, content }) => [path, content]));

test('the index holds every rule of the folder, once', () => {
  expect(rules.map((rule) => rule.id)).toEqual(ids);
});

describe.each(ids)('%s', (id) => {
  const rule = rules.find((one) => one.id === id);

  test('has its test', () => {
    expect(existsSync(join(root, `server/src/rules/${id}.test.ts`))).toBe(true);
  });

  test('has its document, as it is generated', () => {
    const path = `docs/rules/${id}.md`;
    expect(readFileSync(join(root, path), 'utf8')).toBe(generated.get(path));
  });

  test('has bad and good fixtures in both languages', () => {
    for (const name of ['bad.ts', 'good.ts', 'bad.py', 'good.py']) {
      expect(existsSync(join(root, 'test/fixtures/rules', id, name)), name).toBe(true);
    }
  });

  test('is documented under the fixed headings, with examples in both languages', () => {
    const text = rule?.documentation ?? '';
    expect([...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(HEADINGS);
    const bad = examplesOf(text).filter((example) => example.heading === 'Example');
    expect(bad.map((example) => example.file.split('.').pop()).sort()).toEqual(['py', 'ts']);
    expect(bad.every((example) => example.code.includes(`expect: ${id}`))).toBe(true);
  });

  test('has a summary of one line', () => {
    expect(rule?.summary).toMatch(/^[A-Z].{20,110}\.$/);
  });
});
