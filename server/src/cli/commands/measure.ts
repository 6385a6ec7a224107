import { lstatSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CALL_SITES_FILE } from '@farthing/shared/measured/call-sites';
import { MEASURED_FILE, type MeasuredFile } from '@farthing/shared/measured/measured';
import { printable } from '@farthing/shared/printable';
import { isRequest } from '../../calls/call.ts';
import { absolute } from '../../files/paths.ts';
import { describeWriteError } from '../../files/problem.ts';
import { projectRoot } from '../../files/project-root.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import type { Aggregate } from '../../measured/aggregate.ts';
import type { RanCall } from '../../measured/resolve-site.ts';
import { plural } from '../../report/plural.ts';
import { type Analysis, type AnalysisOptions, analyse } from '../analyse.ts';
import { loadConfig } from '../config.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { writeRepositoryFile } from '../write-file.ts';

type PrepareOptions = Pick<AnalysisOptions, 'config' | 'cache'>;
type ImportOptions = Pick<AnalysisOptions, 'config' | 'cache'> & { readonly revision?: string };

const HELP = `
Formats, recognised by their content:
  the ledger of @farthing/runtime: its SQLite file; rows of its PostgreSQL table as JSON lines:
    psql -At -c 'SELECT row FROM farthing.ledger' > ledger.jsonl
  OpenTelemetry: OTLP JSON with GenAI attributes, and code.* for the place of the call
  LiteLLM's spend log, Langfuse's observations and Helicone's requests: JSON, JSON lines or CSV
  OpenAI's and Anthropic's usage as CSV, which has sums by model and belongs to no call of the code

Examples:
  farthing measure import var/farthing.db
  farthing measure import --revision v1.4 spans.json     what ran was v1.4, and the records do not say it
  farthing measure import may/*.csv                      all files together replace what was imported before

Costs are computed from the counts of tokens by the price table, of the day of each call where it knows several prices.
What a tool says a call cost is not used.`;

const PREPARE_HELP = `
Run it where the application is built, from the code that will run. A recorded process then knows each call by its id,
whatever the SDK does, and the calls of your own functions that led to it:
  farthing measure prepare
  node --import @farthing/runtime/record src/server.ts
  farthing measure import .farthing/calls.jsonl

The file holds positions of calls and hashes of files, never a text. Files that Node does not load as they are scanned, such as
those that a bundler writes, are recorded by the stack alone.`;

/** `farthing measure`: what calls cost when the application ran. */
export const addMeasure: AddCommand = (program, io) => {
  const measure = program
    .command('measure')
    .description('what calls cost when the application ran, shown beside what the code says');
  measure
    .command('import')
    .description(`read what calls used, and write ${MEASURED_FILE} at the root of the project`)
    .argument('<files...>', 'records of calls; they replace what was imported before')
    .option('--revision <commit>', 'the commit that ran, for records that do not say it')
    .option('--config <file>', 'configuration file for everything (default: as in scan)')
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', HELP)
    .action((files: readonly string[], options: ImportOptions) => runImport(files, options, io));
  measure
    .command('prepare')
    .description(`write ${CALL_SITES_FILE}, by which a recorded process knows each call by its id`)
    .option('--config <file>', 'configuration file for everything (default: as in scan)')
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', PREPARE_HELP)
    .action((options: PrepareOptions) => runPrepare(options, io));
};

async function runPrepare(options: PrepareOptions, io: Io): Promise<void> {
  const root = projectRoot(absolute(io.cwd));
  const { workspace } = await analyse({ paths: [root], root }, { ...options, minSaving: 0 }, io);
  const { callSitesOf } = await import('../measure/call-sites.ts');
  const { file, marked, unmarked } = callSitesOf(workspace);
  const path = write(root, CALL_SITES_FILE, file, io);
  const files = Object.keys(file.files).length;
  io.out(`wrote ${path}: ${plural(marked, 'call')} in ${plural(files, 'file')}\n`);
  if (unmarked > 0) io.out(`${plural(unmarked, 'call')} cannot be marked, and will be known by the stack alone\n`);
  io.out('node --import @farthing/runtime/record APP records what they use\n');
}

