import { describe, expect, it } from 'vitest';
import { isTestCode } from './test-code.ts';

describe('tests and evaluations', () => {
  it.each([
    'tests/unit/chat.py',
    'packages/a/__tests__/chat.ts',
    'src/chat.test.ts',
    'src/chat.spec.tsx',
    'app/test_chat.py',
    'app/chat_test.py',
    'app/conftest.py',
    'app/test_write_tests.py',
    'app/create_test.py',
    'evals/simple/run.py',
    'e2e/chat.mjs',
  ])('by path: %s', (path) => expect(isTestCode(path, [])).toBe(true));

  it.each([
    'src/latest.ts',
    'src/contest/prompt.ts',
    'app/attestation.py',
    'src/evaluate.ts',
    'app/testing_ground.py',
    'test.ts',
    'src/protest.py',
    'tools/write_test.py',
    'tools/generate_unit_tests.py',
    'src/fix-tests.ts',
  ])('not by path: %s', (path) => expect(isTestCode(path, [])).toBe(false));

  it.each([['vitest'], ['node:test'], ['pytest'], ['unittest.mock'], ['deepeval.metrics'], ['@jest/globals']])(
    'by import: %s',
    (module) => expect(isTestCode('src/chat.ts', ['openai', module])).toBe(true),
  );

  it('not by another import', () => expect(isTestCode('src/chat.ts', ['openai', 'jestful', './pytest'])).toBe(false));
});
