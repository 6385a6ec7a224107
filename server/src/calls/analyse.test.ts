import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import { describe, expect, it } from 'vitest';
import { Evaluator } from '../evaluate/evaluator.ts';
import { memoryHost } from '../evaluate/test-host.ts';
import { createRegistry } from '../sdks/registry.ts';
import { createWalker } from '../sdks/walk.ts';
import { analyseModule } from './analyse.ts';
import type { LlmCall } from './call.ts';
import { answerLabels } from './facts/answer-labels.ts';
import { embeddedTexts } from './facts/embedded-texts.ts';

const CATALOGUE: Catalogue = { provenance: { source: 'test', asOf: '2026-01-01' }, find: () => null, models: () => [] };

function callsIn(files: Record<string, string>, main = Object.keys(files)[0] as string): readonly LlmCall[] {
  return analyseModule(main, {
    evaluator: new Evaluator(memoryHost(files)),
    walker: createWalker(createRegistry()),
    catalogue: CATALOGUE,
    assumptions: { hole: { low: 1, expected: 100, high: 1000 }, output: { low: 1, expected: 300, high: 1000 } },
    relativePath: (path) => path.slice(1),
    idPath: (path) => path.slice(1),
    callsPerMonth: () => null,
    declaredModels: () => null,
    facts: [answerLabels, embeddedTexts],
  });
}

/** `sdk api model` of each call, with the model's hint in brackets if it is not certain. */
function found(files: Record<string, string>): readonly string[] {
  return callsIn(files).map(({ sdk, api, model }) => `${sdk} ${api} ${model.value ?? `(${model.hint ?? ''})`}`);
}
const ts = (text: string, more: Record<string, string> = {}) => found({ '/app/main.ts': text, ...more });
const py = (text: string, more: Record<string, string> = {}) => found({ '/app/main.py': text, ...more });
const only = (text: string, path = '/app/main.ts') => callsIn({ [path]: text })[0] as LlmCall;
const onlyPy = (text: string) => only(text, '/app/main.py');

const OPENAI = `import OpenAI from 'openai'; const openai = new OpenAI();\n`;
const PY_OPENAI = `from openai import OpenAI\nclient = OpenAI()\n`;
const GPT = ['openai chat.completions gpt-4o'];

describe('chains that begin with something unseen', () => {
  const LLM = 'from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model="gpt-4o")\n';
  it.each([
    ['of another package', `from company.prompts import QA\n${LLM}(QA | llm).invoke({})`],
    ['pulled from a hub', `from langchain import hub\n${LLM}(hub.pull("x/y") | llm | parse).invoke({})`],
    ['of a cell that is missing', `${LLM}(prompt | llm).invoke({})`],
    ['a parameter', `${LLM}def ask(prompt):\n    return prompt.pipe(llm).invoke({})`],
  ])('%s', (_, text) => expect(py(text)).toEqual(['langchain invoke gpt-4o']));

  it('of another package, in TypeScript', () =>
    expect(
      ts(
        `import { ChatOpenAI } from '@langchain/openai'; import { QA } from 'prompts';\nQA.pipe(new ChatOpenAI({ model: 'gpt-4o' })).pipe(parse).invoke({})`,
      ),
    ).toEqual(['langchain invoke gpt-4o']));

  it('and end in nothing that is paid for', () => {
    expect(
      py(`from langchain_core.output_parsers import StrOutputParser\n(QA | StrOutputParser()).invoke({})`),
    ).toEqual([]);
    expect(
      ts(`import { map, of } from 'rxjs'; import OpenAI from 'openai';\nof(1).pipe(map(String)).invoke({})`),
    ).toEqual([]);
  });
});

