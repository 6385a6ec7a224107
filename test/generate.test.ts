import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  exportName,
  generatedFiles,
  loadRules,
  replaceTable,
  ruleDocument,
  ruleIds,
} from '../scripts/lib/generated.ts';
import { newRuleFiles } from '../scripts/lib/new-rule-files.ts';
import { rules } from '../server/src/rules/index.ts';

const root = join(import.meta.dirname, '..');

test('what is committed is what the rules generate', async () => {
  const files = await generatedFiles(root);
  expect(files.map(({ path }) => path)).toContain('server/src/rules/index.ts');
  expect(files.map(({ path }) => path)).toContain('farthing.schema.json');
  for (const { path, content } of files) {
    expect(existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === content, path).toBe(true);
  }
});

test('the schema of the configuration knows the rules and no other', async () => {
  const schema = (await generatedFiles(root)).find(({ path }) => path === 'farthing.schema.json')?.content ?? '';
  const { properties } = JSON.parse(schema) as { properties: { rules: { properties: object } } };
  expect(Object.keys(properties.rules.properties)).toEqual(
    expect.arrayContaining([...rules.map((rule) => rule.id), 'unused-suppression']),
  );
});

test('only the table between the markers is replaced', () => {
  const readme = '# Farthing\n<!-- rules:start -->\nold\n<!-- rules:end -->\nrest\n';
  const replaced = replaceTable(readme, rules) ?? '';
  expect(replaced).toMatch(/^# Farthing\n<!-- rules:start -->\n\| rule \|/);
  expect(replaced).toMatch(/\n<!-- rules:end -->\nrest\n$/);
  expect(replaced).not.toContain('old');
  expect(replaceTable(replaced, rules)).toBe(replaced);
});

test('a text without both markers in order is left alone', () => {
  expect(replaceTable('# Farthing', rules)).toBeNull();
  expect(replaceTable('<!-- rules:start -->', rules)).toBeNull();
  expect(replaceTable('<!-- rules:end --><!-- rules:start -->', rules)).toBeNull();
});

test('documents have the usual fences', () => {
  for (const rule of rules) {
    expect(ruleDocument(rule)).not.toContain('~~~');
    expect(ruleDocument(rule)).toContain('```ts\n');
  }
});

test('a module that does not export its rule is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-'));
  try {
    writeFileSync(join(folder, 'some-rule.ts'), "export const someRule = { id: 'another-rule' };\n");
    await expect(loadRules(folder)).rejects.toThrow('some-rule.ts must export `someRule`');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('tests, the contract and the index are no rules', () => {
  expect(ruleIds(join(root, 'server/src/rules'))).not.toEqual(expect.arrayContaining(['rule', 'index']));
});

test('a new rule comes with its test and its fixtures', () => {
  const files = newRuleFiles('some-rule', exportName('some-rule'));
  expect(files.map(({ path }) => path)).toEqual([
    'server/src/rules/some-rule.ts',
    'server/src/rules/some-rule.test.ts',
    'test/fixtures/rules/some-rule/bad.ts',
    'test/fixtures/rules/some-rule/good.ts',
    'test/fixtures/rules/some-rule/bad.py',
    'test/fixtures/rules/some-rule/good.py',
  ]);
  expect(files[0]?.content).toContain('export const someRule: Rule');
});
