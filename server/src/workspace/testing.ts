/** What the engine's tests start from: trees on the disk, and an analysis small enough to predict. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LlmCall } from '../calls/call.ts';
import { NO_FEATURES, NO_WRAPPERS } from '../calls/wrappers/analyse-wrappers.ts';
import { python } from '../frontends/python/python.ts';
import { typescript } from '../frontends/typescript/typescript.ts';
import type { Policy } from '../lint/policy.ts';
import { NOW, testCall, testCatalogue, testModel } from '../rules/support/testing.ts';
import type { CreateAnalysis } from './analyse-file.ts';
import type { ScanOptions } from './scan.ts';
import type { NotebookText } from './sources.ts';

export type Tree = Readonly<Record<string, string | Buffer>>;

/** A new folder that contains `tree`; returns its path. */
export function makeTree(tree: Tree): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'farthing-engine-')));
  writeTree(root, tree);
  return root;
}

export function writeTree(root: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

export const FRONTENDS = [typescript, python];

/** Code cells joined; their sources are strings here. */
export function testNotebook(json: string): NotebookText {
  try {
    const { cells } = JSON.parse(json) as { cells: { cell_type: string; source: string }[] };
    let text = '';
    const starts = [];
    for (const [index, cell] of cells.entries()) {
      if (cell.cell_type !== 'code') continue;
      starts.push({ index, start: text.length, end: text.length + cell.source.length });
      text += `${cell.source}\n`;
    }
    return { text, language: 'python', cells: starts, problem: null };
  } catch {
    return { text: '', language: 'python', cells: [], problem: 'not read: it is not valid JSON.' };
  }
}

/**
 * A call is `ask(x)`: its model is the string, or the value of the name `x` in this module or in one that it imports,
 * transitively, or the content of the file in `x = read("path")`. Like the real evaluator it remembers what it found in
 * a module, and does not ask twice.
 */
export const analyseAsks: CreateAnalysis = ({ modules, relativePath, volumeAt }) => {
  const values = new Map<string, string | null>();

  const modelNamed = (path: string, name: string): string | null => {
    const key = `${path} ${name}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    values.set(key, null);
    const value = evaluate(path, name);
    values.set(key, value);
    return value;
  };

  const evaluate = (path: string, name: string): string | null => {
    const module = modules.load(path);
    if (!module) return null;
    const assigned = new RegExp(`\\b${name} = (read\\()?["']([^"']*)["']`).exec(module.text);
    if (assigned?.[1]) return modules.readText(join(dirname(path), assigned[2] ?? ''));
    if (assigned) return assigned[2] ?? null;
    for (const statement of module.node.body) {
      if (statement.kind !== 'import' && statement.kind !== 'export') continue;
      if (statement.module === null) continue;
      const target = modules.resolve(path, statement.module);
      const value = target.kind === 'module' ? modelNamed(target.path, name) : null;
      if (value !== null) return value;
    }
    return null;
  };

  const callsIn = (path: string): readonly LlmCall[] => {
    const module = modules.load(path);
    const calls: LlmCall[] = [];
    for (const match of module?.text.matchAll(/\bask\((?:(["'])(.*?)\1|(\w+))\)/g) ?? []) {
      const origin = { path, start: match.index, end: match.index + match[0].length };
      const value = match[2] ?? modelNamed(path, match[3] ?? '');
      if (value === 'crash') throw new Error('the analysis failed');
      calls.push(
        testCall({
          id: `${relativePath(path)}#${calls.length}`,
          origin,
          methodOrigin: origin,
          model: { value, source: value === null ? 'unknown' : 'literal', hint: null, origin },
          callsPerMonth: volumeAt(origin),
        }),
      );
    }
    return calls;
  };
  return {
    callsIn,
    wrappersIn: () => NO_WRAPPERS,
    mayUseOwnWrapperIn: () => false,
    objectsIn: () => [],
    featuresIn: () => NO_FEATURES,
    functionCallsIn: () => [],
  };
};

/** The severities hold everywhere, if `policyAt` says nothing else. */
export interface ScanChanges extends Partial<ScanOptions>, Partial<Pick<Policy, 'severities' | 'leastSeverity'>> {}

export function scanOptions(
  root: string,
  { severities = {}, leastSeverity = 'hint', ...changes }: ScanChanges = {},
): ScanOptions {
  const policy = { severities, leastSeverity, catalogue: testCatalogue(testModel()) };
  return {
    paths: [root],
    root,
    isRelevant: (text) => /\bask\b|farthing/.test(text),
    unreadIn: () => [],
    frontends: FRONTENDS,
    notebook: testNotebook,
    createAnalysis: analyseAsks,
    rules: [],
    includesTests: true,
    minSaving: 0,
    policyAt: () => policy,
    now: NOW,
    urlOf: (rule) => `docs/rules/${rule}.md`,
    ...changes,
  };
}
