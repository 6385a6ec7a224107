/** The ledger: what was appended is read, in order. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { LedgerRow } from '../../../runtime/src/stores/ledger-row.ts';
import type { LedgerFilter, LedgerStore } from '../../../runtime/src/stores/store.ts';
import { type Driver, need } from './driver.ts';

export function row(id: string, more: Partial<LedgerRow> = {}): LedgerRow {
  return {
    id,
    at: 1_780_000_000_000,
    feature: null,
    user: null,
    tenant: null,
    callSite: 'src/chat.ts:10:5',
    provider: 'openai',
    endpoint: 'openai-chat',
    model: 'a-model',
    servedModel: null,
    status: 200,
    origin: 'provider',
    inputTokens: 12,
    cachedInputTokens: 0,
    cacheWriteTokens: null,
    outputTokens: 5,
    reasoningTokens: null,
    cost: 8_999_999_999_999_999,
    costBasis: 'measured',
    saved: null,
    savedBy: {},
    latency: 12.25,
    firstByte: null,
    attempts: 1,
    decisions: [
      { layer: 'exact-cache', outcome: 'hit', age: 12, isShadow: true, reason: null },
      { layer: 'attempt', outcome: 'retried', isShadow: false, reason: 'a "quoted" one, with 😀' },
    ],
    prompt: 'a "quoted" one\nof two lines, with 😀',
    ...more,
  };
}

export function ledgerContract(driver: Driver): void {
  describe('ledger', () => {
    let ledger: LedgerStore;
    beforeEach(async () => {
      ledger = need((await driver.open()).ledger);
    });

    async function ids(filter?: LedgerFilter): Promise<string[]> {
      const found: string[] = [];
      for await (const { id } of ledger.rows(filter)) found.push(id);
      return found;
    }

    test('a row is found by its id, as it was written last', async () => {
      await ledger.append([row('a'), row('b')]);
      await ledger.append([row('a', { feedback: 'bad' })]);
      expect(await ledger.get('a')).toEqual(row('a', { feedback: 'bad' }));
      expect(await ledger.get('b')).toEqual(row('b'));
      expect(await ledger.get('c')).toBeNull();
    });

    test('rows come back whole, in the order of writing', async () => {
      const rows = [row('b', { at: 3 }), row('a', { at: 1, cost: null }), row('c', { at: 2, user: "o'hara\n" })];
      await ledger.append(rows.slice(0, 2));
      await ledger.append(rows.slice(2));
      await ledger.append([]);
      const found: LedgerRow[] = [];
      for await (const one of ledger.rows()) found.push(one);
      expect(found).toEqual(rows);
    });

    test('a row whose id is known replaces the earlier one, in its place', async () => {
      await ledger.append([row('a'), row('b'), row('a', { status: 429 })]);
      await ledger.append([row('a', { status: 500 })]);
      const found: [string, number][] = [];
      for await (const { id, status } of ledger.rows()) found.push([id, status]);
      expect(found).toEqual([
        ['a', 500],
        ['b', 200],
      ]);
    });

    test('filters by time, feature, user, tenant and model', async () => {
      await ledger.append([
        row('a', { at: 100, feature: 'chat', user: '1', tenant: 't' }),
        row('b', { at: 200, feature: 'chat', user: '2', model: 'other' }),
        row('c', { at: 300, feature: 'search', user: '1' }),
      ]);
      expect(await ids({ from: 200 })).toEqual(['b', 'c']);
      expect(await ids({ to: 200 })).toEqual(['a']);
      expect(await ids({ from: 100, to: 300, feature: 'chat' })).toEqual(['a', 'b']);
      expect(await ids({ user: '1', feature: 'search' })).toEqual(['c']);
      expect(await ids({ tenant: 't' })).toEqual(['a']);
      expect(await ids({ model: 'other' })).toEqual(['b']);
      expect(await ids({ model: 'nobody uses this' })).toEqual([]);
    });

    test('filters by team, and by one tag of several', async () => {
      await ledger.append([
        row('a', { team: 'sales', tags: ['nightly', 'eu'], user: '1' }),
        row('b', { team: 'research', tags: ['eu "quoted"'] }),
        row('c', { team: 'sales', tags: [], user: '2' }),
        row('d'),
      ]);
      expect(await ids({ team: 'sales' })).toEqual(['a', 'c']);
      expect(await ids({ tag: 'eu' })).toEqual(['a']);
      expect(await ids({ tag: 'eu "quoted"' })).toEqual(['b']);
      expect(await ids({ team: 'sales', tag: 'nightly', user: '1' })).toEqual(['a']);
      expect(await ids({ team: 'sales', tag: 'nightly', user: '2' })).toEqual([]);
      expect(await ids({ tag: 'night' })).toEqual([]);
    });

    test('thousands of rows are read, also while more are written', async () => {
      const many = Array.from({ length: 2500 }, (_, index) => row(String(index), { at: index }));
      await ledger.append(many);
      const found: string[] = [];
      for await (const { id } of ledger.rows({ to: 5000 })) {
        if (found.length === 700) await ledger.append([row('late', { at: 9000 })]);
        found.push(id);
      }
      expect(found).toEqual(many.map(({ id }) => id));
      expect(await ids({ from: 9000 })).toEqual(['late']);
    });

    test('prunes what is older, and says how many', async () => {
      await ledger.append([row('a', { at: 100 }), row('b', { at: 200 }), row('c', { at: 300 })]);
      expect(await ledger.prune(300)).toBe(2);
      expect(await ids()).toEqual(['c']);
      expect(await ledger.prune(300)).toBe(0);
    });

    // What goes with the process has no rows of earlier versions.
    if (driver.address !== null)
      test('rows of earlier versions, whose decisions were text, are read', async () => {
        const decisions = [
          'exact-cache:hit',
          'deduplicate:joined (shadow)',
          'route:simple: small',
          'resolve:a (shadow)\nb',
        ];
        await ledger.append([{ ...row('old'), decisions } as unknown as LedgerRow]);
        const found: LedgerRow[] = [];
        for await (const one of ledger.rows()) found.push(one);
        const recorded = { outcome: 'recorded', isShadow: false, reason: null };
        expect(found).toEqual([
          row('old', {
            decisions: [
              { ...recorded, layer: 'exact-cache', text: 'hit' },
              { ...recorded, layer: 'deduplicate', text: 'joined', isShadow: true },
              { ...recorded, layer: 'route', text: 'simple: small' },
              { ...recorded, layer: 'resolve', text: 'a (shadow)\nb' },
            ] as LedgerRow['decisions'],
          }),
        ]);
      });

    test('writers at once lose nothing', async () => {
      const batches = Array.from({ length: 20 }, (_, batch) =>
        Array.from({ length: 25 }, (_, index) => row(`${batch}-${index}`)),
      );
      await Promise.all(batches.map(async (batch) => ledger.append(batch)));
      expect((await ids()).sort()).toEqual(
        batches
          .flat()
          .map(({ id }) => id)
          .sort(),
      );
    });
  });
}
