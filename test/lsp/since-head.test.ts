/** What an edit costs is said next to each call that changed since the last commit. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lensLines } from '../support/lenses.ts';
import { type Workspace, type WorkspaceOptions, workspace } from '../support/workspace.ts';

const PROMPTS = "export const RULES = 'Sort the letters of a public library by shelf.';\n";
const ASK = `import OpenAI from 'openai';
import { RULES } from './prompts';
const client = new OpenAI();
export const ask = (text: string) =>
  client.chat.completions.create({ model: 'gpt-6-luna', max_completion_tokens: 20, messages: [{ role: 'system', content: RULES }, { role: 'user', content: text }] });
export const label = (text: string) =>
  client.chat.completions.create({ model: 'gpt-6-luna', max_completion_tokens: 5, messages: [{ role: 'user', content: text }] });
`;
const FILES = { 'ask.ts': ASK, 'prompts.ts': PROMPTS };
const CHANGED = /^~\$[\d.]+ -> ~\$[\d.]+ \((?:[+-]\d+%|\d+ times as much)\) since HEAD$/;

async function repository(options: WorkspaceOptions = {}): Promise<Workspace> {
  const editor = await workspace(FILES, { initializationOptions: { hasClientCommands: true }, ...options });
  git(editor, 'init', '--quiet');
  commit(editor);
  return editor;
}

function git(editor: Workspace, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  execFileSync('git', ['-C', editor.root, ...identity, ...args]);
}

function commit(editor: Workspace): void {
  git(editor, 'add', '--all');
  git(editor, 'commit', '--quiet', '--message', 'Change');
}

/** By call, what its line of lenses says about HEAD. */
async function changes(editor: Workspace): Promise<readonly string[]> {
  const lines = await lensLines(editor, 'ask.ts');
  return lines.map((line) => line.split(' | ').find((part) => part.includes('HEAD')) ?? '');
}

/** Resolves once the server has said that there is more to show. */
async function afterRefresh(editor: Workspace, change: () => Promise<void>): Promise<void> {
  const from = editor.received.length;
  await change();
  await editor.next('workspace/codeLens/refresh', undefined, from);
}

test('a call that costs another amount than at HEAD says both, and no other call does', async () => {
  const editor = await repository();
  await afterRefresh(editor, () => editor.show('ask.ts'));
  expect(await changes(editor)).toEqual(['', '']);
  await editor.replace(
    'ask.ts',
    "model: 'gpt-6-luna', max_completion_tokens: 20",
    "model: 'gpt-6-sol', max_completion_tokens: 20",
  );
  expect(await changes(editor)).toEqual([expect.stringMatching(CHANGED), '']);
  expect(await editor.request('farthing/changes', { uri: editor.uri('ask.ts') })).toEqual([
    {
      range: expect.objectContaining({ start: { line: 4, character: 2 } }),
      kind: 'more',
      text: expect.stringMatching(/^~\$[\d.]+ -> ~\$[\d.]+ per [\w, ]+ \(20 times as much\) since HEAD$/),
    },
  ]);
  const summary = await editor.request<{ change: string }>('farthing/summary', { uri: editor.uri('ask.ts') });
  expect(summary.change).toMatch(/ per [\w, ]+ \(20 times as much\) since HEAD$/);
  await editor.replace('ask.ts', 'gpt-6-sol', 'gpt-6-luna');
  expect(await changes(editor)).toEqual(['', '']);
});

test('a change of what a file rests on counts, on the disk and in another tab', async () => {
  const editor = await repository();
  const longer = PROMPTS.replace('by shelf', 'by shelf, by date and by name, one word each, '.repeat(40));
  await editor.save('prompts.ts', longer);
  await afterRefresh(editor, () => editor.show('ask.ts'));
  expect(await changes(editor)).toEqual([expect.stringMatching(CHANGED), '']);
  await editor.show('prompts.ts', PROMPTS);
  expect(await changes(editor)).toEqual(['', '']);
});

test('a commit is the new base', async () => {
  const editor = await repository();
  const dearer = ASK.replace('gpt-6-luna', 'gpt-6-sol');
  await editor.save('ask.ts', dearer);
  await afterRefresh(editor, () => editor.show('ask.ts'));
  expect(await changes(editor)).toEqual([expect.stringMatching(CHANGED), '']);
  await afterRefresh(editor, async () => {
    commit(editor);
    const changed = [{ uri: editor.uri('.git/logs/HEAD'), type: 2 }];
    await editor.notify('workspace/didChangeWatchedFiles', { changes: changed });
  });
  expect(await changes(editor)).toEqual(['', '']);
});

test('a new call says so, and one that moved down does not', async () => {
  const editor = await repository();
  await afterRefresh(editor, () => editor.show('ask.ts'));
  await editor.replace(
    'ask.ts',
    'export const ask',
    "export const greet = () => client.chat.completions.create({ model: 'gpt-6-luna', messages: [{ role: 'user', content: 'Hello' }] });\nexport const ask",
  );
  expect(await changes(editor)).toEqual(['new since HEAD', '', '']);
});

test('nothing is said of a file that HEAD does not have, without a repository, or in a folder that is not trusted', async () => {
  const editor = await repository();
  await editor.save('new.ts', ASK.replace('gpt-6-luna', 'gpt-6-sol'));
  await afterRefresh(editor, () => editor.show('new.ts'));
  expect((await lensLines(editor, 'new.ts')).join()).not.toContain('HEAD');

  const untrusted = await repository({ initializationOptions: { hasClientCommands: true, isTrusted: false } });
  await untrusted.save('ask.ts', ASK.replace('gpt-6-luna', 'gpt-6-sol'));
  await untrusted.show('ask.ts');
  await untrusted.next('farthing/changed');
  expect(await changes(untrusted)).toEqual(['', '']);
  await afterRefresh(untrusted, () => untrusted.notify('farthing/trusted', null));
  expect(await changes(untrusted)).toEqual([expect.stringMatching(CHANGED), '']);

  const bare = await repository();
  rmSync(`${bare.root}/.git`, { recursive: true });
  await bare.show('ask.ts');
  await bare.replace('ask.ts', 'gpt-6-luna', 'gpt-6-sol');
  expect(await changes(bare)).toEqual(['', '']);
});

test('the line for a commit message counts what changed anywhere in the folder, open or not', async () => {
  const editor = await repository();
  expect(await editor.request('farthing/commitLine', null)).toEqual([{ rootUri: editor.uri(''), line: null }]);
  await editor.save('ask.ts', ASK.replace('gpt-6-luna', 'gpt-6-sol'));
  await editor.save('new.ts', ASK.replaceAll('./prompts', './prompts.ts'));
  const [found] = await editor.request<readonly { line: string }[]>('farthing/commitLine', null);
  expect(found?.line).toMatch(
    /^LLM cost: ~\$[\d.]+ -> ~\$[\d.]+ per [\w, ]+ \(\d+ times as much\), 1 call changed, 2 added$/,
  );
});

test('the setting turns the comparison off and on', async () => {
  const configuration = { farthing: { sinceHead: { enabled: false } } };
  const editor = await repository({ configuration });
  await editor.save('ask.ts', ASK.replace('gpt-6-luna', 'gpt-6-sol'));
  await editor.show('ask.ts');
  await editor.next('farthing/changed');
  expect(await changes(editor)).toEqual(['', '']);
  configuration.farthing = { sinceHead: { enabled: true } };
  await editor.notify('workspace/didChangeConfiguration', { settings: null });
  await expect.poll(() => changes(editor), { timeout: 60_000 }).toEqual([expect.stringMatching(CHANGED), '']);
});
