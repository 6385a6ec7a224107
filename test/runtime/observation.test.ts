/** OpenTelemetry to a collector, alerts, retention. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as api from '@opentelemetry/api';
import { metrics, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Alert, memoryStores, openTelemetry } from '../../runtime/src/index.ts';
import { createAlerts } from '../../runtime/src/observe/alerts.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

/** A collector: what it was sent, by path. */
const received: { readonly path: string; readonly body: string }[] = [];
let status = 200;
let server: Server;
let address = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: Buffer.concat(parts).toString() });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

let on: SetUp;
afterEach(async () => {
  await on.close();
  received.length = 0;
  status = 200;
});

const chat = {
  model: 'small',
  max_completion_tokens: 20,
  messages: [{ role: 'user' as const, content: 'A private question' }],
};

test('spans and metrics reach a collector by OTLP, with figures and without texts', async () => {
  const tracers = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${address}/v1/traces` }) })],
  });
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${address}/v1/metrics` }),
  });
  const meters = new MeterProvider({ readers: [reader] });
  trace.setGlobalTracerProvider(tracers);
  metrics.setGlobalMeterProvider(meters);
  on = await setUp({ telemetry: openTelemetry(api) });
  await on.meter.run({ feature: 'chat', user: 'u1' }, async () => {
    await on.metered.openai.chat.completions.create(chat);
    await collect(
      await on.metered.anthropic.messages.create({
        model: 'small',
        max_tokens: 9,
        messages: chat.messages,
        stream: true,
      }),
    );
  });
  on.provider.script({ error: { status: 500 } });
  await on.metered.openai.chat.completions.create(chat).catch(() => {});
  await tracers.forceFlush();
  await meters.forceFlush();

  const spans = received
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans)
    // Some SDKs write their own spans.
    .filter(({ scope }) => scope.name === '@farthing/runtime')
    .flatMap((own) => own.spans)
    .map(({ name, attributes, status: outcome }) => ({
      name,
      code: outcome.code,
      ...Object.fromEntries(
        attributes.map(({ key, value }: { key: string; value: object }) => [key, Object.values(value)[0]]),
      ),
    }));
  expect(spans).toHaveLength(3);
  expect(spans[0]).toMatchObject({
    name: 'chat small',
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'small',
    'farthing.feature': 'chat',
    'user.id': 'u1',
    'farthing.cost.usd': (on.calls[0]?.cost?.amount ?? 0) / 1e9,
  });
  expect(Number((spans[0] as Record<string, unknown> | undefined)?.['gen_ai.usage.input_tokens'])).toBe(
    on.calls[0]?.usage?.input,
  );
  expect(spans[1]).toMatchObject({ 'gen_ai.provider.name': 'anthropic' });
  expect(spans[2]).toMatchObject({ code: 2, 'error.type': '500' });
  const names = received
    .filter(({ path }) => path === '/v1/metrics')
    .flatMap(({ body }) => body.match(/gen_ai\.client\.[\w.]+/g) ?? []);
  expect(new Set(names)).toEqual(new Set(['gen_ai.client.token.usage', 'gen_ai.client.operation.duration']));
  expect(JSON.stringify(received)).not.toContain('private');
  await tracers.shutdown();
  await meters.shutdown();
});

test.each(['begin', 'end'])('telemetry that throws at the %s of a call changes nothing for it', async (when) => {
  const fail = (): never => {
    throw new Error('no exporter');
  };
  on = await setUp({ telemetry: { begin: when === 'begin' ? fail : () => fail } });
  const request = { model: 'small', messages: [{ role: 'user' as const, content: 'Hi' }] };
  await on.metered.openai.chat.completions.create(request);
  await collect(await on.metered.openai.chat.completions.create({ ...request, stream: true }));
  expect(on.calls).toMatchObject([{ status: 200 }, { status: 200 }]);
});

test('a budget that is nearly used up is reported once, to a webhook too', async () => {
  on = await setUp({
    budgets: [{ per: 'feature', window: 'day', dollars: 0.0005 }],
    alerts: { to: `${address}/hook`, budgetShares: [0.5] },
  });
  on.provider.script({ outputTokens: 20 });
  for (let i = 0; i < 4; i++)
    await on.meter.run({ feature: 'chat' }, () => on.metered.openai.chat.completions.create(chat));
  await on.meter.flush();
  const alerts = received.map(({ body }) => JSON.parse(body));
  expect(alerts).toMatchObject([
    {
      type: 'budget-share',
      message: expect.stringMatching(
        /^feature "chat" has used \d+% of \$0\.0005 \(day\), until \d{4}-\d\d-\d\dT00:00Z\.$/,
      ),
    },
  ]);
});

