import { describe, expect, it } from 'vitest';
import { createRegistry } from '../registry.ts';
import { createPrefilter } from './prefilter.ts';

const isRelevant = createPrefilter(createRegistry());

describe('the prefilter', () => {
  it.each([
    [
      'a method of an imported SDK',
      `import OpenAI from 'openai';\nconst api = new OpenAI().chat.completions;\napi.create({})`,
    ],
    ['a function under another name', `import { generateText as ask } from 'ai';\nask({})`],
    ['a method path on a client from elsewhere', `import { client } from './client';\nclient.messages.create({})`],
    ['a method over lines', `import OpenAI from 'openai';\nclient\n  .embeddings\n  .create({})`],
    ['a reference', `from openai import OpenAI\nto_thread(client.images.generate, prompt)`],
    ['a call of a model', `from langchain_openai import OpenAI\nllm = OpenAI()\nllm("hello")`],
    ['a call of a constant', `from langchain_openai import OpenAI\nLLM = OpenAI()\nLLM("hello")`],
    ['a request to a provider', `fetch('https://api.openai.com/v1/chat/completions', {})`],
    ['a client of an HTTP library', `import axios\nc = axios.create({ baseURL: 'https://api.mistral.ai' })`],
    ['a submodule of a package', `from google import genai\ngenai.Client().models.generate_content(model="m")`],
    ['an address for other files', `export const URL = 'https://api.openai.com/v1/chat/completions';`],
    ['the beginning of an address for other files', `BASE_URL = "https://api.openai.com/v1/"`],
    ['a suppression without a call', `// farthing-ignore-next-line unbounded-output -- reviewed\nrun()`],
    ['a volume', `# farthing: calls=50k/month`],
    ['a cell of a notebook', String.raw`"source": ["import ollama\n", "ollama.chat(model='m')"]`],
  ])('passes %s', (_, text) => expect(isRelevant(text)).toBe(true));

  it.each([
    ['types only', `import type { UIMessage } from 'ai';\nexport function show(message: UIMessage) {}`],
    ['messages only', `from langchain_core.messages import AIMessage\nx = AIMessage(content="x")`],
    ['an address that no prompt is sent to', `const host = 'https://api.openai.com/v1/models';`],
    ['an address in prose', `// See https://api.openai.com/v1/chat/completions\nconst a = 1;`],
    ['a method of a part that is not paid for', `import OpenAI from 'openai';\nnew OpenAI().vectorStores.create({})`],
    ['a name in another case', `import { createOpenAI } from '@ai-sdk/openai';\nuseStreamText(embedded.Stream)`],
    ['a word that is no comment', `const farthings = pence * 4;`],
    ['prose', `// comes from anthropic and others\nstream.start()`],
  ])('stops %s', (_, text) => expect(isRelevant(text)).toBe(false));
});
