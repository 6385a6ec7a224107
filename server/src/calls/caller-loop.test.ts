import { describe, expect, it } from 'vitest';
import type { CallerLoop } from './call.ts';
import { onlyCall } from './testing.ts';

const TS = `import OpenAI from 'openai';
const client = new OpenAI();
const embed = async (text: string) => (await client.embeddings.create({ model: 'text-embedding-3-small', input: text })).data;
`;
const PY = `from openai import OpenAI
client = OpenAI()
def embed(text):
    text = text.replace("\\n", " ")
    return client.embeddings.create(model="text-embedding-3-small", input=[text]).data[0].embedding
`;

function inTs(code: string): CallerLoop | null {
  return onlyCall('/app/a.ts', TS + code).loop.caller;
}

function inPy(code: string): CallerLoop | null {
  return onlyCall('/app/a.py', PY + code).loop.caller;
}

describe('the loop of a caller', () => {
  it.each([
    ['a loop', 'for (const text of texts) await embed(text);', 'for'],
    ['a counter', 'for (let i = 0; i < texts.length; i++) { const text = texts[i]; await embed(text); }', 'for'],
    ['a callback', 'texts.forEach((text) => embed(text));', 'map'],
    ['a gathered list', 'await Promise.all(texts.map(async ({ body }) => embed(body)));', 'gather'],
    ['the function itself', 'texts.map(embed);', 'map'],
  ])('is %s', (_, code, lexical) => {
    expect(inTs(`${code}\n`)).toMatchObject({ lexical, purpose: 'items', inputs: 'one', function: null });
  });

  it.each([
    ['a comprehension', 'vectors = [embed(text) for text in texts]', 'comprehension'],
    ['a loop', 'for row in rows:\n    content = row["text"].strip()\n    embed(content)', 'for'],
    ['a pool', 'vectors = list(pool.map(embed, texts))', 'map'],
    ['a keyword', 'for doc in docs:\n    embed(text=doc.text)', 'for'],
  ])('is %s in Python', (_, code, lexical) => {
    expect(inPy(`${code}\n`)).toMatchObject({ lexical, purpose: 'items' });
  });

  it('has the purpose of a loop around the call itself, and the function that it stands in', () => {
    expect(
      inTs('async function once(text) { for (let attempt = 0; attempt < 3; attempt++) await embed(text); }'),
    ).toMatchObject({
      purpose: 'retry',
      function: 'once',
    });
    expect(inTs("async function few() { for (const text of ['a', 'b']) await embed(text); }")).toMatchObject({
      purpose: 'items',
      items: 2,
      function: 'few',
    });
  });

  it('is the one over items, where there are several', () => {
    const retry = 'for (let attempt = 0; attempt < 3; attempt++) await embed(question);';
    expect(inTs(`${retry}\nfor (const text of texts) await embed(text);`)?.purpose).toBe('items');
  });

  it('is found for a method through its instance', () => {
    const text = `from openai import OpenAI
class Index:
    def __init__(self):
        self.client = OpenAI()
    def embed(self, text: str):
        return self.client.embeddings.create(model="text-embedding-3-small", input=text)
    def build(self, texts):
        return [self.embed(text) for text in texts]
`;
    expect(onlyCall('/app/a.py', text).loop).toMatchObject({
      lexical: 'none',
      purpose: 'items',
      viaCaller: true,
      caller: { inputs: 'one', function: 'Index.build' },
    });
  });

  it('leaves the loop of the call itself first', () => {
    const text = `import OpenAI from 'openai';
const client = new OpenAI();
async function embed(text: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try { return await client.embeddings.create({ model: 'm', input: text }); } catch {}
  }
}
for (const text of texts) await embed(text);
`;
    expect(onlyCall('/app/a.ts', text).loop).toMatchObject({
      lexical: 'for',
      purpose: 'retry',
      caller: { purpose: 'items', inputs: 'one' },
    });
  });

  it.each([
    ['the function is another one of that name', 'for (const text of texts) other.embed(text);'],
    ['every round sends the same text', 'for (const model of models) await embed(question);'],
    ['nothing repeats the call', 'await embed(texts[0]);'],
    ['the items are what the loop runs over', 'for (const v of await embed(question)) console.log(v);'],
  ])('is none where %s', (_, code) => {
    expect(inTs(`${code}\n`)).toBeNull();
  });

  it('is none where two functions have the name', () => {
    expect(inPy('def embed(text):\n    return []\nfor text in texts:\n    embed(text)\n')).toBeNull();
  });

  it('does not take an image for a text', () => {
    const image = PY.replace('[text]', '[{"image": text}]');
    expect(onlyCall('/app/a.py', `${image}for page in pages:\n    embed(page)\n`).loop.caller).toMatchObject({
      purpose: 'items',
      inputs: 'unknown',
    });
  });

  it('does not say that one text is sent where a list may be', () => {
    const lists = TS.replace('text: string', 'texts: string[]').replace('input: text', 'input: texts');
    expect(onlyCall('/app/a.ts', `${lists}for (const some of all) await embed(some);`).loop.caller).toMatchObject({
      purpose: 'items',
      inputs: 'unknown',
    });
    const nested = PY.replace('def embed(text)', 'def embed(texts: list[str])').replace(/ {4}text = .*\n/, '');
    expect(
      onlyCall('/app/a.py', `${nested.replace('[text]', '[texts]')}for group in groups:\n    embed(group)\n`).loop
        .caller,
    ).toMatchObject({ inputs: 'unknown' });
    const untyped = PY.replace('input=[text]', 'input=text').replace('    text = text.replace("\\n", " ")\n', '');
    const caller = (code: string) => onlyCall('/app/a.py', untyped + code).loop.caller?.inputs;
    expect(caller('for text in texts:\n    embed(text)\n')).toBe('one');
    expect(caller('for batch in batches:\n    embed(batch)\n')).toBe('unknown');
    expect(caller('for document in documents:\n    embed(split(document))\n')).toBe('unknown');
  });
});
