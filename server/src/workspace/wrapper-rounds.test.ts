/** Whatever a workspace knew before, its feature calls are those of a fresh scan. */
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Report } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { openWorkspace, scan } from '../analyzer.ts';
import { makeTree, type Tree, writeTree } from './testing.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const ask = (system: string) => `import OpenAI from 'openai';
const client = new OpenAI();
export async function ask(system: string, prompt: string) {
  return client.chat.completions.create({
    model: 'gpt-6-luna',
    messages: [{ role: 'system', content: ${system} }, { role: 'user', content: prompt }],
  });
}
`;
const TREE: Tree = {
  'ask.ts': ask('system'),
  'polite.ts':
    "import { ask } from './ask';\nexport const politely = (rules: string, text: string) => ask(rules, text);\n",
  'app.ts': `import { politely } from './polite';\npolitely('${RULES}', input());\n`,
  'plain.ts': `import { translate } from './translate';\ntranslate('${RULES}', input());\n`,
  'translate.ts': 'export const translate = (rules: string, text: string) => text;\n',
};
/** One after the other: what each changes, and the lines of the feature calls after it. */
const EDITS: readonly (readonly [change: string, files: Tree, expected: readonly string[]])[] = [
  ['nothing', {}, ['app.ts:2']],
  [
    'a function becomes a wrapper',
    {
      'translate.ts':
        "import { ask } from './ask';\nexport const translate = (rules: string, text: string) => ask(rules, text);\n",
    },
    ['app.ts:2', 'plain.ts:2'],
  ],
  ['the wrapper writes its own prompt', { 'ask.ts': ask(`'${RULES}'`) }, []],
  ['the wrapper leaves it to its callers again', { 'ask.ts': ask('system') }, ['app.ts:2', 'plain.ts:2']],
  [
    'a call moves',
    { 'app.ts': `import { politely } from './polite';\n\npolitely('${RULES}', input());\n` },
    ['app.ts:3', 'plain.ts:2'],
  ],
  ['a wrapper between is gone', { 'polite.ts': 'export const politely = (rules: string) => rules;\n' }, ['plain.ts:2']],
];

const setting = (root: string) => ({ root, config: DEFAULT_CONFIG, configFolder: root });
const scanned = (root: string, cache: { directory: string; build: string } | null = null): Report =>
  scan({ ...setting(root), paths: [root], cache, now: NOW }).report;
const featuresOf = ({ calls }: Report) =>
  calls.filter(({ via }) => via.length > 0).map(({ path, line }) => `${path}:${line}`);

test('a later scan that takes up the stored graph says what a fresh one says', () => {
  const root = makeTree(TREE);
  const cache = { directory: join(makeTree({}), 'cache'), build: 'b' };
  scanned(root, cache);
  for (const [change, files, expected] of EDITS) {
    writeTree(root, files);
    const { calls } = scanned(root, cache);
    const fresh = scanned(root);
    expect(calls, change).toEqual(fresh.calls);
    expect(featuresOf(fresh), change).toEqual(expected);
  }
});

test('an editor that scanned its workspace says what a fresh scan says after each edit', () => {
  const root = makeTree(TREE);
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  for (const [change, files, expected] of EDITS) {
    for (const [path, text] of Object.entries(files)) workspace.setOverlay(join(root, path), String(text));
    for (const _ of workspace.scan());
    writeTree(root, files);
    const { calls } = workspace.report();
    expect(calls, change).toEqual(scanned(root).calls);
    expect(featuresOf(workspace.report()), change).toEqual(expected);
  }
});

test('a file that is edited shows its feature calls without another scan', () => {
  const root = makeTree(TREE);
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  for (const _ of workspace.scan());
  const path = join(root, 'app.ts');
  const linesOf = () => workspace.file(path).calls.map(({ origin, via }) => [origin.start > 0, via.length]);
  workspace.setOverlay(
    path,
    `import { politely } from './polite';\n\n\npolitely('${RULES}', 'a');\npolitely('${RULES}', 'b');\n`,
  );
  expect(linesOf()).toEqual([
    [true, 2],
    [true, 2],
  ]);
  workspace.setOverlay(join(root, 'ask.ts'), ask(`'${RULES}'`));
  expect(linesOf()).toEqual([]);
});

test('a file shows its feature calls before any scan, and so does a scan of it alone', () => {
  const root = makeTree(TREE);
  const path = join(root, 'app.ts');
  const [feature] = scanned(root).calls.filter(({ via }) => via.length > 0);
  const { calls } = scan({ ...setting(root), paths: [path], cache: null, now: NOW }).report;
  // The request is not in this report.
  expect(calls).toEqual([{ ...feature, leadsTo: feature?.leadsTo.map((end) => ({ ...end, call: null })) }]);
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  const linesOf = () => {
    const { calls } = workspace.file(path);
    return calls.map(({ origin }) => workspace.code.positions(path).lineOf(origin.start));
  };
  expect(linesOf()).toEqual([2]);
  // The file itself is not edited: what it imports is, over one step and over two.
  workspace.setOverlay(join(root, 'ask.ts'), ask(`'${RULES}'`));
  expect(linesOf()).toEqual([]);
  workspace.setOverlay(join(root, 'ask.ts'), ask('system'));
  expect(linesOf()).toEqual([2]);
  workspace.setOverlay(join(root, 'polite.ts'), 'export const politely = (rules: string) => rules;\n');
  expect(linesOf()).toEqual([]);
});

test.each([true, false])(
  'an edit makes a function a wrapper: of its own file and of others (scanned: %s)',
  (isScanned) => {
    const root = makeTree({
      'ask.ts': ask('system'),
      'polite.ts': 'export const politely = (rules: string, text: string) => rules + text;\n',
      'app.ts': `import { politely } from './polite';\npolitely('${RULES}', input());\n`,
    });
    const workspace = openWorkspace({ ...setting(root), now: () => NOW });
    if (isScanned) for (const _ of workspace.scan());
    const callsIn = (name: string) => workspace.file(join(root, name)).calls.length;
    expect([callsIn('polite.ts'), callsIn('app.ts')]).toEqual([0, 0]);
    const wrapper =
      "import { ask } from './ask';\nexport const politely = (rules: string, text: string) => ask(rules, text);\n";
    workspace.setOverlay(join(root, 'polite.ts'), wrapper);
    // The edited file is asked about first: nothing in it rests on what its function is to others.
    expect(callsIn('polite.ts')).toBe(0);
    // Who calls what was no wrapper before, only a search can tell.
    if (isScanned) for (const _ of workspace.scan(false));
    expect(callsIn('app.ts')).toBe(1);
    workspace.setOverlay(join(root, 'polite.ts'), `${wrapper}politely('${RULES}', input());\n`);
    expect([callsIn('polite.ts'), callsIn('app.ts')]).toEqual([1, 1]);
  },
);

test('modules that import each other in a circle are followed as well', () => {
  const root = makeTree({
    'ask.ts': `import './polite';\n${ask('system')}`,
    'polite.ts': `import { ask } from './ask';\nexport const politely = (rules: string, text: string) => ask(rules, text);\n`,
    'app.ts': `import { politely } from './polite';\npolitely('${RULES}', input());\n`,
    'other.ts': `import { ask } from './ask';\nask('${RULES}', input());\n`,
  });
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  const expected = scanned(root);
  for (const name of ['app.ts', 'other.ts']) {
    const ids = workspace.file(join(root, name)).calls.map(({ id }) => id);
    expect(ids, name).toEqual(expected.calls.filter(({ path }) => path === name).map(({ id }) => id));
    expect(ids, name).toHaveLength(1);
  }
});

test('a search for wrappers takes up what changes while it is under way', () => {
  const root = makeTree(TREE);
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  const path = join(root, 'app.ts');
  let steps = 0;
  for (const _ of workspace.settle(path)) {
    // In the middle: the wrapper that was looked at already leaves nothing to its callers any more.
    if (++steps === 3) workspace.setOverlay(join(root, 'ask.ts'), ask(`'${RULES}'`));
  }
  expect(steps).toBeGreaterThan(3);
  expect(workspace.file(path).calls).toEqual([]);
});

test('a call over many functions is known again after an edit of the last of them', () => {
  const last = 7;
  const functions = Array.from({ length: last }, (_, index) => {
    const next = index + 1 === last ? 'ask' : `f${index + 2}`;
    return `export const f${index + 1} = (rules: string, text: string) => ${next}(rules, text);\n`;
  });
  const root = makeTree({
    'ask.ts': ask('system'),
    'chain.ts': `import { ask } from './ask';\n${functions.join('')}`,
    'app.ts': `import { f1 } from './chain';\nf1('${RULES}', input());\n`,
  });
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  for (const _ of workspace.scan());
  const path = join(root, 'app.ts');
  expect(workspace.file(path).calls).toHaveLength(1);
  workspace.setOverlay(join(root, 'ask.ts'), `// Asks.\n${ask('system')}`);
  expect(workspace.file(path).calls).toHaveLength(1);
});

