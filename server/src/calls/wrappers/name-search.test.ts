/** Which texts are parsed for the sake of a wrapper's name. */
import { expect, it } from 'vitest';
import { createNameSearch, createWrapperSearch } from './name-search.ts';
import type { WrapperEntry } from './wrapper-index.ts';

const ASK: WrapperEntry = { name: 'ask', path: '/llm.ts', method: null };
const RUN: WrapperEntry = { name: 'run', path: '/job.ts', method: { className: 'Job', ancestors: ['Task'] } };
const isUsed = (path: string, text: string) => createNameSearch([ASK]).namesIn(path, text).used.has('ask');

it.each([
  ['a.ts', 'ask(prompt)'],
  ['a.ts', 'ask<Answer>(prompt)'],
  ['a.ts', 'llm.ask (prompt)'],
  ['a.ts', 'ask?.(prompt)'],
  ['a.ts', 'ask!(prompt)'],
  ['a.ts', 'ask /* the model */ (prompt)'],
  ['a.ts', 'ask // the model\n  (prompt)'],
  ['a.ts', 'ask`prompt`'],
  ['a.ts', "import { ask as complete } from './llm'"],
  ['a.ts', "import { tell, ask } from './llm'"],
  ['a.ts', 'const { ask: complete } = llm'],
  ['a.ts', 'export default ask'],
  ['a.ts', 'retry(ask, prompt)'],
  ['a.py', 'from llm import ask\nx = 1'],
  ['a.py', 'from llm import ask as complete'],
  ['a.py', 'complete = ask  # the same'],
  ['a.py', 'await to_thread(ask, prompt)'],
  ['a.py', 'async def go():\n    return ask(x)'],
  ['a.ipynb', '"from llm import ask\\n",\n"x"'],
  ['a.ipynb', '"complete = ask"'],
])('a use in %s: %s', (path, text) => expect(isUsed(path, text)).toBe(true));

it.each([
  ['a.ts', '// People may ask the model for more.'],
  ['a.ts', 'text="ask"'],
  ['a.ts', 'interface Options { ask?: boolean }'],
  ['a.ts', "import { x } from './ask-model'"],
  ['a.ts', 'async ask(prompt: string) {}'],
  ['a.ts', 'if (ask === null) {}'],
  ['a.ts', '// ask /api/links\nexport async function ask(request) {}'],
  ['a.ts', 'const share = ask / 2'],
  ['a.py', 'def ask(prompt):'],
  ['a.py', 'f(ask=True)'],
  ['a.py', '"""You can ask."""'],
  ['a.py', 'ask: bool = False'],
])('no use in %s: %s', (path, text) => expect(isUsed(path, text)).toBe(false));

it('counts every mention of a name, so that a common word is known as one', () => {
  const { mentioned, used } = createNameSearch([ASK]).namesIn('a.ts', '// ask your librarian');
  expect([mentioned.has('ask'), used.has('ask')]).toEqual([true, false]);
});

it('takes a common name only for what it belongs to', () => {
  const mayUse = createWrapperSearch([RUN], new Set(['run']));
  expect(mayUse('/a.ts', 'shell.run("ls")')).toBe(false);
  expect(mayUse('/a.ts', 'import { Job } from "./job";\nnew Job().run(text)')).toBe(true);
  expect(mayUse('/job.ts', 'this.run(text)')).toBe(true);
  expect(createWrapperSearch([RUN], new Set())('/a.ts', 'shell.run("ls")')).toBe(true);
});

it('takes a common function for what a package exports that it is a module of', () => {
  const stream: WrapperEntry = { name: 'stream', path: '/app/services/llm/factory.py', method: null };
  const mayUse = createWrapperSearch([stream], new Set(['stream']));
  expect(mayUse('/a.py', 'from app.services.llm import stream as ask\nask(text)')).toBe(true);
  expect(mayUse('/a.py', '# asks the llm\nstream(text)')).toBe(false);
});

const AGENT: WrapperEntry = { name: 'agent', path: '/app/api/chat/route.ts', method: null, isObject: true };

it.each([
  ['/a.ts', "import { agent } from './api/chat/route';\nagent.go()", true],
  ['/a.ts', "import { agent } from '@/app/api/chat';\nagent.go()", true],
  ['/a.ts', "export {\n  agent,\n} from './chat/route.ts'", true],
  ['/a.ts', 'const { agent } = await import("../chat/route")', true],
  ['/a.ts', "const { agent } = require('./chat/route')", true],
  ['/a.py', 'from app.chat import agent\nagent.go()', true],
  ['/a.py', 'from .route import agent', true],
  ['/a.py', 'import app.chat\napp.chat.agent.go()', true],
  ['/a.ts', "const agent = fetch('/api/chat')", false],
  ['/a.ts', "const agent = { path: 'chat' }", false],
  ['/a.py', 'agent = self.chat\nagent.go()', false],
])('takes an object only for one that the file imports: %s: %s', (path, text, expected) => {
  expect(createWrapperSearch([AGENT], new Set())(path, text)).toBe(expected);
});
