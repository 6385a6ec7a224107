/** Feature calls in the language server: typing in a file of them, and an edit of the function that they call. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageClient } from '../test/support/language-client.ts';
import {
  pythonFeatures,
  pythonFile,
  type SampleFile,
  typescriptFeatures,
  typescriptFile,
  WRAPPER,
} from './lsp-code.ts';
import { farthing } from './lsp-servers.ts';
import { byLenses, keystrokes, lensesOf } from './lsp-typing.ts';
import { median, percentile } from './process.ts';

const LINES = 1000;
/** Open files that call the function, and their lines. */
const CALLERS = 20;
const CALLER_LINES = 200;
const MODELS = ['gpt-4o-mini', 'gpt-4o'];

export async function benchFeatures(scratch: string, rounds: number): Promise<void> {
  await benchKeystrokes(scratch, rounds);
  await benchWrapperEdit(scratch, rounds);
}

/** Keystroke to lenses, in turn with a file of the same size that asks the model itself. */
async function benchKeystrokes(scratch: string, rounds: number): Promise<void> {
  console.log(`\nKeystroke to lenses, ${LINES.toLocaleString('en')} lines (${rounds} rounds, medians)\n`);
  console.log('| | p50 ms | p95 ms | max ms | p95 / requests |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [requests, features] of [
    [typescriptFile(LINES), typescriptFeatures(LINES)],
    [pythonFile(LINES), pythonFeatures(LINES)],
  ] as const) {
    const runs = await Promise.all(
      [requests, features].map(async (sample) => ({
        sample,
        client: await openAll(join(scratch, 'typing'), [sample]),
        rounds: [] as number[][],
      })),
    );
    for (let round = 0; round <= rounds; round++) {
      for (const { sample, client, rounds: measured } of runs) {
        const times: number[] = [];
        for (const edit of keystrokes(sample)) {
          times.push(await byLenses(client, join(scratch, 'typing', sample.name), edit));
        }
        // The first round warms the compiler up.
        if (round > 0) measured.push(times);
      }
    }
    const base = median(runs[0]?.rounds.map((times) => percentile(times, 95)) ?? [0]);
    for (const { sample, client, rounds: measured } of runs) {
      const [p50 = 0, p95 = 0, most = 0] = [50, 95, 100].map((share) =>
        median(measured.map((times) => percentile(times, share))),
      );
      const figures = [p50, p95, most].map((value) => value.toFixed(1));
      console.log(`| ${sample.name} | ${figures.join(' | ')} | ${(p95 / base).toFixed(2)} |`);
      await client.stop();
    }
  }
}

/** From an edit of the function to the lenses of every open file that calls it. */
async function benchWrapperEdit(scratch: string, rounds: number): Promise<void> {
  const folder = join(scratch, 'callers');
  const samples = Array.from({ length: CALLERS }, (_, index) => typescriptFeatures(CALLER_LINES, `caller-${index}.ts`));
  const client = await openAll(folder, samples);
  const wrapper = join(folder, WRAPPER.typescript);
  const text = samples[0]?.imports[WRAPPER.typescript] ?? '';
  await client.open(wrapper, 'typescript', text);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const seen = client.received.length;
    const started = performance.now();
    await client.change(wrapper, [{ text: text.replace('gpt-4o-mini', MODELS[round % 2] ?? '') }]);
    await client.next('workspace/codeLens/refresh', undefined, seen);
    await Promise.all(samples.map(({ name }) => lensesOf(client, join(folder, name))));
    if (round > 0) times.push(performance.now() - started);
  }
  const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
  console.log(
    `\nFrom an edit of a function to the lenses of ${CALLERS} open files that call it: ${median(times).toFixed(0)} ms (${range}; ${rounds} rounds), of which the server waits 150 ms for the next keystroke.`,
  );
  await client.stop();
}

async function openAll(folder: string, samples: readonly SampleFile[]): Promise<LanguageClient> {
  mkdirSync(folder, { recursive: true });
  for (const { name, text, imports } of samples) {
    for (const [path, content] of [[name, text], ...Object.entries(imports)] as const) {
      writeFileSync(join(folder, path), content);
    }
  }
  const client = await farthing.start(folder);
  for (const { name, languageId, text } of samples) {
    const path = join(folder, name);
    await client.open(path, languageId, text);
    if ((await lensesOf(client, path)).length === 0) throw new Error(`no lens in ${name}: ${client.log.join('\n')}`);
  }
  return client;
}
