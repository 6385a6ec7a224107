import { resolve } from 'node:path';
import { printable } from '@farthing/shared/printable';
import type { Report, ReportProblem } from '@farthing/shared/report';
import { CONFIDENCES, type Confidence, SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { Option } from 'commander';
import { absolute, isInside } from '../../files/paths.ts';
import { LISTED_RULES } from '../../lint/rule-list.ts';
import { unmatchedEntries } from '../../lint/unmatched-entries.ts';
import { describeAge } from '../../report/describe.ts';
import { ORDERS, type Order } from '../../report/order.ts';
import { ruleUrl } from '../../report/rule-url.ts';
import { selectFindings } from '../../report/select-findings.ts';
import { VERSION } from '../../version.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type AnalysisOptions, analyse, type Overlay } from '../analyse.ts';
import type { HoldingConfig } from '../config.ts';
import { EXIT, type ExitStatus, UsageError } from '../exit.ts';
import { FORMATS, type FormatContext, type FormatName, type LinesIn } from '../formats/format.ts';
import { loadFormat } from '../formats/index.ts';
import { hasColors, type Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { relativeTo, type Target, targetOf } from '../paths.ts';
import { dollarsOf, rowsOf, saveReport } from '../report-options.ts';
import { ruleNames } from '../rule-names.ts';
import { type ScopeOptions, scopeOf } from '../scope.ts';
import { wantedFixes } from '../wanted-fixes.ts';

interface ScanOptions extends AnalysisOptions, ScopeOptions {
  readonly format: FormatName;
  readonly failOn: Severity | 'never';
  readonly stdinFilename?: string;
  readonly output?: string;
  readonly fix?: true;
  readonly fixSuggested?: string;
  readonly dryRun?: true;
  readonly all?: true;
  readonly summary?: true;
  readonly limit: number;
  readonly sort: Order;
  readonly rule?: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
}

const EXAMPLES = `
Examples:
  farthing scan                                        this directory
  farthing scan src scripts/import.py                  folders and files
  farthing scan --format github --fail-on warning      annotations in a GitHub workflow
  farthing scan --format markdown --output comment.md  a pull-request comment
  farthing scan --stdin-filename src/a.ts < draft.ts   unsaved text
  farthing scan --rule retired-model --sort severity   one rule, the files with the most severe findings first
  farthing scan --changed-since origin/main            calls and findings in changed lines
  farthing scan --fix-suggested all --dry-run          what the fixes would change, as a diff
  farthing scan --fix-suggested unbounded-output src   set the missing limits, then report what is left`;

/** `farthing scan [paths...]`: the main command. */
export const addScan: AddCommand = (program, io, done) => {
  program
    .command('scan')
    .description('find every LLM call, what it costs, and how to make it cost less')
    .argument('[paths...]', 'files and folders (default: the current directory)')
    .addOption(new Option('--format <name>', 'report format').choices(FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'exit with status 1 if any finding is at least this severe')
        .choices([...SEVERITIES, 'never'])
        .default('error'),
    )
    .option(
      '--config <file>',
      'configuration file for everything (default: for each file the nearest farthing.config.json at or above its folder)',
    )
    .option('--output <file>', 'write the report to this file')
    .option('--stdin-filename <path>', 'scan standard input as if it were this file')
    .option('--fix', 'apply the safe fixes, which never change what the program does, then report what is left')
    .option(
      '--fix-suggested <rules>',
      'like --fix, and also apply the suggested fixes of these rules (comma-separated, or all)',
    )
    .option('--dry-run', 'with --fix or --fix-suggested: print the changes as a diff and write nothing')
    .option(
      '--include-tests',
      'also look for findings in tests, evaluations and examples, and count the calls in tests',
    )
    .option('--rule <rules>', 'report only the findings of these rules (comma-separated)')
    .addOption(
      new Option('--severity <severity>', 'report only findings that are at least this severe')
        .choices(SEVERITIES)
        .default('hint'),
    )
    .addOption(
      new Option(
        '--confidence <confidence>',
        'certain: leave out findings that are only likely; likely: count them everywhere (default: pull-request formats leave them out, and they never fail a scan)',
      ).choices(CONFIDENCES),
    )
    .addOption(
      new Option(
        '--min-saving <dollars>',
        'show findings that save less than this per month as hints, if the volume is known',
      )
        .argParser(dollarsOf)
        .default(1),
    )
    .addOption(new Option('--all', 'in a text report with many calls: list them all after the summary'))
    .addOption(
      new Option('--summary', 'in a report as text or llm: only the summary, however few calls there are').conflicts(
        'all',
      ),
    )
    .addOption(
      new Option('--limit <rows>', "rows of each list in a text report's summary").argParser(rowsOf).default(10),
    )
    .addOption(
      new Option('--sort <order>', 'the order of files in a text report: by path, cost or severity')
        .choices(ORDERS)
        .default('path'),
    )
    .option(
      '--baseline <file>',
      'report only findings that this file lacks (default: the nearest farthing-baseline.json)',
    )
    .option('--no-baseline', 'report known findings, too')
    .option('--changed-since <commit>', 'report only calls and findings in lines that changed since then (uses git)')
    .option('--diff <file>', 'report only calls and findings in the lines of this unified diff (-: standard input)')
    .option(
      '--force-exclude',
      'leave out what git or the configuration ignores even if it is named, as a pre-commit hook does',
    )
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: ScanOptions) => {
      done(await runScan(paths, options, io));
    });
};