describe('maps of steps', () => {
  const IMPORTS = `from langchain_openai import ChatOpenAI\nfrom langchain_core.runnables import RunnableParallel, RunnablePassthrough\nchain = QA | ChatOpenAI(model="gpt-4o")\n`;
  it.each([
    ['keyword arguments', `${IMPORTS}RunnableParallel(a=chain, b=retriever).invoke({})`],
    ['an object', `${IMPORTS}RunnableParallel({"a": chain}).invoke({})`],
    ['a step that is added', `${IMPORTS}RunnableParallel(q=RunnablePassthrough()).assign(answer=chain).invoke({})`],
    ['a step beside the input', `${IMPORTS}RunnablePassthrough.assign(answer=chain).invoke({})`],
  ])('%s', (_, text) => expect(py(text)).toEqual(['langchain invoke gpt-4o']));

  it('without a model are no calls', () =>
    expect(py(`${IMPORTS}RunnableParallel(q=RunnablePassthrough(), n=len).invoke({})`)).toEqual([]));
});

it('a method that a tool is made of is not called there', () => {
  const chain = `from langchain.chains import LLMMathChain\nfrom langchain_openai import ChatOpenAI\nchain = LLMMathChain.from_llm(ChatOpenAI(model="gpt-4o"))\n`;
  expect(py(`${chain}chain.run("2 + 2")`)).toHaveLength(1);
  expect(py(`${chain}Tool.from_function(func=chain.run, name="Calculator", description="For sums.")`)).toEqual([]);
});

