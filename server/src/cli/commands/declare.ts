import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { ModelEntry } from '../../files/config-edits.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import { loadConfig } from '../config.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { writeModels } from '../write-models.ts';

type Selector = Omit<ModelEntry, 'model'>;

const EXAMPLES = `
Examples:
  farthing declare gpt-6-sol --path 'src/support/**'
  farthing declare gpt-6-sol=0.3 gpt-6-luna=0.7 --function Agent.run
  farthing declare claude-sonnet-5-5 claude-haiku-5-5 --provider anthropic`;

/** `farthing declare <models...>`: says which models calls use whose model is set at run time. */
export const addDeclare: AddCommand = (program, io) => {
  program
    .command('declare')
    .description('declare the models of calls that set theirs at run time, in farthing.config.json')
    .argument(
      '<models...>',
      'a model, several that each may be used, or each with its share: gpt-6-sol=0.3 gpt-6-luna=0.7',
    )
    .option('--path <glob>', 'calls in files that match this glob, relative to farthing.config.json')
    .option('--function <name>', 'calls in this qualified function, such as Support.answer')
    .option('--call <id>', 'the call with this id, as in the JSON report')
    .option('--provider <name>', 'calls that this provider bills')
    .addHelpText('after', EXAMPLES)
    .action((models: readonly string[], selector: Selector) => declare(models, selector, io));
};

async function declare(models: readonly string[], selector: Selector, io: Io): Promise<void> {
  const entry: ModelEntry = { ...selector, model: modelOf(models) };
  const { config, prices } = await loadConfig(null, io.cwd, io.cwd, defaultSeverities());
  const { parseConfig, unknownModels } = await import('@farthing/shared/config');
  const text = JSON.stringify({ models: [entry] });
  const parsed = parseConfig(text, '');
  const known = {
    ...DEFAULT_CONFIG,
    prices: config.prices,
    deployments: config.deployments,
    models: parsed.config.models,
  };
  const [problem] = [...parsed.problems, ...unknownModels(text, '', known, prices.table)];
  if (problem !== undefined)
    throw new UsageError(`${problem.message.replace(/^models(?:\[0\])?(?:\.model)?: /, '')} Nothing was written.`);
  writeModels(io, [entry]);
}

function modelOf(models: readonly string[]): ModelEntry['model'] {
  const [only] = models;
  const shares = models.flatMap((model) => {
    const [, name, share] = /^(.+)=([0-9.]+)$/.exec(model) ?? [];
    return name === undefined ? [] : [[name, Number(share)] as const];
  });
  if (shares.length === models.length) return Object.fromEntries(shares);
  if (shares.length > 0) throw new UsageError('Give every model a share, or none: gpt-6-sol=0.3 gpt-6-luna=0.7.');
  return models.length === 1 && only !== undefined ? only : models;
}
