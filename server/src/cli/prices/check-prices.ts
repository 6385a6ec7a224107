/** `farthing prices --check`: which pinned prices are out of date, and what that means for the calls. */
import { dirname } from 'node:path';
import { LOCK_FILE, type LockedModel } from '@farthing/shared/catalogue/lock/price-lock';
import { printable, printableJson } from '@farthing/shared/printable';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import type { LlmCall } from '../../calls/call.ts';
import { findConfig } from '../../files/config-file.ts';
import { readPriceLockFile } from '../../files/price-lock-file.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import { describeExpected } from '../../report/describe-figure.ts';
import { plural } from '../../report/plural.ts';
import { analyse } from '../analyse.ts';
import { loadConfig } from '../config.ts';
import { EXIT, type ExitStatus, UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { relativeTo, targetOf } from '../paths.ts';
import type { LockOptions } from './lock-prices.ts';
import { listCatalogue, modelsOf, modelsOfCall } from './locked-models.ts';
import { changesOf } from './price-changes.ts';

/** A call that uses a model whose price has changed; dollars of one call. */
interface RepricedCall extends Pick<ReportCall, 'id' | 'path' | 'line' | 'function'> {
  readonly locked: Range | null;
  readonly now: Range | null;
}

interface ChangedModel {
  readonly provider: string;
  readonly model: string;
  readonly changes: readonly string[];
  readonly calls: readonly RepricedCall[];
}

interface CheckedPrices {
  readonly version: 1;
  readonly lock: { readonly date: string; readonly source: string };
  /** The tables that are in use without it. */
  readonly prices: { readonly source: string; readonly date: string };
  readonly changed: readonly ChangedModel[];
  /** Models of calls that have a price, and none in the lock; and models of the lock that no call uses. */
  readonly missing: readonly { readonly provider: string; readonly model: string }[];
  readonly unused: readonly { readonly provider: string; readonly model: string }[];
}

export interface CheckOptions extends LockOptions {
  readonly format: 'text' | 'json';
}

/**
 * Status 1 if a price has changed, or if a model is not pinned.
 *
 * @throws UsageError if there is no lock that could be checked
 */
export async function checkPrices(options: CheckOptions, io: Io): Promise<ExitStatus> {
  const checked = await check(options, io);
  io.out(options.format === 'json' ? printableJson(`${JSON.stringify(checked, null, 2)}\n`) : textOf(checked));
  return checked.changed.length + checked.missing.length === 0 ? EXIT.clean : EXIT.findings;
}

async function check(options: CheckOptions, io: Io): Promise<CheckedPrices> {
  const configPath = findConfig(io.cwd);
  const { lock, problems } = configPath === null ? { lock: null, problems: [] } : readPriceLockFile(configPath);
  if (configPath === null || lock === null)
    throw new UsageError(problems[0] ?? `there is no ${LOCK_FILE} here: "farthing prices --lock" writes one.`);
  const folder = dirname(configPath);
  const loaded = await loadConfig(options.config ?? null, folder, io.cwd, defaultSeverities());
  const catalogue = listCatalogue(loaded, new Date());
  const target = targetOf([folder], io.cwd);
  const pinned = await analyse(target, { ...options, minSaving: 1 }, io);
  const now = await analyse(target, { ...options, minSaving: 1 }, io, null, null, { isUnlocked: true });
  const calls = now.workspace.calls().calls();
  const current = modelsOf(calls, catalogue);
  const costs = { locked: costsIn(relativeTo(io.cwd, pinned.report).calls), now: costsIn(now.report.calls) };
  const changed = current.flatMap((model): ChangedModel[] => {
    const before = lock.models.find((one) => isSame(one, model));
    const changes = before === undefined ? [] : changesOf(before, model);
    if (changes.length === 0) return [];
    const users = calls.filter((call) => modelsOfCall(call, catalogue).some((one) => isSame(one, model)));
    return [
      { provider: model.provider, model: model.id, changes, calls: users.flatMap((call) => repriced(call, costs)) },
    ];
  });
  const { source, asOf } = catalogue.provenance;
  return {
    version: 1,
    lock: { date: lock.date, source: lock.source },
    prices: { source, date: asOf },
    changed,
    missing: named(current.filter((model) => !lock.models.some((one) => isSame(one, model)))),
    unused: named(lock.models.filter((model) => !current.some((one) => isSame(one, model)))),
  };
}

function isSame(a: Pick<LockedModel, 'provider' | 'id'>, b: Pick<LockedModel, 'provider' | 'id'>): boolean {
  return a.provider === b.provider && a.id === b.id;
}

function named(models: readonly LockedModel[]): CheckedPrices['missing'] {
  return models.map(({ provider, id }) => ({ provider, model: id }));
}

type Costs = ReadonlyMap<string, ReportCall>;

function costsIn(calls: readonly ReportCall[]): Costs {
  return new Map(calls.map((call) => [call.id, call]));
}

function repriced({ id }: LlmCall, { locked, now }: { readonly locked: Costs; readonly now: Costs }): RepricedCall[] {
  const call = locked.get(id);
  if (call === undefined) return [];
  const { path, line, function: name } = call;
  return [{ id, path, line, function: name, locked: call.cost.perCall, now: now.get(id)?.cost.perCall ?? null }];
}

/** Calls of one model that are listed. */
const MOST = 10;

function textOf({ lock, prices, changed, missing, unused }: CheckedPrices): string {
  const lines = [`${LOCK_FILE} of ${lock.date}, from ${lock.source}; prices now: ${prices.source}`];
  if (changed.length === 0) lines.push('No pinned price has changed.');
  for (const { model, provider, changes, calls } of changed) {
    lines.push(`${model} (${provider}): ${changes.join('; ')}`);
    for (const call of calls.slice(0, MOST)) lines.push(`  ${placeOf(call)}: ${changeText(call)}`);
    if (calls.length > MOST) lines.push(`  and ${plural(calls.length - MOST, 'other call')}`);
  }
  for (const { model, provider } of missing) lines.push(`${model} (${provider}) is not pinned: a call uses it`);
  for (const { model, provider } of unused) lines.push(`${model} (${provider}) is pinned, and no call uses it`);
  if (changed.length + missing.length > 0) lines.push('"farthing prices --lock" pins the prices of today.');
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function placeOf({ path, line, function: name }: RepricedCall): string {
  return `${path}:${line}${name === null ? '' : ` in ${name}`}`;
}

function changeText({ locked, now }: RepricedCall): string {
  if (locked === null || now === null || locked.basis === 'unknown') return 'cost unknown';
  const percent = locked.expected === 0 ? '' : `, ${signed(Math.round((now.expected / locked.expected - 1) * 100))}%`;
  return `${describeExpected(locked)} -> ${describeExpected(now)}${percent}`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
