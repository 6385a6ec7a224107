/**
 * `npm run bench -- lsp DIR`: the built language server beside ESLint's, over stdio, on the same edits of the same files,
 * in turn within one run. DIR is a large workspace: nothing in it is written, and only what is said is opened.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LanguageClient } from '../test/support/language-client.ts';
import { pythonFile, type SampleFile, typescriptFile } from './lsp-code.ts';
import { benchFeatures } from './lsp-features.ts';
import { eslint, farthing, PUSH_CAPABILITIES, residentMegabytes, type Server } from './lsp-servers.ts';
import { byPull, byPush, type Keystroke, keystrokes, lineBreaks, type Measure } from './lsp-typing.ts';
import { median, percentile } from './process.ts';

const SERVERS = [farthing, eslint];
const SIZES = [1000, 5000];
const EDITS = 10_000;
/** Above this the edits of a round are too slow to be made in every round. */
const SLOW = 200;

export async function benchLsp(workspace: string, rounds: number): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'farthing-bench-'));
  try {
    await benchStart(workspace, scratch, rounds);
    for (const lines of SIZES) {
      await benchTyping(typescriptFile(lines), scratch, rounds);
      await benchTyping(pythonFile(lines), scratch, rounds);
    }
    await benchFeatures(scratch, rounds);
    await benchDuringScan(workspace);
    await benchMemory(workspace);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`\nLoad of the machine at the end: ${loadavg()[0]?.toFixed(1)}.`);
}

/** From the start of the process to the first diagnostics of a file in the workspace, and what the process then holds. */
async function benchStart(workspace: string, scratch: string, rounds: number): Promise<void> {
  console.log(`\nFirst diagnostics of a file of 1,000 lines in ${basename(workspace)} (${rounds} rounds, medians)\n`);
  console.log('| | milliseconds | min to max | MB |\n| --- | ---: | ---: | ---: |');
  const warm = join(scratch, 'warm');
  const cases = [
    { name: 'farthing, very first start', server: farthing, cache: (round: number) => join(scratch, `cold-${round}`) },
    { name: 'farthing', server: farthing, cache: () => warm },
    { name: 'ESLint', server: eslint, cache: () => warm },
  ];
  const results = cases.map(() => [] as { milliseconds: number; megabytes: number | null }[]);
  // The first round does not count: it warms the caches of the disk, and our cache of compiled code.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { server, cache }] of cases.entries()) {
      const started = performance.now();
      const client = await server.start(workspace, { cache: cache(round) });
      await openSample(client, workspace, typescriptFile(1000));
      const milliseconds = performance.now() - started;
      if (round > 0) results[index]?.push({ milliseconds, megabytes: residentMegabytes(client) });
      await client.stop();
    }
  }
  for (const [index, { name }] of cases.entries()) {
    const runs = results[index] ?? [];
    const times = runs.map(({ milliseconds }) => milliseconds);
    const memory = runs.flatMap(({ megabytes }) => megabytes ?? []);
    const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
    console.log(
      `| ${name} | ${median(times).toFixed(0)} | ${range} | ${memory.length ? median(memory).toFixed(0) : ''} |`,
    );
  }
}

/** Keystroke to diagnostics. */
async function benchTyping(sample: SampleFile, scratch: string, rounds: number): Promise<void> {
  const lines = sample.text.split('\n').length.toLocaleString('en');
  const edits = keystrokes(sample);
  console.log(`\n${sample.name}, ${lines} lines: ${edits.length} keystrokes (${rounds} rounds, medians)\n`);
  console.log('| | p50 ms | p95 ms | max ms | p95 / it |\n| --- | ---: | ---: | ---: | ---: |');
  interface Case {
    readonly name: string;
    readonly server: Server;
    readonly measure: Measure;
    readonly edits: readonly Keystroke[];
    readonly isPush: boolean;
  }
  const breaks = lineBreaks(sample);
  const pushing = { server: farthing, measure: byPush, edits: breaks, isPush: true };
  const cases: readonly Case[] = [
    ...SERVERS.map((server) => ({ name: server.name, server, measure: byPull, edits, isPush: false })),
    { ...pushing, name: 'farthing, line breaks, to an editor without pull diagnostics' },
  ].filter(({ server }) => server.languages.includes(sample.languageId));
  const runs = await Promise.all(
    cases.map(async (each) => {
      const client = await each.server.start(scratch, each.isPush ? { capabilities: PUSH_CAPABILITIES } : {});
      writeFileSync(join(scratch, sample.name), sample.text);
      await openSample(client, scratch, sample, each.isPush);
      return { ...each, client, rounds: [] as number[][] };
    }),
  );
  for (let round = 0; round <= rounds; round++) {
    for (const run of runs) {
      if (run.rounds.some((times) => median(times) > SLOW) && round > 1) continue;
      const times: number[] = [];
      for (const edit of run.edits) times.push(await run.measure(run.client, join(scratch, sample.name), edit));
      // The first round warms the compiler up, in all of them.
      if (round > 0) run.rounds.push(times);
    }
  }
  const own = median(runs[0]?.rounds.map((times) => percentile(times, 95)) ?? [0]);
  for (const { name, client, rounds: measured } of runs) {
    const [p50, p95, most] = [50, 95, 100].map((share) => median(measured.map((times) => percentile(times, share))));
    const figures = [p50, p95, most].map((value = 0) => value.toFixed(1));
    console.log(`| ${name} | ${figures.join(' | ')} | ${(own / (p95 ?? own)).toFixed(2)} |`);
    await client.stop();
  }
}