describe('where clients come from', () => {
  it.each([
    [
      'a method that is bound',
      `${OPENAI}const ask = openai.chat.completions.create.bind(openai.chat.completions);\nask({ model: 'gpt-4o', messages: [] })`,
    ],
    ['a module constant', `${OPENAI}openai.chat.completions.create({ model: 'gpt-4o', messages: [] })`],
    [
      'a local',
      `import OpenAI from 'openai'; async function f() { const c = new OpenAI(); await c.chat.completions.create({ model: 'gpt-4o', messages }) }`,
    ],
    ['inline', `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: 'gpt-4o', messages })`],
    [
      'a class field',
      `import OpenAI from 'openai'; class A { #c = new OpenAI(); ask() { return this.#c.chat.completions.create({ model: 'gpt-4o', messages }) } }`,
    ],
    [
      'a constructor',
      `import OpenAI from 'openai'; class A { constructor() { this.c = new OpenAI() } ask = async () => this.c.chat.completions.create({ model: 'gpt-4o', messages }) }`,
    ],
    [
      'a getter',
      `import OpenAI from 'openai'; class A { get client() { return new OpenAI() } ask() { return this.client.chat.completions.create({ model: 'gpt-4o', messages }) } }`,
    ],
    [
      'a base class',
      `import OpenAI from 'openai'; class B { c = new OpenAI() } class A extends B { ask() { return this.c.chat.completions.create({ model: 'gpt-4o', messages }) } }`,
    ],
    [
      'a factory',
      `import OpenAI from 'openai'; const get = () => new OpenAI(); get().chat.completions.create({ model: 'gpt-4o', messages })`,
    ],
    [
      'a typed parameter',
      `import type OpenAI from 'openai'; function f(c: OpenAI) { return c.chat.completions.create({ model: 'gpt-4o', messages }) }`,
    ],
    [
      'a caller',
      `import OpenAI from 'openai'; function f(x) { return x.chat.completions.create({ model: 'gpt-4o', messages }) } f(new OpenAI())`,
    ],
    [
      'an unresolved parameter',
      `export function f(x) { return x.chat.completions.create({ model: 'gpt-4o', messages }) }`,
    ],
    ['a name that is defined elsewhere', `client.chat.completions.create({ model: 'gpt-4o', messages })`],
    [
      'require',
      `const { OpenAI } = require('openai'); const c = new OpenAI(); c.chat.completions.create({ model: 'gpt-4o', messages })`,
    ],
    [
      'require in a constructor',
      `class A { constructor() { const { OpenAI: Client } = require('openai'); this.c = new Client() } ask() { return this.c.chat.completions.create({ model: 'gpt-4o', messages }) } }`,
    ],
    [
      'a dynamic import',
      `async function f() { const { default: OpenAI } = await import('openai'); return new OpenAI().chat.completions.create({ model: 'gpt-4o', messages }) }`,
    ],
    [
      'a destructured client',
      `${OPENAI}const { chat } = openai; chat.completions.create({ model: 'gpt-4o', messages })`,
    ],
    [
      'an alias of the method’s object',
      `${OPENAI}const api = openai.chat.completions; api.create({ model: 'gpt-4o', messages })`,
    ],
    ['optional chaining', `${OPENAI}openai?.chat.completions.create({ model: 'gpt-4o', messages })`],
    [
      'a fluent client',
      `${OPENAI}openai.withOptions({ timeout: 1 }).chat.completions.create({ model: 'gpt-4o', messages })`,
    ],
    [
      'a wrapper that passes the client through',
      `import OpenAI from 'openai'; import { wrapOpenAI } from 'langsmith/wrappers'; const c = wrapOpenAI(new OpenAI()); c.chat.completions.create({ model: 'gpt-4o', messages })`,
    ],
    [
      'half-typed code',
      `${OPENAI}openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: `,
    ],
  ])('TypeScript: %s', (_, source) => expect(ts(source)).toEqual(GPT));

  it.each([
    ['a module constant', `${PY_OPENAI}client.chat.completions.create(model="gpt-4o", messages=[])`],
    ['a cell that is gone', `import openai\nclient.chat.completions.create(model="gpt-4o", messages=[])`],
    ['the module itself', `import openai\nopenai.chat.completions.create(model="gpt-4o", messages=[])`],
    [
      'an attribute',
      `from openai import OpenAI\nclass A:\n    def __init__(self):\n        self.c = OpenAI()\n    def ask(self):\n        return self.c.chat.completions.create(model="gpt-4o", messages=[])`,
    ],
    [
      'a property',
      `from functools import cached_property\nfrom openai import OpenAI\nclass A:\n    @cached_property\n    def c(self):\n        return OpenAI()\n    def ask(self):\n        return self.c.chat.completions.create(model="gpt-4o", messages=[])`,
    ],
    [
      'a with statement',
      `from openai import AsyncOpenAI\nasync def f():\n    async with AsyncOpenAI() as c:\n        await c.chat.completions.create(model="gpt-4o", messages=[])`,
    ],
    [
      'keyword arguments in a dict',
      `${PY_OPENAI}kwargs = {"model": "gpt-4o"}\nkwargs["messages"] = []\nclient.chat.completions.create(**kwargs)`,
    ],
    [
      'a function reference',
      `import asyncio\n${PY_OPENAI}asyncio.to_thread(client.chat.completions.create, model="gpt-4o", messages=[])`,
    ],
    [
      'a function reference by name',
      `${PY_OPENAI}retry(attempts=3, func=client.chat.completions.create, model="gpt-4o", messages=[])`,
    ],
    [
      'a function reference with its arguments as a dict',
      `from threading import Thread\n${PY_OPENAI}Thread(target=client.chat.completions.create, kwargs={"model": "gpt-4o", "messages": []})`,
    ],
    [
      'partial',
      `from functools import partial\n${PY_OPENAI}f = partial(client.chat.completions.create, model="gpt-4o")`,
    ],
    ['with_raw_response', `${PY_OPENAI}client.chat.completions.with_raw_response.create(model="gpt-4o", messages=[])`],
    [
      'an import in a try',
      `try:\n    from openai import OpenAI\nexcept ImportError:\n    OpenAI = None\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])`,
    ],
    [
      'a global that a function fills',
      `from openai import OpenAI\nclient = None\ndef get():\n    global client\n    if client is None:\n        client = OpenAI()\n    return client\nget().chat.completions.create(model="gpt-4o", messages=[])`,
    ],
    [
      'half-typed code',
      `${PY_OPENAI}client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": `,
    ],
  ])('Python: %s', (_, source) => expect(py(source)).toEqual(GPT));

  it('follows clients, models and wrappers across files', () => {
    expect(
      ts(
        `import { openai } from './lib/client'; import { MODELS } from './lib/models'; openai.chat.completions.create({ model: MODELS.fast, messages })`,
        {
          '/app/lib/client.ts': `import OpenAI from 'openai'; export const openai = new OpenAI();`,
          '/app/lib/models.ts': `export const MODELS = { fast: 'gpt-4o' } as const;`,
        },
      ),
    ).toEqual(GPT);
    expect(
      py(`from pkg import client, MODEL\nclient.chat.completions.create(model=MODEL, messages=[])`, {
        '/app/pkg/__init__.py': `from .setup import client, MODEL`,
        '/app/pkg/setup.py': `from openai import OpenAI\nclient = OpenAI()\nMODEL = "gpt-4o"`,
      }),
    ).toEqual(GPT);
  });
});

