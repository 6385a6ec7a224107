/** Every form of usage as bytes through the meter's fetch, cut anywhere, and the same with what servers vary. */
import { describe, expect, test } from 'vitest';
import { type Answer, callWith } from './call-with.ts';
import { FORMS, GEMINI } from './usage-forms.ts';

test.each(FORMS)('%s', async (_, answer, usage) => {
  expect((await callWith(answer)).usage).toMatchObject(usage);
});

test('counting tokens is free, whatever the model', async () => {
  const { cost } = await callWith({
    url: `${GEMINI.replace('2.5-flash', 'unheard-of')}:countTokens`,
    body: { totalTokens: 20 },
  });
  expect(cost).toEqual({ amount: 0, basis: 'measured' });
});

/** A body's JSON values, changed: the whole body, each line, or each event. Null for binary events. */
function changed({ body, type }: Answer, change: (text: string) => string): Answer['body'] | null {
  if (body instanceof Uint8Array) return null;
  if (typeof body !== 'string') return change(JSON.stringify(body));
  if (type === undefined) return change(body);
  return body.replace(/^(data: ?)?(\{.*|\[\{.*)$/gm, (_, start: string = '', text: string) => start + change(text));
}

type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** Each object of a JSON text, from the innermost to the outermost. */
function eachObject(text: string, change: (object: { readonly [name: string]: Value }, name: string) => Value): string {
  const walk = (value: Value, name: string): Value => {
    if (Array.isArray(value)) return value.map((item: Value) => walk(item, name));
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([key, item]) => [key, walk(item, key)]);
    return change(Object.fromEntries(members), name);
  };
  return JSON.stringify(walk(JSON.parse(text) as Value, ''));
}

const COUNTED = /usage|token|count|units|meta|details|^x_groq$/i;
const asText = (value: Value): Value => (typeof value === 'number' && Number.isInteger(value) ? String(value) : value);
const countsAsText = (object: { readonly [name: string]: Value }): Value =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, /modality/i.test(name) ? value : asText(value)]),
  );

const lines = (body: string): boolean => body.startsWith('data:');

/** What servers vary without changing what they say. */
const SAME: readonly (readonly [name: string, change: (answer: Answer) => Answer['body'] | null])[] = [
  ['spaces', (answer) => changed(answer, (text) => JSON.stringify(JSON.parse(text), null, 1).replaceAll('\n', ' '))],
  [
    'members that nobody knows',
    (answer) =>
      changed(answer, (text) =>
        eachObject(text, (object) => ({ ...object, x_quota: 12_345, x_new: { remaining: 'many', ids: [1, 2] } })),
      ),
  ],
  [
    'null for what is not counted',
    (answer) =>
      changed(answer, (text) =>
        eachObject(text, (object, name) =>
          COUNTED.test(name) ? { ...object, new_tokens: null, new_tokens_details: null } : object,
        ),
      ),
  ],
  [
    'usage that is null before the end',
    (answer) =>
      answer.type !== 'text/event-stream'
        ? null
        : changed(answer, (text) => {
            const event = JSON.parse(text) as object;
            return JSON.stringify('usage' in event ? event : { ...event, usage: null });
          }),
  ],
  ['line endings of Windows', ({ body }) => (typeof body === 'string' ? body.replaceAll('\n', '\r\n') : null)],
  ['a mark of the byte order', ({ body }) => (typeof body === 'string' && lines(body) ? `\ufeff${body}` : null)],
  [
    'comments and names of events',
    ({ body }) =>
      typeof body === 'string' && lines(body)
        ? `: waiting\n\n${body.replaceAll('data: {', 'id: 7\nretry: 10\ndata: {')}: done\n\n`
        : null,
  ],
  ['no end of the last line', ({ body }) => (typeof body === 'string' ? body.trimEnd() : null)],
];

describe.each(SAME)('means the same with %s', (_, change) => {
  test.each(FORMS)('%s', async (__, answer, usage) => {
    const body = change(answer);
    if (body !== null) expect((await callWith({ ...answer, body })).usage).toMatchObject(usage);
  });
});

test.each(FORMS)('numbers as text are read, or nothing is: %s', async (_, answer, usage) => {
  const body = changed(answer, (text) =>
    eachObject(text, (object, name) => (COUNTED.test(name) ? countsAsText(object) : object)),
  );
  if (body === null) return;
  const read = (await callWith({ ...answer, body })).usage;
  if (read !== null) expect(read).toMatchObject(usage);
});

test.each(FORMS)('without its details it says no more than it did: %s', async (_, answer, usage) => {
  const body = changed(answer, (text) =>
    eachObject(text, (object) => {
      const members = Object.entries(object).filter(([name]) => !/details/i.test(name));
      return Object.fromEntries(members);
    }),
  );
  if (body === null) return;
  const read = (await callWith({ ...answer, body })).usage;
  const { input, output } = usage as { readonly input: number; readonly output: number };
  if (read !== null) expect(read.input + read.output).toBeLessThanOrEqual(input + output);
});
