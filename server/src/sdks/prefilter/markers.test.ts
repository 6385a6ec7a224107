import { HOST_NAMES } from '@farthing/shared/hosts';
import { describe, expect, it } from 'vitest';
import { methodNamesOf } from '../method-names.ts';
import { createRegistry, exportAt } from '../registry.ts';
import { importsOf, isAddressed, kindsOfMarkers, MAY, methodPathsOf } from './markers.ts';

const registry = createRegistry();
const paths = methodPathsOf(registry);
const kindsOf = kindsOfMarkers(registry);
const passes = (text: string) => {
  const markers =
    (importsOf(registry, text).size > 0 ? MAY.import : 0) |
    (paths.test(text) ? MAY.method : 0) |
    (isAddressed(text) ? MAY.address : 0);
  // There must be a word for every kind of marker.
  expect(markers & ~kindsOf(text)).toBe(0);
  return markers !== 0;
};

describe('markers', () => {
  it('pass every way to import any module of any SDK', () => {
    for (const sdk of registry.descriptors) {
      if (sdk.isTransport === true) continue;
      for (const pattern of sdk.modules) {
        const module = pattern.replace('*', 'openai');
        expect([module, passes(`import x from '${module}';`)]).toEqual([module, true]);
        expect([module, passes(`const x = require("${module}");`)]).toEqual([module, true]);
        expect([module, passes(`await import('${module}')`)]).toEqual([module, true]);
        if (sdk.language === 'typescript' || /[@/-]/.test(module)) continue;
        expect([module, passes(`from ${module} import x`)]).toEqual([module, true]);
        expect([module, passes(`  import ${module} as y`)]).toEqual([module, true]);
      }
    }
    for (const host of HOST_NAMES) expect([host, passes(`url = "https://x.${host}/v1"`)]).toEqual([host, true]);
  });

  it.each(registry.descriptors.filter(({ isTransport }) => isTransport !== true))(
    'are found by the words of their own descriptor: $name',
    (sdk) => {
      const alone = createRegistry([sdk]);
      for (const module of sdk.modules.map((pattern) => pattern.replace('*', 'x'))) {
        const text = `import x from '${module}';`;
        expect([module, importsOf(alone, text).size, kindsOfMarkers(alone)(text) & MAY.import]).toEqual([module, 1, 1]);
      }
    },
  );

  it.each([
    'from google import genai',
    'import google.generativeai as genai',
    '"from openai import OpenAI\\n",',
    "export * from 'openai/resources';",
    'vi.mock("ai", () => ({}))',
    'this.client.chat\n  .completions\n  .create(request)',
    'client.messages.create(params)',
    'self.client.converse(modelId=m)',
    'await this.embedder.embedQuery(text)',
    'await self.llm.ainvoke(messages)',
    'const answer = await graderModel.invoke(messages)',
    'client.chat.parse(model=m, messages=messages)',
    'client.fim.complete(model=m, prompt=p)',
    'client.conversations.start(inputs=q)',
    'client.moderations.create({ input })',
    'client.beta.threads.runs.create(thread.id, { assistant_id })',
    'await openai.createEmbedding({ model, input })',
    'client.interactions.create(model=m, input=q)',
    'await chat.sendMessage({ message })',
    'await runtime.invokeModel(input)',
    'co.rerank(query=q, documents=docs)',
    'cohereClient.chat({ message })',
    'ollama.chat(model=m, messages=messages)',
    'litellm.acompletion(**request)',
    'client.rerank.create(query=q, documents=docs)',
    'client.create_iterable(response_model=Item, messages=messages)',
    'fetch(base + "/v1/chat/completions", init)',
    'fetch(base + "/v1beta/models/m:streamGenerateContent")',
    'url = "http://localhost:11434"',
  ])('pass %s', (text) => {
    expect(passes(text)).toBe(true);
  });

  it.each([
    'import { useState } from "react";',
    'await ipcRenderer.invoke(channel)',
    'result = runner.invoke(app, arguments)',
    'bot.send_message(chat_id, text)',
    "import { z } from 'zod'; // with ai and openai in a comment",
    "import type { LanguageModelV3 } from '@ai-sdk/provider';",
    "import { useChat } from '@ai-sdk/react';",
    "import { tool } from '@langchain/core/tools';",
    'const messages = await db.messages.findMany();',
    'fetch("/api/users", { method: "POST" })',
    'import aiohttp',
    'from google.cloud import storage',
    'import airflow',
    'import ai',
  ])('stop %s', (text) => {
    expect(passes(text)).toBe(false);
  });
});

describe('registry', () => {
  it.each([
    ['openai', 'openai'],
    ['openai/resources/chat', 'openai'],
    ['openai.types.chat', 'openai'],
    ['langchain_openai.chat_models', 'langchain'],
    ['@langchain/core/messages', 'langchain'],
    ['google.genai.types', 'google-genai'],
    ['ai/rsc', 'ai-sdk'],
    ['openai-edge', undefined],
    ['airtable', undefined],
    ['google', undefined],
    ['', undefined],
  ])('%s', (module, name) => {
    expect(registry.byModule(module)?.name).toBe(name);
  });

  it('prefers an exact export to a pattern, and a longer pattern to a shorter', () => {
    const langchain = registry.byModule('langchain');
    if (langchain === null) throw new Error('no langchain');
    expect(exportAt(langchain, 'ChatPromptTemplate')?.creates).toBe('Prompt');
    expect(exportAt(langchain, 'ChatNewcomer')?.creates).toBe('Model');
    expect(exportAt(langchain, 'create_sql_query_chain')?.creates).toBe('ModelChain');
    expect(exportAt(langchain, 'toString')).toBeNull();
  });

  it('every type that a descriptor names is described', () => {
    for (const sdk of registry.descriptors) {
      const steps = [
        ...Object.values(sdk.exports).flatMap((exported) => [exported.is, exported.creates]),
        ...Object.values(sdk.types).flatMap((type) => [
          ...Object.values(type.members ?? {}),
          ...Object.values(type.methods ?? {}).map((method) => method.returns),
        ]),
      ];
      for (const name of steps) {
        if (name !== undefined && name !== 'self')
          expect([sdk.name, name, name in sdk.types]).toEqual([sdk.name, name, true]);
      }
    }
  });

  it('knows the last names of all paid calls', () => {
    const names = methodNamesOf(registry);
    for (const name of ['create', 'generateText', 'invoke', 'send', 'converse', 'fetch', 'post', 'acompletion']) {
      expect(names.has(name)).toBe(true);
    }
    expect(names.has('countTokens')).toBe(false);
    expect(names.has('')).toBe(false);
  });
});
