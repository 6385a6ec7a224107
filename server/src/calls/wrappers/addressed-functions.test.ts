/** HTTP helpers of the project that stand in another file than the address that requests go to. */
import { describe, expect, test } from 'vitest';
import { reportOf } from './testing.ts';

const HELPER = `import { createParser } from './parser';
export async function postStream(resource, options) {
  const { onMessage, ...rest } = options;
  const response = await fetch(resource, rest);
  createParser(onMessage).feed(response.body);
}
`;

/** `api.ts:9 anthropic claude > http.ts:4`: where a call is, who is paid, its model, and where it ends. */
function callsIn(tree: Readonly<Record<string, string>>): readonly string[] {
  return reportOf(tree).calls.map(({ path, line, provider, model, via }) => {
    const end = via.at(-1);
    return `${path}:${line} ${provider} ${model.value}${end ? ` > ${end.path}:${end.line}` : ''}`;
  });
}

describe('a function that sends what it is given to the address that it is given', () => {
  test('is a request to a model where another file calls it with such an address', () => {
    const api = `import { postStream } from './http.js';
export async function answer(baseUrl, question) {
  const messages = [{ role: 'user', content: question }];
  await postStream(\`\${baseUrl}/v1/messages\`, {
    method: 'POST',
    body: JSON.stringify({ model: 'claude-sonnet-5-5', max_tokens: 300, messages }),
    onMessage: console.log,
  });
}
export const load = () => postStream('/api/settings', { method: 'POST', body: '{}', onMessage: console.log });
`;
    expect(callsIn({ 'http.js': HELPER, 'api.js': api })).toEqual(['api.js:4 anthropic claude-sonnet-5-5 > http.js:4']);
  });

  test('may have the address in a field, and send by a function that it was handed', () => {
    const http = `export async function postJson({ url, body, fetch: fetchFn = globalThis.fetch }) {
  const response = await fetchFn(url, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}
`;
    const api = `import { postJson } from './http';
import { CHAT_URL } from './settings';
export const answer = (fetch, messages) =>
  postJson({ url: CHAT_URL, body: { model: 'gpt-6-luna', messages }, fetch });
`;
    const settings = `export const CHAT_URL = 'https://api.openai.com/v1/chat/completions';\n`;
    expect(callsIn({ 'http.ts': http, 'api.ts': api, 'settings.ts': settings })).toEqual([
      'api.ts:4 openai gpt-6-luna > http.ts:2',
    ]);
  });

  test('leads the functions around it to the request', () => {
    const engine = `import { postStream } from './http.js';
export class Engine {
  async send(request) {
    const url = 'https://api.openai.com/v1/chat/completions';
    const messages = [{ role: 'user', content: request.prompt }];
    await postStream(url, { method: 'POST', body: JSON.stringify({ model: 'gpt-6-luna', messages }) });
  }
}
`;
    const feature = `import { Engine } from './engine.js';
export const sort = (letter) =>
  new Engine().send({ prompt: \`Sort this letter for a public library, and answer with a shelf: \${letter}\` });
`;
    expect(callsIn({ 'http.js': HELPER, 'engine.js': engine, 'feature.js': feature })).toEqual([
      'engine.js:6 openai gpt-6-luna > http.js:4',
      'feature.js:3 openai gpt-6-luna > http.js:4',
    ]);
  });

  test('may leave the sending to what is only named like fetch', () => {
    const http = `const backgroundFetch = (url, init) => bridge.send('fetch', url, init);
export async function postStream(url, options) {
  return backgroundFetch(url, options);
}
`;
    const api = `import { postStream } from './http.js';
const url = 'https://api.openai.com/v1/chat/completions';
export const answer = (messages) =>
  postStream(url, { method: 'POST', body: JSON.stringify({ model: 'gpt-6-luna', messages }) });
`;
    expect(callsIn({ 'http.js': http, 'api.js': api })).toEqual(['api.js:4 openai gpt-6-luna > http.js:3']);
  });

  test('is none with another address, and none that only reads', () => {
    const api = `import { postStream } from './http.js';
export const models = (key) => postStream('https://api.openai.com/v1/models', { headers: { key } });
export const save = (data) => postStream('https://example.com/v1/chat', { method: 'POST', body: JSON.stringify(data) });
`;
    expect(callsIn({ 'http.js': HELPER, 'api.js': api })).toEqual([]);
  });
});
