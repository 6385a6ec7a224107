/**
 * `npm run sample-findings -- DIR...`: scans checkouts with all rules on and draws findings of each for reading by hand. The
 * draw depends on the seed and the findings alone, so that anyone can read the same ones.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { root } from './lib/root.ts';

const SEED = 'farthing-1';
const COUNT = 15;

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly path: string;
  readonly cell: number | null;
  readonly line: number;
}

await buildBundles();
const settings = mkdtempSync(join(tmpdir(), 'farthing-sample-'));
const config = join(settings, 'farthing.config.json');
writeFileSync(config, JSON.stringify({ extends: 'all' }));
const byRule = new Map<string, { readonly key: string; readonly checkout: string; readonly finding: Finding }[]>();
for (const folder of process.argv.slice(2)) {
  const checkout = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const program = join(root, 'server', 'dist', 'farthing.cjs');
  const scan = ['scan', '--no-cache', '--format', 'json', '--config', config, '.'];
  const { stdout } = spawnSync(process.execPath, [program, ...scan], { cwd: checkout, maxBuffer: 2 ** 30 });
  for (const finding of JSON.parse(`${stdout}`).diagnostics as Finding[]) {
    const place = `${basename(checkout)}:${finding.path}:${finding.cell ?? ''}:${finding.line}`;
    const key = createHash('sha256').update(`${SEED}:${finding.rule}:${place}`).digest('hex');
    byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), { key, checkout: basename(checkout), finding }]);
  }
}
rmSync(settings, { recursive: true });
for (const [rule, findings] of [...byRule].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`\n${rule}: ${findings.length} findings, the first ${COUNT} by the seed "${SEED}"`);
  for (const { checkout, finding } of findings.sort((a, b) => a.key.localeCompare(b.key)).slice(0, COUNT)) {
    const cell = finding.cell === null ? '' : `cell ${finding.cell}, `;
    console.log(`  ${checkout} ${finding.path} ${cell}${finding.line} [${finding.severity}] ${finding.message}`);
  }
}
