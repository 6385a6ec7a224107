/** `farthing mcp`, asked by the protocol's own client over real standard input and output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DIST, farthing, folderWith } from '../run-bundle.ts';
import { repositoryWith } from './repository.ts';
import { CLEAN } from './sources.ts';

/** A yes or no on a large model, whose instruction stands in another file. */
const QUESTION = `import OpenAI from 'openai';
import { RULES } from './rules';
const client = new OpenAI();
export async function isUrgent(mail: string) {
  return client.chat.completions.create({
    model: 'gpt-6-sol',
    max_completion_tokens: 5,
    messages: [{ role: 'system', content: RULES }, { role: 'user', content: mail }],
  });
}
`;
const FILES = {
  'src/urgent.ts': QUESTION,
  'src/rules.ts': "export const RULES = 'Answer yes or no: does this letter need an answer today?';\n",
  'src/tag.ts': CLEAN,
  'farthing.config.json': JSON.stringify({ volumes: [{ function: 'isUrgent', callsPerMonth: '100k' }] }),
};
const CALL = 'src/urgent.ts:5';

interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

async function connect(cwd: string, ...args: readonly string[]) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(DIST, 'farthing.cjs'), 'mcp', ...args],
    cwd,
    env: { PATH: process.env.PATH ?? '', FARTHING_CACHE_DIR: join(cwd, '.cache') },
    stderr: 'pipe',
  });
  let log = '';
  transport.stderr?.on('data', (text) => {
    log += text;
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const ask = async (name: string, given: Readonly<Record<string, unknown>> = {}): Promise<Answer> => {
    const { content, isError } = await client.callTool({ name, arguments: given });
    const [first] = content as { readonly text: string }[];
    return { text: first?.text ?? '', isError: isError === true };
  };
  return { client, ask, log: () => log };
}

test('lists its tools, with what each takes', async () => {
  const { client } = await connect(folderWith({}));
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['scan', 'diff', 'explain', 'price', 'what-if']);
  for (const { inputSchema, annotations, description } of tools) {
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(annotations).toMatchObject({ readOnlyHint: true });
    expect(description?.length).toBeGreaterThan(40);
  }
  expect(client.getInstructions()).toContain('what-if');
});

test('finds, explains and prices a planted mistake, and says what another model would cost', async () => {
  const { cwd, write } = repositoryWith(FILES);
  const { ask, log } = await connect(cwd);

  const found = await ask('scan', { topSavings: 3 });
  expect(found).toMatchObject({ isError: false });
  expect(found.text).toMatch(
    /^## Largest savings \(1 of 1\)\n.*\n[\d.]+ \(.*\|oversized-model\|src\/urgent\.ts:\d+\|/m,
  );

  const explained = await ask('explain', { call: CALL, rule: 'oversized-model' });
  expect(explained.text).toMatch(/^src\/urgent\.ts:5:\d+ to line 9, id \w+\ncost: ~\$/);
  expect(explained.text).toMatch(/^system\|stable\|\d+.*\nuser\|varying\|/m);
  expect(explained.text).toContain('|oversized-model|');
  expect(explained.text).toContain('# oversized-model\n');

  const tokens = { inputTokens: 100_000, outputTokens: 100_000, calls: 10 };
  const { text } = await ask('price', { model: 'gpt-6-luna', provider: 'openai', ...tokens });
  const [, input = '', output = ''] = /price +\$([\d.]+) in, \$([\d.]+) out/.exec(text) ?? [];
  const sum = (Number(input) + Number(output)).toFixed(2);
  expect(text).toContain(`10 x (100000 in, 100000 out) on gpt-6-luna (openai): $${sum}`);
  expect(text).toMatch(/prices: genai-prices of \d{4}-\d\d-\d\d/);

  const other = await ask('what-if', { call: CALL, model: 'gpt-6-luna' });
  expect(other.text).toMatch(/^-[\d.]+ \(.*\) \$\/1k calls, -\d\d%, -[\d.]+ \(.*\) \$\/month, assumed$/m);
  expect(other.text).toMatch(/^now\|gpt-6-sol \(openai\)\|.*\nthen\|gpt-6-luna \(openai\)\|/m);
  const limited = await ask('what-if', { call: CALL, maxOutputTokens: 1000, callsPerMonth: 1000 });
  expect(limited.text).toMatch(/^0 \(0\.\.\+[\d.]+\) \$\/1k calls, 0%, -[\d.]+ \(.*\) \$\/month, assumed$/m);

  expect((await ask('diff')).text).toMatch(
    /^PASS\nHEAD \(\w+\) to the working tree: No LLM call changed; 2 compared\n/,
  );
  write({ 'src/urgent.ts': QUESTION.replace('gpt-6-sol', 'gpt-6-luna') });
  expect((await ask('diff')).text).toContain('|model|gpt-6-sol (openai) -> gpt-6-luna (openai)|-');
  expect((await ask('scan', { path: 'src', summary: true })).text).not.toContain('gpt-6-sol');
  expect(log()).toBe('');
});

