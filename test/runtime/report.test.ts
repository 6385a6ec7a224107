/** `farthing-runtime report` at the command line, as it is built. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
    ...more,
  };
}

const ROWS: readonly LedgerRow[] = [
  row(0, { callSite: 'src/chat.ts:12:30' }),
  row(1, { callSite: 'src/chat.ts:12:30', cost: 6_000_000 }),
  row(2, { origin: 'exact-cache', cost: 0, saved: 2_000_000, attempts: 0, decisions: ['exact-cache:hit'] }),
  row(3, { status: 500, cost: 0, outputTokens: null, decisions: ['deduplicate:joined (shadow)'] }),
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
    '$0.008 spent, 1 call of unknown cost not in it, $0.002 saved, 17% hits, 17% errors, 1 refused',
  );
  expect(cells(out, 'chat')).toEqual([
    'chat',
    '4',
    '$0.008',
    '██████████',
    '-',
    '$0.002',
    '25%',
    '25%',
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
    '1,000',
    '200',
    '500 ms',
    '500 ms',
    '500 ms',
  ]);
  expect(cells(out, 'src/chat.ts:12:30').slice(0, 3)).toEqual(['src/chat.ts:12:30', '2', '$0.008']);
  expect(out).toContain('deduplicate only watches: on, it would have acted on 1 of 6 calls');
  expect(out).toContain('one column an hour, 2026-11-20 08:00 to 2026-11-20 13:00');
});

test('columns line up, and nothing of a name steers the terminal', () => {
  const { out } = command(['report', 'farthing.db', '--by', 'feature']);
  const lines = out.split('\n');
  const at = lines.findIndex((line) => line.startsWith('feature'));
  const ends = lines.slice(at, at + 3).map((line) => line.length);
  expect(new Set(ends).size).toBe(1);
  expect(out).not.toContain('\u001b');
  expect(out).toContain('evil�[2J');
});

test('colours are for terminals, or asked for', () => {
  expect(command(['report'], { FORCE_COLOR: '1' }).out).toContain('\u001b[1m');
  expect(command(['report'], { FORCE_COLOR: '1', NO_COLOR: '1' }).out).not.toContain('\u001b');
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

test('--json has decimal dollars, and every hour of the plot', () => {
  const report = JSON.parse(command(['report', '--json', '--by', 'model,callSite']).out);
  expect(Object.keys(report.groups)).toEqual(['model', 'callSite']);
  expect(report).toMatchObject({ schema: 1, total: { calls: 6, cost: 0.008, saved: 0.002, unpriced: 1, refused: 1 } });
  expect(report.spend.step).toBe('hour');
  expect(report.spend.points.map(({ cost }: { cost: number }) => cost)).toEqual([0.002, 0.006, 0, 0, 0, 0]);
});

test('--csv is one line a group, quoted where it has to be', () => {
  const lines = command(['report', '--csv', '--by', 'feature']).out.split('\r\n');
  expect(lines[0]).toBe(
    'by,key,calls,errors,refused,hits,cost_usd,unpriced_calls,saved_usd,input_tokens,cached_input_tokens,output_tokens,p50_ms,p95_ms,p99_ms',
  );
  expect(lines[1]).toBe('feature,chat,4,1,0,1,0.008,0,0.002,4000,0,600,200,400,400');
  expect(lines.some((line) => line.startsWith('feature,"evil\u001b[2J,""name""",1,0,1,'))).toBe(true);
});

function fileOf(name: string, text: string): string {
  writeFileSync(path(name), text);
  return name;
}

describe('what cannot be read', () => {
  test.each([
    ['a missing file', () => 'none.db', 'there is no file none.db'],
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
    [['report', '--by', 'planet'], 'is none of feature'],
    [['report', '--since', 'soon'], '"soon" is no time'],
    [['report', '--since', '1d', '--until', '2d'], 'is not before'],
    [['report', '--json', '--csv'], 'cannot be used with'],
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
