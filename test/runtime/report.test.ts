/** `farthing-runtime report` at the command line, as it is built. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../runtime/src/cli/main.ts';
import { moneyFormat } from '../../runtime/src/cli/money-column.ts';
import { type LedgerRow, sqliteStores } from '../../runtime/src/index.ts';

const COMMAND = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'runtime', 'dist', 'farthing-runtime.cjs');
const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T08:00:00Z');

let folder: string;
const path = (name: string): string => join(folder, name);

function command(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const result = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

function row(index: number, more: Partial<LedgerRow>): LedgerRow {
  return {
    id: `call-${index}`,
    at: START + index * HOUR,
    feature: 'chat',
    user: null,
    tenant: null,
    callSite: null,
    provider: 'openai',
    endpoint: 'openai-chat',
    model: 'gpt-6-luna',
    servedModel: 'gpt-6-luna',
    status: 200,
    origin: 'provider',
    inputTokens: 1000,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 200,
    reasoningTokens: 0,
    cost: 2_000_000,
    costBasis: 'measured',
    saved: null,
    savedBy: {},
    latency: 100 * (index + 1),
    firstByte: 50,
    attempts: 1,
    decisions: [],
    prompt: null,
    ...more,
  };
}

const ROWS: readonly LedgerRow[] = [
  row(0, {
    callSite: 'src/chat.ts:12:30',
    decisions: [{ layer: 'deduplicate', outcome: 'joined', isShadow: true, reason: null }],
  }),
  row(1, { callSite: 'src/chat.ts:12:30', cost: 6_000_000 }),
  row(2, {
    origin: 'exact-cache',
    cost: 0,
    saved: 2_000_000,
    savedBy: { 'exact-cache': 2_000_000 },
    attempts: 0,
    decisions: [{ layer: 'exact-cache', outcome: 'hit', age: 5000, isShadow: false, reason: 'kept 5 s ago' }],
  }),
  row(3, { status: 500, cost: 0, outputTokens: null }),
  row(4, { feature: 'triage', model: 'house-model', cost: null, costBasis: 'unknown' }),
  row(5, { feature: 'evil\u001b[2J,"name"', origin: 'refusal', status: 402, cost: 0, model: null }),
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'farthing-report-'));
  const stores = sqliteStores({ path: path('farthing.db') });
  await stores.ledger.append(ROWS);
  await stores.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each line's cells, by two spaces or more. */
const cells = (text: string, start: string): readonly string[] =>
  text
    .split('\n')
    .find((line) => line.startsWith(start))
    ?.split(/\s{2,}/) ?? [];

