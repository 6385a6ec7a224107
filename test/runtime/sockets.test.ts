/** WebSockets of wrapped clients go past every fetch: a hard budget refuses them before they are opened. */
import { GoogleGenAI } from '@google/genai';
import OpenAI, { AzureOpenAI } from 'openai';
import { OpenAIRealtimeWebSocket as BetaWebSocket } from 'openai/beta/realtime/websocket';
import { OpenAIRealtimeWS as BetaWS } from 'openai/beta/realtime/ws';
import { OpenAIRealtimeTranslationWS as TranslationWS } from 'openai/realtime/translations/ws';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { LiveWS } from 'openai/resources/live/ws';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { afterEach, describe, expect, test } from 'vitest';
import { isMeterError, type MeterOptions } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const budget = { per: 'total', window: 'day', dollars: 100 } as const;

interface Socket {
  readonly on: (name: 'error', listener: () => void) => unknown;
  readonly close: () => void;
}

/** Nothing on this machine answers by TLS: a socket that is opened fails, and never leaves it. */
const address = (): string => `https://127.0.0.1:${new URL(on.provider.url).port}`;
const openai = (): OpenAI =>
  on.meter.wrap(new OpenAI({ apiKey: 'test-key', baseURL: `${address()}/v1`, maxRetries: 0 }));
const azure = (): AzureOpenAI =>
  on.meter.wrap(
    new AzureOpenAI({ endpoint: address(), apiKey: 'test-key', apiVersion: '2026-01-01', deployment: 'small' }),
  );
/** As before openai 7: nothing but its address and its key is read from the client. */
const older = (): OpenAI => {
  const client = new OpenAI({ apiKey: 'test-key', baseURL: `${address()}/v1` });
  return on.meter.wrap(Object.assign(client, { _buildWebSocketHeaders: undefined }));
};

const model = { model: 'small' };
const OPENINGS: Readonly<Record<string, () => Socket | Promise<Socket>>> = {
  'Realtime by ws': () => new OpenAIRealtimeWS(model, openai()),
  'Realtime by ws, created': () => OpenAIRealtimeWS.create(openai(), model),
  'Realtime by a native socket': () => new OpenAIRealtimeWebSocket(model, openai()),
  'Realtime of a copy': () => new OpenAIRealtimeWS(model, openai().withOptions({ timeout: 9000 })),
  'Realtime of an older SDK': () => new OpenAIRealtimeWS(model, older()),
  'Realtime of an older SDK, by a native socket': () => new OpenAIRealtimeWebSocket(model, older()),
  'beta Realtime by ws': () => new BetaWS(model, openai()),
  'beta Realtime by a native socket': () => new BetaWebSocket(model, openai()),
  'Realtime of Azure by ws': () => OpenAIRealtimeWS.azure(azure()),
  'Realtime of Azure by a native socket': () => OpenAIRealtimeWebSocket.azure(azure()),
  Responses: () => new ResponsesWS(openai()) as Socket,
  Live: () => new LiveWS(openai()) as Socket,
  Translations: () => TranslationWS.create(openai(), model) as unknown as Promise<Socket>,
};

describe.each(Object.entries(OPENINGS))('%s', (_, open) => {
  test('is refused under a hard budget, and an event says so', async () => {
    on = await setUp({ budgets: [budget] });
    await expect((async () => open())()).rejects.toSatisfy(isMeterError);
    expect(on.events).toMatchObject([{ type: 'unread', effect: 'closed' }]);
  });

  test('is opened where the application allows it, and an event says so', async () => {
    on = await setUp({ budgets: [budget], unread: 'allow' });
    const socket = await open();
    socket.on('error', () => {});
    socket.close();
    expect(on.events).toMatchObject([{ type: 'unread', effect: 'open', address: expect.stringMatching(/^wss:/) }]);
  });

  test('is not refused by a soft budget, with a bypass, or by a disabled meter', async () => {
    on = await setUp({ budgets: [{ ...budget, mode: 'soft' }] });
    const hard = await setUp({ budgets: [budget] });
    const opened = [await open()];
    on = hard;
    opened.push(await hard.meter.run({ bypass: true }, open));
    hard.meter.setEnabled(false);
    opened.push(await open());
    for (const socket of opened) socket.on('error', () => {});
    for (const socket of opened) socket.close();
    expect(hard.events).toEqual([]);
  });
});

