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

/** True if a handler's stored messages are found to grow: they are read by `read` and sent as `sent`. */
function growsStored(read: string, query: string, save = 'await saveMessage(chat, text);'): boolean {
  const root = makeTree({
    'db.ts': `export async function getMessagesByChat(chat: string) {
  return ${query};
}
export async function saveMessage(chat: string, text: string) {}
`,
    'route.ts': `import OpenAI from 'openai';
import { getMessagesByChat, saveMessage } from './db';
const client = new OpenAI();
export async function POST(request: Request) {
  const { chat, text } = await request.json();
  const isBusy = (await countOf(chat)) > maxMessagesPerDay;
  const stored = ${read};
  const messages = [...stored, { role: 'user' as const, content: text }];
  ${save}
  return client.chat.completions.create({ model: 'gpt-5.4', max_completion_tokens: 500, messages });
}
`,
  });
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  return report.diagnostics.some(({ rule }) => rule === 'unbounded-history');
}

const ALL = 'db.select().from(message).where(eq(message.chat, chat))';

test.each([
  ['await getMessagesByChat(chat)', ALL, true],
  ['(await getMessagesByChat(chat)).map(asMessage)', ALL, true],
  ['await prisma.message.findMany({ where: { chat } })', ALL, true],
  ['await prisma.message.findMany({ where: { chat }, take: 20 })', ALL, false],
  ['await getMessagesByChat(chat, { last: 20 })', ALL, false],
  ['await getMessagesByChat(chat)', `${ALL}.limit(20)`, false],
  ['await getExamples(chat)', ALL, false],
  ['await context.getMessages(chat)', ALL, false],
  ['await getMessagesByChat(chat)', 'kept(chat)', false],
])('a stored conversation, by %s', (read, query, expected) => expect(growsStored(read, query)).toBe(expected));

test('messages that the module only reads do not count as its own conversation', () => {
  expect(growsStored('await getMessagesByChat(chat)', ALL, '')).toBe(false);
});

/** True if the messages that a loop adds to are found to grow. */
function growsIn(loop: string): boolean {
  const root = makeTree({
    'pages.py': `from openai import OpenAI
client = OpenAI()
def read(pages, count):
    messages = []
    ${loop}
        messages.append({"role": "user", "content": str(page)})
        client.chat.completions.create(model="gpt-5.4", max_completion_tokens=500, messages=messages)
    return messages
`,
  });
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  return report.diagnostics.some(({ rule }) => rule === 'unbounded-history');
}

test.each([
  ['for page in pages:', true],
  ['for page in chunks(pages, 5):', true],
  ['for page in range(count):', false],
  ['for page in ["a", "b"]:', false],
  ['for page in questions(pages):', false],
])('%s: %s', (loop, expected) => expect(growsIn(loop)).toBe(expected));

test('the finding names the list, not a function that gives it or a setting that goes into it', () => {
  const root = makeTree({
    'chat.ts': `import OpenAI from 'openai';
import { toHistory } from './convert';
import { saveMessage } from './db';
const client = new OpenAI();
export async function answer(shown: string[], style: string, text: string) {
  const history = toHistory(shown, style);
  const messages = [...history, { role: 'user' as const, content: text }];
  const reply = await client.chat.completions.create({ model: 'gpt-5.4', max_completion_tokens: 500, messages });
  await saveMessage(text);
  return reply;
}
`,
    'db.ts': 'export async function saveMessage(text: string) {}\n',
    'convert.ts': `export const toHistory = (turns: string[], style: string) => turns.map((content) => ({ role: 'user', content, style }));\n`,
  });
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  const found = report.diagnostics.filter(({ rule }) => rule === 'unbounded-history');
  expect(found.map(({ message }) => message.split(' ')[0])).toEqual(['messages']);
});
