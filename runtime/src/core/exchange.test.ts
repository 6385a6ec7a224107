import { expect, test } from 'vitest';
import { pathOf } from './exchange.ts';

test.each([
  ['https://api.openai.com/v1/chat/completions', '/v1/chat/completions'],
  ['https://api.openai.com/v1//chat/completions/', '/v1/chat/completions'],
  ['https://api.openai.com', ''],
  ['https://api.openai.com/', ''],
  ['https://api.openai.com?path=/v1', ''],
  ['https://api.openai.com/v1/models?key=a/b#c/d', '/v1/models'],
  ['http://localhost:8000/v1/chat/completions#x', '/v1/chat/completions'],
  ['/v1/chat/completions', ''],
])('the path of %s is "%s"', (url, path) => {
  expect(pathOf(url)).toBe(path);
});
