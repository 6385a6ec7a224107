/** Writes results of calls as rows of the ledger. Those of one turn of the event loop are written together. */

import type { CallResult } from '../core/call-result.ts';
import type { Emit } from '../core/events.ts';
import type { LedgerRow } from '../stores/ledger-row.ts';
import type { LedgerStore } from '../stores/store.ts';
import type { Background } from '../support/background.ts';
import { createBacklog } from '../support/backlog.ts';

export interface LedgerWriter {
  readonly add: (result: CallResult, prompt: string | null) => void;
  /** Resolves when the store has what was added so far, or has failed to take it. */
  readonly written: () => Promise<void>;
}

export interface LedgerWriterOptions {
  readonly store: LedgerStore;
  readonly emit: Emit;
  readonly background: Background;
}

/** The maximum number of rows that wait for a store; the oldest are dropped beyond it. */
const MAX_WAITING = 10_000;

export function createLedgerWriter({ store, emit, background }: LedgerWriterOptions): LedgerWriter {
  let waiting: LedgerRow[] = [];
  let writing: Promise<void> | null = null;
  const backlog = createBacklog<LedgerRow>({
    write: async (rows) => store.append(rows),
    max: MAX_WAITING,
    onLost: (count) => emit({ type: 'store-lost', layer: 'ledger', count }),
    background,
  });

  const write = async (): Promise<void> => {
    writing = null;
    const rows = waiting;
    waiting = [];
    try {
      await store.append(rows);
    } catch (error) {
      backlog.add(rows);
      emit({ type: 'store-failed', layer: 'ledger', effect: 'open', error });
    }
  };

  return {
    add: (result, prompt) => {
      waiting.push(rowOf(result, prompt));
      if (writing !== null) return;
      writing = new Promise<void>((resolve) => setImmediate(() => resolve(write())));
      background.add(writing);
    },
    written: async () => {
      await writing;
    },
  };
}

function rowOf(result: CallResult, prompt: string | null): LedgerRow {
  const { usage, cost, decisions, id, feature, user, tenant, team, tags, callSite, provider, endpoint, model } = result;
  return {
    id,
    at: Date.now() - Math.round(result.latency),
    feature,
    user,
    tenant,
    team,
    tags,
    callSite,
    provider,
    endpoint,
    model,
    servedModel: result.servedModel,
    status: result.status,
    origin: result.origin,
    end: result.end,
    inputTokens: usage?.input ?? null,
    cachedInputTokens: usage?.cachedInput ?? null,
    cacheWriteTokens: usage === null ? null : usage.cacheWriteInput + usage.cacheWriteLongInput,
    outputTokens: usage?.output ?? null,
    reasoningTokens: usage?.reasoning ?? null,
    cost: cost?.amount ?? null,
    costBasis: cost?.basis ?? 'unknown',
    computedCost: cost?.computed ?? null,
    saved: result.saved,
    savedBy: result.savedBy,
    latency: Math.round(result.latency),
    firstByte: result.firstByte === null ? null : Math.round(result.firstByte),
    attempts: result.attempts,
    decisions,
    prompt,
  };
}
