/** The README and the pages it leads to agree with what the program prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { excerptOf, withCommands, withOutput } from '../scripts/lib/example-output.ts';
import { root } from '../scripts/lib/root.ts';
import { farthing } from './run-bundle.ts';

const text = readFileSync(join(root, 'README.md'), 'utf8');

test('the output in the documents is the output of npm start', () => {
  const { out } = farthing(['scan', '--fail-on', 'never', 'examples'], { cwd: root });
  const example = readFileSync(join(root, 'docs', 'example.md'), 'utf8');
  expect(example).toBe(withOutput(example, out));
  expect(text).toBe(withOutput(text, excerptOf(out)));
  expect(excerptOf(out)).toMatch(/ via \w+ .* \d+ callers/s);
  expect(excerptOf(out).trimEnd().split('\n')).toHaveLength(10);
});

test('the output of each command in the page for agents is what it prints', () => {
  const page = readFileSync(join(root, 'docs', 'agents.md'), 'utf8');
  let commands = 0;
  const printed = withCommands(page, (args) => {
    commands++;
    const { out, err } = farthing(args, { cwd: join(root, 'examples') });
    expect(err).toBe('');
    return out;
  });
  expect(page).toBe(printed);
  expect(commands).toBeGreaterThan(3);
});

test('the README shows scripts that exist, and how to run the tests', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const commands = [...text.matchAll(/^npm (?:run )?([\w:]+)(?= )/gm)].map((match) => match[1] as string);
  expect(commands).toContain('test');
  for (const command of commands) expect(scripts).toHaveProperty([command]);
});

test('the page about the command line lists every command, and each one exists', () => {
  const page = readFileSync(join(root, 'docs', 'command-line.md'), 'utf8');
  const commands = [...page.matchAll(/^\| `farthing (\w+)/gm)].map((match) => match[1] as string);
  expect(commands).toEqual([
    'scan',
    'diff',
    'inspect',
    'plan',
    'explain',
    'models',
    'measure',
    'prices',
    'sdks',
    'init',
    'baseline',
    'declare',
    'mcp',
    'lsp',
  ]);
  for (const command of commands) expect(farthing(['help', command]).status).toBe(0);
});

test('links lead to files of the repository', () => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] as string);
  expect(links.length).toBeGreaterThan(8);
  for (const link of links) expect(() => readFileSync(join(root, link))).not.toThrow();
});
