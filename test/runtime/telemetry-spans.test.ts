/** One span per call, whichever code writes it, with only the figures that were billed. */
import { AsyncLocalStorage } from 'node:async_hooks';
import * as api from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTelemetry } from '../../runtime/src/index.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

/** The active span follows the program's flow, as it does in an application that has OpenTelemetry set up. */
const contexts = new AsyncLocalStorage<api.Context>();
const manager: api.ContextManager = {
  active: () => contexts.getStore() ?? api.ROOT_CONTEXT,
  with: (context, action, self, ...args) => contexts.run(context, () => action.call(self as never, ...args)),
  bind: (_, target) => target,
  enable: () => manager,
  disable: () => manager,
};

const exporter = new InMemorySpanExporter();
beforeAll(() => {
  api.context.setGlobalContextManager(manager);
  api.trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
});
afterAll(() => {
  api.trace.disable();
  api.context.disable();
});

let on: SetUp;
afterEach(async () => {
  await on.close();
  exporter.reset();
});

const chat = {
  model: 'small',
  temperature: 0,
  max_completion_tokens: 20,
  messages: [{ role: 'user' as const, content: 'Hi' }],
};

function spansOf(scope: string): readonly ReadableSpan[] {
  return exporter.getFinishedSpans().filter(({ instrumentationScope }) => instrumentationScope.name === scope);
}

/** A span around an action, as instrumentation opens it. */
async function within<Result>(attributes: api.Attributes, action: () => Promise<Result>): Promise<Result> {
  return api.trace.getTracer('instrumentation').startActiveSpan('around', { attributes }, async (span) => {
    try {
      return await action();
    } finally {
      span.end();
    }
  });
}

const INSTRUMENTATIONS: Readonly<Record<string, api.Attributes>> = {
  "OpenTelemetry's": { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'small' },
  "the Vercel AI SDK's": { 'ai.operationId': 'ai.generateText.doGenerate', 'gen_ai.request.model': 'small' },
  "OpenInference's": { 'openinference.span.kind': 'LLM' },
};

test.each(Object.entries(INSTRUMENTATIONS))(
  '%s span of a call gets the cost, and no second span is written',
  async (_, attributes) => {
    on = await setUp({ telemetry: openTelemetry(api) });
    await on.meter.run({ feature: 'chat', user: 'ada', session: 's1' }, () =>
      within(attributes, async () => {
        await on.metered.openai.chat.completions.create(chat);
        await on.meter.flush();
      }),
    );
    expect(spansOf('@farthing/runtime')).toEqual([]);
    const [span] = spansOf('instrumentation');
    const dollars = (on.calls[0]?.cost?.amount ?? 0) / 1e9;
    expect(dollars).toBeGreaterThan(0);
    expect(span?.attributes).toMatchObject({
      ...attributes,
      'gen_ai.usage.cost': dollars,
      'farthing.feature': 'chat',
      'farthing.origin': 'provider',
      'user.id': 'ada',
      'session.id': 's1',
    });
    // The tokens are the instrumentation's to say.
    expect(span?.attributes).not.toHaveProperty('gen_ai.usage.input_tokens');
  },
);

test("the Anthropic SDK's own span is the only one of a call, and gets its cost", async () => {
  on = await setUp({ telemetry: openTelemetry(api) });
  await on.metered.anthropic.messages.create({ model: 'small', max_tokens: 9, messages: chat.messages });
  await on.meter.flush();
  const spans = exporter.getFinishedSpans();
  expect(spans).toHaveLength(1);
  expect(spans[0]?.instrumentationScope.name).not.toBe('@farthing/runtime');
  expect(spans[0]?.attributes).toMatchObject({ 'gen_ai.usage.cost': (on.calls[0]?.cost?.amount ?? 0) / 1e9 });
});

test('a streamed call has one span too', async () => {
  on = await setUp({ telemetry: openTelemetry(api) });
  await within({ 'gen_ai.operation.name': 'chat' }, async () => {
    await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
    await on.meter.flush();
  });
  expect(spansOf('@farthing/runtime')).toEqual([]);
  expect(spansOf('instrumentation')[0]?.attributes).toHaveProperty('gen_ai.usage.cost');
});

test.each<[string, api.Attributes]>([
  ['an agent', { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'small' }],
  ["an agent, by OpenInference's names", { 'openinference.span.kind': 'AGENT' }],
  ['a request to the application', { 'http.request.method': 'POST' }],
])('a span of %s may hold several calls: each has its own', async (_, attributes) => {
  on = await setUp({ telemetry: openTelemetry(api) });
  await on.meter.run({ user: 'ada', session: 's1' }, () =>
    within(attributes, async () => {
      await on.metered.openai.chat.completions.create(chat);
      await on.metered.openai.chat.completions.create(chat);
    }),
  );
  await on.meter.flush();
  const spans = spansOf('@farthing/runtime');
  expect(spans).toHaveLength(2);
  const [around] = spansOf('instrumentation');
  expect(around?.attributes).toEqual(attributes);
  for (const [index, span] of spans.entries()) {
    expect(span.parentSpanContext?.spanId).toBe(around?.spanContext().spanId);
    expect(span.attributes).toMatchObject({
      'user.id': 'ada',
      'session.id': 's1',
      'gen_ai.usage.cost': (on.calls[index]?.cost?.amount ?? 0) / 1e9,
    });
  }
});

test('a hit of the cache has no tokens that a tool would price', async () => {
  on = await setUp({ telemetry: openTelemetry(api), cache: { mode: 'on' } });
  for (let i = 0; i < 2; i++) {
    await on.metered.openai.chat.completions.create(chat);
    await on.meter.flush();
  }
  const [miss, hit] = spansOf('@farthing/runtime');
  const usage = on.calls[0]?.usage;
  expect(miss?.attributes).toMatchObject({
    'farthing.origin': 'provider',
    'gen_ai.usage.input_tokens': usage?.input,
    'gen_ai.usage.output_tokens': usage?.output,
  });
  expect(hit?.attributes).toMatchObject({
    'farthing.origin': 'exact-cache',
    'farthing.reused.input_tokens': usage?.input,
    'farthing.reused.output_tokens': usage?.output,
    'gen_ai.usage.cost': 0,
  });
  const billed = Object.keys(hit?.attributes ?? {}).filter((name) => /^gen_ai\.usage\..*tokens$/.test(name));
  expect(billed).toEqual([]);
});

test('the session is sent in headers as well, where the flow is lost', async () => {
  on = await setUp({ telemetry: openTelemetry(api) });
  await on.meter.fetch(`${on.provider.url}/v1/chat/completions`, {
    method: 'POST',
    headers: on.meter.headers({ session: 'chat 7' }),
    body: JSON.stringify(chat),
  });
  await on.meter.flush();
  expect(spansOf('@farthing/runtime')[0]?.attributes).toMatchObject({ 'session.id': 'chat 7' });
  expect(JSON.stringify(on.provider.calls[0]?.headers)).not.toContain('x-farthing');
});
