import { Option } from 'commander';
import { absolute } from '../../files/paths.ts';
import type { Condition } from '../../inspect/filter.ts';
import { GROUPINGS, type Grouping } from '../../inspect/groups.ts';
import type { AnalysisOptions } from '../analyse.ts';
import { conditionOf } from '../inspect/condition-option.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { relativeTo, targetOf } from '../paths.ts';
import { countOf, rowsOf } from '../report-options.ts';

interface InspectOptions extends Omit<AnalysisOptions, 'minSaving'> {
  readonly format: 'llm' | 'json';
  readonly summary?: true;
  readonly topSavings?: number;
  readonly groupBy?: Grouping;
  readonly filter: readonly Condition[];
  readonly limit: number;
}

const EXAMPLES = `
Examples:
  farthing inspect --summary                       totals, by model and by rule
  farthing inspect --top-savings 5                 the five findings that save the most
  farthing inspect --group-by owner                who pays for what, by CODEOWNERS
  farthing inspect --filter model=gpt-4* --filter path=src/**
  farthing inspect src/answer.ts                   the calls and findings of one file

Results come from the cache of the last scan: only what has changed since is analysed again.`;

/** `farthing inspect`: short answers about a scan, for coding agents and scripts. */
export const addInspect: AddCommand = (program, io) => {
  program
    .command('inspect')
    .description('answer questions about the LLM calls here, briefly: for coding agents and scripts')
    .argument('[paths...]', 'files and folders (default: the current directory)')
    .addOption(new Option('--summary', 'only totals, by model and by rule'))
    .addOption(
      new Option('--top-savings <rows>', 'the findings that save the most')
        .argParser(countOf('--top-savings'))
        .conflicts('summary'),
    )
    .addOption(
      new Option('--group-by <what>', 'calls, cost and findings added up by this')
        .choices(GROUPINGS)
        .conflicts(['summary', 'topSavings']),
    )
    .addOption(
      new Option(
        '--filter <condition>',
        'only calls that fit, such as model=gpt-4* or rule=unbounded-output,retired-model; by path, function, model, provider, sdk, owner, rule or severity; all conditions must fit',
      )
        .argParser((text, before: readonly Condition[]) => [...before, conditionOf(text)])
        .default([], 'all calls'),
    )
    .addOption(new Option('--limit <rows>', 'rows of each list').argParser(rowsOf).default(100))
    .addOption(
      new Option('--format <name>', 'tables for language models, or JSON').choices(['llm', 'json']).default('llm'),
    )
    .option('--config <file>', 'configuration file for everything, as in farthing scan')
    .option('--include-tests', 'also look for findings in tests, evaluations and examples')
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', EXAMPLES)
    .action((paths: readonly string[], options: InspectOptions) => inspect(paths, options, io));
};

async function inspect(paths: readonly string[], options: InspectOptions, io: Io): Promise<void> {
  const [{ analyse }, { viewText, viewData }, { findCodeOwners }, { printableData, printableJson }] = await Promise.all(
    [
      import('../analyse.ts'),
      import('../../inspect/view.ts'),
      import('../../files/code-owners.ts'),
      import('@farthing/shared/printable'),
    ],
  );
  const { report: found, configs } = await analyse(targetOf(paths, io.cwd), { ...options, minSaving: 1 }, io);
  const report = relativeTo(io.cwd, {
    ...found,
    problems: [...configs.flatMap(({ problems }) => problems), ...found.problems],
  });
  const owners = findCodeOwners(absolute(report.root));
  const ownersOf = (path: string): readonly string[] => owners?.ownersOf(absolute(path, report.root)) ?? [];
  const view = {
    filter: options.filter,
    isSummary: options.summary === true,
    topSavings: options.topSavings ?? null,
    groupBy: options.groupBy ?? null,
    limit: options.limit,
  };
  io.out(
    options.format === 'json'
      ? printableJson(`${JSON.stringify(viewData(report, view, ownersOf))}\n`)
      : viewText(printableData(report), view, ownersOf, '--limit shows more, --filter fewer'),
  );
}
