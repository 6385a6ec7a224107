/** Feature calls through functions that are chosen from a table. */
import { describe, expect, test } from 'vitest';
import { featuresIn } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const PY_SENDERS = `from openai import OpenAI
client = OpenAI()
def small(letter, settings):
    return client.chat.completions.create(model="gpt-6-luna", messages=[{"role": "user", "content": letter}])
def large(letter, settings):
    return client.chat.completions.create(model="gpt-6-sol", messages=[{"role": "user", "content": letter}])
`;
const TS_SENDERS = `import OpenAI from 'openai';
const client = new OpenAI();
const create = (model: string, content: string) =>
  client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
export const small = async (letter: string) => create('gpt-6-luna', letter);
export const large = async (letter: string) => create('gpt-6-sol', letter);
`;

describe('a function that is chosen from a table', () => {
  test.each([
    ['by its key', 'BY_SIZE = {"s": small, "l": large}', 'BY_SIZE[settings.size](letter, settings)'],
    [
      'by way of a variable',
      'BY_SIZE = {"s": small, "l": large}',
      'method(letter, settings)',
      'BY_SIZE[settings.size]',
    ],
    ['with `get`', 'BY_SIZE = {"s": small}', 'method(letter, settings)', 'BY_SIZE.get(settings.size)'],
    [
      'of settings by model',
      'MODELS = {"s": {"limit": 1, "send": small}, "l": {"limit": 9, "send": large}}',
      'method(letter, settings)',
      'MODELS[settings.size]["send"]',
    ],
  ])('is followed: %s', (_, table, call, method = 'None') => {
    const senders = `${PY_SENDERS}${table}
def send(letter, settings):
    method = ${method}
    return ${call}
`;
    const app = `from senders import send
def sort(letter, settings):
    return send("${RULES} The letter: " + letter, settings)
`;
    expect(featuresIn({ 'senders.py': senders, 'app.py': app })).toEqual(['app.py:3 send > small']);
  });

  test('is called by the name of a table from another file', () => {
    const app = `import { bySize } from './senders';
export const sort = (letter: string, size: 's' | 'l') => bySize[size](\`${RULES} The letter: \${letter}\`);
`;
    const senders = `${TS_SENDERS}export const bySize = { s: small, l: large };\n`;
    expect(featuresIn({ 'senders.ts': senders, 'app.ts': app })).toEqual(['app.ts:2 small > create']);
  });

  test('is written in the table', () => {
    const senders = `${TS_SENDERS}export const bySize = { s: (letter: string) => small(letter), l: large };
export const sort = (letter: string, size: 's' | 'l') => bySize[size](\`${RULES} The letter: \${letter}\`);
`;
    expect(featuresIn({ 'senders.ts': senders })).toEqual([expect.stringMatching(/^senders\.ts:8 /)]);
  });
});
