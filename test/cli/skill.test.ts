/** The skill that agents install: each of its commands runs, and says what the skill promises. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.ts';
import { farthing } from '../run-bundle.ts';
import { repositoryWith } from './repository.ts';
import { UNBOUNDED } from './sources.ts';

const skill = readFileSync(join(root, 'skills/farthing/SKILL.md'), 'utf8');
const QUESTION = UNBOUNDED.replace('gpt-6-luna', 'gpt-6-sol')
  .replace('messages:', 'max_completion_tokens: 5, messages:')
  .replace('content: text', "content: 'Answer yes or no: ' + text");

test('it says its name and when to use it', () => {
  const [, head = ''] = /^---\n(.*?)\n---\n/s.exec(skill) ?? [];
  const [, name] = /^name: (.*)$/m.exec(head) ?? [];
  const [, description = ''] = /^description: (.*)$/m.exec(head) ?? [];
  expect(name).toBe('farthing');
  expect(description).toContain('Use when');
  // What the format allows.
  expect(description.length).toBeLessThan(1024);
});

test('each of its commands runs', () => {
  const commands = [...skill.matchAll(/npx --no farthing ([^`\n#]*[^`\n# ])(?: +#|`|$)/gm)].map(
    ([, line = '']) => line,
  );
  expect(commands).toHaveLength(7);
  const { cwd, write } = repositoryWith({ 'src/answer.ts': QUESTION, 'src/other.ts': UNBOUNDED });
  write({ 'src/answer.ts': QUESTION.replace('yes or no', 'with yes or with no') });
  const printed = commands.map((line) => {
    const { status, out, err } = farthing(line.split(' '), { cwd });
    // A dry run says on standard error what it would fix.
    expect([line, status, line.includes('--dry-run') ? '' : err]).toEqual([line, 0, '']);
    return out;
  });
  const [summary, savings, file, filtered, explained, fix, diff] = printed;
  expect(summary).toContain('## By rule');
  expect(savings).toContain('|oversized-model|src/answer.ts:4|');
  expect(file).toMatch(/^1 call in 1 file/);
  expect(filtered).toContain('src/other.ts');
  expect(explained).toMatch(/^# oversized-model\n/);
  expect(fix).toContain("+  client.chat.completions.create({ model: 'gpt-6-luna'");
  expect(diff).toMatch(/^PASS\nHEAD \(\w+\) to the working tree: 1 call changed/);
});

test('the commands and tools that it names exist', () => {
  const documented = readFileSync(join(root, 'docs/agents.md'), 'utf8');
  const [, tools = ''] = /If the tools (.*?) of the/s.exec(skill) ?? [];
  const names = [...tools.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  expect(names).toHaveLength(5);
  for (const name of names) expect(documented).toContain(`| \`${name}\` |`);
});
