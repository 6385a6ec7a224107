/** The extension's own suite, inside the genuine extension host. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runSuite } from './support/host-suite.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { buildSuite } from './support/suite-bundle.ts';

let session: EditorSession | null = null;
afterEach(async () => {
  await session?.end();
  session = null;
});

test('the suite passes with one folder open', async () => {
  const suite = await buildSuite('index');
  session = await startSession();
  const workspace = session.workspace('test/fixtures/editor/workspace', 'workspace');
  const { status, output } = await runSuite(session.page, { url: session.url, workspace, suite });
  report(output);
  expect(status, output.join('\n')).toBe(0);
});

test('the suite for several folders passes', async () => {
  const suite = await buildSuite('multi-root');
  session = await startSession();
  const first = session.workspace('test/fixtures/editor/workspace', 'workspace');
  const second = session.workspace('test/fixtures/editor/second', 'second');
  const workspace = join(dirname(first), 'both.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
  const { status, output } = await runSuite(session.page, { url: session.url, workspace, suite });
  report(output);
  expect(status, output.join('\n')).toBe(0);
});

function report(output: readonly string[]): void {
  process.stdout.write(`${output.map((line) => `  ${line}\n`).join('')}`);
}