describe('what is not a call', () => {
  it.each([
    [
      'another library’s create',
      `import Stripe from 'stripe'; const stripe = new Stripe('k'); stripe.customers.create({ email })`,
    ],
    ['a message service', `import twilio from 'twilio'; twilio(a, b).messages.create({ body: 'x', to, from })`],
    ['a project function of the same name', `import { generateText } from './own'; generateText({ model: 'x' })`],
    ['a call inside a string', 'const code = `openai.chat.completions.create({ model: "gpt-4o" })`;'],
    ['a type', `import OpenAI from 'openai'; type T = Awaited<ReturnType<OpenAI['chat']['completions']['create']>>`],
    ['a definition of a tool', `import { tool } from 'ai'; const t = tool({ description: 'x' })`],
    ['listing models', `${OPENAI}openai.models.list()`],
    ['reading the response', `${OPENAI}const r = openai.models.retrieve('x'); r.choices[0].message.create()`],
    ['the browser’s messages', `chrome.runtime.sendMessage({ model: 'x' })`],
  ])('TypeScript: %s', (_, source) =>
    expect(ts(source, { '/app/own.ts': 'export function generateText() {}' })).toEqual([]),
  );
  it('a chain without a model', () =>
    expect(
      py(
        `from langchain_core.prompts import ChatPromptTemplate\nfrom langchain_core.output_parsers import StrOutputParser\nchain = ChatPromptTemplate.from_template("x") | StrOutputParser()\nchain.invoke({})`,
      ),
    ).toEqual([]));
});

