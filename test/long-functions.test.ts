/**
 * Functions stay short enough to be read at once: none has over 100 lines, not counting inner functions, or over 150
 * with them.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const MAX_OWN_LINES = 100;
const MAX_LINES = 150;

/** Functions that are longer for a reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'runtime/src/stores/postgres/schema.ts: (anonymous)': 'one text: the statements that make the tables',
};

/** The names of the functions in `text` that are too long. */
function longFunctions(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  const lineAt = (offset: number): number => file.getLineAndCharacterOfPosition(offset).line;
  const found: string[] = [];

  /** Returns the lines of the functions in `node`, itself aside. */
  const visit = (node: ts.Node): number => {
    let inside = 0;
    ts.forEachChild(node, (child) => {
      const within = visit(child);
      if (!ts.isFunctionLike(child) || !('body' in child) || child.body === undefined) {
        inside += within;
        return;
      }
      const lines = lineAt(child.end) - lineAt(child.getStart(file)) + 1;
      const name = child.name !== undefined ? child.name.getText(file) : '(anonymous)';
      if (lines > MAX_LINES || lines - within > MAX_OWN_LINES) found.push(`${path}: ${name}`);
      inside += lines;
    });
    return inside;
  };
  visit(file);
  return found;
}

test('no function is too long', () => {
  const paths = globSync('{server,shared,runtime,client}/src/**/*.ts', { cwd: ROOT })
    .concat(globSync('scripts/**/*.{ts,mjs}', { cwd: ROOT }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.test\.ts$|node_modules\/|\/generated\/|\.d\.ts$/.test(path));
  const found = paths.flatMap((path) => longFunctions(path, readFileSync(join(ROOT, path), 'utf8')));
  // An exception that is no longer needed is removed.
  expect(found.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});

test.each([
  ['lines of its own', `function long() {\n${'  step();\n'.repeat(100)}}\n`, ['a.ts: long']],
  [
    'a closure of short functions',
    `function outer() {\n${'  const f = () => {\n  };\n'.repeat(75)}}\n`,
    ['a.ts: outer'],
  ],
  ['as long as it may be', `function short() {\n${'  step();\n'.repeat(98)}}\n`, []],
])('finds a function by %s', (_, text, expected) => {
  expect(longFunctions('a.ts', text)).toEqual(expected);
});
