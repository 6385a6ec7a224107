/**
 * Spans and metrics by OpenTelemetry's GenAI conventions, through the API package that the application passes in: its
 * exporters (Langfuse, LangSmith, Datadog, Helicone, any OTLP collector) receive them. They never contain text.
 */

import { toDollars } from '@farthing/shared/money';
import { type CallResult, isFromAnother } from '../core/call-result.ts';
import { MeterError } from '../core/errors.ts';
import { readOptions, such } from '../support/schema.ts';
import * as names from './attributes.ts';
import { isRequestSpan } from './instrumented.ts';

export interface Telemetry {
  /** Starts a call; the returned function ends it. */
  readonly begin: () => (result: CallResult) => void;
}

type Attributes = Record<string, string | number | string[]>;

/**
 * The parts of `@opentelemetry/api` that are used. Written out, so that the package's types do not require a package
 * that an application may not use. Methods instead of fields, because the API's own parameters are narrower than
 * `unknown`.
 */
interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): { startSpan(name: string, options: object, context: unknown): Span };
    getSpan(context: unknown): Span | undefined;
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
  isRecording(): boolean;
  setAttributes(attributes: Attributes): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

interface Histogram {
  record(value: number, attributes: Attributes, context: unknown): void;
}

interface Counter {
  add(value: number, attributes: Attributes, context: unknown): void;
}

const apiSchema = such<OpenTelemetryApi>("the API package: import * as api from '@opentelemetry/api'", (input) =>
  ['trace', 'metrics', 'context'].every((name) => typeof input === 'object' && input !== null && name in input),
);

/**
 * @throws MeterError for anything but the API package
 * @param api `import * as api from '@opentelemetry/api'`, 1.3 or later
 * @example createMeter({ telemetry: openTelemetry(api) })
 */
export function openTelemetry(api: OpenTelemetryApi): Telemetry {
  readOptions(apiSchema, api, (message) => new MeterError(message), 'openTelemetry: the argument');
  const tracer = api.trace.getTracer('@farthing/runtime');
  const meter = api.metrics.getMeter('@farthing/runtime');
  const tokens = meter.createHistogram(names.TOKEN_USAGE_METRIC, { unit: '{token}', description: 'Tokens of a call' });
  const duration = meter.createHistogram(names.DURATION_METRIC, { unit: 's', description: 'Duration of a call' });
  const cost = meter.createCounter(names.COST, { unit: 'USD', description: 'Cost of calls, by the price table' });

  return {
    begin: () => {
      const startTime = new Date();
      // A call's parent in a trace is where it was made, not where its stream was read to the end.
      const parent = api.context.active();
      const around = api.trace.getSpan(parent);
      const instrumented = isRequestSpan(around) ? around : undefined;
      return (result) => {
        const shared = sharedAttributes(result);
        if (instrumented === undefined) {
          const operation = names.operationOf(result);
          const span = tracer.startSpan(
            `${operation} ${result.model ?? ''}`.trim(),
            {
              kind: api.SpanKind.CLIENT,
              startTime,
              attributes: { ...shared, ...tokenAttributes(result), ...ownAttributes(result) },
            },
            parent,
          );
          if (isFailed(result)) span.setStatus({ code: api.SpanStatusCode.ERROR });
          span.end();
        } else if (instrumented.isRecording()) {
          instrumented.setAttributes({ ...describedAttributes(result), ...ownAttributes(result) });
        }
        duration.record(result.latency / 1000, shared, parent);
        if (result.usage !== null && !isReused(result)) {
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

/** True for an answer that another call paid for. */
function isReused({ origin }: CallResult): boolean {
  return isFromAnother(origin);
}

/** For both spans and metrics: few distinct values each. */
function sharedAttributes(result: CallResult): Attributes {
  return present({
    [names.OPERATION]: names.operationOf(result),
    [names.PROVIDER]: names.providerName(result.provider),
    [names.REQUEST_MODEL]: result.model,
    [names.RESPONSE_MODEL]: result.servedModel,
    ...describedAttributes(result),
    [names.ERROR_TYPE]: isFailed(result) ? String(result.status || result.end) : null,
  });
}

/** Attributes that no instrumentation of an SDK knows, with few distinct values each. */
function describedAttributes({ feature, origin }: CallResult): Attributes {
  return present({ [names.FEATURE]: feature, [names.ORIGIN]: origin });
}

/** The conventions' counts are what was billed; a reused answer has its own counts. */
function tokenAttributes(result: CallResult): Attributes {
  const { usage } = result;
  if (usage === null) return {};
  if (isReused(result)) {
    return { [names.REUSED_INPUT_TOKENS]: usage.input, [names.REUSED_OUTPUT_TOKENS]: usage.output };
  }
  return {
    [names.INPUT_TOKENS]: usage.input,
    [names.OUTPUT_TOKENS]: usage.output,
    [names.CACHE_READ_TOKENS]: usage.cachedInput,
    [names.CACHE_WRITE_TOKENS]: usage.cacheWriteInput + usage.cacheWriteLongInput,
  };
}

/** For spans only: as many distinct values as there are users and call sites. */
function ownAttributes({ cost, saved, user, tenant, team, tags, session, callSite, attempts }: CallResult): Attributes {
  return present({
    [names.USAGE_COST]: cost === null ? null : toDollars(cost.amount),
    [names.COST]: cost === null ? null : toDollars(cost.amount),
    [names.COST_BASIS]: cost?.basis ?? null,
    [names.SAVED]: saved === null ? null : toDollars(saved),
    [names.USER]: user,
    [names.SESSION]: session,
    [names.TENANT]: tenant,
    [names.TEAM]: team,
    [names.TAGS]: tags.length === 0 ? null : [...tags],
    [names.CALL_SITE]: callSite,
    [names.ATTEMPTS]: attempts,
  });
}

function present(attributes: Readonly<Record<string, Attributes[string] | null>>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null)) as Attributes;
}
