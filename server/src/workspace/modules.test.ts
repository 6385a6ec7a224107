import { expect, test } from 'vitest';
import { createDependencies } from './dependencies.ts';
import { createFileStates } from './file-state.ts';
import { createModules, type Modules } from './modules.ts';
import { makeTree, scanOptions } from './testing.ts';

const LINE = 'ask("small");\n';

/** Modules of a tree, and the path of each of its files. */
function open(tree: Readonly<Record<string, string>>): { modules: Modules; paths: readonly string[] } {
  const root = makeTree(tree);
  const states = createFileStates();
  const modules = createModules({ ...scanOptions(root), roots: [root] }, states, createDependencies(states));
  return { modules, paths: Object.keys(tree).map((name) => `${root}/${name}`) };
}

test('modules that are few enough are kept for the next evaluator, and count for it once it asks for them', () => {
  const { modules, paths } = open({ 'a.ts': LINE, 'b.ts': LINE });
  const [a, b] = paths.map((path) => modules.load(path));
  expect([modules.lowered(), modules.loadedUnits()]).toEqual([2, 2 * LINE.length]);
  modules.release(10 * LINE.length);
  expect(modules.loadedUnits()).toBe(0);
  expect(paths.map((path) => modules.load(path))).toEqual([a, b]);
  modules.load(paths[0] ?? '');
  expect([modules.lowered(), modules.loadedUnits()]).toEqual([2, 2 * LINE.length]);
});

test('modules are dropped if they are too many, and the largest in any case', () => {
  const { modules, paths } = open({ 'a.ts': LINE, 'b.ts': LINE.repeat(5) });
  for (const path of paths) modules.load(path);
  modules.release(12 * LINE.length);
  for (const path of paths) modules.load(path);
  expect(modules.lowered()).toBe(3);
  modules.release(2 * LINE.length);
  for (const path of paths) modules.load(path);
  expect(modules.lowered()).toBe(5);
});

test('the modules that were asked for longest ago are dropped first', () => {
  const { modules, paths } = open(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.ts`, LINE])));
  for (const path of paths) modules.load(path);
  modules.release(10 * LINE.length);
  const [oldest = '', ...others] = paths;
  for (const path of others) modules.load(path);
  modules.release(4 * LINE.length);
  for (const path of others) modules.load(path);
  expect(modules.lowered()).toBe(5);
  modules.load(oldest);
  expect(modules.lowered()).toBe(6);
});
