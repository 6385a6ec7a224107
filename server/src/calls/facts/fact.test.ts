import { expect, test } from 'vitest';
import { testCall } from '../../rules/support/testing.ts';
import { onlyCall } from '../testing.ts';
import { callFact, codeFact, codeFactsOf } from './fact.ts';

const CODE = "from openai import OpenAI\nOpenAI().responses.create(model='gpt-4o', input='x')\n";

test('a fact about a call is computed once, when first asked', () => {
  let runs = 0;
  const size = callFact(({ sections }) => {
    runs++;
    return sections.length;
  });
  const [call, other] = [testCall(), testCall()];
  expect([size(call), size(call), size(other)]).toEqual([2, 2, 2]);
  expect(runs).toBe(2);
});

test('a fact about the code is read only where it is wanted; asking for one that was not read is an error', () => {
  let reads = 0;
  const method = codeFact('method', ({ sdkCall }) => {
    reads++;
    return sdkCall.call.api;
  });
  expect(() => method(onlyCall('/app/a.py', CODE, []))).toThrow('the fact "method" was not read');
  expect(reads).toBe(0);
  expect(method(onlyCall('/app/a.py', CODE, [method]))).toBe('responses');
  expect(reads).toBe(1);
});

test('a fact that rests on others needs what they need, each once', () => {
  const a = codeFact('a', () => 1);
  const b = codeFact('b', () => 2);
  const sum = callFact((call) => a(call) + b(call), [a, b]);
  expect(codeFactsOf([sum, a])).toEqual([a, b]);
  expect(sum(testCall({ facts: { a: 3, b: 4 } }))).toBe(7);
});
