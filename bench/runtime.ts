/** `npm run bench -- runtime`: what the runtime adds to a call, beside bare fetch and Portkey's gateway, as a table. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from './runtime-run.ts';

const CALLS = '3000';
/** Enough to see a leak of a hundred bytes per call. */
const CALLS_FOR_MEMORY = '200000';

export function benchRuntime(): void {
  const args = ['--conditions=farthing-source', '--no-warnings', '--expose-gc'];
  const script = join(import.meta.dirname, 'runtime-run.ts');
  const output = execFileSync(process.execPath, [...args, script, CALLS, CALLS_FOR_MEMORY], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  print(JSON.parse(output) as Report);
}

function print(report: Report): void {
  const us = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(0)} us` : 'not installed');
  const rows: (readonly string[])[] = [['', 'target', 'measured']];
  for (const [size, target] of [
    ['0.5 kB', 80],
    ['40 kB', 250],
  ] as const) {
    const { bare, defaults, watched, all, gateway } = report.misses[size];
    rows.push([`bare fetch, ${size}`, '', us(bare)]);
    rows.push([`a miss through the default layers adds, ${size}`, `at most ${target} us`, us(defaults)]);
    rows.push([`the same with temperature 0, with the cache in shadow mode, ${size}`, '', us(watched)]);
    rows.push([`a miss through all layers, switched on, adds, ${size}`, '', us(all)]);
    rows.push([`Portkey's gateway adds, ${size}`, '', us(gateway)]);
    rows.push([`Portkey's time divided by ours, ${size}`, 'at least 10', (gateway / defaults).toFixed(1)]);
  }
  for (const [name, target] of [
    ['0.5 kB, memory', 40],
    ['40 kB, memory', 120],
    ['0.5 kB, SQLite', 200],
  ] as const) {
    rows.push([`an exact hit, ${name}`, `at most ${target} us`, us(report.hits[name])]);
  }
  const { redis } = report;
  rows.push([
    'an exact hit, 0.5 kB, Redis, beyond one PING on the same connection',
    'at most 100 us',
    redis === null ? 'redis-server is not installed' : `${us(redis.hit - redis.ping)} (PING ${us(redis.ping)})`,
  ]);
  const { loss, bare, metered } = report.throughput;
  rows.push([
    'throughput lost at concurrency 32, 40 kB',
    'at most 15%',
    `${(100 * loss).toFixed(0)}% (${bare.toFixed(0)} to ${metered.toFixed(0)} calls/s)`,
  ]);
  rows.push([
    'the first byte of a stream is later by',
    'at most 200 us',
    `${us(report.firstByte.added)} (bare ${us(report.firstByte.bare)})`,
  ]);
  const heap = report.heap.map((megabytes) => megabytes.toFixed(1)).join(', ');
  rows.push([`heap after each quarter of ${Number(CALLS_FOR_MEMORY).toLocaleString('en')} calls, MB`, 'flat', heap]);
  for (const [index, row] of rows.entries()) {
    console.log(`| ${row.join(' | ')} |`);
    if (index === 0) console.log('| --- | --- | ---: |');
  }
}
