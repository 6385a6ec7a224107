/** `farthing-runtime report`: reads the rows once, and prints them as text, JSON or CSV. */
import { printableData, printableJson } from '@farthing/shared/printable';
import type { Decision } from '../core/decision.ts';
import { createGrouping, type GroupBy, keysBy } from '../ledger/aggregate.ts';
import { summariseExperiments } from '../ledger/experiment-summary.ts';
import { createRoutingSummary } from '../ledger/routing-summary.ts';
import { summariseSemantic } from '../ledger/semantic-summary.ts';
import type { LedgerRow } from '../stores/ledger-row.ts';
import type { LedgerFilter } from '../stores/store.ts';
import { toCsv } from './csv.ts';
import { experimentsJson, experimentsText } from './experiments.ts';
import { colorsOf, type Io, UsageError } from './io.ts';
import { toJson } from './json.ts';
import { openLedger } from './open-ledger.ts';
import type { Report, Watched } from './report-model.ts';
import { semanticJson, semanticText } from './semantic.ts';
import { createSpend } from './spend.ts';
import { plotWidth, toText } from './text.ts';
import { parseTime } from './time.ts';

export const DIMENSIONS: readonly GroupBy[] = [
  'feature',
  'model',
  'callSite',
  'user',
  'tenant',
  'team',
  'tag',
  'provider',
  'endpoint',
  'origin',
  'end',
];
const USUAL: readonly GroupBy[] = ['feature', 'model', 'callSite'];

export interface ReportOptions {
  readonly by?: readonly GroupBy[];
  readonly since?: string;
  readonly until?: string;
  readonly feature?: string;
  readonly user?: string;
  readonly tenant?: string;
  readonly team?: string;
  readonly tag?: string;
  readonly model?: string;
  readonly timeZone?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly semantic?: boolean;
  /** The name of one, or true for all. */
  readonly experiment?: string | true;
}

/** @throws UsageError for unknown names */
export function parseDimensions(text: string): readonly GroupBy[] {
  return text.split(',').map((part) => {
    const name = part.trim().replace(/^call-?site$/i, 'callSite');
    const found = DIMENSIONS.find((dimension) => dimension === name);
    if (found === undefined) throw new UsageError(`--by: "${name}" is not a group. Use ${DIMENSIONS.join(', ')}.`);
    return found;
  });
}

export async function report(file: string | undefined, options: ReportOptions, io: Io): Promise<void> {
  const { timeZone = 'UTC' } = options;
  const filter = filterOf(options, timeZone, io.now);
  const { path, ledger, close } = openLedger(file);
  try {
    if (options.semantic) {
      const summary = await summariseSemantic(ledger.rows(filter));
      return io.out(
        options.json ? printableJson(semanticJson(path, summary)) : semanticText(path, printableData(summary)),
      );
    }
    if (options.experiment !== undefined) {
      const name = options.experiment === true ? null : options.experiment;
      const found = await summariseExperiments(ledger.rows(filter), name);
      if (found.length === 0)
        throw new UsageError(
          `${path}: no call ${name === null ? 'was in an experiment' : `was in the experiment "${name}"`}.`,
        );
      return io.out(
        options.json
          ? printableJson(experimentsJson(path, found))
          : experimentsText(path, printableData(found), timeZone),
      );
    }
    // Machine-readable output must not depend on the terminal's width.
    const width = options.json || options.csv ? Number.POSITIVE_INFINITY : io.width;
    const spend = createSpend(plotWidth(width), timeZone);
    const summary = await summarise(ledger.rows(filter), options.by ?? USUAL, spend);
    const result: Report = { file: path, timeZone, isFiltered: Object.keys(filter).length > 0, ...summary };
    if (options.json) io.out(printableJson(toJson(result)));
    else if (options.csv) io.out(toCsv(result));
    // Names can come from the application's users.
    else io.out(toText(printableData(result), { colors: colorsOf(io), width }));
  } finally {
    await close();
  }
}

function filterOf(
  { since, until, feature, user, tenant, team, tag, model }: ReportOptions,
  timeZone: string,
  now: Date,
): LedgerFilter {
  const from = since === undefined ? undefined : parseTime('--since', since, now, timeZone);
  const to = until === undefined ? undefined : parseTime('--until', until, now, timeZone);
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError(`--since ${since} is not before --until ${until}.`);
  }
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(feature !== undefined && { feature }),
    ...(user !== undefined && { user }),
    ...(tenant !== undefined && { tenant }),
    ...(team !== undefined && { team }),
    ...(tag !== undefined && { tag }),
    ...(model !== undefined && { model }),
  };
}

async function summarise(
  rows: AsyncIterable<LedgerRow>,
  by: readonly GroupBy[],
  spend: ReturnType<typeof createSpend>,
): Promise<Omit<Report, 'file' | 'timeZone' | 'isFiltered'>> {
  const all = createGrouping(() => [null]);
  const groupings = by.map((dimension) => ({
    by: dimension,
    grouping: createGrouping((row) => keysBy(row, dimension)),
  }));
  const watched: Record<string, Watched> = {};
  const routing = createRoutingSummary();
  let first: number | null = null;
  let last: number | null = null;
  for await (const row of rows) {
    all.add(row);
    for (const { grouping } of groupings) grouping.add(row);
    spend.add(row);
    routing.add(row);
    first = Math.min(first ?? row.at, row.at);
    last = Math.max(last ?? row.at, row.at);
    for (const layer of watchersOf(row)) {
      const { calls, cost } = watched[layer] ?? { calls: 0, cost: 0 };
      watched[layer] = { calls: calls + 1, cost: cost + (row.cost ?? 0) };
    }
  }
  return {
    first,
    last,
    total: all.result()[0] ?? null,
    groups: groupings.map(({ by: dimension, grouping }) => ({ by: dimension, rows: grouping.result() })),
    spend: spend.result(),
    watched,
    routing: routing.result(),
  };
}

/** Layers in shadow mode that would have acted on this call. */
function watchersOf({ decisions }: LedgerRow): ReadonlySet<string> {
  const watched = decisions.filter(({ isShadow, outcome }) => isShadow && !IDLE.has(outcome));
  return new Set(watched.map(({ layer }) => layer));
}

/** Outcomes after which a layer does nothing. */
const IDLE: ReadonlySet<Decision['outcome']> = new Set(['not-cached', 'skipped', 'near-miss', 'compared']);
