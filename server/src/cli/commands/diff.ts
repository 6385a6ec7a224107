import type { DiffReport } from '@farthing/shared/diff-report';
import { printable } from '@farthing/shared/printable';
import { SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { Option } from 'commander';
import { DIFF_FORMATS, type DiffFormatName } from '../diff-formats/format.ts';
import { EXIT, type ExitStatus } from '../exit.ts';
import { hasColors, type Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { dollarsOf, rowsOf, saveReport } from '../report-options.ts';
import type { RevisionOptions } from '../revisions/scan-revisions.ts';

interface DiffOptions extends RevisionOptions {
  readonly patch?: string;
  readonly format: DiffFormatName;
  readonly failOn: Severity | 'never';
  readonly output?: string;
  readonly onlyNew?: true;
  readonly limit: number;
}

const EXAMPLES = `
Examples:
  farthing diff origin/main                  the working tree, since it left that branch
  farthing diff v1.4 v1.5                    between two commits
  farthing diff --patch change.patch         what a patch would change, on top of HEAD
  farthing diff before after                 two folders
  farthing diff origin/main --only-new       without what the change takes away

BASE is read from git's objects: no file of yours is touched. Each change in cost is taken apart in a fixed order
(price, model, API, prompt, tools, schema, reasoning, limit, tier, loop, volume), and the amounts add up to it exactly.`;

/** `farthing diff BASE [HEAD]`: what a change costs. */
export const addDiff: AddCommand = (program, io, done) => {
  program
    .command('diff')
    .description('what a change does to the cost of LLM calls, and why')
    .argument('[base]', 'the commit to compare with, or a folder (with --patch: default HEAD)')
    .argument('[head]', 'the commit to compare, or a folder (default: the working tree)')
    .option('--patch <file>', 'compare BASE with BASE and this patch (-: standard input)')
    .addOption(new Option('--format <name>', 'report format').choices(DIFF_FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'exit with status 1 if a new finding is at least this severe')
        .choices([...SEVERITIES, 'never'])
        .default('error'),
    )
    .option('--config <file>', 'configuration file for everything (default: as in scan, by revision)')
    .option('--output <file>', 'write the report to this file')
    .option('--only-new', 'only calls that were added or changed and new findings: nothing that is gone')
    .option('--include-tests', 'also compare findings in tests, evaluations and examples, and count the calls in tests')
    .addOption(
      new Option('--min-saving <dollars>', 'as in scan: findings that save less per month are hints')
        .argParser(dollarsOf)
        .default(1),
    )
    .addOption(new Option('--limit <rows>', 'calls that a text report lists').argParser(rowsOf).default(50))
    .addHelpText('after', EXAMPLES)
    .action(async (base: string | undefined, head: string | undefined, options: DiffOptions) => {
      done(
        await runDiff(
          [base, head].flatMap((name) => name ?? []),
          options,
          io,
        ),
      );
    });
};

async function runDiff(names: readonly string[], options: DiffOptions, io: Io): Promise<ExitStatus> {
  const [{ comparedBy }, { scanRevisions }, { buildDiff }, { loadDiffFormat }] = await Promise.all([
    import('../revisions/compared.ts'),
    import('../revisions/scan-revisions.ts'),
    import('../../diff/build-diff.ts'),
    import('../diff-formats/index.ts'),
  ]);
  const compared = comparedBy(names, options.patch ?? null, io);
  try {
    const scanned = await scanRevisions(compared, options, io);
    const whole = { ...buildDiff({ ...scanned, revisions: compared.revisions }), root: io.cwd };
    const report = options.onlyNew === true ? withoutGone(whole) : whole;
    const write = await loadDiffFormat(options.format);
    const text = write(report, { hasColors: options.output === undefined && hasColors(io), rows: options.limit });
    if (options.output === undefined) io.out(text);
    else saveReport(options.output, [text], io);
    for (const problem of compared.problems()) io.err(printable(`farthing: ${problem}\n`));
    return isFailure(report, options) ? EXIT.findings : EXIT.clean;
  } finally {
    compared.remove();
  }
}

/** What remains of the code: nothing that a change took away needs a review. */
function withoutGone(report: DiffReport): DiffReport {
  return {
    ...report,
    calls: report.calls.filter(({ kind }) => kind !== 'removed'),
    findings: { new: report.findings.new, gone: [] },
  };
}

/** As in a scan, what is only likely fails nothing. */
function isFailure({ findings }: DiffReport, { failOn }: DiffOptions): boolean {
  if (failOn === 'never') return false;
  const limit = SEVERITIES.indexOf(failOn);
  return findings.new.some(
    ({ severity, confidence }) => confidence === 'certain' && SEVERITIES.indexOf(severity) <= limit,
  );
}
