/** What the README shows is what its first command prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/lib/root.ts';
import { farthing } from './run-bundle.ts';

const text = readFileSync(join(root, 'README.md'), 'utf8');

test('the output in the README is the output of npm start', () => {
  const shown = /<!-- output:start -->\n```\n([\s\S]*?)```\n<!-- output:end -->/.exec(text)?.[1];
  expect(farthing(['scan', '--fail-on', 'never', 'examples'], { cwd: root }).out).toBe(shown);
});

test('every command that the README names exists', () => {
  const commands = [...text.matchAll(/^\| `farthing (\w+)/gm)].map((match) => match[1] as string);
  expect(commands).toEqual(['scan', 'explain', 'models', 'sdks', 'init', 'lsp']);
  for (const command of commands) expect(farthing(['help', command]).status).toBe(0);
});

test('links lead to files of the repository', () => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] as string);
  expect(links.length).toBeGreaterThan(8);
  for (const link of links) expect(() => readFileSync(join(root, link))).not.toThrow();
});
