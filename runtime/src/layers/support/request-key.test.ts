import { expect, test } from 'vitest';
import { NO_CONTEXT } from '../../core/context.ts';
import { createExchange } from '../../core/exchange.ts';
import type { Exchange } from '../../core/pipeline.ts';
import { payloadOfText } from '../../support/json-body.ts';
import { createKeys } from './request-key.ts';

/** A chat request, and how often its body was read as a whole. */
function requested(content: string, tenant: string | null = null) {
  const text = JSON.stringify({ model: 'small', messages: [{ role: 'user', content }], temperature: 0 });
  const payload = payloadOfText(text);
  if (payload === null) throw new Error('The request is a JSON object.');
  const exchange = createExchange({
    url: 'https://api.openai.com/v1/chat/completions',
    provider: 'openai',
    headers: new Headers(),
    payload,
    context: { ...NO_CONTEXT, tenant },
    signal: null,
    transport: () => Promise.reject(new Error('Nothing is sent.')),
    onResult: null,
  });
  if (exchange === null) throw new Error('The address has a known format.');
  let reads = 0;
  const counted: Exchange = {
    ...exchange,
    payload: {
      ...payload,
      get json() {
        reads++;
        return payload.json;
      },
    },
  };
  return { exchange: counted, reads: () => reads };
}

test.each([
  ['a short text', 'Hello'],
  ['a text that is remembered by its digest', 'Hello '.repeat(1000)],
])('%s that was remembered is not read again, and has the same key', (_, content) => {
  const { keyOf, recall, remember } = createKeys(() => '');
  const first = requested(content);
  const key = keyOf(first.exchange) ?? '';
  expect(key).not.toBe('');
  expect(recall(first.exchange)).toBeNull();
  remember(first.exchange, key);
  const second = requested(content);
  expect(recall(second.exchange)).toBe(key);
  expect(first.reads()).toBeGreaterThan(0);
  expect(second.reads()).toBe(0);
});

test.each([['Hello'], ['Hello '.repeat(1000)]])('another text, and another tenant, have other keys', (content) => {
  const { keyOf, recall, remember } = createKeys(() => '');
  const exchanges = [
    requested(content),
    requested(`${content}!`),
    requested(content, 'acme'),
    requested(content, 'globex'),
  ].map(({ exchange }) => exchange);
  const keys = exchanges.map((exchange) => keyOf(exchange) ?? '');
  for (const [index, exchange] of exchanges.entries()) remember(exchange, keys[index] ?? '');
  expect(new Set(keys).size).toBe(keys.length);
  expect(exchanges.map(recall)).toEqual(keys);
});
