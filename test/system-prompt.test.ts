/** What a scan says of a system prompt where a caller hands over the messages: by SDK and by plain HTTP it is the same. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { expect, test } from 'vitest';
import { scan } from '../server/src/analyzer.ts';
import { makeTree } from '../server/src/workspace/testing.ts';

function systemIn(name: string, text: string): readonly string[] {
  const root = makeTree({ [name]: text });
  const options = { config: DEFAULT_CONFIG, configFolder: root, cache: null, now: new Date('2026-11-22') };
  return scan({ root, paths: [root], ...options }).report.calls.map(({ system }) => system);
}

const ANTHROPIC_SDK = `import Anthropic from '@anthropic-ai/sdk';
export const ask = (messages: Anthropic.MessageParam[]) =>
  new Anthropic().messages.create({ model: 'claude-haiku-5-5', max_tokens: 9, messages });
`;
const post = (url: string, fields: string): string =>
  `export const ask = (messages: unknown[]) =>
  fetch('${url}', { method: 'POST', body: JSON.stringify({ ${fields} }) });
`;
const ANTHROPIC = 'https://api.anthropic.com/v1/messages';
const GEMINI = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:generateContent';
const CONVERSE = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-lite-v1:0/converse';
const OPENAI = 'https://api.openai.com/v1/chat/completions';
const PYTHON = `import httpx
def ask(messages):
    body = {"model": "claude-haiku-5-5", "max_tokens": 9, "messages": messages}
    return httpx.post("${ANTHROPIC}", json=body)
`;

test.each([
  ['the SDK', 'a.ts', ANTHROPIC_SDK],
  ['fetch', 'a.ts', post(ANTHROPIC, "model: 'claude-haiku-5-5', max_tokens: 9, messages")],
  ['httpx', 'a.py', PYTHON],
  ['Gemini', 'a.ts', post(GEMINI, 'contents: messages')],
  ['Converse', 'a.ts', post(CONVERSE, 'messages')],
])('a field of its own that is not sent means none: %s', (_, name, text) => {
  expect(systemIn(name, text)).toEqual(['none']);
});

test('messages that may hold one leave it open', () => {
  expect(systemIn('a.ts', post(OPENAI, "model: 'gpt-6-luna', messages"))).toEqual(['unknown']);
});

test('a field that is sent is read', () => {
  const fields = "model: 'claude-haiku-5-5', max_tokens: 9, messages, system: 'Answer in one line.'";
  expect(systemIn('a.ts', post(ANTHROPIC, fields))).toEqual(['static']);
});

test('a body that only the caller knows leaves it open', () => {
  const text = `export const ask = (body: object) =>
  fetch('${ANTHROPIC}', { method: 'POST', body: JSON.stringify({ model: 'claude-haiku-5-5', ...body }) });
`;
  expect(systemIn('a.ts', text)).toEqual(['unknown']);
});
