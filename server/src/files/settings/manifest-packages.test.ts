import { expect, test } from 'vitest';
import { makeTree } from '../../workspace/testing.ts';
import { manifestPackages } from './manifest-packages.ts';

test('packages of all kinds of manifests, in the folder and below, each once', () => {
  const root = makeTree({
    'package.json': '{ "dependencies": { "openai": "^6" }, "devDependencies": { "vitest": "1" } }',
    'packages/web/package.json': '{ "dependencies": { "ai": "6", "openai": "^6" } }',
    'api/requirements-dev.txt': '# tools\nanthropic>=0.40 ; python_version > "3.9"\nlangchain[all]==1\n-r base.txt\n',
    'api/pyproject.toml': `[project]
dependencies = ["google-genai >= 1", "httpx"]
[project.optional-dependencies]
more = ["groq"]
[dependency-groups]
dev = ["dspy"]
[tool.poetry.dependencies]
python = "^3.12"
[tool.poetry.group.test.dependencies]
mistralai = { version = "1" }
`,
    'node_modules/cohere-ai/package.json': '{ "dependencies": { "formdata": "1" } }',
    'a/b/c/package.json': '{ "dependencies": { "ollama": "1" } }',
    'broken/package.json': '{ "dependencies": ',
  });
  expect(manifestPackages(root).toSorted()).toEqual(
    [
      ...['openai', 'vitest', 'ai', 'anthropic', 'langchain'],
      ...['google-genai', 'httpx', 'groq', 'dspy', 'python', 'mistralai'],
    ].toSorted(),
  );
});
