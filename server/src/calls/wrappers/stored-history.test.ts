/** A stored conversation that is handed on is data, also where the one that a caller gives goes before it. */
import { expect, test } from 'vitest';
import { featuresIn } from './testing.ts';

const CHAT = `import OpenAI from 'openai';
const client = new OpenAI();
export async function talk(messages: any[]) {
  return client.chat.completions.create({ model: 'gpt-6-luna', messages });
}
`;
const app = (given: string) => `import { useStore } from 'a-store';
import { talk } from './chat';
interface Turn { memory?: { role: string; content: string }[] }
export function useTalk() {
  const { history } = useStore();
  return async ({ memory }: Turn) => {
    return talk(${given});
  };
}
`;

test.each([
  ['memory || history', []],
  ['memory', []],
  [
    "memory || [{ role: 'user', content: 'Write a long letter to all readers of the library, with thanks.' }]",
    ['app.ts:7 talk'],
  ],
])('%s', (given, features) => {
  expect(featuresIn({ 'chat.ts': CHAT, 'app.ts': app(given) })).toEqual(features);
});
