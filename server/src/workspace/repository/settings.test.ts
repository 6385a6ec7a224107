/** Where settings are looked for: a small repository in, the models of its call out. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { expect, test } from 'vitest';
import { scan } from '../../analyzer.ts';
import { makeTree, type Tree } from '../testing.ts';

const CODE = `from openai import OpenAI
from pydantic import BaseModel
class Settings(BaseModel):
    api_key: str
    base_url: str
    model: str
def ask(settings: Settings):
    return OpenAI().responses.create(model=settings.model, input="Hello")
`;
const settings = (model: string) => `llm:\n  api_key: KEY\n  base_url: URL\n  model: ${model}\n`;

function modelsIn(tree: Tree): readonly string[] {
  const root = makeTree({ 'app/ask.py': CODE, ...tree });
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  return report.calls.flatMap(({ model }) =>
    model.alternatives.map(({ name, where }) => `${name} ${where?.path}:${where?.line}`),
  );
}

test('configuration files next to the code or above it, in their folders, and examples of them', () => {
  expect(
    modelsIn({
      'app/settings.yaml': settings('gpt-6-luna'),
      'config/openai.yaml': settings('gpt-6-sol'),
      'config/examples/older.yaml': settings('gpt-4o'),
      'other/config.yaml': settings('gpt-4.1'),
      'tests/config/config.yaml': settings('gpt-4.1-mini'),
      'config/secrets.yaml': settings('gpt-4.1-nano'),
    }),
  ).toEqual([
    'gpt-6-luna app/settings.yaml:4',
    'gpt-6-sol config/openai.yaml:4',
    'gpt-4o config/examples/older.yaml:4',
  ]);
});

test('a file that names no model of the class is no setting', () => {
  expect(modelsIn({ 'config.yaml': 'search:\n  api_key: KEY\n  engine: e\n  model: gpt-6-sol\n' })).toEqual([]);
});