async function runScan(paths: readonly string[], options: ScanOptions, io: Io): Promise<ExitStatus> {
  const wanted = wantedFixes(options);
  const rules = options.rule === undefined ? null : ruleNames('--rule', options.rule);
  const { target, overlay } = inputOf(paths, options, io);
  const narrow = await scopeOf(options, target, io);
  const { report: found, workspace, configs, now } = await analyse(target, options, io, rules, overlay);
  const problems = configs.flatMap((config) => config.problems);
  const wantedFindings = { ...options, rules, confidence: options.confidence ?? confidenceIn(options.format) };
  let left = found;
  if (wanted !== null) {
    const { fixFindings } = await import('../fix-findings.ts');
    const fixed = await fixFindings(workspace, wanted, io.cwd);
    io.err(fixed.summary + describeProblems(fixed.problems));
    if (fixed.diff !== null) {
      io.out(fixed.diff);
      return statusOf(
        selectFindings(narrow(found, await loadLinesIn(overlay)).report, wantedFindings),
        problems,
        options,
      );
    }
    left = workspace.report();
  }
  const linesIn = await loadLinesIn(overlay);
  const scoped = narrow(left, linesIn);
  left = selectFindings(scoped.report, wantedFindings);

  const located = options.format === 'json' ? left : relativeTo(io.cwd, left);
  const notes = unmatched(configs, target, workspace);
  const report: Report = { ...located, problems: [...problems, ...notes, ...located.problems] };
  const write = await loadFormat(options.format);
  const configuration = describeNames(configs.map(({ name }) => name));
  const pieces = write(report, {
    ...contextOf(options, io),
    configuration,
    scope: scoped.notes,
    unread: await loadUnread(workspace, overlay),
    linesInFile: linesIn(report.root),
  });
  if (options.output === undefined) for (const piece of pieces) io.out(piece);
  else saveReport(options.output, pieces, io);
  // In some formats, problems are part of the report.
  if (!WITH_PROBLEMS.has(options.format)) {
    io.err(describeProblems(report.problems) + describeAge(report.prices, now));
  }
  return statusOf(report, problems, options);
}

async function loadUnread(workspace: Workspace, overlay: Overlay | null): Promise<FormatContext['unread']> {
  if (overlay !== null) return () => [];
  const { unreadPackages } = await import('../unread.ts');
  return () => unreadPackages(workspace);
}

