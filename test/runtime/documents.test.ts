/** What the runtime's documents show is what happens: their code runs, prints what they say, and holds by its types. */
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasServers, withServers } from '../../scripts/lib/document-servers.ts';
import { blocksOf, comparable, folderOf, type Result, runDocument } from '../../scripts/lib/documents.ts';
import { root } from '../../scripts/lib/root.ts';

const run = promisify(execFile);
const PATHS = ['README.md', 'runtime/README.md', ...globSync('docs/runtime/*.md', { cwd: root }).sort()];
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
/** Programs that need a server say so by its address. */
const needsServers = (path: string): boolean => /REDIS_URL|DATABASE_URL/.test(textOf(path));

let env: Readonly<Record<string, string>> = {};
let stopServers: () => void = () => {};
let serversEnded: Promise<void> = Promise.resolve();
beforeAll(async () => {
  await new Promise<void>((resolve, reject) => {
    serversEnded = withServers(async (given) => {
      env = given;
      await new Promise<void>((stop) => {
        stopServers = stop;
        resolve();
      });
    });
    serversEnded.catch(reject);
  });
});
afterAll(async () => {
  stopServers();
  await serversEnded;
});

describe.concurrent.each(PATHS)('%s', (path) => {
  test.skipIf(needsServers(path) && !hasServers)('its code runs and prints what it says', async () => {
    const results = await runDocument(path, env);
    for (const result of results) {
      expect(result, whereOf(path, result)).toMatchObject({ status: 0, err: '' });
      if (result.block.output === null) continue;
      expect(comparable(result.out), whereOf(path, result)).toBe(comparable(result.block.output.text));
    }
  });

  test('its links lead somewhere', () => {
    for (const [, link = ''] of textOf(path).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? join(root, path) : join(root, dirname(path), file);
      expect(existsSync(target), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8')), link).toContain(anchor);
    }
  });
});

function whereOf(path: string, { block, err }: Result): string {
  return `${path}:${block.line}\n${err}`;
}

/** As they are made of headings where documents are shown. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('its types hold', async () => {
  const files = PATHS.filter((path) => hasServers || !needsServers(path)).flatMap((path) =>
    blocksOf(textOf(path)).flatMap(({ file }) => (file === null ? [] : [join(folderOf(path), file)])),
  );
  expect(files.length).toBeGreaterThan(30);
  const tsconfig = join(root, 'test', 'dist', 'documents', 'tsconfig.json');
  const compilerOptions = {
    composite: false,
    noEmit: true,
    emitDeclarationOnly: false,
    declaration: false,
    noUnusedLocals: false,
  };
  writeFileSync(tsconfig, JSON.stringify({ extends: '../../../tsconfig.base.json', compilerOptions, files }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', tsconfig]).catch((error) => error);
  expect(stdout).toBe('');
});