describe('SDKs', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'anthropic',
      `import Anthropic from '@anthropic-ai/sdk'; new Anthropic().messages.create({ model: 'claude-sonnet-4-5', max_tokens: 5, messages })`,
      ['anthropic messages claude-sonnet-4-5'],
    ],
    [
      'anthropic in a beta that has ended',
      `import Anthropic from '@anthropic-ai/sdk'; new Anthropic().beta.promptCaching.messages.create({ model: 'claude-3-opus-20240229', max_tokens: 5, messages })`,
      ['anthropic messages claude-3-opus-20240229'],
    ],
    [
      'ai-sdk',
      `import { openai } from '@ai-sdk/openai'; import { generateText as ask } from 'ai'; ask({ model: openai('gpt-4o'), prompt: 'x' })`,
      ['ai-sdk generateText gpt-4o'],
    ],
    [
      'ai-sdk with a gateway model',
      `import { streamText } from 'ai'; streamText({ model: 'openai/gpt-4o', prompt: 'x' })`,
      ['ai-sdk streamText openai/gpt-4o'],
    ],
    [
      'google-genai',
      `import { GoogleGenAI } from '@google/genai'; new GoogleGenAI({}).models.generateContent({ model: 'gemini-2.5-flash', contents: 'x' })`,
      ['google-genai generate_content gemini-2.5-flash'],
    ],
    [
      'google-generativeai',
      `import { GoogleGenerativeAI } from '@google/generative-ai'; const m = new GoogleGenerativeAI('k').getGenerativeModel({ model: 'gemini-1.5-pro' }); m.startChat({}).sendMessage('x')`,
      ['google-generativeai generate_content gemini-1.5-pro'],
    ],
    [
      'Apps Script',
      `const init = { method: 'post', payload: JSON.stringify({ model: 'command-r', message }) }; UrlFetchApp.fetch('https://api.cohere.ai/v1/chat', init)`,
      ['http http.post command-r'],
    ],
    [
      'bedrock',
      `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'; const c = new BedrockRuntimeClient({}); c.send(new ConverseCommand({ modelId: 'anthropic.claude-3-haiku-20240307-v1:0', messages }))`,
      ['bedrock converse anthropic.claude-3-haiku-20240307-v1:0'],
    ],
    [
      'langchain',
      `import { ChatOpenAI } from '@langchain/openai'; new ChatOpenAI({ model: 'gpt-4o' }).withStructuredOutput(schema).invoke('x')`,
      ['langchain invoke gpt-4o'],
    ],
    [
      'langchain chain',
      `import { ChatOpenAI } from '@langchain/openai'; import { ChatPromptTemplate } from '@langchain/core/prompts'; ChatPromptTemplate.fromTemplate('x').pipe(new ChatOpenAI({ model: 'gpt-4o' })).invoke({})`,
      ['langchain invoke gpt-4o'],
    ],
    [
      'fetch',
      `fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body: JSON.stringify({ model: 'gpt-4o', messages: [] }) })`,
      ['http http.post gpt-4o'],
    ],
    [
      'axios',
      `import axios from 'axios'; axios.post('https://api.anthropic.com/v1/messages', { model: 'claude-3-haiku-20240307', max_tokens: 5, messages: [] })`,
      ['http http.post claude-3-haiku-20240307'],
    ],
    [
      'mistral',
      `import { Mistral } from '@mistralai/mistralai'; new Mistral({}).chat.complete({ model: 'mistral-small-latest', messages })`,
      ['mistral chat mistral-small-latest'],
    ],
    [
      'groq',
      `import Groq from 'groq-sdk'; new Groq().chat.completions.create({ model: 'llama-3.1-8b-instant', messages })`,
      ['groq chat.completions llama-3.1-8b-instant'],
    ],
    ['ollama', `import ollama from 'ollama'; ollama.chat({ model: 'llama3', messages })`, ['ollama chat llama3']],
  ])('TypeScript: %s', (_, source, expected) => expect(ts(source)).toEqual(expected));

  it.each<[string, string, readonly string[]]>([
    [
      'the old openai',
      `import openai\nopenai.ChatCompletion.create(model="gpt-4", messages=[])`,
      ['openai ChatCompletion gpt-4'],
    ],
    [
      'azure',
      `from openai import AzureOpenAI\nAzureOpenAI().chat.completions.create(model="d", messages=[])`,
      ['openai chat.completions d'],
    ],
    [
      'anthropic stream',
      `import anthropic\nwith anthropic.Anthropic().messages.stream(model="claude-sonnet-4-5", max_tokens=5, messages=[]) as s:\n    pass`,
      ['anthropic messages claude-sonnet-4-5'],
    ],
    [
      'google-genai',
      `from google import genai\nclient = genai.Client()\nclient.aio.models.generate_content(model="gemini-2.5-flash", contents="x")`,
      ['google-genai generate_content gemini-2.5-flash'],
    ],
    [
      'bedrock',
      `import boto3, json\nb = boto3.client("bedrock-runtime")\nb.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0", body=json.dumps({"max_tokens": 5, "messages": []}))`,
      ['bedrock invoke_model anthropic.claude-3-haiku-20240307-v1:0'],
    ],
    [
      'litellm',
      `from litellm import completion\ncompletion(model="gpt-4o", messages=[])`,
      ['litellm completion gpt-4o'],
    ],
    [
      'litellm that is loaded late',
      `import importlib\nclass Late:\n    def __getattr__(self, name):\n        return getattr(importlib.import_module("litellm"), name)\nlitellm = Late()\nlitellm.completion(model="gpt-4o", messages=[])`,
      ['litellm completion gpt-4o'],
    ],
    [
      'instructor',
      `import instructor\nfrom openai import OpenAI\nc = instructor.from_openai(OpenAI())\nc.chat.completions.create(model="gpt-4o", response_model=X, messages=[])`,
      ['instructor chat.completions gpt-4o'],
    ],
    [
      'langchain pipe',
      `from langchain_openai import ChatOpenAI\nfrom langchain_core.prompts import ChatPromptTemplate\nchain = ChatPromptTemplate.from_template("x") | ChatOpenAI(model="gpt-4o")\nchain.invoke({})`,
      ['langchain invoke gpt-4o'],
    ],
    ['cohere', `import cohere\ncohere.ClientV2().chat(model="command-r", messages=[])`, ['cohere chat command-r']],
    [
      'together',
      `from together import Together\nTogether().chat.completions.create(model="m", messages=[])`,
      ['together chat.completions m'],
    ],
    [
      'httpx',
      `import httpx\nhttpx.post("https://api.openai.com/v1/chat/completions", json={"model": "gpt-4o", "messages": []})`,
      ['http http.post gpt-4o'],
    ],
  ])('Python: %s', (_, source, expected) => expect(py(source)).toEqual(expected));

  it('takes the provider from the base address and keeps the SDK', () => {
    const { sdk, provider } = only(
      `import OpenAI from 'openai'; new OpenAI({ baseURL: 'https://api.deepseek.com/v1' }).chat.completions.create({ model: 'deepseek-chat', messages })`,
    );
    expect([sdk, provider]).toEqual(['openai', 'deepseek']);
  });
});

