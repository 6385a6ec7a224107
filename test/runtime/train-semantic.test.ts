/** From the records of a shadow to weights of your own, by the command that the document names. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Embedder, MeterEvent, SemanticOptions } from '../../runtime/src/index.ts';
import { root } from '../../scripts/lib/root.ts';
import { type SetUp, setUp } from './set-up.ts';

let folder = '';
const opened: SetUp[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'farthing-train-'));
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

const alike: Embedder = { name: 'alike', embed: async (texts) => texts.map(() => [1, 0.5]) };
/** Milliseconds; fitting takes seconds on an idle machine. */
const TIME_LIMIT = 600_000;
const NOUNS = ['flight', 'tour', 'lesson', 'delivery', 'hotel', 'ride', 'visit', 'meal', 'course', 'policy'];

/** Asks for each thing in two ways, the caches empty. */
async function asked(semantic: Partial<SemanticOptions>, nouns: readonly string[]): Promise<SetUp> {
  const on = await setUp({ cache: { mode: 'on', semantic: { embedder: alike, maxWrong: 0.01, ...semantic } } });
  opened.push(on);
  on.provider.script({ text: 'my' }, { text: 'Write to the desk.' });
  for (const noun of nouns) {
    for (const content of [`How do I cancel my ${noun}?`, `How do I scrap my ${noun}?`]) {
      const messages = [{ role: 'user' as const, content }];
      await on.metered.openai.chat.completions.create({ model: 'small', messages, temperature: 0 });
      await on.meter.flush();
    }
    await on.meter.purge();
  }
  return on;
}

function train(records: string) {
  const [file, out] = [join(folder, 'records.jsonl'), join(folder, 'weights.json')];
  writeFileSync(file, records);
  const command = [
    '--conditions=farthing-source',
    join(root, 'scripts', 'train-semantic.ts'),
    '--records',
    file,
    '--out',
    out,
  ];
  const run = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', timeout: TIME_LIMIT });
  return { status: run.status, stdout: run.stdout, weights: () => JSON.parse(readFileSync(out, 'utf8')) };
}

test('what shadow mode recorded teaches the model a word, which it then serves', async () => {
  const shadow = await asked({}, NOUNS);
  const similar = shadow.events.filter(
    (event): event is Extract<MeterEvent, { type: 'similar' }> => event.type === 'similar',
  );
  expect(similar).toHaveLength(NOUNS.length);
  expect(similar[0]).toMatchObject({ by: null, agreement: 'same-text' });

  const shipped = await asked({ mode: 'on' }, ['appointment']);
  expect(shipped.calls.map(({ origin }) => origin)).toEqual(['provider', 'provider']);

  const { status, stdout, weights } = train(similar.map((event) => JSON.stringify(event)).join('\n'));
  expect(status).toBe(0);
  expect(stdout).toMatch(/\| 0\.01 \| 0\.\d+ \| kept out \|/);
  const own = await asked({ mode: 'on', weights: weights() }, ['appointment']);
  expect(own.calls.map(({ origin }) => origin)).toEqual(['provider', 'semantic-cache']);
});

test('your own word overrules the comparison of two answers', async () => {
  const lines = NOUNS.map((noun) => ({
    stored: `How do I cancel my ${noun}?`,
    question: `How do I scrap my ${noun}?`,
  }));
  const { weights } = train(
    lines.map((line) => JSON.stringify({ ...line, agreement: 'same-text', same: false })).join('\n'),
  );
  const own = await asked({ mode: 'on', weights: weights() }, ['appointment']);
  expect(own.calls.map(({ origin }) => origin)).toEqual(['provider', 'provider']);
});
