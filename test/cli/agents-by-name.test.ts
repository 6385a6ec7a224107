/** Agents that a framework keeps by their names, which other files ask for. */
import type { Report } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';

test("Mastra: a file that knows only the project's own object asks one of its agents", () => {
  const cwd = folderWith({
    'agents/weather.ts': `import { openai } from '@ai-sdk/openai';
import { Agent } from '@mastra/core/agent';
export const weather = new Agent({ name: 'weather', instructions: 'Be brief.', model: openai('gpt-6-luna') });
`,
    'agents/cook.ts': `import { openai } from '@ai-sdk/openai';
import { Agent } from '@mastra/core/agent';
export const cook = new Agent({ name: 'cook', instructions: 'Be thorough.', model: openai('gpt-6-sol') });
`,
    'mastra.ts': `import { Mastra } from '@mastra/core';
import { cook } from './agents/cook';
import { weather } from './agents/weather';
export const mastra = new Mastra({ agents: { weather, cook } });
`,
    'app.ts': `import { mastra } from './mastra';
export async function forecast(prompt: string) {
  return mastra.getAgent('weather').generate([{ role: 'user', content: prompt }]);
}
const agent = mastra.getAgentById('cook');
await agent.stream('What is for dinner?');
`,
  });
  const { calls }: Report = JSON.parse(farthing(['scan', '--format', 'json', '--no-cache'], { cwd }).out);
  expect(calls.map(({ path, line, model, system }) => [path, line, model.value, system])).toEqual([
    ['app.ts', 3, 'gpt-6-luna', 'static'],
    ['app.ts', 6, 'gpt-6-sol', 'static'],
  ]);
});