test('neither tests nor files that the configuration leaves out are followed', () => {
  const root = makeTree({
    ...TREE,
    'tests/helper.ts': ask('system').replace('function ask', 'function check'),
    'generated/tell.ts': ask('system').replace('function ask', 'function tell'),
    'plain.ts': `import { check } from './tests/helper';\nimport { tell } from './generated/tell';\ncheck('${RULES}', 'a');\ntell('${RULES}', 'b');\n`,
  });
  const config = { ...DEFAULT_CONFIG, ignore: ['generated/'] };
  const workspace = openWorkspace({ ...setting(root), config, now: () => NOW });
  expect(workspace.file(join(root, 'plain.ts')).calls).toEqual([]);
  const { report } = scan({ ...setting(root), config, paths: [root], cache: null, now: NOW });
  expect(featuresOf(report)).toEqual(['app.ts:2']);
});

test('says so if calls lead through more files than are searched', () => {
  const chain = (files: number): Tree => ({
    'f0.ts': ask('system').replace('function ask', 'function f0'),
    ...Object.fromEntries(
      Array.from({ length: files }, (_, index) => [
        `f${index + 1}.ts`,
        `import { f${index} } from './f${index}';\nexport const f${index + 1} = (rules: string, text: string) => f${index}(rules, text);\n`,
      ]),
    ),
  });
  const problemsOf = (files: number) => scanned(makeTree(chain(files))).problems.map(({ message }) => message);
  expect(problemsOf(3)).toEqual([]);
  expect(problemsOf(9)).toEqual([expect.stringContaining('through 6 files at most')]);
});
