/** A prompt of which the code tells only the type: text is one message, and anything else may be many. */
import { describe, expect, it } from 'vitest';
import { callsIn } from './testing.ts';

const inputOf = (path: string, text: string) =>
  callsIn(path, text).map(({ tokens: { input }, system }) => ({ basis: input.basis, high: input.high, system }));
const ts = (head: string, input = 'q', options = '') =>
  inputOf(
    '/app/a.ts',
    `import OpenAI from 'openai';
const client = new OpenAI();
${options}
export const ask = (${head}) => client.responses.create({ model: 'gpt-6-sol', input: ${input} });
`,
  );
const py = (head: string, input = 'q', classes = '') =>
  inputOf(
    '/app/a.py',
    `from openai import OpenAI
from typing import Optional
client = OpenAI()
${classes}
def ask(${head}):
    return client.responses.create(model="gpt-6-sol", input=${input})
`,
  );
const ONE_TEXT = [{ basis: 'assumed', high: expect.any(Number), system: 'none' }];
/** Its name alone says so: it may still be messages, of which one may be the system's. */
const NAMED_TEXT = [{ basis: 'assumed', high: expect.any(Number), system: 'unknown' }];
const MANY = [{ basis: 'unknown', high: expect.any(Number), system: 'unknown' }];

describe('a prompt that is only known to be text', () => {
  it.each([
    ['a parameter', ts('q: string')],
    ['an optional one', ts('q?: string')],
    ['one that may be null', ts('q: string | null | undefined')],
    ['a field of a type', ts('{ q }: Options', 'q', 'interface Options { q: string; n: number }')],
    ['a member of a value of a type', ts('mail: Mail', 'mail.body', 'type Mail = { body: string };')],
    ['a variable', ts('read: () => unknown', '((): string => { const q: string = read() as string; return q; })()')],
    ['a parameter, in Python', py('q: str')],
    ['an optional one, in Python', py('q: Optional[str] = None')],
    ['a union with nothing, in Python', py('q: str | None')],
    ['a field, in Python', py('mail: Mail', 'mail.body', 'class Mail:\n    body: str\n    size: int\n')],
  ])('%s', (_, found) => {
    expect(found).toEqual(ONE_TEXT);
  });

  it.each([
    ['a parameter', ts('q')],
    ['a longer name', ts('userQuestion', 'userQuestion')],
    ['in Python', py('prompt', 'prompt')],
    ['nothing by default', py('text=None', 'text')],
  ])('is taken for one by its name where it has no type: %s', (_, found) => {
    expect(found).toEqual(NAMED_TEXT);
  });

  it.each([
    ['a name that says nothing', ts('input', 'input')],
    ['the name of messages', ts('messages', 'messages')],
    ['the name of messages, in Python', py('history', 'history')],
    ['a list of texts', ts('q: string[]')],
    ['text or messages', ts('q: string | Message[]')],
    ['the rest of the arguments', py('*q: str')],
    ['a list, in Python', py('q: list[str]')],
  ])('may be many with %s', (_, found) => {
    expect(found).toEqual(MANY);
  });

  it('is one text to embed', () => {
    const embed = (type: string) =>
      inputOf(
        '/app/a.py',
        `from openai import OpenAI\nclient = OpenAI()\ndef embed(q${type}):\n    client.embeddings.create(model="text-embedding-3-small", input=q)\n`,
      ).map(({ basis, high }) => [basis, high]);
    expect(embed(': str')).toEqual([['assumed', 2000]]);
    expect(embed('')).toEqual([['unknown', expect.any(Number)]]);
  });

  it('is what the class sets it to, where it sets it', () => {
    const model = (type: string) =>
      callsIn(
        '/app/a.ts',
        `import OpenAI from 'openai';\nclass Bot {\n  model${type} = 'gpt-6-sol';\n  ask() { return new OpenAI().responses.create({ model: this.model, input: 'Which shelf?' }); }\n}\n`,
      ).map((call) => call.model.value);
    expect(model(': string')).toEqual(['gpt-6-sol']);
    expect(model(': string')).toEqual(model(''));
  });
});
