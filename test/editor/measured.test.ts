/** What calls really cost, beside the code: of SDKs that have lost their caller when they send, joined by the call's id. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@farthing/shared/report';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { root } from '../../scripts/lib/root.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench, type WorkbenchPage } from './support/workbench-page.ts';

const FILE = 'src/desk.ts';
const CODE = `import { openai } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import { streamText } from 'ai';

const chat = new ChatOpenAI({ model: 'gpt-6-sol', maxTokens: 300 });

export function reply(question: string) {
  return streamText({ model: openai('gpt-6-luna'), prompt: question, maxOutputTokens: 400 });
}

export function summarise(letter: string) {
  return chat.invoke(letter);
}
`;
const DAY = 86_400_000;

let session: EditorSession;
let workbench: WorkbenchPage;

function farthing(cwd: string, ...args: readonly string[]): string {
  const program = join(root, 'server/dist/farthing.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`farthing ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Rows of the runtime's ledger: a call a day for a week, under the id that a scan gives the call. */
function ledgerOf({ calls }: Report): string {
  const models = ['gpt-6-luna', 'gpt-6-sol'];
  const rows = calls.flatMap(({ id }, index) =>
    Array.from({ length: 8 }, (_, day) => ({
      id: `call-${index}-${day}`,
      at: Date.parse('2026-11-20T08:00:00Z') + day * DAY,
      callSite: id,
      provider: 'openai',
      endpoint: 'openai-chat',
      model: models[index],
      servedModel: models[index],
      status: 200,
      origin: 'provider',
      end: 'complete',
      inputTokens: 900,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 250,
      reasoningTokens: 0,
      latency: 900,
    })),
  );
  return `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
}

beforeAll(async () => {
  session = await startSession({}, (home) => installExtension(home, packagePath()));
  const folder = session.workspace('test/fixtures/editor/typed', 'desk');
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, FILE), CODE);
  writeFileSync(join(folder, 'farthing.config.json'), '{}');
  const report: Report = JSON.parse(farthing(folder, 'scan', '--format', 'json', FILE));
  expect(report.calls).toHaveLength(2);
  writeFileSync(join(folder, 'calls.jsonl'), ledgerOf(report));
  farthing(folder, 'measure', 'import', 'calls.jsonl');
  workbench = await openWorkbench(session.page, session.url, folder);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takePicture(session.page, `failed ${task.name}`);
});
afterAll(() => session?.end());

test('the lenses of a streamText call and of a LangChain call are what was measured, not what the code says', async () => {
  await workbench.openFile('desk.ts');
  await expect
    .poll(() => workbench.lenses().allTextContents())
    .toEqual([
      expect.stringMatching(/^\$[\d.]+ per 1,000 calls measured \(n 8, 7 days until 2026-11-27/),
      expect.stringMatching(/^\$[\d.]+ per 1,000 calls measured \(n 8, 7 days until 2026-11-27/),
    ]);
  for (const [theme, name] of THEMES) {
    await workbench.useTheme(theme);
    await takePicture(workbench.page, `measured-${name}`);
  }
});

const THEMES = [
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'high-contrast'],
  ['Dark Modern', 'dark'],
] as const;
