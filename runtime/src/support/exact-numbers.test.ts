import { expect, test } from 'vitest';
import { keepsNumbers, parseForChange } from './exact-numbers.ts';
import { changedPayload, payloadOfJson, payloadOfText } from './json-body.ts';

const LARGE = '{"seed":9007199254740993,"ids":[-12345678901234567890,{"at":1e400}],"exact":0.12345678901234567890}';

test('numbers that JavaScript cannot represent keep their spelling', () => {
  expect(JSON.stringify(parseForChange(LARGE))).toBe(LARGE);
  expect(keepsNumbers(LARGE)).toBe(false);
});

test.each([
  '{"seed":9007199254740991,"share":0.30000000000000004,"small":1e-7,"zero":-0}',
  '{"text":"9007199254740993 and 1e400"}',
  '{"created":1764456000,"price":12345.678901}',
])('a text that stays the same: %s', (text) => {
  expect(keepsNumbers(text)).toBe(true);
});

test('a text that is not JSON keeps nothing', () => {
  expect(keepsNumbers('{"seed":9007199254740993')).toBe(false);
});

test('a changed body keeps the numbers that it does not change', () => {
  const changed = changedPayload(payloadOfText(LARGE) ?? payloadOfJson({}), (json) => ({ ...json, max_tokens: 10 }));
  expect(changed?.text).toBe(LARGE.replace(/}$/, ',"max_tokens":10}'));
  expect(changed?.json?.max_tokens).toBe(10);
  expect(changed?.json?.seed).toBe(2 ** 53);
});

test('so does a body whose members have escaped names', () => {
  const text = '{"s\\u0065ed":9007199254740993,"model":"large"}';
  expect(payloadOfText(text)?.withMember('model', 'small').text).toBe('{"seed":9007199254740993,"model":"small"}');
});