const google = (options: MeterOptions): Promise<GoogleGenAI> =>
  setUp(options).then((made) => {
    on = made;
    return on.meter.wrap(new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: address() } }));
  });
const callbacks = { onmessage: () => {} };

test("Gemini's Live and its music are refused under a hard budget", async () => {
  const client = await google({ budgets: [budget] });
  await expect(client.live.connect({ ...model, callbacks })).rejects.toSatisfy(isMeterError);
  await expect(client.live.music.connect({ ...model, callbacks })).rejects.toSatisfy(isMeterError);
  expect(on.events).toMatchObject([
    { type: 'unread', effect: 'closed' },
    { type: 'unread', effect: 'closed' },
  ]);
});

test("Gemini's Live is opened where no cap covers its model, and where the application allows it", async () => {
  const other = { ...budget, per: 'model', only: 'large' } as const;
  const client = await google({ budgets: [other] });
  await expect(client.live.connect({ ...model, callbacks })).rejects.not.toSatisfy(isMeterError);
  expect(on.events).toEqual([]);
  await on.close();
  const allowed = await google({ budgets: [budget], unread: 'allow' });
  await expect(allowed.live.connect({ ...model, callbacks })).rejects.not.toSatisfy(isMeterError);
  expect(on.events).toMatchObject([{ type: 'unread', effect: 'open' }]);
});

test('a cap for a key and one for a user hold for sockets too', async () => {
  on = await setUp({
    budgets: [
      { ...budget, per: 'key' },
      { ...budget, per: 'user', only: 'ada' },
    ],
  });
  expect(() => new OpenAIRealtimeWS(model, openai())).toThrow('budget_unread');
  await on.close();
  on = await setUp({ budgets: [{ ...budget, per: 'user', only: 'ada' }] });
  expect(() => on.meter.run({ user: 'ada' }, () => new OpenAIRealtimeWS(model, openai()))).toThrow('budget_unread');
});

test('a hard budget that is set later holds for clients that were wrapped before, and for their copies', async () => {
  on = await setUp({});
  const clients = [openai(), openai().withOptions({ timeout: 9000 }), azure()];
  const live = on.meter.wrap(new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl: address() } }));
  on.meter.setBudgets([budget]);
  for (const client of clients) expect(() => new OpenAIRealtimeWebSocket(model, client)).toThrow('budget_unread');
  await expect(live.live.connect({ ...model, callbacks })).rejects.toSatisfy(isMeterError);
  on.meter.setBudgets([]);
  await expect(live.live.connect({ ...model, callbacks })).rejects.not.toSatisfy(isMeterError);
});

test('no socket is opened after the meter is closed', async () => {
  on = await setUp({ budgets: [budget], unread: 'allow' });
  const client = openai();
  await on.meter.close();
  expect(() => new OpenAIRealtimeWS(model, client)).toThrow('the meter is closed');
});

test('a key for a browser, and a session by WebRTC, are refused as requests that cannot be read', async () => {
  on = await setUp({ budgets: [budget] });
  const { openai: client } = on.metered;
  await expect(client.realtime.clientSecrets.create({})).rejects.toMatchObject({ status: 402 });
  await expect(client.realtime.calls.accept('id', { type: 'realtime' })).rejects.toMatchObject({ status: 402 });
  expect(on.provider.calls).toEqual([]);
});

test('the address of a client can be read and set as before', async () => {
  on = await setUp({ budgets: [budget], unread: 'allow' });
  const client = azure();
  expect(client.baseURL).toBe(`${address()}/openai`);
  client.baseURL = `${on.provider.url}/v1`;
  expect({ ...client }.baseURL).toBe(`${on.provider.url}/v1`);
  await client.chat.completions.create({ ...model, messages: [{ role: 'user', content: 'Hello' }] });
  expect(on.events).toEqual([]);
  expect(on.calls).toHaveLength(1);
});
