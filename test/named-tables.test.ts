/**
 * What is known of a provider is in `shared/src/providers/`, what is known of an SDK in its descriptor. A set or a record
 * of their names anywhere else is a second place for such knowledge, and is missed when a provider or an SDK is added.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { PROVIDERS, SDKS } from '../shared/src/vocabulary.ts';

const root = join(import.meta.dirname, '..');
/**
 * In `tokens/` a name is that of a tokenizer, called after its maker; in `unread-packages.ts` it is that of a package, and
 * the list gives way by itself to a descriptor that describes it.
 */
const HOMES =
  /^shared\/src\/(?:providers\/|tokens\/|catalogue\/data\/|vocabulary\.ts$)|^server\/src\/sdks\/(?:descriptors\/|packages\/unread-packages\.ts$)|\.test\.ts$|\/testing\.ts$/;
/** Words that are more than a name: who is paid is open, or the word is another thing's as well. */
const COMMON = new Set(['any', 'unknown', 'openai-compatible', 'http', 'github', 'writer', 'replicate', 'together']);
const NAMES: ReadonlySet<string> = new Set([...PROVIDERS, ...SDKS].filter((name) => !COMMON.has(name)));

/** Array and object literals of `text` that hold several of the names, as `line: names`. */
function tablesIn(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const names = new Set(namesIn(node).filter((name) => NAMES.has(name)));
    if (names.size > 1) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${[...names].join(', ')}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function namesIn(node: ts.Node): readonly string[] {
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((element) => (ts.isStringLiteralLike(element) ? [element.text] : []));
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap(({ name }) =>
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? [name.text] : [],
  );
}

test('sets and records of providers and SDKs are where they belong', () => {
  const files = globSync('{shared,server,runtime,client}/src/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !HOMES.test(file));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => tablesIn(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test.each([
  ["const TAKES_KEY = new Set(['openai', 'azure']);", ['a.ts:1: openai, azure']],
  ["const NAMES = { google: 'gcp.gemini', 'aws-bedrock': 'aws.bedrock' };", ['a.ts:1: google, aws-bedrock']],
  ["const FORMATS = { github, json }; const one = ['openai'];", []],
])('%s', (text, tables) => {
  expect(tablesIn('a.ts', text)).toEqual(tables);
});

/** Several words to choose from in a regular expression. */
const WORDS = /[A-Za-z]{2,}\|(?:\(\?:)?[A-Za-z]{2,}/;

/** Arrays of several texts, and regular expressions of several words, in `text`, as `line: texts`. */
function listsIn(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isPattern = ts.isRegularExpressionLiteral(node) && WORDS.test(node.text);
    const names = ts.isArrayLiteralExpression(node) ? namesIn(node) : isPattern ? [node.text] : [];
    if (names.length > 1 || isPattern) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${names.join(', ')}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("what SDKs call a request's parts is in sdks/descriptors/message-names.ts, not where prompts are read", () => {
  const files = globSync('server/src/calls/prompt/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(8);
  expect(files.flatMap((file) => listsIn(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  expect(listsIn('a.ts', 'const isSystem = /^System|Developer/;')).toEqual(['a.ts:1: /^System|Developer/']);
  expect(listsIn('a.ts', "firstField(fields, ['max_uses', 'maxUses']);")).toEqual(['a.ts:1: max_uses, maxUses']);
});
