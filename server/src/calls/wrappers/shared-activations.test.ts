/** What the calls of a function have in common is evaluated once: counts of evaluations, which are what a scan costs. */
import { afterEach, expect, test, vi } from 'vitest';
import { Progress } from '../../evaluate/progress/progress.ts';
import { featuresOf, reportOf } from './testing.ts';

const LONG = Array.from({ length: 100 }, (_, index) => `'${index}'`).join(' + ');
const ASK = `import OpenAI from 'openai';
export function ask(system: string) {
  const text = ${LONG};
  return new OpenAI().chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
  });
}`;

afterEach(() => vi.restoreAllMocks());

/** How many evaluations a scan takes with this many features that say the same. */
function evaluations(features: number): number {
  const begin = vi.spyOn(Progress.prototype, 'begin');
  const functions = Array.from({ length: features }, (_, index) => `export const feature${index} = () => ask(RULES);`);
  const app = `import { ask } from './ask';
const RULES = 'Answer as the support of a shop does: kindly, in two sentences, and never about anything but the order.';
${functions.join('\n')}`;
  expect(featuresOf(reportOf({ 'ask.ts': ASK, 'app.ts': app }))).toHaveLength(features);
  const { length } = begin.mock.calls;
  begin.mockRestore();
  return length;
}

test('features that say the same share what the function between them and the model does', () => {
  expect(evaluations(2) - evaluations(1)).toBeLessThan(100);
});