describe('the model', () => {
  const model = (text: string) => {
    const { value, source, hint } = only(text).model;
    return [value, source, hint];
  };
  it('is certain where it is written', () => {
    expect(model(`${OPENAI}openai.responses.create({ model: 'gpt-4o', input: 'x' })`)).toEqual([
      'gpt-4o',
      'literal',
      null,
    ]);
    expect(model(`${OPENAI}const M = 'gpt-4o'; openai.responses.create({ model: M, input: 'x' })`)).toEqual([
      'gpt-4o',
      'constant',
      null,
    ]);
    expect(
      model(`import { ChatOpenAI } from '@langchain/openai'; new ChatOpenAI({ model: 'gpt-4o' }).invoke('x')`),
    ).toEqual(['gpt-4o', 'constructor', null]);
  });
  it('is a hint where something may replace it', () => {
    expect(model(`${OPENAI}openai.responses.create({ model: process.env.M ?? 'gpt-4o', input: 'x' })`)).toEqual([
      null,
      'env',
      'gpt-4o',
    ]);
    expect(model(`${OPENAI}function f(m = 'gpt-4o') { openai.responses.create({ model: m, input: 'x' }) }`)).toEqual([
      null,
      'parameter',
      'gpt-4o',
    ]);
    expect(model(`${OPENAI}function f(o) { openai.responses.create({ model: 'gpt-4o', ...o }) }`)).toEqual([
      null,
      'default',
      'gpt-4o',
    ]);
    expect(model(`${OPENAI}openai.responses.create({ model: x ? 'a' : 'b', input: 'x' })`)[0]).toBe(null);
  });
});

