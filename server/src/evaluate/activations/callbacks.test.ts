/** Functions that are handed to others: a module in, the models of its call out. */
import { expect, test } from 'vitest';
import { modelsIn } from '../defaults/testing.ts';

const ASK = 'OpenAI().responses.create(model=model, input="Hello there")';
const FALLBACK = `from openai import OpenAI
MODELS = ["gpt-6-sol", "gpt-6-luna"]
def with_fallback(f, kind="x"):
    for i, (model, deployment) in enumerate(zip(MODELS, ["a", "b"])):
        try:
            return f(model)
        except Exception:
            pass
`;

test.each([
  ['a function by name', `${FALLBACK}def ask(model):\n    ${ASK}\nwith_fallback(ask)\n`],
  [
    'a method of the same object',
    `${FALLBACK}class Bot:
    def run(self):
        with_fallback(self.prepare, kind="y")
    def prepare(self, model):
        self.ask(model)
    def ask(self, model):
        ${ASK}
`,
  ],
  ['a named argument', `${FALLBACK}def ask(model):\n    ${ASK}\nwith_fallback(kind="y", f=ask)\n`],
  ['a lambda', `${FALLBACK}with_fallback(lambda model: ${ASK})\n`],
])('Python: %s', (_, text) => {
  expect(modelsIn({ 'a.py': text })).toBe('gpt-6-sol caller, gpt-6-luna caller, ...');
});

test('TypeScript: a function that is written in the call', () => {
  const text = `import OpenAI from 'openai';
async function withModel<T>(name: string, run: (model: string) => Promise<T>) {
  return run(name);
}
export const ask = () =>
  withModel('gpt-6-sol', (model) => new OpenAI().responses.create({ model, input: 'Hello there' }));
`;
  expect(modelsIn({ 'a.ts': text })).toBe('gpt-6-sol default, ...');
});

test('a function that passes something else first', () => {
  const text = `${FALLBACK.replace('f(model)', 'f(i, model)')}def ask(model):\n    ${ASK}\nwith_fallback(ask)\n`;
  expect(modelsIn({ 'a.py': text })).toBe('...');
});

test('a method of another object with the same name', () => {
  const text = `${FALLBACK}class Bot:
    def run(self, other):
        with_fallback(other.ask)
    def ask(self, model):
        ${ASK}
`;
  expect(modelsIn({ 'a.py': text })).toBe('...');
});
