/**
 * Every fix over its golden texts with the parser that is cut out of TypeScript for the bundles: it lacks what only the
 * language service adds to a tree.
 */
import { expect, test, vi } from 'vitest';
import './support/fix-suite.ts';
import ts from 'typescript';

vi.mock('typescript', async () => {
  const { createRequire } = await import('node:module');
  return { default: createRequire(import.meta.url)('../server/dist/typescript.cjs') };
});

test('the parser is the one of the bundles', () => {
  expect('createProgram' in ts).toBe(false);
});
