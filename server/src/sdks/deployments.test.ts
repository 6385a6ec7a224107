/** LiteLLM's router: a module in, the models of its call out. */
import { expect, test } from 'vitest';
import { modelsIn } from '../evaluate/defaults/testing.ts';

const LIST = `[
    {"model_name": "smart", "litellm_params": {"model": "openai/gpt-6-sol", "api_key": key}},
    {"model_name": "fast", "litellm_params": {"model": "openai/gpt-6-luna"}},
    {"model_name": "fast", "litellm_params": {"model": "anthropic/claude-haiku-4-5"}},
    {"model_name": "own", "litellm_params": {"model": "openai/gpt-4o", "api_base": "http://localhost:8000"}},
    {"model_name": "groq/*", "litellm_params": {"model": "groq/*"}},
    {"model_name": "any/*", "litellm_params": {"model": "groq/*"}},
]`;

function routed(model: string, list = LIST): string {
  return modelsIn({
    'a.py': `import os
from litellm import Router
key = os.environ["KEY"]
router = Router(model_list=${list}, num_retries=3)
def ask(name, deployments):
    return router.completion(model=${model}, messages=[{"role": "user", "content": "Hello there"}])
`,
  });
}

test.each([
  ['"smart"', 'certain openai/gpt-6-sol'],
  ['"fast"', 'openai/gpt-6-luna branch, anthropic/claude-haiku-4-5 branch'],
  ['"own"', 'openai/gpt-4o default, ...'],
  ['"groq/llama-3.3-70b-versatile"', 'certain groq/llama-3.3-70b-versatile'],
  ['"any/llama-3.3-70b-versatile"', '...'],
  ['"other"', '...'],
])('completion(model=%s)', (model, expected) => expect(routed(model)).toBe(expected));

test('any of the deployments where the name is not known', () => {
  const list = LIST.replace(/.*api_base.*\n/, '');
  expect(routed('name', list)).toBe(
    'openai/gpt-6-sol default, openai/gpt-6-luna default, anthropic/claude-haiku-4-5 default, ...',
  );
});

test.each(['load()', '[*load()]', `${LIST} + load()`])(
  'no name is a model where deployments may be missing: %s',
  (list) => {
    expect(routed('"smart"', list)).not.toMatch(/certain/);
  },
);

test('without a router a name is a model', () => {
  const text = 'import litellm\nlitellm.completion(model="openai/gpt-6-sol", messages=[])\n';
  expect(modelsIn({ 'a.py': text })).toBe('certain openai/gpt-6-sol');
});
