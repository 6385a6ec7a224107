/** `wrap` meters a client together with all other wrappers around it, in any order. */
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { wrapSDK } from 'langsmith/wrappers';
import { wrapAnthropic } from 'langsmith/wrappers/anthropic';
import { wrapGemini } from 'langsmith/wrappers/gemini';
import { wrapOpenAI } from 'langsmith/wrappers/openai';
import OpenAI, { AzureOpenAI } from 'openai';
import { Completions } from 'openai/resources/chat/completions';
import { afterEach, describe, expect, test } from 'vitest';
import { createMeter, isMeterError, type MeterOptions } from '../../runtime/src/index.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const FULL: MeterOptions = { budgets: [{ per: 'total', window: 'day', dollars: 0 }] };
const chat = { model: 'small', messages: [{ role: 'user' as const, content: 'Hello' }] };
const options = (): { apiKey: string; baseURL: string; maxRetries: number } => ({
  apiKey: 'test-key',
  baseURL: `${on.provider.url}/v1`,
  maxRetries: 0,
});

type Get<Value> = (target: Value, name: string | symbol, receiver: unknown) => unknown;
const proxied = <Value extends object>(value: Value, get: Get<Value>): Value => new Proxy(value, { get });

/** As `observeOpenAI` of Langfuse and Sentry's `instrumentOpenAiClient`: every read answers with a Proxy or a bound method. */
function observed<Value extends object>(sdk: Value, note: () => void): Value {
  return proxied(sdk, (target, name, receiver) => {
    const value: unknown = Reflect.get(target, name);
    if (typeof value === 'function') {
      const bound = value.bind(target);
      return (...args: unknown[]): unknown => {
        if (name === 'create') note();
        return bound(...args);
      };
    }
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
    return isNested ? observed(value, note) : Reflect.get(target, name, receiver);
  });
}

/** As `wrapOpenAI` of Braintrust: a Proxy for each of client, `chat` and `completions`, the methods bound to their targets. */
function proxyChain(client: OpenAI, note: () => void): OpenAI {
  const completions = proxied(client.chat.completions, (target, name, receiver) => {
    const value = Reflect.get(target, name, receiver);
    if (name !== 'create') return value;
    return (...args: unknown[]): unknown => {
      note();
      return value.apply(target, args);
    };
  });
  const chatProxy = proxied(client.chat, (target, name, receiver) =>
    name === 'completions' ? completions : Reflect.get(target, name, receiver),
  );
  return proxied(client, (target, name, receiver) =>
    name === 'chat' ? chatProxy : Reflect.get(target, name, receiver),
  );
}

/** Like PostHog's and Helicone's classes: another constructor, and additional resources. */
class TracedOpenAI extends OpenAI {
  readonly #note: () => void;
  readonly label: string;
  constructor(label: string, note: () => void, own: ConstructorParameters<typeof OpenAI>[0]) {
    super(own);
    this.label = label;
    this.#note = note;
    this.chat.completions = new TracedCompletions(this);
  }
  noted(): string {
    this.#note();
    return this.label;
  }
}

class TracedCompletions extends Completions {
  declare protected _client: TracedOpenAI;
  constructor(client: TracedOpenAI) {
    super(client);
    this.create = ((...args: Parameters<Completions['create']>) => {
      client.noted();
      return Completions.prototype.create.apply(this, args);
    }) as Completions['create'];
  }
}

type Tracer = (client: OpenAI, note: () => void) => OpenAI;

const TRACERS: Readonly<Record<string, Tracer>> = {
  'a patched method': (client, note) => {
    const create = client.chat.completions.create.bind(client.chat.completions);
    client.chat.completions.create = ((...args: Parameters<typeof create>) => {
      note();
      return create(...args);
    }) as typeof create;
    return client;
  },
  'Proxies all the way (Langfuse, Sentry)': observed,
  'a chain of Proxies (Braintrust)': proxyChain,
  'a copy with bound methods (LangSmith)': (client, note) => {
    const traced = wrapOpenAI(client);
    const { create } = traced.chat.completions;
    traced.chat.completions.create = ((...args: Parameters<typeof create>) => {
      note();
      return create(...args);
    }) as typeof create;
    return traced;
  },
};

