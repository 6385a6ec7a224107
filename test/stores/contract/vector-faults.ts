/**
 * A meter whose vectors fail: each request goes through, an event says why, and nothing wrong is served or kept. The answers
 * themselves are in memory, so that only vectors are at fault.
 */
import OpenAI from 'openai';
import { afterEach, describe, expect, test } from 'vitest';
import {
  combineStores,
  type Embedder,
  isStoreError,
  type MeterEvent,
  memoryStores,
  type VectorStore,
} from '../../../runtime/src/index.ts';
import type { Closable, Stores } from '../../../runtime/src/stores/store.ts';
import type { StoreFailure } from '../../../runtime/src/stores/store-error.ts';
import { hostsOf, type SetUp, setUp } from '../../runtime/set-up.ts';
import { PATIENT } from '../in-time.ts';
import { until } from '../servers/processes.ts';

/** Breaks and mends the service of a store. What a driver cannot suffer is null. */
export interface VectorFaults {
  readonly name: string;
  /** Vectors that share nothing with those opened before. */
  readonly open: (timeout: number) => Promise<{ readonly vectors: VectorStore } & Closable>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly hold: () => void;
  readonly release: () => void;
  /** Writes fail for lack of room. */
  readonly full: { readonly begin: () => unknown; readonly end: () => unknown; readonly failure: StoreFailure } | null;
  /** Changes the stored meta of every vector, as a fault of a disk would. */
  readonly damage: () => unknown;
  /** How a vector of another dimension ends. */
  readonly otherDimension: 'kept' | 'refused';
}

/** Every question is near every other. */
function embedder(dimension: number): Embedder {
  return { name: 'alike', embed: async (texts) => texts.map(() => Array.from({ length: dimension }, () => 1)) };
}

const IMPATIENT = 300;
/** Questions that mean the same. */
const CANCEL = [
  'How do I cancel my subscription?',
  'How can I cancel my subscription?',
  'Please, how do I cancel my subscription?',
] as const;
const RESET = ['How do I reset my password?', 'How can I reset my password?'] as const;
const INFLATION = ['What is inflation?', "What's inflation?"] as const;

export function vectorFaults(faults: VectorFaults): void {
  describe(`${faults.name}, at fault`, () => {
    const opened: (() => unknown)[] = [];
    afterEach(async () => {
      faults.release();
      for (const close of opened.splice(0).reverse()) await close();
    });

    async function openStores(timeout = PATIENT) {
      const stores = await faults.open(timeout);
      opened.push(() => stores.close());
      return combineStores(stores, memoryStores());
    }

    interface Started extends Pick<SetUp, 'provider' | 'meter' | 'calls' | 'events'> {
      readonly openai: OpenAI;
    }

    /** @param before a process that has the same provider, and so the same questions */
    async function start(stores: Required<Stores>, dimension = 4, before?: Started): Promise<Started> {
      const semantic = { mode: 'on', embedder: embedder(dimension), timeLimit: PATIENT } as const;
      const hosts = before === undefined ? {} : { hosts: hostsOf(before.provider.url) };
      const { provider, meter, calls, events, close } = await setUp({
        stores,
        cache: { mode: 'on', semantic },
        ...hosts,
      });
      opened.push(close);
      const baseURL = `${(before?.provider ?? provider).url}/v1`;
      const openai = meter.wrap(new OpenAI({ apiKey: 'test-key', baseURL, maxRetries: 0 }));
      return { provider, meter, calls, events, openai };
    }

    /** Where the answer came from. */
    async function ask({ openai, meter, calls }: Started, content: string): Promise<string | undefined> {
      const messages = [{ role: 'user', content }] as const;
      await openai.chat.completions.create({ model: 'small', messages: [...messages], temperature: 0 });
      await meter.flush();
      return calls.at(-1)?.origin;
    }

    /** What the events say, each once. */
    function failures(events: readonly MeterEvent[]): readonly string[] {
      const texts = events.flatMap((event) => {
        if (event.type !== 'store-failed') return [];
        return [`${event.layer} ${event.effect}: ${isStoreError(event.error) ? event.error.failure : event.error}`];
      });
      return [...new Set(texts)];
    }

    async function serves(on: Started, [first, second]: readonly [string, string, ...string[]]): Promise<void> {
      expect(await ask(on, first)).toBe('provider');
      expect(await ask(on, second)).toBe('semantic-cache');
    }

    const answers = (vectors: VectorStore) =>
      until('the store answers again', async () => {
        try {
          await vectors.nearest('space', Float32Array.of(1, 1, 1, 1), 1);
          return true;
        } catch {
          return false;
        }
      });

    test('down: calls go on, and are answered from what was kept when it is back', async () => {
      const stores = await openStores();
      const on = await start(stores);
      await serves(on, CANCEL);
      await faults.stop();
      expect(await ask(on, RESET[0])).toBe('provider');
      expect(failures(on.events)).toEqual(['semantic-cache open: unavailable']);
      await faults.start();
      await answers(stores.vectors);
      expect(await ask(on, CANCEL[2])).toBe('semantic-cache');
      expect(await ask(on, RESET[1])).toBe('provider');
    });

    test('slow: a call waits for the time limit of the store, and no longer', async () => {
      const stores = await openStores(IMPATIENT);
      const on = await start(stores);
      await answers(stores.vectors);
      faults.hold();
      expect(await ask(on, CANCEL[0])).toBe('provider');
      faults.release();
      expect(failures(on.events)).toEqual(['semantic-cache open: unavailable']);
    });

    const { full } = faults;
    if (full !== null) {
      test('full: what is there is served, what finds no room is not, and later all is well', async () => {
        const on = await start(await openStores());
        await serves(on, CANCEL);
        await full.begin();
        expect(await ask(on, CANCEL[2])).toBe('semantic-cache');
        expect(await ask(on, RESET[0])).toBe('provider');
        expect(await ask(on, RESET[1])).toBe('provider');
        expect(failures(on.events)).toEqual([`semantic-cache open: ${full.failure}`]);
        await full.end();
        await serves(on, INFLATION);
      });
    }

    test('a damaged entry is not served, and the next one is', async () => {
      const on = await start(await openStores());
      await serves(on, CANCEL);
      await faults.damage();
      expect(await ask(on, CANCEL[2])).toBe('provider');
      await serves(on, RESET);
      expect(failures(on.events)).toEqual([]);
    });

    test('vectors of another dimension are never compared with the first', async () => {
      const stores = await openStores();
      const first = await start(stores);
      await serves(first, CANCEL);
      expect(await ask(await start(stores, 4, first), CANCEL[1])).toBe('semantic-cache');
      const other = await start(stores, 8, first);
      expect(await ask(other, CANCEL[2])).toBe('provider');
      if (faults.otherDimension === 'kept') await serves(other, RESET);
      expect(failures(other.events)).toEqual(faults.otherDimension === 'kept' ? [] : ['semantic-cache open: refused']);
    });
  });
}
