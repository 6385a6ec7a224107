import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { describe, expect, it } from 'vitest';
import { scan } from '../../analyzer.ts';
import { Evaluator } from '../../evaluate/evaluator.ts';
import { memoryHost } from '../../evaluate/test-host.ts';
import { createRegistry } from '../../sdks/registry.ts';
import { createWalker } from '../../sdks/walk.ts';
import { makeTree } from '../../workspace/testing.ts';
import { exportedObjects } from './exported-objects.ts';
import { createWrapperSearch } from './name-search.ts';

function objectsOf(path: string, text: string): readonly string[] {
  const evaluator = new Evaluator(memoryHost({ [path]: text }));
  const module = evaluator.module(path);
  if (module === null) throw new Error(`${path} was not read`);
  return exportedObjects(module, evaluator, createWalker(createRegistry())).map(({ name }) => name);
}

describe('objects that other files run', () => {
  it('are variables and what functions return', () =>
    expect(
      objectsOf(
        '/app/team.py',
        `from pydantic_ai import Agent
helper = Agent("openai:gpt-6-luna")
typed = Agent[str, bool]("openai:gpt-6-luna")
def build():
    return Agent("openai:gpt-6-luna")
def unrelated():
    return 1
NAME = "x"`,
      ),
    ).toEqual(['helper', 'typed', 'build']));
  it('are classes that keep one, and objects that hold one', () =>
    expect(
      objectsOf(
        '/app/team.ts',
        `import { Agent } from '@mastra/core/agent';
export class Held { agent = new Agent({ name: 'a', model: 'openai/gpt-6-luna' }); }
export class Made { constructor() { this.agent = new Agent({ name: 'a', model: 'openai/gpt-6-luna' }); } }
export class Empty { agent = null; }
export const all = { first: new Agent({ name: 'a', model: 'openai/gpt-6-luna' }), second: 2 };`,
      ),
    ).toEqual(['all', 'Held', 'Made']));
  it('are classes that extend one, or have a method that gives one', () =>
    expect(
      objectsOf(
        '/app/team.py',
        `from crewai import Agent, Crew
class Writers:
    def crew(self):
        return Crew(agents=self.agents)
class Editor(Agent):
    pass
class Plain:
    def crew(self):
        return None`,
      ),
    ).toEqual(['Writers', 'Editor']));
  it('are made by a name with a wildcard in its descriptor', () =>
    expect(
      objectsOf(
        '/app/team.py',
        `from haystack.components.generators.chat import OpenAIChatGenerator\nllm = OpenAIChatGenerator()`,
      ),
    ).toEqual(['llm']));
  it('are what a module exports by default, under its own name', () => {
    const text = `import { Agent } from '@mastra/core/agent';
export default new Agent({ name: 'a', model: 'openai/gpt-6-luna' });`;
    expect(objectsOf('/app/guide.ts', text)).toEqual(['guide']);
    expect(objectsOf('/app/guide/index.ts', text)).toEqual(['guide']);
    expect(objectsOf('/app/guide.ts', `${text.replace('export default', 'const it =')}\nexport default it;`)).toEqual([
      'it',
      'guide',
    ]);
  });
  it('are objects that give such objects', () =>
    expect(
      objectsOf(
        '/app/app.ts',
        `import { Mastra } from '@mastra/core';\nexport const mastra = new Mastra({ agents: {} });`,
      ),
    ).toEqual(['mastra']));
  it('are not clients whose methods show what they are', () =>
    expect(objectsOf('/app/client.ts', `import OpenAI from 'openai';\nexport const client = new OpenAI();`)).toEqual(
      [],
    ));
  it('are not objects of other packages', () =>
    expect(objectsOf('/app/team.py', `from mine import Agent\nhelper = Agent()`)).toEqual([]));
});

describe('a file that may run an object', () => {
  const search = createWrapperSearch(
    [{ name: 'helper', method: null, isObject: true, path: '/app/agents/team.py' }],
    new Set(),
  );
  it.each([
    ['from agents.team import helper\nhelper.run("x")', true],
    ['from .team import helper\nhelper.run("x")', true],
    [`import { helper } from './team';`, true],
    [`import { helper } from '@/agents';`, true],
    ['from tools import helper\nhelper("x")', false],
    ['from agents.team import other', false],
  ])('imports it by name: %s', (text, expected) => expect(search('/app/main.py', text)).toBe(expected));
});

it('a file that runs an agent of another file holds a call, without importing the SDK', () => {
  const root = makeTree({
    'team.py': 'from pydantic_ai import Agent\nhelper = Agent("openai:gpt-6-luna", instructions="Be brief.")\n',
    'main.py': 'from team import helper\nasync def main(text):\n    return await helper.run(text)\n',
    'team.ts': `import { Agent } from '@mastra/core/agent';
export const guide = new Agent({ name: 'a', instructions: 'Be brief.', model: 'openai/gpt-6-luna' });`,
    'main.ts': `import { guide } from './team';\nexport const go = (text: string) => guide.generate(text);`,
    'service.ts': `import { Agent } from '@mastra/core/agent';
export class Service { agent = new Agent({ name: 'a', instructions: 'Be brief.', model: 'openai/gpt-6-luna' }); }`,
    'uses-service.ts': `import { Service } from './service';
export const go = (service: Service) => service.agent.generate('hi');`,
    'writer.ts': `import { Agent } from '@mastra/core/agent';
export default new Agent({ name: 'a', instructions: 'Be brief.', model: 'openai/gpt-6-luna' });`,
    'uses-writer.ts': `import any from './writer';\nexport const go = () => any.generate('hi');`,
    'app.ts': `import { Mastra } from '@mastra/core';
import { guide } from './team';
export const mastra = new Mastra({ agents: { guide } });`,
    'models.ts': `import { ChatOpenAI } from '@langchain/openai';
export class Gemini extends ChatOpenAI { label = 'x'; }`,
    'choose.ts': `import { Gemini } from './models';
export const choose = async (model: string) => {
  if (model === 'fast') return new Gemini({ model: 'gpt-6-luna' });
  return new Gemini({ model });
};`,
    'uses-choose.ts': `import { choose } from './choose';
export const go = async () => (await choose('fast')).invoke('hi');`,
    // Cloudflare's package, not the SDK that Python has by this name.
    'worker.ts': `import { run } from 'agents';\nexport const go = () => run('a', 'hi');`,
    'crews.py': `from crewai import Agent, Crew
class Writers:
    def crew(self):
        return Crew(agents=[Agent(llm="openai/gpt-6-luna", goal="Be brief.")])`,
    'uses_crews.py': 'from crews import Writers\ndef run():\n    return Writers().crew().kickoff(inputs={})\n',
    'uses-app.ts': `import { mastra } from './app';\nexport const go = () => mastra.getAgent('guide').generate('hi');`,
  });
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  expect(report.calls.map(({ path, line, sdk, model, system }) => [path, line, sdk, model.value, system])).toEqual([
    ['main.py', 3, 'pydantic-ai', 'openai:gpt-6-luna', 'static'],
    ['main.ts', 2, 'mastra', 'openai/gpt-6-luna', 'static'],
    ['uses-app.ts', 2, 'mastra', 'openai/gpt-6-luna', 'static'],
    ['uses-choose.ts', 2, 'langchain', 'gpt-6-luna', 'none'],
    ['uses-service.ts', 2, 'mastra', 'openai/gpt-6-luna', 'static'],
    ['uses-writer.ts', 2, 'mastra', 'openai/gpt-6-luna', 'static'],
    ['uses_crews.py', 3, 'crewai', 'openai/gpt-6-luna', 'static'],
  ]);
});
