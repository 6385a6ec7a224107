import type { DiffReport } from '@farthing/shared/diff-report';
import { printable } from '@farthing/shared/printable';
import { SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { Option } from 'commander';
import { LISTED_RULES } from '../../lint/rule-list.ts';
import { ruleUrl } from '../../report/rule-url.ts';
import { VERSION } from '../../version.ts';
import { DIFF_FORMATS, type DiffFormatContext, type DiffFormatName } from '../diff-formats/format.ts';
import { EXIT, type ExitStatus, UsageError } from '../exit.ts';
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
  readonly also: readonly AlsoWritten[];
  readonly decisions?: string;
  readonly sayUnchanged?: true;
}

/** One more format of the same report. */
interface AlsoWritten {
  readonly format: DiffFormatName;
  readonly path: string;
}

const EXAMPLES = `
Examples:
  farthing diff origin/main                  the working tree, since it left that branch
  farthing diff v1.4 v1.5                    between two commits
  farthing diff --patch change.patch         what a patch would change, on top of HEAD
  farthing diff before after                 two folders
  farthing diff origin/main --only-new       without what the change takes away
  farthing diff origin/main --also markdown=comment.md --also sarif=new.sarif

The verdict comes first: FAIL if the change breaks the policy of farthing.config.json or brings findings at or above
--fail-on (status 1), WARN if it may, PASS otherwise. A cost fails only if its whole range is above the cap.

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
      new Option(
        '--fail-on <severity>',
        'fail (status 1) if a new finding is at least this severe; never: always exit with 0, whatever the verdict',
      )
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
    .addOption(
      new Option('--also <format=file>', 'also write the report in this format to this file (repeatable)')
        .argParser((text: string, before: readonly AlsoWritten[]) => [...before, alsoWritten(text)])
        .default([], 'none'),
    )
    .option('--decisions <file>', 'what reviewers dismissed or snoozed: a JSON list of { action, code, by, reason }')
    .option('--say-unchanged', 'in markdown: one line if no call changed, instead of nothing')
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

/** @throws UsageError */
function alsoWritten(text: string): AlsoWritten {
  const [, name, path] = /^(\w+)=(.+)$/.exec(text) ?? [];
  const format = DIFF_FORMATS.find((one) => one === name);
  if (format !== undefined && path !== undefined) return { format, path };
  throw new UsageError(`--also: "${text}" is not a format and a file, such as markdown=comment.md.`);
}

async function runDiff(names: readonly string[], options: DiffOptions, io: Io): Promise<ExitStatus> {
  const [{ comparedBy }, { judgedDiff }, { readDecisions }, { createLinesIn }] = await Promise.all([
    import('../revisions/compared.ts'),
    import('../revisions/judged-diff.ts'),
    import('../revisions/decisions-file.ts'),
    import('../lines-in-file.ts'),
  ]);
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions, io);
  const compared = comparedBy(names, options.patch ?? null, io);
  try {
    const { report: whole, headRoot, configProblems } = await judgedDiff(compared, options, decisions, io);
    const report = options.onlyNew === true ? withoutGone(whole) : whole;
    const context: DiffFormatContext = {
      hasColors: options.output === undefined && hasColors(io),
      rows: options.limit,
      version: VERSION,
      rules: LISTED_RULES.map((rule) => ({ ...rule, url: ruleUrl(rule.id) })),
      linesInFile: createLinesIn(null)(headRoot),
      saysUnchanged: options.sayUnchanged === true,
      takesDecisions: options.decisions !== undefined,
    };
    await writeAll(report, options, context, io);
    const messages = [...compared.problems(), ...configProblems.map(({ path, message }) => `${path}: ${message}`)];
    for (const message of messages) io.err(`${printable(`farthing: ${message}`)}\n`);
    if (configProblems.length > 0) return EXIT.usage;
    return whole.verdict.result === 'FAIL' && options.failOn !== 'never' ? EXIT.findings : EXIT.clean;
  } finally {
    compared.remove();
  }
}

async function writeAll(
  report: DiffReport,
  { format, output, also }: DiffOptions,
  context: DiffFormatContext,
  io: Io,
): Promise<void> {
  const { loadDiffFormat } = await import('../diff-formats/index.ts');
  const text = (await loadDiffFormat(format))(report, context);
  if (output === undefined) io.out(text);
  else saveReport(output, [text], io);
  for (const { format: other, path } of also)
    saveReport(path, [(await loadDiffFormat(other))(report, { ...context, hasColors: false })], io);
}

/** What remains of the code: nothing that a change took away needs a review. */
function withoutGone(report: DiffReport): DiffReport {
  return {
    ...report,
    calls: report.calls.filter(({ kind }) => kind !== 'removed'),
    findings: { new: report.findings.new, gone: [] },
  };
}