async function runImport(names: readonly string[], options: ImportOptions, io: Io): Promise<void> {
  const [{ createAggregate }, { readRecords }, { describeFile, describeImport }] = await Promise.all([
    import('../../measured/aggregate.ts'),
    import('../measure/read-records.ts'),
    import('../measure/describe-import.ts'),
  ]);
  const root = projectRoot(absolute(io.cwd));
  const revision = options.revision === undefined ? null : await revisionOf(root, options.revision);
  const analysis = await analyse({ paths: [root], root }, { ...options, minSaving: 0 }, io);
  const [price, resolveSite] = await Promise.all([pricesOf(analysis, options, root, io), siteResolver(analysis)]);
  const aggregate = createAggregate(price, resolveSite, revision);
  const said = names.map((name) => describeFile(name, readRecords(resolve(io.cwd, name), name, aggregate)));
  const file = measuredFile(aggregate, analysis);
  const path = write(root, MEASURED_FILE, file, io);
  const known = new Set(analysis.report.calls.map(({ id }) => id));
  io.out(`${said.join('')}${describeOverflow(aggregate)}${describeImport(file, known, path)}`);
}

function measuredFile(aggregate: Aggregate, { report, now }: Analysis): MeasuredFile {
  return { version: 1, imported: now.toISOString(), prices: report.prices, sites: aggregate.sites() };
}

function describeOverflow(aggregate: Aggregate): string {
  const rest = aggregate.overflow();
  return rest === 0 ? '' : `${rest} calls name more places than are kept: they are counted by model\n`;
}

/** By the configuration of the project's root: whoever pays, pays for all of it. */
async function pricesOf({ now }: Analysis, { config }: ImportOptions, root: string, io: Io) {
  const [{ createPriceCall }, { catalogueOf }, loaded] = await Promise.all([
    import('../../measured/price-call.ts'),
    import('../../catalogue.ts'),
    loadConfig(config ?? null, root, io.cwd, defaultSeverities()),
  ]);
  return createPriceCall((day) => catalogueOf(loaded.config, loaded.prices, day), now);
}

async function siteResolver({ report, workspace }: Analysis) {
  const [{ createResolveSite }, { createRanCode }] = await Promise.all([
    import('../../measured/resolve-site.ts'),
    import('../measure/ran-code.ts'),
  ]);
  const callsIn = (path: string, text: string) => {
    const at = `${workspace.root}/${path}`;
    workspace.setOverlay(at, text);
    const positions = workspace.code.positions(at);
    const calls = workspace.file(at).calls.map((call): RanCall => {
      const start = positions.at(call.origin.start);
      const end = positions.at(call.origin.end);
      const place = { path, ...start, endLine: end.line, endColumn: end.column };
      return { ...place, id: call.id, function: call.function, isRequest: isRequest(call) };
    });
    workspace.setOverlay(at, null);
    return calls;
  };
  return createResolveSite(createRanCode(report, callsIn));
}

/** @throws UsageError if there is no such commit */
async function revisionOf(root: string, ref: string): Promise<string> {
  const { commitOf } = await import('../revisions/commits.ts');
  const { MissingGit } = await import('../../files/git/run-git.ts');
  try {
    return commitOf(root, ref);
  } catch (error) {
    if (error instanceof MissingGit) throw new UsageError('--revision needs git, which is not installed.');
    throw error;
  }
}

/**
 * Returns the file's path for messages.
 *
 * @throws UsageError also where `.farthing` is a link, which could lead to any folder of the user's
 */
function write(root: string, file: string, content: object, io: Io): string {
  const path = join(root, file);
  const folder = dirname(path);
  const name = printable(relative(io.cwd, path));
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UsageError(`${dirname(name)} is not a folder, so ${name} is not written. Remove it first.`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${describeWriteError(error, path)}.`);
  }
  writeRepositoryFile(path, name, `${JSON.stringify(content)}\n`);
  return name;
}