describe.each(Object.entries(TRACERS))('%s', (_, trace) => {
  const orders: Readonly<Record<string, (client: OpenAI, note: () => void) => OpenAI>> = {
    'before the meter': (client, note) => on.meter.wrap(trace(client, note)),
    'after the meter': (client, note) => trace(on.meter.wrap(client), note),
  };

  test.each(Object.entries(orders))('%s, is in force and metered once', async (__, make) => {
    on = await setUp();
    let seen = 0;
    const client = make(new OpenAI(options()), () => seen++);
    await client.chat.completions.create(chat);
    await collect(await client.chat.completions.create({ ...chat, stream: true }));
    expect(seen).toBe(2);
    expect(on.calls).toMatchObject([{ model: 'small' }, { model: 'small' }]);
  });

  test.each(Object.entries(orders))('%s, has its calls refused under a full cap', async (__, make) => {
    on = await setUp(FULL);
    const client = make(new OpenAI(options()), () => {});
    await expect(client.chat.completions.create(chat)).rejects.toMatchObject({ status: 402 });
    await expect(client.responses.create({ model: 'small', input: 'Hello' })).rejects.toMatchObject({ status: 402 });
    await expect(client.embeddings.create({ model: 'small', input: 'Hello' })).rejects.toMatchObject({ status: 402 });
    expect(on.provider.calls).toEqual([]);
  });
});

test('a patched prototype (OpenLLMetry, OpenInference) is in force and metered', async () => {
  on = await setUp();
  const { create } = Completions.prototype;
  let seen = 0;
  Completions.prototype.create = function (this: Completions, ...args: Parameters<typeof create>) {
    seen++;
    return create.apply(this, args);
  } as typeof create;
  try {
    await on.meter.wrap(new OpenAI(options())).chat.completions.create(chat);
  } finally {
    Completions.prototype.create = create;
  }
  expect([seen, on.calls.length]).toEqual([1, 1]);
});

test('a subclass with another constructor keeps its fields, private ones too', async () => {
  on = await setUp();
  let seen = 0;
  const client = on.meter.wrap(new TracedOpenAI('ours', () => seen++, options()));
  expect(client).toBeInstanceOf(TracedOpenAI);
  await client.chat.completions.create(chat);
  expect([client.noted(), seen, on.calls.length]).toEqual(['ours', 2, 1]);
});

test('what was added to a client stays', async () => {
  on = await setUp();
  const tag = Symbol('tag');
  const client = Object.assign(new OpenAI(options()), { tenant: 'acme', [tag]: 1 });
  const wrapped = on.meter.wrap(client);
  expect(wrapped).toBe(client);
  expect([wrapped.tenant, wrapped[tag]]).toEqual(['acme', 1]);
});

test('copies of a client are metered, with another fetch as well', async () => {
  on = await setUp();
  const client = on.meter.wrap(new OpenAI(options()));
  await client.withOptions({ timeout: 9000 }).chat.completions.create(chat);
  let own = 0;
  const others = client.withOptions({
    fetch: (...args) => {
      own++;
      return fetch(...args);
    },
  });
  await others.withOptions({}).chat.completions.create(chat);
  const anthropic = on.meter.wrap(new Anthropic({ apiKey: 'k', baseURL: on.provider.url }));
  await anthropic.withOptions({}).messages.create({ ...chat, max_tokens: 9 });
  expect([own, on.calls.length]).toEqual([1, 3]);
});

test('an Azure client keeps its class and its deployment in copies', async () => {
  on = await setUp();
  const azure = on.meter.wrap(
    new AzureOpenAI({ endpoint: on.provider.url, apiKey: 'k', apiVersion: '2026-01-01', deployment: 'small' }),
  );
  await azure.withOptions({ maxRetries: 0 }).chat.completions.create(chat);
  expect(azure.withOptions({})).toBeInstanceOf(AzureOpenAI);
  expect(on.provider.calls[0]?.path).toMatch(/^\/openai\/deployments\/small\//);
  expect(on.calls).toHaveLength(1);
});

test("LangSmith's copies of Anthropic's and Google's clients are metered", async () => {
  on = await setUp(FULL);
  const anthropic = on.meter.wrap(wrapAnthropic(new Anthropic({ apiKey: 'k', baseURL: on.provider.url })));
  await expect(anthropic.messages.create({ ...chat, max_tokens: 9 })).rejects.toMatchObject({ status: 402 });
  const google = on.meter.wrap(wrapGemini(new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: on.provider.url } })));
  await expect(google.models.generateContent({ model: 'small', contents: 'Hello' })).rejects.toMatchObject({
    status: 402,
  });
  const any = on.meter.wrap(wrapSDK(new OpenAI(options())));
  await expect(any.chat.completions.create(chat)).rejects.toMatchObject({ status: 402 });
  expect(on.provider.calls).toEqual([]);
});

