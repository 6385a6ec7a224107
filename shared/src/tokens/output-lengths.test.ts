import { describe, expect, test } from 'vitest';
import { answerLength, reasonsByDefault } from './output-lengths.ts';

describe('answerLength', () => {
  test('orders its bounds, and is longer where a model reasons', () => {
    for (const task of ['chat', 'json', 'label', 'tools'] as const) {
      const plain = answerLength(task, false);
      const reasoning = answerLength(task, true);
      for (const { low, expected, high } of [plain, reasoning]) {
        expect(low).toBeLessThanOrEqual(expected);
        expect(expected).toBeLessThanOrEqual(high);
      }
      expect(reasoning.expected).toBeGreaterThan(plain.expected);
    }
    expect(answerLength('label', false).expected).toBeLessThan(answerLength('json', false).expected);
  });
});

describe('reasonsByDefault', () => {
  test.each([
    'o3',
    'o4-mini',
    'gpt-5',
    'openai/gpt-5-mini-2025-08-07',
    'gpt-oss-120b',
    'gemini-2.5-pro',
    'gemini-3.8-flash',
    'deepseek-r1',
    'qwen3',
    'grok-4',
  ])('%s does', (model) => {
    expect(reasonsByDefault(model)).toBe(true);
  });
  test.each([
    'gpt-4o',
    'gpt-5.4',
    'gpt-6-sol',
    'claude-opus-5-5',
    'gemini-2.5-flash-lite',
    'gemini-2.0-flash',
    'qwen3-coder-480b',
    'grok-4-1-fast-non-reasoning',
    'llama-3.3-70b',
  ])('%s does not', (model) => {
    expect(reasonsByDefault(model)).toBe(false);
  });
});
