import { expect, test } from 'vitest';
import { wholeResponse } from './whole-response.ts';

const TEXT = '\u{feff}{"a":"\u{e9}\u{1f600}"}';
const init = () => ({
  status: 201,
  statusText: 'Made',
  headers: new Headers({ 'content-type': 'application/json', 'x-own': 'a' }),
});
const own = () => wholeResponse(new TextEncoder().encode(TEXT), init());
const platforms = () => new Response(new TextEncoder().encode(TEXT), init());

const outcome = async (action: () => unknown): Promise<unknown> => {
  try {
    return await action();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
};

const readAll = async (stream: ReadableStream<Uint8Array> | null): Promise<string | null> =>
  stream === null ? null : new Response(stream).text();

type Step = (response: Response) => unknown;
const STEPS: Readonly<Record<string, Step>> = {
  text: (response) => response.text(),
  json: (response) => response.json(),
  arrayBuffer: async (response) => [...new Uint8Array(await response.arrayBuffer())],
  bytes: async (response) => [...(await response.bytes())],
  blob: async (response) => [(await response.blob()).type, await (await response.blob().catch(() => null))?.text()],
  formData: (response) => response.formData().then(String),
  body: (response) => readAll(response.body),
  'body, cancelled': async (response) => response.body?.cancel(),
  'body, only looked at': (response) => response.body?.locked,
  clone: (response) => response.clone().text(),
  bodyUsed: (response) => response.bodyUsed,
  headers: (response) => [...response.headers],
  status: ({ status, ok, statusText, type, url, redirected }) => [status, ok, statusText, type, url, redirected],
};

test('is a Response, and a string in place of its class', () => {
  expect(own()).toBeInstanceOf(Response);
  expect(Object.prototype.toString.call(own())).toBe('[object Response]');
});

/** Every way of reading after every other one, compared with the platform's own behaviour. */
test.each(Object.entries(STEPS))("after %s everything is as with the platform's own", async (_, first) => {
  for (const [name, second] of Object.entries(STEPS)) {
    const [one, other] = [own(), platforms()];
    expect(await outcome(() => first(one))).toEqual(await outcome(() => first(other)));
    expect([name, await outcome(() => second(one))]).toEqual([name, await outcome(() => second(other))]);
    expect(one.bodyUsed).toBe(other.bodyUsed);
  }
});

test('what a reader does with its bytes does not affect other readers', async () => {
  const bytes = new TextEncoder().encode('abc');
  const response = wholeResponse(bytes, init());
  (await response.bytes()).fill(0);
  expect(new TextDecoder().decode(bytes)).toBe('abc');
});
