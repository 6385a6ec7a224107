/**
 * Spans and metrics by OpenTelemetry's GenAI conventions, through the API package that the application hands in: whatever
 * it exports to (Langfuse, LangSmith, Datadog, Helicone, any OTLP collector) receives them. Texts are never in them.
 */

import { toDollars } from '@farthing/shared/money';
import type { CallResult } from '../core/call-result.ts';
import * as names from './attributes.ts';

export interface Telemetry {
  /** A call begins; what is returned ends it. */
  readonly begin: () => (result: CallResult) => void;
}

type Attributes = Record<string, string | number>;

/**
 * What is used of `@opentelemetry/api`. Written out, so that the package's types ask nobody to install what they do not
 * use; methods and not fields, since the API's own parameters are narrower than `unknown`.
 */
interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): { startSpan(name: string, options: object, context: unknown): Span };
  };
  readonly metrics: {
    getMeter(name: string): {
      createHistogram(name: string, options: object): Histogram;
      createCounter(name: string, options: object): Counter;
    };
  };
  readonly context: { active(): unknown };
  readonly SpanKind: { readonly CLIENT: number };
  readonly SpanStatusCode: { readonly ERROR: number };
}

interface Span {
  setStatus(status: { code: number }): unknown;
  end(): void;
}

interface Histogram {
  record(value: number, attributes: Attributes, context: unknown): void;
}

interface Counter {
  add(value: number, attributes: Attributes, context: unknown): void;
}

/**
 * @param api `import * as api from '@opentelemetry/api'`, 1.3 or later
 * @example createMeter({ telemetry: openTelemetry(api) })
 */
export function openTelemetry(api: OpenTelemetryApi): Telemetry {
  const tracer = api.trace.getTracer('@farthing/runtime');
  const meter = api.metrics.getMeter('@farthing/runtime');
  const tokens = meter.createHistogram(names.TOKEN_USAGE_METRIC, { unit: '{token}', description: 'Tokens of a call' });
  const duration = meter.createHistogram(names.DURATION_METRIC, { unit: 's', description: 'Duration of a call' });
  const cost = meter.createCounter(names.COST, { unit: 'USD', description: 'What calls cost, by the price table' });

  return {
    begin: () => {
      const startTime = new Date();
      // The call's place in a trace is where it was made, not where its stream was read to the end.
      const parent = api.context.active();
      return (result) => {
        const shared = sharedAttributes(result);
        const operation = names.operationOf(result);
        const span = tracer.startSpan(
          `${operation} ${result.model ?? ''}`.trim(),
          { kind: api.SpanKind.CLIENT, startTime, attributes: { ...shared, ...spanAttributes(result) } },
          parent,
        );
        if (isFailed(result)) span.setStatus({ code: api.SpanStatusCode.ERROR });
        span.end();
        duration.record(result.latency / 1000, shared, parent);
        if (result.usage !== null) {
          tokens.record(result.usage.input, { ...shared, [names.TOKEN_TYPE]: 'input' }, parent);
          tokens.record(result.usage.output, { ...shared, [names.TOKEN_TYPE]: 'output' }, parent);
        }
        if (result.cost !== null) cost.add(toDollars(result.cost.amount), shared, parent);
      };
    },
  };
}

function isFailed({ status, end }: CallResult): boolean {
  return status === 0 || status >= 400 || end === 'failed';
}

/** Of spans and metrics alike: few values each. */
function sharedAttributes(result: CallResult): Attributes {
  return present({
    [names.OPERATION]: names.operationOf(result),
    [names.PROVIDER]: names.providerName(result.provider),
    [names.REQUEST_MODEL]: result.model,
    [names.RESPONSE_MODEL]: result.servedModel,
    [names.FEATURE]: result.feature,
    [names.ORIGIN]: result.origin,
    [names.ERROR_TYPE]: isFailed(result) ? String(result.status || result.end) : null,
  });
}

/** Of spans alone: as many values as there are users and places. */
function spanAttributes({ usage, cost, saved, user, tenant, callSite, attempts }: CallResult): Attributes {
  return present({
    [names.INPUT_TOKENS]: usage?.input ?? null,
    [names.OUTPUT_TOKENS]: usage?.output ?? null,
    [names.CACHE_READ_TOKENS]: usage?.cachedInput ?? null,
    [names.CACHE_WRITE_TOKENS]: usage === null ? null : usage.cacheWriteInput + usage.cacheWriteLongInput,
    [names.COST]: cost === null ? null : toDollars(cost.amount),
    [names.COST_BASIS]: cost?.basis ?? null,
    [names.SAVED]: saved === null ? null : toDollars(saved),
    [names.USER]: user,
    [names.TENANT]: tenant,
    [names.CALL_SITE]: callSite,
    [names.ATTEMPTS]: attempts,
  });
}

function present(attributes: Readonly<Record<string, string | number | null>>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null)) as Attributes;
}