async function loadLinesIn(overlay: Overlay | null): Promise<LinesIn> {
  const { createLinesIn } = await import('../lines-in-file.ts');
  return createLinesIn(overlay);
}

const WITH_PROBLEMS: ReadonlySet<FormatName> = new Set<FormatName>(['json', 'github', 'llm']);

/** A longer list is not read. */
const MAX_NAMES = 3;

function describeNames(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const rest = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** A scan of a part says nothing of what the rest of the folder calls. */
function unmatched(
  configs: readonly HoldingConfig[],
  { paths }: Target,
  workspace: Workspace,
): readonly ReportProblem[] {
  const whole = configs.filter(({ folder }) => paths.some((path) => isInside(absolute(folder), absolute(path))));
  if (whole.length === 0) return [];
  const calls = workspace.found().flatMap((path) => workspace.file(path).calls);
  return whole.flatMap(({ config, folder, name, holdsFor }) => {
    const held = calls.filter(({ origin }) => holdsFor(origin.path));
    return unmatchedEntries(config, folder, held).map((message) => ({ path: name, message }));
  });
}

function statusOf(report: Report, configProblems: readonly ReportProblem[], options: ScanOptions): ExitStatus {
  if (configProblems.length > 0) return EXIT.usage;
  return isFailure(report, options) ? EXIT.findings : EXIT.clean;
}

interface Input {
  readonly target: Target;
  readonly overlay: Overlay | null;
}

function inputOf(paths: readonly string[], { stdinFilename }: ScanOptions, io: Io): Input {
  if (stdinFilename === undefined) return { target: targetOf(paths, io.cwd), overlay: null };
  if (paths.length > 0)
    throw new UsageError('--stdin-filename scans only standard input, so it cannot be combined with paths.');
  const path = resolve(io.cwd, stdinFilename);
  return { target: { paths: [path], root: io.cwd }, overlay: { path, text: io.readInput() } };
}

function contextOf(
  { output, all, summary, limit, sort }: ScanOptions,
  io: Io,
): Omit<FormatContext, 'configuration' | 'linesInFile' | 'scope' | 'unread'> {
  const isTerminal = output === undefined && io.terminal.isOutput;
  return {
    version: VERSION,
    rules: LISTED_RULES.map((rule) => ({ ...rule, url: ruleUrl(rule.id) })),
    extent: all ? 'whole' : summary ? 'summary' : 'fitting',
    rows: limit,
    order: sort,
    hasColors: output === undefined && hasColors(io),
    columns: isTerminal ? io.terminal.columns : null,
  };
}

/** More lines than this would hide the report above them. */
const MAX_PROBLEMS = 20;

function describeProblems(problems: readonly ReportProblem[]): string {
  const lines = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => `${printable(`farthing: ${path}: ${message}`)}\n`);
  const rest = problems.length - MAX_PROBLEMS;
  return rest > 0 ? `${lines.join('')}farthing: and ${rest} more: --format json lists them all.\n` : lines.join('');
}

/** Formats whose reader sees all of the report, and so is told what is only likely as well. */
const WITH_LIKELY: ReadonlySet<FormatName> = new Set<FormatName>(['text', 'json', 'llm']);

/** What is shown on a pull request holds. */
function confidenceIn(format: FormatName): Confidence {
  return WITH_LIKELY.has(format) ? 'likely' : 'certain';
}

/** A build does not fail because of what is only likely, unless that is asked for. */
function isFailure({ diagnostics }: Report, { failOn, confidence }: ScanOptions): boolean {
  if (failOn === 'never') return false;
  const limit = SEVERITIES.indexOf(failOn);
  return diagnostics.some(
    (one) => SEVERITIES.indexOf(one.severity) <= limit && (confidence === 'likely' || one.confidence === 'certain'),
  );
}
