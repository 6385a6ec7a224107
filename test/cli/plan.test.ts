/** `farthing plan`: what to save first, from source code to the sums. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '@farthing/shared/plan/plan';
import { planJsonSchema } from '@farthing/shared/plan/plan-schema';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_RULES } from '../../server/src/lint/built-in-rules.ts';
import { ALL_TECHNIQUES } from '../../server/src/plan/techniques.ts';
import { rules } from '../../server/src/rules/index.ts';
import { farthing, folderWith } from '../run-bundle.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SPAM = `import OpenAI from 'openai';
const openai = new OpenAI();
export async function isSpam(email: string) {
  const answer = await openai.chat.completions.create({
    model: 'gpt-6-sol',
    max_completion_tokens: 20,
    messages: [
      { role: 'system', content: 'Answer yes or no: is this email spam?' },
      { role: 'user', content: email },
    ],
  });
  return answer.choices[0].message.content;
}
`;
const ANSWER = `import OpenAI from 'openai';
const openai = new OpenAI();
export const answer = (question: string) =>
  openai.chat.completions.create({ model: 'gpt-6-sol', messages: [{ role: 'user', content: question }] });
`;
const VOLUMES = JSON.stringify({ volumes: [{ path: 'src/spam.ts', callsPerMonth: '100k' }] });
const cwd = () => folderWith({ 'src/spam.ts': SPAM, 'src/answer.ts': ANSWER, 'farthing.config.json': VOLUMES });

function planned(folder: string, ...args: readonly string[]): Plan {
  const { status, out, err } = farthing(['plan', '--format', 'json', ...args], { cwd: folder });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const plan = JSON.parse(out);
  const validate = new Ajv({ strict: false }).compile(planJsonSchema());
  expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
  return plan;
}

test('months and calls without a volume are told apart, and the steps add up', () => {
  const folder = cwd();
  const plan = planned(folder, '--exact-hits', '10%', '--routed', '50%');
  expect(plan.perMonth).toMatchObject({ calls: 1 });
  expect(plan.perThousand).toMatchObject({ calls: 1 });
  const steps = plan.phases.flatMap((phase) => phase.steps);
  for (const unit of ['perMonth', 'perThousand'] as const) {
    const sum = steps.reduce((all, { saving }) => all + (saving?.[unit]?.expected ?? 0), 0);
    expect(sum).toBeCloseTo(plan[unit]?.saving.expected ?? 0, 6);
  }
  expect(steps.map(({ technique }) => technique)).toEqual(
    expect.arrayContaining(['smaller-models', 'exact-cache', 'routing', 'output-limits']),
  );
  const scan = JSON.parse(farthing(['scan', '--format', 'json'], { cwd: folder }).out);
  const month = scan.calls.find((call: { path: string }) => call.path === 'src/spam.ts').cost.perMonth;
  expect(plan.perMonth?.today).toEqual(month);
});

test('the text says what to do, where, how, at what risk, and what is not known', () => {
  const { out } = farthing(['plan'], { cwd: cwd() });
  expect(out).toMatch(/^1 call with a known volume: ~\$.* a month; with this plan ~\$.*% less\), assumed$/m);
  expect(out).toMatch(/^1 other call: ~\$.* for 1,000 calls of each, assumed; no saving is certain yet$/m);
  expect(out).toMatch(/^ {2}Use a cheaper model where the task allows it: saves ~\$.* a month, assumed$/m);
  expect(out).toContain('src/spam.ts:4 in isSpam');
  expect(out).toContain('> farthing explain oversized-model');
  expect(out).toMatch(/^ {2}Ask a cheaper model first: each 10% of the calls saves /m);
  expect(out).toContain('--routed 50% counts it');
});

test('Markdown holds no markup of what files are called, and --output writes a file', () => {
  const folder = folderWith({ 'src/a|b<img>.ts': ANSWER });
  const { out } = farthing(['plan', '--format', 'markdown'], { cwd: folder });
  expect(out).not.toContain('<img>.ts:4 |');
  expect(out).toContain('a\\|b<img>.ts:4 in answer`');
  expect(farthing(['plan', '--format', 'markdown', '--output', 'plan.md'], { cwd: folder }).out).toBe('');
  expect(readFileSync(join(folder, 'plan.md'), 'utf8')).toBe(out);
});

test('a folder without a call has nothing to plan', () => {
  const folder = folderWith({});
  writeFileSync(join(folder, 'a.ts'), 'export const one = 1;\n');
  expect(farthing(['plan'], { cwd: folder }).out).toContain('Nothing to plan: no LLM call with a known cost');
});

describe('figures that cannot be read are refused', () => {
  test.each([
    [['--routed', '50'], '--routed: "50" is not a share from 0% to 100%'],
    [['--exact-hits', '101%'], '--exact-hits: "101%" is not a share'],
    [['--semantic-hits', '-1%'], '--semantic-hits: "-1%" is not a share'],
    [['--fine-tuning', '500,1'], '--fine-tuning: "500,1" is not three amounts'],
    [['--fine-tuning', '500,1,x'], 'is not three amounts'],
    [['--hosting', '2.5,1500'], '--hosting: "2.5,1500" is not dollars an hour'],
    [['--hosting', '2.5,0,40%'], 'is not dollars an hour'],
    [['--hosting', '2.5,1500,0%'], 'answers nothing'],
    [['--hosting', '1e30,1500,40%'], 'is not dollars an hour'],
  ])('%j', (args, message) => {
    const { status, err } = farthing(['plan', ...args], { cwd: cwd() });
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});

test('every rule of a technique exists, and every rule that states a saving has one technique', () => {
  const named = ALL_TECHNIQUES.flatMap((technique) => technique.rules);
  const known = [...rules, ...BUILT_IN_RULES].map(({ id }) => id);
  expect(named.filter((rule) => !known.includes(rule))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
  expect(rules.flatMap((rule) => (rule.saving !== undefined && !named.includes(rule.id) ? [rule.id] : []))).toEqual([]);
});

test('the page about plans shows what the command prints for its example', () => {
  const page = readFileSync(join(root, 'docs/plan.md'), 'utf8');
  const [code = ''] = /(?<=^```ts\n)[\s\S]*?(?=^```)/m.exec(page) ?? [];
  const [config = ''] = /(?<=^```json\n)[\s\S]*?(?=^```)/m.exec(page) ?? [];
  const [, args = '', printed = ''] = /^```\n\$ farthing (.*)\n([\s\S]*?)^```/m.exec(page) ?? [];
  const folder = folderWith({ 'src/mail.ts': code, 'farthing.config.json': config });
  expect(farthing(args.split(' '), { cwd: folder }).out).toBe(printed);
});
