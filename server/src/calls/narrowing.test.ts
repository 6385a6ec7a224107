import { describe, expect, it } from 'vitest';
import { callsIn } from './testing.ts';

const found = (path: string, text: string) =>
  callsIn(path, text).map(({ sdk, provider, api }) => `${sdk} ${provider} ${api}`);
const py = (body: string) =>
  found(
    '/app/a.py',
    `import anthropic\nfrom anthropic import Anthropic\nfrom openai import AzureOpenAI, OpenAI\n${body}`,
  );
const ts = (body: string) =>
  found('/app/a.ts', `import Anthropic from '@anthropic-ai/sdk';\nimport OpenAI from 'openai';\n${body}`);
const BOTH = ['openai openai chat.completions', 'anthropic anthropic messages'];

describe('the class of a receiver that the code tests', () => {
  it.each([
    ['a union', 'def ask(client: OpenAI | Anthropic, **request):'],
    ['a union of typing', 'from typing import Union\ndef ask(client: Union[OpenAI, Anthropic], **request):'],
    ['no annotation', 'def ask(client, **request):'],
  ])('in Python, with %s', (_, head) => {
    const body = `${head}
    if isinstance(client, OpenAI):
        return client.chat.completions.create(**request)
    elif isinstance(client, Anthropic):
        return client.messages.create(**request)
`;
    expect(py(body)).toEqual(BOTH);
  });

  it('is told after a branch that is left early, for a field too', () => {
    const body = `class Box:
    def __init__(self, client: OpenAI | Anthropic):
        self.client = client
    def ask(self, **request):
        if not isinstance(self.client, Anthropic):
            return self.client.chat.completions.create(**request)
        return self.client.messages.create(**request)
`;
    expect(py(body)).toEqual(BOTH);
  });

  it('counts by its type, by several types and through a module', () => {
    expect(py('def f(c):\n    if type(c) is anthropic.Anthropic:\n        c.messages.create(max_tokens=1)')).toEqual([
      'anthropic anthropic messages',
    ]);
    const both =
      'def f(c):\n    if isinstance(c, (OpenAI, AzureOpenAI)):\n        c.chat.completions.create(model="m")';
    expect(py(both)).toEqual(['openai openai chat.completions']);
  });

  it('in TypeScript', () => {
    const body = `export function ask(client: OpenAI | Anthropic, request: any) {
      if (client instanceof OpenAI) return client.chat.completions.create(request);
      return client.messages.create(request);
    }`;
    expect(ts(body)).toEqual(BOTH);
    const thrown = `export function ask(client: any, request: any) {
      if (!(client instanceof OpenAI)) throw new Error('another client');
      return client.chat.completions.create(request);
    }`;
    expect(ts(thrown)).toEqual(['openai openai chat.completions']);
  });

  it('says nothing of a name that has another value by then', () => {
    const body = `def ask(client, other, **request):
    if isinstance(client, Anthropic):
        client = other
        client.messages.create(**request)
`;
    expect(py(body)).toEqual(['anthropic unknown messages']);
  });

  it('says nothing outside the branch', () => {
    expect(py('def ask(c, **r):\n    if isinstance(c, Anthropic):\n        pass\n    c.messages.create(**r)')).toEqual([
      'anthropic unknown messages',
    ]);
  });
});

it('a tested type leaves the alternatives that pass it', () => {
  const body = `export function ask(flag: boolean) {
    const prompt = flag ? 'Say hello.' : { system: 'Be brief.' };
    const client = new OpenAI();
    if (typeof prompt === 'string') return client.responses.create({ model: 'gpt-4o', input: prompt });
  }`;
  const [call] = callsIn('/app/a.ts', `import OpenAI from 'openai';\n${body}`);
  expect(call?.sections.map(({ segments }) => segments.map(({ text }) => text))).toEqual([['Say hello.']]);
});