test('a changed cap has its own alerts', async () => {
  on = await setUp({ alerts: { to: `${address}/hook`, budgetShares: [0.1] } });
  const ask = async (dollars: number) => {
    on.meter.setBudgets([{ per: 'total', window: 'day', timeZone: 'Asia/Kolkata', dollars }]);
    await on.metered.openai.chat.completions.create(chat).catch(() => {});
    await on.meter.flush();
  };
  for (const dollars of [0.0005, 0.0005, 100, 0.0008]) await ask(dollars);
  const messages = received.map(({ body }) => JSON.parse(body).message);
  expect(messages.map((message: string) => /of (\S+) \(day\), until \S+T00:00\+05:30 Asia/.exec(message)?.[1])).toEqual(
    ['$0.0005', '$0.0008'],
  );
});

test('an alert that cannot be delivered is an event', async () => {
  status = 503;
  on = await setUp({
    budgets: [{ per: 'total', window: 'day', dollars: 0.0005 }],
    alerts: { to: `${address}/hook`, budgetShares: [0.1] },
  });
  await on.metered.openai.chat.completions.create(chat);
  await on.meter.flush();
  expect(on.events).toMatchObject([{ type: 'alert-failed' }]);
});

test('a spike over the usual hour, and too many errors, are reported once', async () => {
  on = await setUp();
  const told: Alert[] = [];
  let time = 0;
  const alerts = createAlerts(
    { to: () => {}, budgetShares: [], spikeFactor: 3, errorRate: 0.05, cacheShareDrop: 0.5 },
    (alert) => told.push(alert),
    () => time,
  );
  const template = { cost: { amount: 1000, basis: 'measured' }, usage: null, status: 200, origin: 'provider' };
  const result = (more: object = {}) => ({ ...template, ...more }) as unknown as Parameters<typeof alerts.onResult>[0];
  for (let hour = 0; hour < 5; hour++) {
    time = hour * 3_600_000;
    alerts.onResult(result());
  }
  expect(told).toEqual([]);
  for (let i = 0; i < 5; i++) alerts.onResult(result());
  expect(told).toMatchObject([{ type: 'spend-spike', message: expect.stringContaining('times the usual') }]);
  // A caller who gives up does not count as a failure.
  for (let i = 0; i < 200; i++) alerts.onResult(result({ status: 0, end: 'cancelled', cost: null }));
  expect(told).toHaveLength(1);
  for (let i = 0; i < 100; i++) alerts.onResult(result({ status: i % 10 === 0 ? 500 : 200 }));
  for (let i = 0; i < 50; i++) alerts.onResult(result({ status: 500 }));
  expect(told.map(({ type }) => type)).toEqual(['spend-spike', 'error-rate']);
});

test("an alert says when less is read from the provider's cache than before, once until it is read again", async () => {
  const told: Alert[] = [];
  on = await setUp({ alerts: { to: (alert) => void told.push(alert) } });
  const ask = async (times: number, start: (call: number) => string) => {
    for (let call = 0; call < times; call++) {
      const system = { role: 'system' as const, content: `${start(call)} ${'You are careful. '.repeat(1500)}` };
      await on.meter.run({ feature: 'chat' }, () =>
        on.metered.openai.chat.completions.create({ ...chat, messages: [system, ...chat.messages] }),
      );
    }
    await on.meter.flush();
  };
  let time = 0;
  await ask(100, () => 'Always the same.');
  expect(told).toEqual([]);
  await ask(200, () => `It is ${time++}.`);
  expect(told).toMatchObject([
    { type: 'cache-share', message: expect.stringMatching(/^chat \(.*\): 0% of .*, 9\d% before/) },
  ]);
  await ask(100, () => 'Always the same.');
  await ask(100, () => `It is ${time++}.`);
  expect(told).toHaveLength(2);
});

test('rows that are older than the retention are gone at the next start', async () => {
  const stores = memoryStores();
  on = await setUp({ stores: { ...stores, close: () => {} } });
  await on.metered.openai.chat.completions.create(chat);
  await on.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  on = await setUp({ stores, retention: 1 });
  expect(await on.meter.report('model')).toEqual([]);
});
