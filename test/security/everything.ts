/** A meter with every layer and every listener on, which remembers all that it says and all that it keeps. */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { createMeter, type Meter, type MeterOptions, openTelemetry, type Stores } from '../../runtime/src/index.ts';
import { PRICES } from '../runtime/set-up.ts';

export interface Everything {
  readonly meter: Meter;
  /** All that was said until now, as text. */
  readonly said: () => string;
}

export function everything(stores: Stores, options: MeterOptions): Everything {
  const said: unknown[] = [];
  const listen = (what: unknown): void => void said.push(what);
  const meter = createMeter({
    prices: PRICES,
    stores,
    aliases: { alias: 'small' },
    features: { chat: { tier: 'auto', cache: { sampled: true, staleFor: 60_000 } } },
    validate: { empty: true, maximumTokens: 10_000 },
    limits: [
      { per: 'key', requests: 100_000, tokens: 1e15 },
      { per: 'total', tokens: 1e15 },
    ],
    queue: { concurrency: 8 },
    route: { mode: 'shadow', tiers: { simple: 'small', complex: 'large' } },
    shape: { outputLimit: 300, promptCaching: true },
    budgets: [
      { per: 'key', window: 'day', dollars: 1000 },
      { per: 'total', window: 'day', dollars: 1000, mode: 'soft' },
    ],
    cache: { mode: 'on', sampled: true, toolCalls: true },
    deduplicate: 'on',
    callSites: { capture: 'always' },
    alerts: { budgetShares: [0.000001], errorRate: 0.000001, to: listen },
    telemetry: openTelemetry(telemetryApi(listen)),
    onCall: listen,
    onEvent: listen,
    ...options,
  });
  return { meter, said: () => inspect(said, { depth: 20, maxStringLength: null, maxArrayLength: null }) };
}

/** The parts of `@opentelemetry/api` that are used: everything passed to it is recorded. */
function telemetryApi(listen: (what: unknown) => void): Parameters<typeof openTelemetry>[0] {
  const span = { isRecording: () => true, setAttributes: listen, setStatus: listen, end: () => {} };
  const startSpan = (...args: unknown[]): typeof span => {
    listen(args);
    return span;
  };
  const instrument = { record: (...args: unknown[]) => listen(args), add: (...args: unknown[]) => listen(args) };
  return {
    trace: { getTracer: () => ({ startSpan }), getSpan: () => undefined },
    metrics: { getMeter: () => ({ createHistogram: () => instrument, createCounter: () => instrument }) },
    context: { active: () => null },
    SpanKind: { CLIENT: 2 },
    SpanStatusCode: { ERROR: 2 },
  };
}

/** The bytes of a SQLite file and of what is beside it, one character each. */
export function bytesOf(path: string): string {
  return ['', '-wal', '-shm'].map((suffix) => readFileSync(path + suffix, 'latin1')).join('\n');
}
