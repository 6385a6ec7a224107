import { describe, expect, it } from 'vitest';
import { callsIn } from './testing.ts';

const providersIn = (path: string, text: string) => callsIn(path, text).map(({ provider }) => provider);
const py = (text: string) => providersIn('/app/main.py', text);
const ts = (text: string) => providersIn('/app/main.ts', text);

const CLIENTS = `import openai
def make(kind):
    if kind == "a":
        return openai.OpenAI()
    if kind == "b":
        return openai.OpenAI(base_url="https://api.deepseek.com")
    return openai.OpenAI(base_url="https://openrouter.ai/api/v1")
`;
const asked = (test: string) =>
  py(`${CLIENTS}def ask(client, model, provider, mode, other):
    if ${test}:
        client.chat.completions.create(model=model, messages=[{"role": "user", "content": "hi"}])
`);

describe('one of several clients, in a branch', () => {
  it.each([
    ['"gpt" in model', 'openai'],
    ['model.startswith("deepseek-")', 'deepseek'],
    ['model.lower().startswith("gpt-")', 'openai'],
    ['model in ["deepseek-v4-flash", "deepseek-v4-pro"]', 'deepseek'],
    ['"gpt" in model or "o3" in model', 'openai'],
    ['other and provider == "openrouter"', 'openrouter'],
    ['"deepseek" == provider', 'deepseek'],
  ])('%s', (test, provider) => {
    expect(asked(test)).toEqual([provider]);
  });

  it.each([
    // Both make models with that part in their names.
    '"chat" in model',
    '"gpt" in model or other',
    '"gpt" not in model',
    'provider != "openai"',
    // Not about the model.
    '"gpt" in other',
    'mode == "openai"',
    'model == other',
  ])('%s leaves it open', (test) => {
    expect(asked(test)).toEqual(['any']);
  });

  it('is told by the case of a switch', () => {
    const code = (cases: string) => `import OpenAI from 'openai';
      const clients = [new OpenAI(), new OpenAI({ baseURL: 'https://api.deepseek.com' })];
      async function ask(client: any, provider: string) {
        switch (provider) { ${cases} }
      }`;
    const call = 'await client.chat.completions.create({ model: m(), messages: [] });';
    expect(ts(code(`case 'openai': ${call} break; case 'deepseek': ${call} break; default: ${call}`))).toEqual([
      'openai',
      'deepseek',
      'any',
    ]);
    expect(ts(code(`case 'openai': case 'deepseek': ${call} break; case 'x': break;`))).toEqual(['any']);
  });

  it('is told from outside of a closure', () => {
    expect(
      ts(`import OpenAI from 'openai';
        const clients = [new OpenAI(), new OpenAI({ baseURL: 'https://api.deepseek.com' })];
        function asker(client: any, modelName: string) {
          if (modelName.startsWith('deepseek')) {
            return (text: string) => client.chat.completions.create({ model: modelName, messages: [] });
          }
        }`),
    ).toEqual(['deepseek']);
  });
});

describe('a maker and those who resell its models', () => {
  it('is the maker, whose terms they keep', () => {
    expect(
      py(`from openai import OpenAI, AzureOpenAI
client = AzureOpenAI() if on_azure() else OpenAI()
client.embeddings.create(model="text-embedding-3-small", input="hi")
`),
    ).toEqual(['openai']);
    expect(
      py(`from anthropic import Anthropic, AnthropicBedrock
client = Anthropic() if here() else AnthropicBedrock()
client.messages.create(model=m(), max_tokens=5, messages=[])
`),
    ).toEqual(['anthropic']);
  });

  it('is open between makers', () => {
    expect(
      py(`from openai import OpenAI
client = OpenAI() if here() else OpenAI(base_url="https://api.x.ai/v1")
client.chat.completions.create(model=m(), messages=[])
`),
    ).toEqual(['any']);
  });
});

it("an address of OpenAI in settings that several SDKs share is not another SDK's", () => {
  const settings = `from pydantic import BaseModel
class Config(BaseModel):
    base_url: str = "https://api.openai.com/v1"
`;
  const ask = 'messages.create(model=m(), max_tokens=5, messages=[])';
  expect(
    py(`${settings}from anthropic import Anthropic
def run(config: Config):
    Anthropic(base_url=config.base_url).${ask}
`),
  ).toEqual(['anthropic']);
});

describe('a client of which the file only shows the type', () => {
  const ASK = `def ask(client: OpenAI):
    client.chat.completions.create(model=m(), messages=[])
`;
  it.each([
    ['is what the file makes', 'OpenAI(base_url="https://integrate.api.nvidia.com/v1")', ['nvidia']],
    ["is its class's own where the file makes that", 'OpenAI()', ['openai']],
    ['is open where the file makes several', '[OpenAI(), OpenAI(base_url="https://api.x.ai/v1")]', ['any']],
    ["is its class's own where the file makes none", 'None', ['openai']],
  ])('%s', (_, made, expected) => {
    expect(py(`from openai import OpenAI\ndef connect():\n    return ${made}\n${ASK}`)).toEqual(expected);
  });
});

it('a client out of sight of an SDK whose format nobody else has belongs to its provider', () => {
  expect(py('import together\nclient.chat.completions.create(model=m(), messages=[])')).toEqual(['together']);
});

it("Agent Framework's client for OpenAI is Azure's at an endpoint of Azure", () => {
  expect(
    py(`from agent_framework import Agent
from agent_framework.openai import OpenAIChatCompletionClient
async def main():
    agent = Agent(client=OpenAIChatCompletionClient(model="m", azure_endpoint=endpoint()), instructions="Be brief.")
    await agent.run("hi")
    await Agent(client=OpenAIChatCompletionClient(model="gpt-6-luna")).run("hi")
`),
  ).toEqual(['azure', 'openai']);
});
