/** What counts as a conversation that grows: a program in, the finding out. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { expect, test } from 'vitest';
import { scan } from '../../analyzer.ts';
import { makeTree } from '../../workspace/testing.ts';

/** True if the object's messages are found to grow when `after` follows the request. */
function grows(after: string): boolean {
  const root = makeTree({
    'chat.py': `from openai import OpenAI
client = OpenAI()
class Chat:
    def __init__(self):
        self.messages = []
    def answer(self, text):
        reply = client.chat.completions.create(model="gpt-5.4", max_completion_tokens=500, messages=self.messages)
        ${after}
        return reply
`,
  });
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  return report.diagnostics.some(({ rule }) => rule === 'unbounded-history');
}

test.each([
  ['self.messages.append(reply)', true],
  ['self.messages += [reply]', true],
  ['self.messages = self.messages + [reply]', true],
  ['self.messages = [*self.messages, reply]', true],
  ['self.messages = without_images(self.messages)', false],
  ['self.messages = self.messages[-10:]', false],
  ['self.messages = []', false],
])('%s: %s', (after, expected) => expect(grows(after)).toBe(expected));