test('what a wrapper says is found and priced again as well', async () => {
  const { ask } = await connect(
    folderWith({
      'llm.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = (rules: string, text: string) => client.chat.completions.create({ model: 'gpt-6-sol', max_completion_tokens: 100,
  messages: [{ role: 'system', content: rules }, { role: 'user', content: text }] });
`,
      'use.ts': `import { ask } from './llm';\nexport const title = (text: string) => ask('Write a title for this letter.', text);\n`,
    }),
  );
  const { text } = await ask('what-if', { call: 'use.ts:2', model: 'gpt-6-luna' });
  expect(text).toMatch(/^now\|gpt-6-sol \(openai\)\|.*\nthen\|gpt-6-luna \(openai\)\|/m);
});

describe('what cannot be done', () => {
  const casesFor = (
    outside: string,
  ): readonly (readonly [string, string, Readonly<Record<string, unknown>>, RegExp])[] => [
    [
      'an argument that there is not',
      'scan',
      { sumary: true },
      /takes no argument "sumary"\. Did you mean "summary"\?/,
    ],
    ['a wrong type', 'scan', { limit: 'many' }, /"limit" must be a whole number from 1/],
    ['a missing argument', 'price', {}, /"model" is missing: The exact id/],
    ['a condition that there is not', 'scan', { filter: 'modle=a' }, /Did you mean model\?/],
    ['a path above the root', 'scan', { path: '../..' }, /is outside .*Use a path in it/],
    ['an absolute path', 'scan', { path: '/etc' }, /is outside /],
    ['a link that leads out', 'scan', { path: 'link' }, /is outside /],
    ['a folder of another place to compare with', 'diff', { base: outside, head: outside }, /is outside /],
    ['a path that there is not', 'scan', { path: 'nowhere' }, /there is no file or folder "nowhere"/],
    ['a commit that there is not', 'diff', { base: 'nowhere' }, /there is no commit "nowhere"/],
    [
      'a call that there is not',
      'explain',
      { call: 'src/urgent.ts:1' },
      /there is no LLM call at .* In that file there are src\/urgent\.ts:5\./,
    ],
    ['a rule that there is not', 'explain', { rule: 'oversized-modle' }, /Did you mean oversized-model\?/],
    [
      'a model that there is not',
      'what-if',
      { call: CALL, model: 'gpt-6-lunar' },
      /not a known model.* Similar names: gpt-6-luna/,
    ],
    ['nothing to change', 'what-if', { call: CALL }, /say what would be different/],
    ['a price that there is not', 'price', { model: 'gpt-6-lunar' }, /is not a known model/],
  ];

  test('is answered with what to do instead, and the server goes on', async () => {
    const { cwd } = repositoryWith(FILES);
    const outside = folderWith({ 'secret.ts': CLEAN });
    symlinkSync(outside, join(cwd, 'link'));
    const { ask, client } = await connect(cwd);
    for (const [what, tool, given, message] of casesFor(outside)) {
      const { text, isError } = await ask(tool, given);
      expect([what, isError, text]).toEqual([what, true, expect.stringMatching(message)]);
    }
    await expect(client.callTool({ name: 'delete', arguments: {} })).rejects.toThrow(
      /there is no tool "delete"\. The tools are scan, diff/,
    );
    expect(await ask('scan', { summary: true })).toMatchObject({
      isError: false,
      text: expect.stringContaining('2 calls'),
    });
  });

  test('in a broken repository is a problem in the answer', async () => {
    const { cwd, write } = repositoryWith(FILES);
    write({
      'src/broken.ts': 'import OpenAI from "openai"; const = ( {{{',
      'src/notes.ipynb': '{ "cells": [',
      'src/data.py': '\u0000\u0001\u0002',
    });
    const { ask } = await connect(cwd);
    expect((await ask('scan')).text).toMatch(/## Problems\nsrc\/data\.py: .*\nsrc\/notes\.ipynb: not read/);
    rmSync(join(cwd, '.git'), { recursive: true });
    expect(await ask('diff')).toMatchObject({ isError: true, text: expect.stringContaining('git repository') });
    writeFileSync(join(cwd, 'farthing.config.json'), '{ "rules": ');
    expect(await ask('scan')).toMatchObject({ isError: true, text: expect.stringContaining('farthing.config.json') });
  });
});

test('an answer is bounded, and says how to ask for less', async () => {
  const call =
    "  await client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: text }] });\n";
  const many = `import OpenAI from 'openai';\nconst client = new OpenAI();\nexport async function all(text: string) {\n${call.repeat(600)}}\n`;
  const { ask } = await connect(folderWith({ 'a.ts': many }));
  const { text } = await ask('scan', { limit: 100_000 });
  expect(text.length).toBeLessThan(24_200);
  expect(text).toMatch(/\n\(cut here: \d+ more lines\. Ask for less: summary, groupBy, filter, path or limit\)\n$/);
  expect((await ask('scan', { limit: 2 })).text).toContain('and 598 more: ask for a path, a filter, or a higher limit');
});

test('a client that asks for progress hears of it, and one that cancels is let go', async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`a${index}.ts`, CLEAN]));
  const { client, ask } = await connect(folderWith(files));
  const heard: number[] = [];
  const cancel = new AbortController();
  const scanning = client.callTool({ name: 'scan', arguments: {} }, undefined, {
    signal: cancel.signal,
    onprogress: ({ total }) => {
      heard.push(total ?? 0);
      cancel.abort('enough');
    },
  });
  await expect(scanning).rejects.toThrow();
  expect(heard[0]).toBe(40);
  expect((await ask('scan', { summary: true })).text).toContain('40 calls in 40 files');
});

test('only the protocol is on standard output, and the server ends with its client', async () => {
  const { cwd } = repositoryWith(FILES);
  const server = spawn(process.execPath, [join(DIST, 'farthing.cjs'), 'mcp', '--no-cache'], { cwd });
  onTestFinished(() => {
    server.kill('SIGKILL');
  });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const send = (message: object): boolean => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'raw', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  expect(JSON.parse(String((await lines.next()).value))).toMatchObject({
    id: 1,
    result: { serverInfo: { name: 'farthing' } },
  });
  send({ method: 'notifications/initialized' });
  server.stdin.write('this is not JSON\n');
  send({ id: 2, method: 'tools/call', params: { name: 'scan', arguments: { summary: true } } });
  expect(JSON.parse(String((await lines.next()).value))).toMatchObject({ jsonrpc: '2.0', id: 2, result: {} });
  // Killed in the middle of a request.
  send({ id: 3, method: 'tools/call', params: { name: 'scan', arguments: {} } });
  server.stdin.destroy();
  server.stdout.destroy();
  const [status] = await once(server, 'exit');
  expect(status).toBe(0);
});

test('no other command loads the SDK, or needs it', () => {
  const folder = folderWith({ 'app/a.ts': CLEAN });
  cpSync(DIST, join(folder, 'dist'), { recursive: true });
  rmSync(join(folder, 'dist/mcp.cjs'));
  expect(readFileSync(join(folder, 'dist/cli.cjs'), 'utf8')).not.toContain('notifications/resources/updated');
  expect(farthing(['scan', 'app'], { cwd: folder, dist: join(folder, 'dist') })).toMatchObject({ status: 0, err: '' });
  expect(farthing(['mcp'], { cwd: folder, dist: join(folder, 'dist') }).status).toBe(3);
});

test('a file is refused as the folder of the server', () => {
  const { status, err } = farthing(['mcp', 'a.ts'], { cwd: folderWith({ 'a.ts': CLEAN }) });
  expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining('is a file. Name the folder') });
});