test('prints what was spent, on what, and what is not known', () => {
  const { status, out, err } = command(['report']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('farthing.db: 6 calls, 2026-11-20 08:00 to 2026-11-20 13:00 UTC');
  expect(out).toContain(
    '$0.008 spent, 1 call with unknown cost not included, $0.002 saved (exact-cache $0.002), 17% hits, 17% errors, 1 refused',
  );
  expect(cells(out, 'chat')).toEqual([
    'chat',
    '4',
    '$0.00800',
    '██████████',
    '-',
    '$0.00200',
    '25%',
    '25%',
    '-',
    '4,000',
    '600',
    '200 ms',
    '400 ms',
    '400 ms',
  ]);
  expect(cells(out, 'triage')).toEqual([
    'triage',
    '1',
    'unknown',
    '1',
    '-',
    '-',
    '-',
    '-',
    '1,000',
    '200',
    '500 ms',
    '500 ms',
    '500 ms',
  ]);
  expect(cells(out, 'src/chat.ts:12:30').slice(0, 3)).toEqual(['src/chat.ts:12:30', '2', '$0.00800']);
  expect(out).toContain('in shadow mode, deduplicate would have acted on 1 of 6 calls, which cost $0.002');
  expect(out).toContain('one column per hour, 2026-11-20 08:00 to 2026-11-20 13:00');
});

test('shows how answers ended; one that broke off is an error', async () => {
  const stores = sqliteStores({ path: path('ends.db') });
  const ends = ['complete', 'failed', 'cancelled'] as const;
  // The first is a row of a version that did not store it.
  await stores.ledger.append([row(0, {}), ...ends.map((end, index) => row(index + 1, { end }))]);
  await stores.close();
  const { out } = command(['report', 'ends.db', '--by', 'end']);
  expect(out).toContain('25% errors');
  for (const end of [...ends, '(none)']) expect(cells(out, end).slice(0, 2)).toEqual([end, '1']);
});

test('columns line up, and nothing of a name steers the terminal', () => {
  const { out } = command(['report', 'farthing.db', '--by', 'feature']);
  const lines = out.split('\n');
  const at = lines.findIndex((line) => line.startsWith('feature'));
  const ends = lines.slice(at, at + 3).map((line) => line.length);
  expect(new Set(ends).size).toBe(1);
  expect(out).not.toContain('\u001b');
  expect(out).toContain('evil\\u{1b}[2J');
});

test('colours are for terminals, or asked for', () => {
  expect(command(['report'], { FORCE_COLOR: '1' }).out).toContain('\u001b[1m');
  expect(command(['report'], { FORCE_COLOR: '1', NO_COLOR: '1' }).out).not.toContain('\u001b');
});

/** The report as a terminal of this width gets it. */
async function inTerminal(width: number, ...args: string[]): Promise<string> {
  let text = '';
  const env = { NO_COLOR: '1' };
  const out = (more: string): void => {
    text += more;
  };
  expect(await main(['report', ...args], { out, err: out, now: new Date(), isTerminal: true, width, env })).toBe(0);
  return text;
}

test('a narrow terminal gets the columns that fit, and says so', async () => {
  const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
  const path = join(folder, 'farthing.db');
  const whole = await inTerminal(Number.POSITIVE_INFINITY, path, '--by', 'feature');
  for (const width of [100, 80, 50]) {
    const text = await inTerminal(width, path, '--by', 'feature,callSite');
    const tables = text.slice(text.indexOf('feature'));
    expect(widest(tables.replace(/^(This terminal|in shadow mode).*$/gm, ''))).toBeLessThanOrEqual(width);
    expect(tables).toMatch(/^chat +4 +\$0\.00800/m);
  }
  expect(await inTerminal(50, path, '--by', 'feature')).toContain('too narrow for all columns');
  expect(whole).not.toContain('too narrow');
});

test('a year is plotted in the width of the terminal, and read in the same steps everywhere', async () => {
  const stores = sqliteStores({ path: path('year.db') });
  await stores.ledger.append(Array.from({ length: 52 }, (_, week) => row(week * 7 * 24, { id: `week-${week}` })));
  await stores.close();
  const step = async (width: number, ...args: string[]) =>
    /(?:one column per |"step": ")([\w ]+)/.exec(await inTerminal(width, path('year.db'), ...args))?.[1];
  expect(await step(120)).toBe('week');
  expect(await step(60)).toBe('4 weeks');
  expect(await step(60, '--json')).toBe('week');
});

test('a ledger without calls says so, and so does a question that finds none', async () => {
  const stores = sqliteStores({ path: path('new.db') });
  await stores.ledger.prune(0);
  await stores.close();
  expect(command(['report', 'new.db'])).toEqual({ status: 0, out: 'new.db: no calls yet.\n', err: '' });
  expect(command(['report', '--user', 'nobody']).out).toBe('farthing.db: no calls match this time and these names.\n');
  expect(JSON.parse(command(['report', 'new.db', '--json']).out)).toMatchObject({ total: null, first: null });
});

test('savings and additional costs are listed separately', async () => {
  const stores = sqliteStores({ path: path('saved.db') });
  await stores.ledger.append([
    row(0, { saved: 2_000_000, savedBy: { deduplicate: 2_000_000 } }),
    row(1, { saved: -500_000, savedBy: { shape: -500_000 } }),
    row(2, { saved: 1_000_000, savedBy: { route: 1_200_000, shape: -200_000 } }),
  ]);
  await stores.close();
  expect(command(['report', 'saved.db']).out).toContain(
    '$0.0025 saved (deduplicate $0.002, route $0.0012, shape -$0.0007)',
  );
  expect(command(['report', 'saved.db', '--csv', '--by', 'feature']).out).toContain(
    ',0.0025,0,0,0.002,0.0012,-0.0007,',
  );
});

test('amounts of a column line up, and none above 0 reads as 0', () => {
  const format = moneyFormat([8_870_000_000, 400_000, 0]);
  expect([8_870_000_000, 400_000, 0, -40_000_000].map(format)).toEqual(['$8.87', '<$0.01', '$0', '-$0.04']);
  expect(moneyFormat([123_456_000_000_000])(123_456_000_000_000)).toBe('$123,456');
  expect(moneyFormat([4200, 37])(37)).toBe('$0.00000004');
});

test('--since, --until and --feature choose rows', () => {
  const calls = (...args: string[]): number | undefined =>
    JSON.parse(command(['report', '--json', ...args]).out).total?.calls;
  expect(calls('--since', '2026-11-20T10:00', '--until', '2026-11-20T12:00Z')).toBe(2);
  expect(calls('--since', '2026-11-21')).toBeUndefined();
  expect(calls('--feature', 'triage')).toBe(1);
  expect(calls('--model', 'gpt-6-luna')).toBe(4);
  const hours = Math.ceil((Date.now() - START) / HOUR);
  expect(calls('--since', `${hours - 3}h`)).toBe(3);
});

test('--time-zone is that of dates, of the hours and days of the plot, and of what is printed', () => {
  const calls = (...args: string[]): number | undefined =>
    JSON.parse(command(['report', '--json', '--time-zone', 'Asia/Kolkata', ...args]).out).total?.calls;
  // 10:00 to 12:00 UTC.
  expect(calls('--since', '2026-11-20T15:30', '--until', '2026-11-20T17:30')).toBe(2);
  expect(calls('--since', '2026-11-20T10:00Z', '--until', '2026-11-20T17:30+05:30')).toBe(2);
  expect(calls('--until', '2026-11-20')).toBeUndefined();
  const { out } = command(['report', '--time-zone', 'Asia/Kolkata']);
  expect(out).toContain('farthing.db: 6 calls, 2026-11-20 13:30 to 2026-11-20 18:30 Asia/Kolkata');
  expect(out).toContain('one column per hour, 2026-11-20 13:00 to 2026-11-20 18:00');
  const { spend, timeZone } = JSON.parse(command(['report', '--json', '--time-zone', 'Asia/Kolkata']).out);
  expect(spend.points[0]).toEqual({ at: '2026-11-20T07:30:00.000Z', cost: 0.002 });
  expect(timeZone).toBe('Asia/Kolkata');
});

test('--json has decimal dollars, and every hour of the plot', () => {
  const report = JSON.parse(command(['report', '--json', '--by', 'model,callSite']).out);
  expect(Object.keys(report.groups)).toEqual(['model', 'callSite']);
  expect(report).toMatchObject({
    schema: 1,
    total: { calls: 6, cost: 0.008, saved: 0.002, savedBy: { 'exact-cache': 0.002 }, unpriced: 1, refused: 1 },
  });
  expect(report.watched).toEqual({ deduplicate: { calls: 1, cost: 0.002 } });
  expect(report.spend.step).toBe('hour');
  expect(report.spend.points.map(({ cost }: { cost: number }) => cost)).toEqual([0.002, 0.006, 0, 0, 0, 0]);
});

test('--csv is one line a group, quoted where it has to be', () => {
  const lines = command(['report', '--csv', '--by', 'feature']).out.split('\r\n');
  expect(lines[0]).toBe(
    'by,key,calls,errors,refused,hits,cost_usd,unpriced_calls,saved_usd,saved_by_exact_cache_usd,saved_by_semantic_cache_usd,saved_by_deduplicate_usd,saved_by_route_usd,saved_by_shape_usd,input_tokens,cached_input_tokens,output_tokens,p50_ms,p95_ms,p99_ms',
  );
  expect(lines[1]).toBe('feature,chat,4,1,0,1,0.008,0,0.002,0.002,0,0,0,0,4000,0,600,200,400,400');
  expect(lines.some((line) => line.startsWith('feature,"evil\\u{1b}[2J,""name""",1,0,1,'))).toBe(true);
});

function fileOf(name: string, text: string): string {
  writeFileSync(path(name), text);
  return name;
}

describe('what cannot be read', () => {
  test.each([
    ['a missing file', () => 'none.db', 'file not found: none.db'],
    ['an empty file', () => fileOf('empty.db', ''), 'empty.db is empty'],
    ['another kind of file', () => fileOf('text.db', 'hello '.repeat(100)), 'text.db'],
    [
      "another program's database",
      () => {
        const database = new DatabaseSync(path('other.db'));
        database.exec('CREATE TABLE t (a)');
        database.close();
        return 'other.db';
      },
      'database of another program',
    ],
  ])('%s is said, with status 2 and without a trace of code', (_, make, message) => {
    const { status, out, err } = command(['report', make()]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^farthing-runtime: [^\n]+\n$/);
    expect(existsSync(path('none.db'))).toBe(false);
  });

  test.each([
    [['report', '--by', 'planet'], 'is not a group. Use feature'],
    [['report', '--since', 'soon'], '"soon" is not a valid time'],
    [['report', '--since', '1d', '--until', '2d'], 'is not before'],
    [['report', '--json', '--csv'], 'farthing-runtime: option '],
    [['report', 'farthing.db', 'more'], 'farthing-runtime: too many arguments'],
    [['reprot'], 'report'],
  ])('%j', (args, message) => {
    const { status, err } = command(args);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  test('help and version are no errors', () => {
    expect(command(['--version'])).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(command(['report', '--help'])).toMatchObject({ status: 0, out: expect.stringContaining('--since') });
  });
});
