/**
 * `npm run bench -- scan DIR...`: a whole scan of each checkout against linters of the same tree, in the same run. Prints
 * a table; the figures that count are the ratios, since machines differ.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Command, median, type Run, runInTurn } from './process.ts';

const here = import.meta.dirname;
const program = join(here, '..', 'server', 'dist', 'farthing.cjs');
const peer = (name: string) => join(here, 'node_modules', '.bin', name);

const BIOME = '{ "formatter": { "enabled": false }, "assist": { "enabled": false }, "vcs": { "enabled": false } }';

export function benchScan(folders: readonly string[], rounds: number): void {
  for (const folder of folders) {
    const root = resolve(folder);
    console.log(`\n${basename(root)} (${rounds} rounds, medians)\n`);
    console.log('| | seconds | min to max | farthing / it | peak MB |\n| --- | ---: | ---: | ---: | ---: |');
    // The caches and the peer's configuration: inside the repository it would be taken for the repository's own.
    const scratch = mkdtempSync(join(tmpdir(), 'farthing-bench-'));
    writeFileSync(join(scratch, 'biome.json'), BIOME);
    try {
      print(runInTurn(commandsFor(root, scratch), rounds));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}

function commandsFor(root: string, scratch: string): readonly Command[] {
  const scan = [process.execPath, program, 'scan', '--format', 'json', root];
  return [
    { name: 'farthing, first scan', command: [...scan, '--no-cache'] },
    { name: 'farthing, second scan', command: scan, env: { FARTHING_CACHE_DIR: scratch } },
    { name: 'reading the files', command: [process.execPath, join(here, 'floor.ts'), root] },
    {
      name: 'oxlint',
      command: [peer('oxlint'), '-c', join(here, 'peers', 'oxlint.json'), '--disable-nested-config', '.'],
      cwd: root,
    },
    {
      name: 'biome',
      command: [peer('biome'), 'lint', `--config-path=${scratch}`, '--max-diagnostics=1', '.'],
      cwd: root,
      runs: 2,
    },
    {
      name: 'eslint',
      command: [peer('eslint'), '-c', join(here, 'eslint.config.mjs'), '--quiet', '.'],
      cwd: root,
      runs: 1,
    },
  ];
}

function print(results: ReadonlyMap<string, readonly Run[]>): void {
  const own = median((results.get('farthing, first scan') ?? []).map(({ seconds }) => seconds));
  for (const [name, runs] of results) {
    const seconds = runs.map((run) => run.seconds);
    const memory = runs.flatMap((run) => run.memory ?? []);
    const middle = median(seconds);
    const spread = `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)}`;
    const peak = memory.length > 0 ? (Math.max(...memory) / 1e6).toFixed(0) : '';
    console.log(`| ${name} | ${middle.toFixed(2)} | ${spread} | ${(own / middle).toFixed(2)} | ${peak} |`);
  }
}
