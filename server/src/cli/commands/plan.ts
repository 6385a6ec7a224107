import { Option } from 'commander';
import type { Hosting } from '../../plan/hosting.ts';
import type { Tuning } from '../../plan/tuning.ts';
import type { AnalysisOptions } from '../analyse.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { relativeTo, targetOf } from '../paths.ts';
import { rowsOf, saveReport } from '../report-options.ts';

interface PlanOptions extends Omit<AnalysisOptions, 'minSaving'> {
  readonly format: 'text' | 'markdown' | 'json';
  readonly output?: string;
  readonly limit: number;
  readonly exactHits?: number;
  readonly semanticHits?: number;
  readonly routed?: number;
  readonly fineTuning?: Tuning;
  readonly hosting?: Hosting;
}

const EXAMPLES = `
Examples:
  farthing plan                                  what can be saved here, the least effort first
  farthing plan --semantic-hits 20% --routed 50% with shares that you have measured
  farthing plan --hosting 2.50,1500,40%          whether a machine of your own would pay
  farthing plan --format markdown --output plan.md

Volumes come from farthing measure import and from "volumes" in the configuration. A call without one counts for
1,000 calls, separately. Each step is taken from what the steps before it leave.`;

/** `farthing plan`: the techniques that would save something here, in order. */
export const addPlan: AddCommand = (program, io) => {
  program
    .command('plan')
    .description('plan what to save first: every technique with its money, its effort and its risk')
    .argument('[paths...]', 'files and folders (default: the current directory)')
    .addOption(share('--exact-hits <share>', 'how many requests an exact cache answers, such as 10%'))
    .addOption(share('--semantic-hits <share>', 'how many questions a semantic cache answers, such as 20%'))
    .addOption(share('--routed <share>', 'how many requests the cheaper model answers, such as 50%'))
    .addOption(
      new Option(
        '--fine-tuning <figures>',
        'dollars for training, and dollars per million tokens in and out of the tuned model: 500,0.30,1.20',
      ).argParser(tuningOf),
    )
    .addOption(
      new Option(
        '--hosting <figures>',
        'dollars an hour of a machine, its tokens per second, and how busy it is: 2.50,1500,40%',
      ).argParser(hostingOf),
    )
    .addOption(new Option('--limit <rows>', 'places of each step').argParser(rowsOf).default(5))
    .addOption(
      new Option('--format <name>', 'format of the plan').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option('--output <file>', 'write the plan to this file')
    .option('--config <file>', 'configuration file for everything, as in farthing scan')
    .option('--include-tests', 'count calls in tests, evaluations and examples as well')
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', EXAMPLES)
    .action((paths: readonly string[], options: PlanOptions) => plan(paths, options, io));
};

async function plan(paths: readonly string[], options: PlanOptions, io: Io): Promise<void> {
  const [
    { analyse },
    { buildPlan },
    { cheaperModelsOf },
    { planText, planMarkdown },
    { printableData, printableJson },
  ] = await Promise.all([
    import('../analyse.ts'),
    import('../../plan/build-plan.ts'),
    import('../../plan/cheaper-models.ts'),
    import('../../plan/describe-plan.ts'),
    import('@farthing/shared/printable'),
  ]);
  const { report, workspace, configs } = await analyse(targetOf(paths, io.cwd), { ...options, minSaving: 0 }, io);
  const problems = [...configs.flatMap((config) => config.problems), ...report.problems];
  io.err(problems.map(({ path, message }) => printableData(`farthing: ${path}: ${message}\n`)).join(''));
  const stated = {
    shares: { 'exact-cache': options.exactHits, 'semantic-cache': options.semanticHits, routing: options.routed },
    tuning: options.fineTuning ?? null,
    hosting: options.hosting ?? null,
  };
  const cheaper = cheaperModelsOf(workspace.calls().calls(), workspace.catalogueAt);
  const built = buildPlan(relativeTo(io.cwd, report), stated, cheaper);
  const text =
    options.format === 'json'
      ? printableJson(`${JSON.stringify(built, null, 2)}\n`)
      : (options.format === 'markdown' ? planMarkdown : planText)(printableData(built), options.limit);
  if (options.output === undefined) io.out(text);
  else saveReport(options.output, [text], io);
}

function share(flags: string, description: string): Option {
  const [option = flags] = flags.split(' ');
  return new Option(flags, description).argParser((text) => shareOf(text, option));
}

/** From 0 to 1. */
function shareOf(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text.trim());
  const value = match === null ? Number.NaN : Number(match[1]) / 100;
  if (value >= 0 && value <= 1) return value;
  throw new UsageError(`${option}: "${text}" is not a share from 0% to 100%, such as 20%.`);
}

function tuningOf(text: string): Tuning {
  const [training, input, output, ...more] = text.split(',').map(amountOf);
  if (training == null || input == null || output == null || more.length > 0)
    throw new UsageError(
      `--fine-tuning: "${text}" is not three amounts in dollars: training, and a million tokens in and out, such as 500,0.30,1.20.`,
    );
  return { training, input, output };
}

function hostingOf(text: string): Hosting {
  const [hour = '', speed = '', busy = '', ...more] = text.split(',');
  const [hourly, tokensPerSecond] = [amountOf(hour), amountOf(speed)];
  if (hourly === null || tokensPerSecond === null || tokensPerSecond === 0 || busy === '' || more.length > 0)
    throw new UsageError(
      `--hosting: "${text}" is not dollars an hour, tokens per second and a share of the time, such as 2.50,1500,40%.`,
    );
  const utilisation = shareOf(busy, '--hosting');
  if (utilisation === 0) throw new UsageError('--hosting: a machine that is busy 0% of the time answers nothing.');
  return { hourly, tokensPerSecond, utilisation };
}

/** Null if it is not an amount. */
function amountOf(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 && value <= MOST ? value : null;
}

/** Beyond it, sums of money are not exact. */
const MOST = 1_000_000;
