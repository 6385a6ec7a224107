/**
 * `npm run model-coverage -- DIR...`: of how many calls in checkouts the cost, or the price of the models that they may use,
 * is known: from the code alone, and with the `models` that `farthing init --models` proposes. Notebooks do not count.
 */
import { basename, resolve } from 'node:path';
import { parseConfig } from '@farthing/shared/config';
import { type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { openWorkspace } from '../server/src/analyzer.ts';
import type { LlmCall } from '../server/src/calls/call.ts';
import { proposalsIn } from '../server/src/cli/propose-models.ts';
import { isNotebook } from '../server/src/files/paths.ts';

const KINDS = ['cost', 'models named', 'declared', 'unknown price', 'unknown model'] as const;
type Kind = (typeof KINDS)[number];
type Counts = Record<Kind, number>;

function kindOf({ cost, model, modelChoice: { alternatives } }: LlmCall): Kind {
  if (alternatives.some(({ decidedBy }) => decidedBy === 'declared')) return 'declared';
  if (cost.perCall !== null) return 'cost';
  if (alternatives.some(({ price }) => price !== null)) return 'models named';
  return model.value !== null || alternatives.length > 0 ? 'unknown price' : 'unknown model';
}

function scanned(root: string, config: Config) {
  const workspace = openWorkspace({ config, configFolder: root, root, now: () => new Date() });
  for (const _ of workspace.scan(true));
  const calls = workspace.found().flatMap((path) => (isNotebook(path) ? [] : workspace.file(path).calls));
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Counts;
  for (const call of calls) counts[kindOf(call)]++;
  return { workspace, counts };
}

function line(name: string, counts: Counts): string {
  const total = KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  const known = counts.cost + counts['models named'] + counts.declared;
  const share = total === 0 ? '' : `${((100 * known) / total).toFixed(1)}%`;
  return [
    name.padEnd(44),
    share.padStart(6),
    String(total).padStart(5),
    ...KINDS.map((kind) => `${counts[kind]} ${kind}`),
  ].join('  ');
}

const sums = { 'from the code': {} as Counts, 'with what init proposes': {} as Counts };
for (const folder of process.argv.slice(2)) {
  const root = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const plain = scanned(root, DEFAULT_CONFIG);
  const models = proposalsIn(plain.workspace).proposals.map(({ entry }) => entry);
  const { config } = parseConfig(JSON.stringify({ models }), 'farthing.config.json');
  const declared = scanned(root, config);
  for (const [name, counts] of [
    ['from the code', plain.counts],
    ['with what init proposes', declared.counts],
  ] as const) {
    console.log(line(`${basename(root)}, ${name}`, counts));
    for (const kind of KINDS) sums[name][kind] = (sums[name][kind] ?? 0) + counts[kind];
  }
}
for (const [name, counts] of Object.entries(sums)) console.log(line(`all, ${name}`, counts));