/** What a keystroke waits for while the whole workspace is being scanned. */
async function benchDuringScan(workspace: string): Promise<void> {
  const sample = typescriptFile(1000);
  const client = await farthing.start(workspace);
  await openSample(client, workspace, sample);
  const edits = keystrokes(sample);
  const started = performance.now();
  let isScanning = true;
  const scan = client.request('farthing/scanWorkspace', {}).then(() => {
    isScanning = false;
  });
  const times: number[] = [];
  for (let index = 0; isScanning; index++) {
    const edit = edits[index % edits.length];
    if (edit) times.push(await byPull(client, join(workspace, sample.name), edit));
  }
  await scan;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const [p50, p95, most] = [50, 95, 100].map((share) => percentile(times, share).toFixed(1));
  console.log(`\nTyping without a pause during a scan of ${basename(workspace)}, which takes ${seconds} s:`);
  console.log(`${times.length} keystrokes, p50 ${p50} ms, p95 ${p95} ms, max ${most} ms.`);
  console.log(`Resident memory after it: ${residentMegabytes(client)?.toFixed(0) ?? 'not known'} MB.`);
  await client.stop();
}

/** Resident memory while ten thousand characters are typed in a workspace. */
async function benchMemory(workspace: string): Promise<void> {
  const step = EDITS / 10;
  console.log(`\nResident MB in ${basename(workspace)} after so many keystrokes, 1,000 lines\n`);
  const heads = Array.from({ length: 11 }, (_, index) => (index * step).toLocaleString('en'));
  console.log(`| | ${heads.join(' | ')} |\n| --- |${' ---: |'.repeat(heads.length)}`);
  for (const [server, sample] of [
    [farthing, typescriptFile(1000)],
    [farthing, pythonFile(1000)],
    [eslint, typescriptFile(1000)],
  ] as const) {
    const client = await server.start(workspace);
    await openSample(client, workspace, sample);
    const edits = keystrokes(sample);
    const megabytes = [residentMegabytes(client)];
    // As many whole rounds as it takes, so that the text at the end is that of the beginning.
    for (let done = 0; done < EDITS; done++) {
      const edit = edits[done % edits.length];
      if (edit) await byPull(client, join(workspace, sample.name), edit);
      if ((done + 1) % step === 0) megabytes.push(residentMegabytes(client));
    }
    console.log(
      `| ${server.name}, ${sample.languageId} | ${megabytes.map((value) => value?.toFixed(0) ?? '').join(' | ')} |`,
    );
    await client.stop();
  }
}

/** Opens the sample in `folder` without writing it there. @throws where the server finds nothing in it */
async function openSample(client: LanguageClient, folder: string, sample: SampleFile, isPush = false): Promise<void> {
  const path = join(folder, sample.name);
  const pushed = new Promise<{ diagnostics: readonly unknown[] }>((resolve) => {
    if (!isPush) return;
    const listener = client.connection.onNotification('textDocument/publishDiagnostics', (params) => {
      listener.dispose();
      resolve(params);
    });
  });
  await client.open(path, sample.languageId, sample.text);
  const found = isPush ? (await pushed).diagnostics : await client.pull(path);
  if (found.length === 0) throw new Error(`no diagnostics in ${sample.name}: ${client.log.join('\n')}`);
}
