import { describe, expect, test } from 'vitest';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { memoryHost } from '../../evaluate/test-host.ts';
import { exportedAddresses } from './exported-addresses.ts';
import { featuresIn, reportOf } from './testing.ts';

function addressesOf(path: string, text: string): readonly string[] {
  const module = new Evaluator(memoryHost({ [path]: text })).module(path);
  if (module === null) throw new Error(`${path} was not read`);
  return exportedAddresses(module).map(({ name }) => name);
}

describe('addresses that other files send requests to', () => {
  test('are constants, what they are by default, and tables of them', () =>
    expect(
      addressesOf(
        '/app/config.ts',
        `export const CHAT = 'https://api.openai.com/v1/chat/completions';
export const BASE = process.env.BASE_URL ?? 'https://api.mistral.ai/v1';
export const byModel = { 'gpt-6-luna': { url: CHAT, limit: 4 }, other: { url: OTHER } };
export const messages = \`\${BASE}/chat/completions\`;
export const docs = 'https://platform.openai.com/docs';
export const models = 'https://api.openai.com/v1/models';
export const hello = 'hello';`,
      ),
    ).toEqual(['CHAT', 'BASE', 'byModel', 'messages']));

  test('are in settings, which have no behaviour', () =>
    expect(
      addressesOf(
        '/app/settings.py',
        `class Settings:
    chat_url: str = "https://api.openai.com/v1/chat/completions"
class Client:
    base = "https://api.openai.com/v1"
    def ask(self, prompt):
        return self.post(prompt)
settings = Settings()`,
      ),
    ).toEqual(['Settings', 'settings']));
});

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';

describe('a request to an address from another file', () => {
  const client = `import { CHAT } from './config';
export async function ask(system: string, letter: string) {
  const messages = [{ role: 'system', content: system }, { role: 'user', content: letter }];
  return fetch(CHAT, { method: 'POST', body: JSON.stringify({ model: 'gpt-6-luna', messages }) });
}
export const sort = (letter: string) => ask('${RULES}', letter);
`;
  const address = `export const CHAT = 'https://api.openai.com/v1/chat/completions';\n`;

  test('is found, and so are the calls that decide its prompt', () => {
    const tree = { 'config.ts': address, 'client.ts': client };
    expect(reportOf(tree).calls.map(({ path, line, provider }) => `${path}:${line} ${provider}`)).toEqual([
      'client.ts:4 openai',
      'client.ts:6 openai',
    ]);
    expect(featuresIn(tree)).toEqual(['client.ts:6 ask']);
  });

  test('is not one to another service', () => {
    const other = `export const CHAT = 'https://letters.example.com/v1/shelves';\n`;
    expect(reportOf({ 'config.ts': other, 'client.ts': client }).calls).toEqual([]);
  });
});

describe('a request to an address that a parameter brings', () => {
  test.each([
    [
      'a function',
      `const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) });
const ask = (messages: object[]) => post('https://api.openai.com/v1/chat/completions', { model: 'gpt-6-luna', messages });`,
    ],
    [
      'a method',
      `class Client {
  base = 'https://api.openai.com/v1';
  send(path: string, body: object) { return fetch(this.base + path, { method: 'POST', body: JSON.stringify(body) }); }
  ask(messages: object[]) { return this.send('/chat/completions', { model: 'gpt-6-luna', messages }); }
}
const ask = (messages: object[]) => new Client().ask(messages);`,
    ],
  ])('is one for any caller: %s', (_, client) => {
    const app = `${client}
export const sort = (letter: string) => ask([{ role: 'system', content: '${RULES}' }, { role: 'user', content: letter }]);
`;
    expect(featuresIn({ 'app.ts': app })).toHaveLength(1);
    expect(featuresIn({ 'app.ts': app })[0]).toMatch(/^app\.ts:\d+ ask > /);
  });
});
