/** Parsers that had no part in the fixes: TypeScript's, and CPython's through `python3`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Parsed, Tree } from './tree.ts';
import { parseTypeScript } from './typescript-tree.ts';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What the language's parser says of each text, in order. Python's are parsed by one process. */
export function parseAll(sources: readonly Source[]): readonly Parsed[] {
  const pythons = sources.filter(isPython);
  const answers = pythons.length === 0 ? [] : parsePython(pythons.map(({ text }) => text));
  let next = 0;
  return sources.map((source) =>
    isPython(source) ? (answers[next++] as Parsed) : parseTypeScript(source.text, source.path),
  );
}

function isPython({ path }: Source): boolean {
  return /\.(?:pyi?|pyw|ipynb)$/.test(path);
}

let isThere: boolean | null = null;

/** False where there is no `python3`: then no parser but our own says anything of Python. */
export function hasPython(): boolean {
  isThere ??= spawnSync('python3', ['-c', '']).status === 0;
  return isThere;
}

type Node = readonly [kind: string, text: string, children: readonly Node[]];

function parsePython(texts: readonly string[]): readonly Parsed[] {
  const missing: Parsed = { tree: { kind: '', text: '', children: [] }, error: 'there is no python3', comments: [] };
  if (!hasPython()) return texts.map(() => missing);
  const { stdout, stderr, status, error } = spawnSync('python3', [join(import.meta.dirname, 'python-tree.py')], {
    input: texts.map((text) => JSON.stringify(text.replace(/^\ufeff/, ''))).join('\n'),
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 does not judge: ${error?.message ?? stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const { tree, ...rest } = JSON.parse(line) as Omit<Parsed, 'tree'> & { tree: Node };
      return { ...rest, tree: treeOf(tree) };
    });
}

function treeOf([kind, text, children]: Node): Tree {
  return { kind, text, children: children.map(treeOf) };
}
