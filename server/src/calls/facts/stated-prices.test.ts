/** Where tables of prices are looked for: a program in, the finding out. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { expect, test } from 'vitest';
import { scan } from '../../analyzer.ts';
import { makeTree } from '../../workspace/testing.ts';

const CALL = `import OpenAI from 'openai';
const client = new OpenAI();
export const answer = (input: string) => client.responses.create({ model: 'gpt-4o', max_output_tokens: 9, input });
`;
const TABLE = `const small = { inputCost: 0.15 / 1_000_000, outputCost: 0.6 / 1_000_000 };
export const PRICES = {
  'gpt-4o-mini': small,
  'gpt-4.1': { inputCost: 2 / 1_000_000, outputCost: 8 / 1_000_000 },
  'gpt-4o': { inputCost: 5 / 1_000_000, outputCost: 15 / 1_000_000, cachedInputCost: 1 },
};
`;

/** The messages about prices in these files. */
function told(files: Readonly<Record<string, string>>): readonly string[] {
  const root = makeTree(files);
  const config = { ...DEFAULT_CONFIG, rules: { 'outdated-price': 'information' as const } };
  const options = { root, paths: [root], config, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  return report.diagnostics.filter(({ rule }) => rule === 'outdated-price').map(({ message }) => message);
}

test('a table in the file of the call, with names and sums for its figures', () => {
  expect(told({ 'a.ts': CALL + TABLE })).toEqual([
    'The code counts gpt-4o at $5.00 in and $15.00 out a million tokens; the list price is $2.50 in and $10.00 out. Whatever is counted or billed with them is wrong: correct them.',
  ]);
});

test('a table behind imports that are named for money', () => {
  const usage = `import { PRICES } from './models';\nexport const costOf = (model: keyof typeof PRICES) => PRICES[model];\n`;
  const importing = (line: string) => ({ 'a.ts': `${line}\n${CALL}`, 'usage.ts': usage, 'models.ts': TABLE });
  expect(told(importing("import { costOf } from './usage';"))).toHaveLength(1);
  expect(told(importing("import { isKnown } from './models';"))).toEqual([]);
  expect(told(importing(''))).toEqual([]);
});

test('a list of models', () => {
  const entry = (name: string, input: number, output: number) =>
    `{ modelId: '${name}', pricing: { input: ${input}, output: ${output} }, maxInput: 9 }`;
  const list = [entry('gpt-4o', 2.5, 10), entry('gpt-4.1', 2, 8), entry('gpt-4o-mini', 5, 15)].join(', ');
  expect(told({ 'a.ts': `${CALL}export const MODELS = [${list}];` })).toEqual([
    expect.stringContaining('counts gpt-4o-mini at $5.00 in and $15.00 out'),
  ]);
});
