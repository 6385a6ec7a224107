/** The page about editors names what there is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIX_ALL, SERVER_COMMANDS } from '../server/src/lsp/capabilities.ts';
import { DEFAULT_SETTINGS } from '../server/src/lsp/protocol.ts';
import { farthing } from './run-bundle.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const PAGE = read('docs/editor.md');

test('the command, its settings and what clients can ask it for are those of the server', () => {
  const { out } = farthing(['lsp', '--help']);
  for (const [flag] of PAGE.matchAll(/--(?:stdio|node-ipc|socket)\b/g)) expect(out).toContain(flag);
  for (const command of Object.values(SERVER_COMMANDS)) expect(PAGE).toContain(command);
  expect(PAGE).toContain(FIX_ALL);
  for (const [section, settings] of Object.entries(DEFAULT_SETTINGS)) {
    for (const name of Object.keys(settings)) expect(PAGE).toContain(`\`${section}.${name}\``);
  }
});

test('the page has the right names for the program and its package, and the README and the help link to it', () => {
  const { name, version, bin, engines } = JSON.parse(read('server/package.json'));
  expect(PAGE).toContain(`npm install --global ./${name}-${version}.tgz `);
  expect(Object.keys(bin)).toEqual(['farthing']);
  expect(PAGE).toContain(`Node ${engines.node.replace('>=', '')} or later`);
  expect(read('README.md')).toContain('(docs/editor.md)');
  expect(farthing(['lsp', '--help']).out).toContain('docs/editor.md');
});
