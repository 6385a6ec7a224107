/** All texts of the extension exist in English and in Spanish. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const dictionary = (path: string): Readonly<Record<string, string>> => JSON.parse(read(path));

/** First arguments of `t(...)` and `l10n.t(...)` in the extension's sources. */
function messages(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of globSync('client/src/**/*.ts', { cwd: root })) {
    if (path.endsWith('.test.ts')) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /(^|\.)t$/.test(node.expression.getText())) {
        const [message] = node.arguments;
        if (message === undefined || !ts.isStringLiteralLike(message)) {
          throw new Error(`${path}: ${node.getText()} has no message that can be translated`);
        }
        found.add(message.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.ESNext, true));
  }
  return found;
}

/** `{0}`, link addresses, code: the parts that a translation must keep. */
function fixedParts(text: string): readonly string[] {
  return (text.match(/\{\d\}|\(command:[\w.]+\)|`[^`]+`/g) ?? []).toSorted();
}

describe('localisation', () => {
  it('translates every message of the sources, and no other', () => {
    const translated = Object.keys(dictionary('l10n/bundle.l10n.es.json'));
    expect(translated.length).toBeGreaterThan(30);
    expect(translated.toSorted()).toEqual([...messages()].toSorted());
  });

  it('translates every text of the manifest, and no other', () => {
    const used = [...new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''))];
    expect(Object.keys(dictionary('package.nls.json')).toSorted()).toEqual(used.toSorted());
    expect(Object.keys(dictionary('package.nls.es.json')).toSorted()).toEqual(used.toSorted());
  });

  it('keeps placeholders, links and code, and leaves no text empty or untranslated', () => {
    const spanishManifest = dictionary('package.nls.es.json');
    const ofManifest = Object.entries(dictionary('package.nls.json')).map(([key, text]): readonly [string, string] => [
      text,
      spanishManifest[key] ?? '',
    ]);
    const pairs = [...Object.entries(dictionary('l10n/bundle.l10n.es.json')), ...ofManifest];
    for (const [english, spanish] of pairs) {
      expect(fixedParts(spanish), english).toEqual(fixedParts(english));
      expect(spanish.trim(), english).not.toBe('');
      expect(spanish).not.toBe(english);
    }
  });

  it('translates every page of the walkthrough', () => {
    const pages = [...read('package.json').matchAll(/"markdown": "([^"]+)\.md"/g)].map(([, page]) => page ?? '');
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) {
      expect(existsSync(join(root, `${page}.md`)), page).toBe(true);
      expect(existsSync(join(root, `${page}.nls.es.md`)), page).toBe(true);
    }
  });
});
