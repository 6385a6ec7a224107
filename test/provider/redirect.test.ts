import { afterAll, beforeAll, expect, test } from 'vitest';
import { embed } from './embedding.ts';
import { redirectFetch } from './redirect.ts';
import { type FakeProvider, startFakeProvider } from './server.ts';

let provider: FakeProvider;
let restore: () => void;
beforeAll(async () => {
  provider = await startFakeProvider();
  restore = redirectFetch(provider.url);
});
afterAll(async () => {
  restore();
  await provider.close();
});

const body = JSON.stringify({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });

test.each(['https://api.openai.com/v1/chat/completions?a=b', 'https://api.anthropic.com/v1/messages'])(
  '%s is answered here, whichever way it is asked',
  async (url) => {
    const before = provider.calls.length;
    const init = { method: 'POST', body };
    const statuses = [await fetch(url, init), await fetch(new URL(url), init), await fetch(new Request(url, init))];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { pathname } = new URL(url);
    expect(provider.calls.slice(before).map(({ path }) => path.split('?')[0])).toEqual([pathname, pathname, pathname]);
  },
);

test('no other address is reached but this machine', async () => {
  await expect(fetch('https://example.com/')).rejects.toThrow('example.com is not answered by the fake provider');
  expect((await fetch(`${provider.url}/__idle`)).status).toBe(200);
});

test('vectors of texts that share words are near each other', () => {
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const [dogs, welcome, tickets] = ['Guide dogs are welcome.', 'Are dogs welcome?', 'Adults pay nine'].map((text) =>
    embed(text, 256),
  ) as [number[], number[], number[]];
  expect(dot(dogs, dogs)).toBeCloseTo(1, 5);
  expect(dot(dogs, welcome)).toBeGreaterThan(0.6);
  expect(Math.abs(dot(dogs, tickets))).toBeLessThan(0.25);
});