describe('limits, system prompts, streams', () => {
  const state = (body: string) =>
    only(`${OPENAI}function f(o, msgs) { openai.chat.completions.create({ model: 'gpt-4o', ${body} }) }`);
  it('tells present, absent and unknown limits apart', () => {
    expect(state('messages: [], max_completion_tokens: 5').outputLimit).toMatchObject({ state: 'present', tokens: 5 });
    expect(state('messages: []').outputLimit).toMatchObject({ state: 'absent', parameter: 'max_completion_tokens' });
    expect(state('messages: [], ...o').outputLimit.state).toBe('unknown');
  });
  it('tells static, dynamic, absent and unknown system prompts apart', () => {
    expect(state(`messages: [{ role: 'system', content: 'Be brief.' }]`).system).toBe('static');
    expect(state('messages: [{ role: "system", content: `Be ${o}.` }]').system).toBe('dynamic');
    expect(state(`messages: [{ role: 'user', content: o }]`).system).toBe('none');
    expect(state('messages: msgs').system).toBe('unknown');
    expect(state(`messages: [{ role: 'system', content: 'x' }, ...msgs]`).system).toBe('static');
    expect(
      onlyPy(
        `import anthropic\ndef f(m):\n    anthropic.Anthropic().messages.create(model="claude-x", max_tokens=1, messages=m)`,
      ).system,
    ).toBe('none');
  });
  it.each([
    ['Anthropic by plain HTTP', 'https://api.anthropic.com/v1/messages', '{"model": "claude-x", "messages": m}'],
    [
      'Gemini by plain HTTP',
      'https://generativelanguage.googleapis.com/v1/models/g:generateContent',
      '{"contents": m}',
    ],
    ['Converse by plain HTTP', 'https://bedrock-runtime.us-east-1.amazonaws.com/model/x/converse', '{"messages": m}'],
  ])('knows of %s, too, that messages hold no system prompt', (_, url, body) => {
    expect(onlyPy(`import requests\ndef f(m):\n    requests.post("${url}", json=${body})`).system).toBe('none');
  });
  it.each([
    ['a chat session', `genai.Client().chats.create(model="gemini-x").send_message(m)`],
    ['interactions', `genai.Client().interactions.create(model="gemini-x", input=m)`],
  ])('knows of %s of Google that its input holds no system prompt', (_, call) => {
    expect(onlyPy(`from google import genai\ndef f(m):\n    ${call}`).system).toBe('none');
  });
  it('says that a Bedrock body of messages may hold a system prompt, since that is up to the model', () => {
    const call = `boto3.client("bedrock-runtime").invoke_model(modelId="x", body=json.dumps({"messages": m}))`;
    expect(onlyPy(`import boto3, json\ndef f(m):\n    ${call}`).system).toBe('unknown');
  });
  it('tells streams', () => {
    expect(state('messages: [], stream: true').streaming).toBe(true);
    expect(state('messages: []').streaming).toBe(false);
    expect(state('messages: [], stream: o').streaming).toBe('parameter');
  });
  it('sees cache markers', () => {
    const cached = only(
      `import A from '@anthropic-ai/sdk'; new A().messages.create({ model: 'claude-x', max_tokens: 1, system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }], messages })`,
    );
    expect([cached.cache, cached.sections[0]?.isCacheMarked]).toEqual([true, true]);
    expect(state('messages: []').cache).toBe(false);
  });
  it('reads closed answers from schemas', () => {
    const call = only(
      `import { z } from 'zod'; import { generateObject } from 'ai'; generateObject({ model: 'openai/gpt-4o', schema: z.object({ label: z.enum(['a', 'b']) }), prompt: 'x' })`,
    );
    expect(answerLabels(call)).toEqual(['a', 'b']);
  });
});

describe('loops', () => {
  const loop = (text: string, path?: string) => {
    const { lexical, purpose } = only(text, path).loop;
    return `${lexical} ${purpose}`;
  };
  const call = `openai.responses.create({ model: 'gpt-4o', input: x })`;
  it('names what repeats the call and why', () => {
    expect(loop(`${OPENAI}async function f(xs) { for (const x of xs) { await ${call} } }`)).toBe('for items');
    expect(loop(`${OPENAI}const f = (xs) => xs.map((x) => ${call})`)).toBe('map items');
    expect(loop(`${OPENAI}const f = (xs) => Promise.all(xs.map(async (x) => ${call}))`)).toBe('gather items');
    expect(
      loop(
        `${OPENAI}async function f(x) { for (let attempt = 0; attempt < 3; attempt++) { try { return await ${call} } catch {} } }`,
      ),
    ).toBe('for retry');
    expect(loop(`${OPENAI}async function f(x) { while (true) { const r = await ${call}; messages.push(r) } }`)).toBe(
      'while agent',
    );
    expect(loop(`${OPENAI}async function f(x) { for await (const e of await ${call}) {} }`)).toBe('none null');
    expect(loop(`${PY_OPENAI}rs = [client.responses.create(model="m", input=x) for x in xs]`, '/app/main.py')).toBe(
      'comprehension items',
    );
  });
  it('sees that a caller loops', () =>
    expect(only(`${OPENAI}function ask(x) { return ${call} } for (const x of xs) ask(x)`).loop.viaCaller).toBe(true));
});

