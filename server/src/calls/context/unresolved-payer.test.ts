import { describe, expect, it } from 'vitest';
import { callsIn } from '../testing.ts';

const ts = (text: string) => callsIn('/app/main.ts', text).map(({ provider }) => provider);
const py = (text: string) => callsIn('/app/main.py', text).map(({ provider }) => provider);

const REQUEST = '{ model: "gpt-6-luna", max_completion_tokens: 5, messages: [{ role: "user", content: "hi" }] }';
const PY_REQUEST = 'messages=[{"role": "user", "content": "hi"}]';

describe('a client that is out of sight', () => {
  it('may be paid for anywhere, and has no price', () => {
    const [call] = callsIn(
      '/app/main.ts',
      `export const ask = (client: any) => client.chat.completions.create(${REQUEST});`,
    );
    expect([call?.provider, call?.model.value, call?.cost.perCall]).toEqual(['unknown', 'gpt-6-luna', null]);
  });

  it('of an unknown package is not OpenAI', () => {
    expect(ts(`import { Client } from 'some-gateway';\nnew Client().chat.completions.create(${REQUEST});`)).toEqual([
      'unknown',
    ]);
    expect(py(`from gateway import Client\nClient().messages.create(model="m", max_tokens=5, ${PY_REQUEST})`)).toEqual([
      'unknown',
    ]);
  });

  it('of such a package is the client that it was given', () => {
    const deepseek = 'OpenAI(base_url="https://api.deepseek.com")';
    expect(
      py(
        `from openai import OpenAI\nfrom tracing import traced\nclient = traced(${deepseek})\nclient.chat.completions.create(model="deepseek-v4-flash", ${PY_REQUEST})`,
      ),
    ).toEqual(['deepseek']);
  });

  it('is what the file makes clients of', () => {
    const ask = `def ask(client):\n    client.chat.completions.create(model="m", ${PY_REQUEST})\n`;
    expect(py(`from openai import OpenAI\n${ask}def run():\n    other(OpenAI())\n`)).toEqual(['openai']);
    expect(py(`from openai import AzureOpenAI\n${ask}def run():\n    other(AzureOpenAI())\n`)).toEqual(['azure']);
    expect(py(`import openai\n${ask}`)).toEqual(['unknown']);
  });

  it('is the one of several that sells the model', () => {
    const clients =
      'import openai\ndef make(name):\n    if name == "a":\n        return openai.OpenAI()\n    return openai.OpenAI(base_url="https://api.deepseek.com")\n';
    const ask = (model: string) =>
      `def ask(client):\n    client.chat.completions.create(model=${model}, ${PY_REQUEST})\n`;
    expect(py(clients + ask('"deepseek-v4-flash"'))).toEqual(['deepseek']);
    expect(py(clients + ask('pick()'))).toEqual(['any']);
  });
});

describe('members of a client or a module that are assigned', () => {
  it.each([
    ['openai.api_type = "azure"', 'azure'],
    ['openai.api_base = "https://openrouter.ai/api/v1"', 'openrouter'],
    ['if other:\n    openai.api_type = "azure"', 'any'],
    ['openai.api_key = "k"', 'openai'],
  ])('%s', (assignment, provider) => {
    expect(
      py(`import openai\n${assignment}\ndef ask():\n    openai.ChatCompletion.create(model="m", ${PY_REQUEST})\n`),
    ).toEqual([provider]);
  });

  it('of a client', () => {
    expect(
      ts(
        `import OpenAI from 'openai';\nconst client = new OpenAI();\nclient.baseURL = 'https://api.x.ai/v1';\nclient.chat.completions.create(${REQUEST});`,
      ),
    ).toEqual(['xai']);
  });
});
