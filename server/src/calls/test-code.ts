/** Tests and evaluations: they call models as well, but not as often as a product does, and seldom the real ones. */

/** Folders that hold nothing else, as they are called in both languages. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?|e2e|cypress|evals?|evaluations?)(?:\/|$)/i;
const TEST_FILE =
  /(?:^|\/)[^/]+[.-](?:test|tests|spec|e2e|eval|evals)\.[cm]?[jt]sx?$|(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest)\.pyw?$/i;

/** Code that has tests written: their subject, and no test. */
const WRITES_TESTS =
  /(?:^|\/)(?:(?:write|generate|create|improve|fix|add|suggest|repair)(?:[_-]unit)?[_-]tests|write(?:[_-]unit)?[_-]test)\.\w+$/i;

/** Modules that only tests and evaluations import. */
const FRAMEWORKS: readonly string[] = [
  'vitest',
  'jest',
  '@jest/globals',
  'mocha',
  'ava',
  'node:test',
  'bun:test',
  '@playwright/test',
  'cypress',
  'evalite',
  'autoevals',
  'pytest',
  'unittest',
  'deepeval',
  'ragas',
];

/**
 * True for code of tests and evaluations, by its path and by what it imports. `path` is relative to the scanned root, so
 * that the folders above it have no say.
 */
export function isTestCode(path: string, imports: readonly string[]): boolean {
  const isTestFile = TEST_FILE.test(path) && !WRITES_TESTS.test(path);
  return TEST_FOLDER.test(folderOf(path)) || isTestFile || imports.some(isFramework);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function isFramework(module: string): boolean {
  return FRAMEWORKS.some((name) => module === name || module.startsWith(`${name}/`) || module.startsWith(`${name}.`));
}
