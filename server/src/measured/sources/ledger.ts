/**
 * Rows of the runtime's ledger: of its SQLite file, of its PostgreSQL table as JSON lines, and of the file that
 * `@farthing/runtime/record` writes.
 */
import type { MeasuredTokens } from '@farthing/shared/measured/measured';
import { parsePlace } from '@farthing/shared/position';
import { type RecordedCall, type RecordedSite, STANDARD_TERMS } from '../recorded-call.ts';
import { countOf, type Fields, nameOf, providerNamed, timeOf } from './fields.ts';
import type { Source } from './source.ts';

/** Origins of answers that another call has paid for. */
const REUSED: ReadonlySet<unknown> = new Set(['exact-cache', 'semantic-cache', 'joined']);

export const ledger: Source = {
  name: "the runtime's ledger",
  recognises: (row) => 'callSite' in row && 'endpoint' in row && 'servedModel' in row,
  read: (row) => {
    const { origin, status } = row;
    if (typeof origin !== 'string' || typeof status !== 'number') return null;
    // What a budget or a limit refused was never sent: it says nothing of the call.
    if (origin === 'refusal') return [];
    const outcome = outcomeOf(row);
    return [
      {
        at: timeOf(row.at),
        site: siteOf(row),
        features: featuresOf(row),
        revision: revisionOf(row.revision),
        provider: providerNamed(row.provider),
        model: nameOf(row.model),
        servedModel: nameOf(row.servedModel),
        outcome,
        tokens: outcome === 'answered' ? tokensOf(row) : null,
        terms: { ...STANDARD_TERMS, tier: nameOf(row.tier) },
        latency: countOf(row.latency),
      },
    ];
  },
};

function outcomeOf({ origin, status, end }: Fields): RecordedCall['outcome'] {
  if (REUSED.has(origin)) return 'reused';
  const isFailed = status === 0 || Number(status) >= 400 || origin === 'error';
  return isFailed || end === 'failed' ? 'failed' : 'answered';
}

function siteOf({ callSite, function: name }: Fields): RecordedSite | null {
  const text = nameOf(callSite);
  if (text === null) return null;
  const place = parsePlace(text);
  if (place !== null) return { ...place, function: nameOf(name) };
  return isId(text) ? { id: text } : null;
}

/** More calls on the way to a request say nothing that a reader could use. */
const MAX_FEATURES = 20;

function featuresOf({ callers }: Fields): readonly string[] {
  return Array.isArray(callers) ? callers.filter(isId).slice(0, MAX_FEATURES) : [];
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{12}$/.test(value);
}

export function revisionOf(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9a-f]{7,64}$/.test(value) ? value : null;
}

function tokensOf(row: Fields): MeasuredTokens | null {
  const input = countOf(row.inputTokens);
  const output = countOf(row.outputTokens);
  if (input === null || output === null) return null;
  const written = countOf(row.cacheWriteTokens) ?? 0;
  const writtenLong = Math.min(countOf(row.cacheWriteLongTokens) ?? 0, written);
  return {
    input,
    cachedInput: countOf(row.cachedInputTokens) ?? 0,
    cacheWrite: written - writtenLong,
    cacheWriteLong: writtenLong,
    output,
    reasoning: countOf(row.reasoningTokens) ?? 0,
  };
}
