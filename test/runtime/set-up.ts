/** A fake provider with a meter and the real SDKs' clients on it, plain and wrapped. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import type { CallResult } from '../../runtime/src/core/call-result.ts';
import { createMeter, type Meter, type MeterEvent, type MeterOptions } from '../../runtime/src/index.ts';
import { type FakeProvider, startFakeProvider } from '../provider/server.ts';

export interface SetUp {
  readonly provider: FakeProvider;
  readonly meter: Meter;
  readonly calls: readonly CallResult[];
  readonly events: readonly MeterEvent[];
  readonly plain: Clients;
  readonly metered: Clients;
  readonly close: () => Promise<void>;
}

export interface Clients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
  readonly google: GoogleGenAI;
}

/** Models with their own prices, so that no sum here depends on the table. Dollars per million tokens. */
export const PRICES = [
  { model: 'small', input: 1, output: 2 },
  { model: 'large', input: 10, output: 20 },
];

export async function setUp(options: MeterOptions = {}): Promise<SetUp> {
  const provider = await startFakeProvider();
  const calls: CallResult[] = [];
  const events: MeterEvent[] = [];
  const meter = createMeter({
    prices: PRICES,
    hosts: hostsOf(provider.url),
    onCall: (result) => calls.push(result),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const plain = clientsOf(provider.url);
  const { openai, anthropic, google } = clientsOf(provider.url);
  return {
    provider,
    meter,
    calls,
    events,
    plain,
    metered: { openai: meter.wrap(openai), anthropic: meter.wrap(anthropic), google: meter.wrap(google) },
    close: async () => {
      await meter.close();
      await provider.close();
    },
  };
}

/** Three providers at one address. */
export function hostsOf(url: string): NonNullable<MeterOptions['hosts']> {
  const { host } = new URL(url);
  return {
    [`${host}/v1/messages`]: 'anthropic',
    [`${host}/v1beta`]: 'google',
    [`${host}/v1/models`]: 'google',
    [host]: 'openai',
  };
}

function clientsOf(url: string): Clients {
  const common = { apiKey: 'test-key', maxRetries: 0 };
  return {
    openai: new OpenAI({ ...common, baseURL: `${url}/v1` }),
    anthropic: new Anthropic({ ...common, baseURL: url }),
    google: new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: url } }),
  };
}

/** Turns of the event loop in which a call comes as far as it gets without the provider, or another call. */
const TURNS = 10;

/**
 * Counts calls as the first layer sees them, by `validate: { check }`. `came` resolves when so many have come, and wait for
 * the provider, in the queue or for the call that they join: none of these needs a time.
 */
export function arrivals() {
  let count = 0;
  return {
    check: (): null => {
      count++;
      return null;
    },
    came: async (wanted: number): Promise<void> => {
      while (count < wanted) await nextTurn();
      for (let turn = 0; turn < TURNS; turn++) await nextTurn();
    },
  };
}

export async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** Answers name the moment at which they were made, and nothing else about them may differ. */
export function withoutMoments(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, field) =>
    [
      'id',
      'created',
      'created_at',
      'completed_at',
      'createTime',
      'responseId',
      'item_id',
      'sdkHttpResponse',
      '_request_id',
    ].includes(key)
      ? null
      : field,
  );
}
