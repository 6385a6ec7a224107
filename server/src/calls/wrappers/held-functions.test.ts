/** Feature calls through functions that go by another name: handed to a package, kept in a member, begun by `partial`. */
import { describe, expect, test } from 'vitest';
import { featuresIn, featuresOf, reportOf } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const SEND = `import OpenAI from 'openai';
import { traceable } from 'langsmith/traceable';
const client = new OpenAI();
async function send(system: string, prompt: string) {
  const messages = [{ role: 'system', content: system }, { role: 'user', content: prompt }];
  return client.chat.completions.create({ model: 'gpt-6-luna', messages });
}
`;
const PY_SEND = `import backoff
from functools import partial
from openai import OpenAI
client = OpenAI()
def send(system, prompt, model="gpt-6-luna"):
    messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
    return client.chat.completions.create(model=model, messages=messages)
`;

describe('a function that is handed to another, which gives it back to be called', () => {
  test.each([
    ['by a function of a package', 'export const ask = traceable(send);'],
    ['written where it is handed over', 'export const ask = traceable(async (a: string, b: string) => send(a, b));'],
    [
      'by a function of the project',
      'const retried = <T extends (...all: never[]) => unknown>(fn: T) => (...all: never[]) => fn(...all);\nexport const ask = retried(send);',
    ],
    ['with `bind`', 'export const ask = send.bind(null);'],
  ])('is called by the name of what holds it: %s', (_, holder) => {
    const app = `import { ask } from './ask';\nexport const sort = (letter: string) => ask('${RULES}', letter);\n`;
    expect(featuresIn({ 'ask.ts': SEND + holder, 'app.ts': app })).toEqual([
      expect.stringMatching(/^app\.ts:2 .*send$/),
    ]);
  });

  test.each([
    ['a field', 'export class Clerk { ask = traceable(send); }'],
    [
      'a field that the constructor assigns',
      'export class Clerk { ask; constructor() { this.ask = traceable(send); } }',
    ],
    [
      'a property over such a field',
      'export class Clerk { #sent = traceable(send); kept; constructor() { this.kept = traceable(send); } get ask() { return this.kept; } }',
    ],
  ])('is called by the member that holds it: %s', (_, clerk) => {
    const app = `import { Clerk } from './ask';\nexport const sort = (clerk: Clerk, letter: string) => clerk.ask('${RULES}', letter);\n`;
    expect(featuresIn({ 'ask.ts': SEND + clerk, 'app.ts': app })).toEqual(['app.ts:2 send']);
  });

  test('is none where a package is given several functions, of which it may call any', () => {
    const app = `import { ask } from './ask';\nexport const sort = (letter: string) => ask('${RULES}', letter);\n`;
    expect(featuresIn({ 'ask.ts': `${SEND}export const ask = traceable(send, () => 1);`, 'app.ts': app })).toEqual([]);
  });
});

test('a member that is replaced by what something unknown makes of it still leads to what it was', () => {
  const clerk = `class Clerk:
    def __init__(self, pipeline):
        self._send = send
        self._send = pipeline.retried(function=self._send)
    def ask(self, system, prompt):
        return self._send(system, prompt)
`;
  const app = `from ask import Clerk
def sort(clerk: Clerk, letter):
    return clerk.ask("${RULES}", letter)
`;
  expect(featuresIn({ 'ask.py': `${PY_SEND}${clerk}`, 'app.py': app })).toEqual(['app.py:3 Clerk.ask > send']);
});

describe('a call that `partial` begins', () => {
  const app = `from ask import ask\ndef sort(letter):\n    return ask("${RULES}", letter)\n`;

  test('has the arguments that it was begun with', () => {
    const report = reportOf({ 'ask.py': `${PY_SEND}ask = partial(send, model="gpt-6-sol")\n`, 'app.py': app });
    expect(featuresOf(report)).toMatchObject([{ path: 'app.py', line: 3, model: { value: 'gpt-6-sol' } }]);
  });

  test('is the request where it is called, once', () => {
    const ask = `from functools import partial
from litellm import completion
class Clerk:
    def __init__(self):
        self._send = partial(completion, model="gpt-6-luna")
        self._plain = self._send
        def logged(*args, **kwargs):
            return self._plain(*args, **kwargs)
        self._send = logged
    @property
    def send(self):
        return self._send
`;
    const caller = `from ask import Clerk\ndef sort(clerk: Clerk, letter):\n    return clerk.send(messages=[{"role": "system", "content": "${RULES}"}, {"role": "user", "content": letter}])\n`;
    const { calls } = reportOf({ 'ask.py': ask, 'app.py': caller });
    expect(calls.map(({ path, line, system, model }) => [path, line, system, model.value])).toEqual([
      ['app.py', 3, 'static', 'gpt-6-luna'],
      ['ask.py', 8, 'unknown', 'gpt-6-luna'],
    ]);
  });
});
