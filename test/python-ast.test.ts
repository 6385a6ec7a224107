/** The Python frontend against CPython's own parser: no call is lost, none is invented, and each stands in its function. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { python } from '../server/src/frontends/python/python.ts';
import { callsOf } from './python-ast/calls-of.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const FIXTURES = join(HERE, 'python-ast/fixtures');
/** Evenly spread over the library's files in the order of their names. */
const SAMPLE = 150;
/** Of a library's sample, in files and calls: the two places where the representation deliberately differs are rare. */
const ALLOWED = { errors: 1, differences: 2 };

interface Truth {
  readonly path: string;
  /** Line from 1, column in UTF-16 units from 0, scope. Null where CPython refuses the file. */
  readonly calls: readonly (readonly [number, number, string])[] | null;
  readonly seesTemplates: boolean;
}

/** The installed Python's version and library folder, or why it cannot be used as a reference. */
function findPython(): { library: string } | { reason: string } {
  try {
    const script = 'import sys, sysconfig; print(sys.version_info >= (3, 10), sysconfig.get_path("stdlib"))';
    const output = execFileSync('python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [isRecent = '', library = ''] = output.trim().split(/ (.*)/);
    return isRecent === 'True' ? { library } : { reason: 'python3 is older than 3.10' };
  } catch {
    return { reason: 'there is no python3' };
  }
}

function readTruth(paths: readonly string[]): Truth[] {
  const output = execFileSync('python3', [join(HERE, 'python-ast/calls.py')], {
    input: paths.join('\n'),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Truth);
}

/** What the frontend finds otherwise than CPython does, as `path:offset scope` with a sign. */
function differences(truth: Truth): { lines: string[]; hasError: boolean } {
  const text = readFileSync(truth.path, 'utf8');
  const module = python.lower(text, truth.path);
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  const markLength = text.startsWith('\ufeff') ? 1 : 0;
  const expected = (truth.calls ?? []).map(([line, column, scope]) => {
    return `${(starts[line - 1] ?? 0) + column + (line === 1 ? markLength : 0)} ${scope}`;
  });
  const found = callsOf(module)
    .filter((call) => truth.seesTemplates || !call.isInTemplate)
    .map((call) => `${call.start} ${call.scope}`);
  const lines = [
    ...without(expected, found).map((call) => `- ${truth.path}:${call}`),
    ...without(found, expected).map((call) => `+ ${truth.path}:${call}`),
  ];
  return { lines, hasError: module.syntaxError !== null };
}

/** The items of `from` that `taken` does not hold, each as often as it is missing. */
function without(from: readonly string[], taken: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of taken) counts.set(item, (counts.get(item) ?? 0) + 1);
  return from.filter((item) => {
    const count = counts.get(item) ?? 0;
    counts.set(item, count - 1);
    return count <= 0;
  });
}

/** Scripts in `folder` and its packages, without the tests, some of which are broken on purpose. */
function libraryFiles(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py') && !/(?:^|\/)(?:tests?|site-packages|lib2to3|idlelib)\//.test(path))
    .sort();
  const step = Math.max(1, all.length / SAMPLE);
  return Array.from({ length: Math.min(SAMPLE, all.length) }, (_, index) =>
    join(folder, all[Math.floor(index * step)] ?? ''),
  );
}

const found = findPython();
if ('reason' in found) console.log(`skipped: the comparison with CPython's parser (${found.reason})`);

describe.skipIf('reason' in found)("against CPython's parser", () => {
  const fixtures = readdirSync(FIXTURES).map((name) => join(FIXTURES, name));

  test('every call of the fixtures stands where CPython has it', () => {
    const truths = readTruth(fixtures);
    expect(truths.filter((truth) => truth.calls === null)).toEqual([]);
    expect(truths.flatMap((truth) => truth.calls ?? []).length).toBeGreaterThan(100);
    const results = truths.map(differences);
    expect(results.flatMap((result) => result.lines)).toEqual([]);
    expect(results.filter((result) => result.hasError)).toEqual([]);
  });

  test('and so do the calls of the standard library', () => {
    const files = 'library' in found ? libraryFiles(found.library) : [];
    const valid = readTruth(files).filter((truth) => truth.calls !== null);
    expect(valid.length).toBeGreaterThan(SAMPLE / 2);
    const results = valid.map(differences);
    expect(results.flatMap((result) => result.lines).slice(ALLOWED.differences)).toEqual([]);
    expect(results.filter((result) => result.hasError).length).toBeLessThanOrEqual(ALLOWED.errors);
  });
});