describe('prompts', () => {
  it('are ordered as the provider reads them, with what changes between calls', () => {
    const { sections } = only(
      `import A from '@anthropic-ai/sdk'; function f(q) { new A().messages.create({ model: 'claude-x', max_tokens: 1, messages: [{ role: 'user', content: q }], system: \`Rules. \${new Date()}\`, tools: [{ name: 't', description: 'd' }] }) }`,
    );
    expect(sections.map(({ role, stability }) => `${role} ${stability}`)).toEqual([
      'tools stable',
      'system volatile',
      'user varying',
    ]);
    expect(sections[1]?.segments[1]).toMatchObject({ expression: 'new Date()', text: null });
  });
});

describe('what is put into a prompt', () => {
  const system = (text: string) => {
    const { sections } = only(
      `import A from '@anthropic-ai/sdk'; import fs from 'fs'; import { load } from 'prompts'; function f() { new A().messages.create({ model: 'claude-x', max_tokens: 1, system: ${text}, messages: [] }) }`,
    );
    return sections.flatMap(({ segments }) => segments.map((segment) => segment.text));
  };
  it('is not what a function was given', () => {
    expect(system(`fs.readFileSync('missing.md', 'utf8')`)).toEqual([null]);
    expect(system(`load('name')`)).toEqual([null]);
  });
  it('is what a message was made of', () =>
    expect(
      onlyPy(
        `from google import genai\nfrom google.genai import types\ngenai.Client().models.generate_content(model="gemini-x", contents=[types.Part.from_text(text="hello")])`,
      ).sections.flatMap(({ segments }) => segments.map(({ text }) => text)),
    ).toEqual(['hello']));
});

describe('call ids', () => {
  it('survive edits elsewhere and tell calls of one function apart', () => {
    const source = `${OPENAI}function f() { openai.responses.create({ model: 'a', input: '' }); openai.responses.create({ model: 'b', input: '' }) }`;
    const before = callsIn({ '/app/main.ts': source }).map(({ id }) => id);
    const after = callsIn({ '/app/main.ts': `// moved\n\n${source}` }).map(({ id }) => id);
    expect(before).toEqual(after);
    expect(new Set(before).size).toBe(2);
  });
});

describe('limits', () => {
  it('are those of one call, however many stand in a file', () => {
    const text = Array.from({ length: 300 }, (_, at) => `'part ${at} ' + x`).join(' + ');
    const call = `openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: ${text} }] });\n`;
    const calls = callsIn({ '/app/main.ts': `${OPENAI}export function f(x) {\n${call.repeat(20)}}` });
    expect(calls).toHaveLength(20);
    expect(new Set(calls.map(({ tokens }) => tokens.input.low)).size).toBe(1);
  });
});

it.each([
  ['https://api.groq.com/openai/v1', 'max_completion_tokens'],
  ['https://openrouter.ai/api/v1', 'max_completion_tokens'],
  ['https://api.deepseek.com', 'max_tokens'],
  ['https://llm.example.com/v1', 'max_tokens'],
])('names the limit as the provider at %s takes it', (baseURL, parameter) => {
  const text = `import OpenAI from 'openai'; new OpenAI({ baseURL: '${baseURL}' }).chat.completions.create({ model: 'm', messages: [] })`;
  expect(only(text).outputLimit).toMatchObject({ state: 'absent', parameter });
});