test('two meters count the same client, each in its own ledger', async () => {
  on = await setUp();
  const other = await setUp({ hosts: { [new URL(on.provider.url).host]: 'openai' } });
  const client = other.meter.wrap(on.meter.wrap(new OpenAI(options())));
  on.meter.wrap(client);
  await client.chat.completions.create(chat);
  expect([on.calls.length, other.calls.length, on.provider.calls.length]).toEqual([1, 1, 1]);
  await other.close();
});

test('calls of traced clients have their call sites', async () => {
  on = await setUp({ callSites: { capture: 'always' } });
  for (const trace of [wrapOpenAI, (client: OpenAI) => observed(client, () => {})]) {
    await on.meter.wrap(trace(new OpenAI(options()))).chat.completions.create(chat);
    expect(on.calls.at(-1)?.callSite).toMatch(/wrap\.test\.ts:\d+:\d+$/);
  }
  const marked = new OpenAI(options());
  const create = marked.chat.completions.create.bind(marked.chat.completions);
  marked.chat.completions.create = Object.assign(create, { mark: 'traced' });
  expect(on.meter.wrap(marked).chat.completions.create).toHaveProperty('mark', 'traced');
});

test('what cannot be metered is not wrapped, and says why', async () => {
  on = await setUp();
  const reason = (client: object): string => {
    try {
      on.meter.wrap(client);
    } catch (error) {
      if (isMeterError(error)) return error.message;
    }
    return 'it was wrapped';
  };
  expect(reason(Object.freeze(new OpenAI(options())))).toContain('`fetch` of this one cannot be changed');
  const identity = { requestAPIURL: () => 'https://api.openai.com' };
  expect(reason(Object.assign(new OpenAI(options()), { _workloadIdentityAuth: identity }))).toContain('X.509');
  expect(reason({ chat: { completions: { create: () => {} } } })).toContain('meter.wrap takes a client of');
});

describe('a client of @google/genai before 2.24, which takes no fetch', () => {
  /** As its connection sends requests, in a separate class. */
  class Connection {
    readonly clientOptions: { httpOptions?: object };
    constructor(httpOptions?: object) {
      this.clientOptions = httpOptions === undefined ? {} : { httpOptions };
    }
    async apiCall(url: string, init: RequestInit): Promise<Response> {
      return fetch(url, init);
    }
  }
  class LaterConnection extends Connection {
    override async apiCall(url: string, init: RequestInit, ..._: [retries?: object, timeout?: number]) {
      return fetch(url, init);
    }
  }
  class Client {
    readonly apiClient: Connection;
    constructor(apiClient: Connection) {
      this.apiClient = apiClient;
    }
    async generate(): Promise<number> {
      const url = `${on.provider.url}/v1beta/models/small:generateContent`;
      return (await this.apiClient.apiCall(url, { method: 'POST', body: '{"contents":[]}' })).status;
    }
    get interactions(): string {
      return 'interactions';
    }
  }
  /** A version that sends interactions by another client, with its own fetch. */
  class ClientOfTwo extends Client {
    readonly other = { fetch: globalThis.fetch };
    getNextGenClient(): typeof this.other {
      return this.other;
    }
    override get interactions(): string {
      return typeof this.getNextGenClient().fetch;
    }
  }
  Object.defineProperty(LaterConnection.prototype.apiCall, 'length', { value: 5 });

  test('is metered by the method that calls the global one, by two meters as well', async () => {
    on = await setUp(FULL);
    const inner = createMeter();
    const client = on.meter.wrap(inner.wrap(new Client(new Connection())));
    expect(await client.generate()).toBe(402);
    expect(on.provider.calls).toEqual([]);
    await inner.close();
  });

  test('is refused where that method does more', async () => {
    on = await setUp();
    for (const connection of [new LaterConnection(), new Connection({ retryOptions: { attempts: 2 } })]) {
      expect(() => on.meter.wrap(new Client(connection))).toThrow('Update it to 2.24 or later');
    }
  });

  test('does not send interactions around a hard cap', async () => {
    on = await setUp(FULL);
    const client = on.meter.wrap(new Client(new Connection()));
    expect(() => client.interactions).toThrow('Update it to 2.24 or later');
    const two = on.meter.wrap(new ClientOfTwo(new Connection()));
    expect(two.interactions).toBe('function');
    expect(two.other.fetch).not.toBe(globalThis.fetch);
    const uncapped = createMeter();
    expect(uncapped.wrap(new Client(new Connection())).interactions).toBe('interactions');
    await uncapped.close();
  });
});
