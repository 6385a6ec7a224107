import { expect, it } from 'vitest';
import { Evaluator } from '../evaluate/evaluator.ts';
import { memoryHost } from '../evaluate/test-host.ts';
import { createRegistry } from '../sdks/registry.ts';
import { createWalker } from '../sdks/walk.ts';
import { CallFinder } from './find.ts';

it('says of one call whether it is paid, and looks at no other', () => {
  const host = memoryHost({
    '/app/main.ts': `import OpenAI from 'openai';
      import { agent } from './agent';
      const client = new OpenAI();
      const ask = (prompt) => client.responses.create({ model: 'gpt-6-luna', input: prompt });
      const run = () => agent.invoke('x');`,
    '/app/agent.ts': 'export const agent = { invoke: (x) => x };',
  });
  const evaluator = new Evaluator(host);
  const module = evaluator.module('/app/main.ts');
  if (module === null) throw new Error('no module');
  const finder = new CallFinder(module, evaluator, createWalker(createRegistry()));
  const paid = module.calls.filter(({ scope }) => scope.name === 'ask').map((record) => finder.isPaid(record));
  expect(paid).toEqual([true]);
  expect(evaluator.isLoaded('/app/agent.ts')).toBe(false);
  expect(finder.find().map(({ record }) => record.scope.name)).toEqual(['ask']);
  expect(evaluator.isLoaded('/app/agent.ts')).toBe(true);
});
