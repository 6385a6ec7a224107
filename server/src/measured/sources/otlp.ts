/**
 * Traces in OTLP's JSON, as the OpenTelemetry Collector's file exporter and SDKs write them: spans with the attributes of
 * the GenAI conventions, of their earlier versions, and of OpenLLMetry; the place of the call by `code.*`.
 */
import type { MeasuredTokens } from '@farthing/shared/measured/measured';
import { type RecordedCall, type RecordedSite, STANDARD_TERMS } from '../recorded-call.ts';
import {
  between,
  countOf,
  type Fields,
  fieldsOf,
  firstCount,
  firstName,
  listOf,
  nameOf,
  providerNamed,
  timeOf,
} from './fields.ts';
import { revisionOf } from './ledger.ts';
import type { Source } from './source.ts';

export const otlp: Source = {
  name: 'OpenTelemetry (OTLP JSON)',
  recognises: (record) => Array.isArray(record.resourceSpans),
  read: (record) =>
    listOf(record.resourceSpans).flatMap((resource) => {
      const { resource: about, scopeSpans } = fieldsOf(resource) ?? {};
      const shared = attributesOf(fieldsOf(about) ?? {});
      return listOf(scopeSpans).flatMap((scope) =>
        listOf(fieldsOf(scope)?.spans).flatMap((span) => callOf(fieldsOf(span) ?? {}, shared)),
      );
    }),
};

/** Operations of the conventions that are one request to a model: an agent's and a tool's spans contain those of requests. */
const REQUESTS: ReadonlySet<unknown> = new Set([
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'completion',
  'embedding',
]);

function callOf(span: Fields, resource: Fields): readonly RecordedCall[] {
  const attributes = attributesOf(span);
  const operation = attributes['gen_ai.operation.name'] ?? attributes['llm.request.type'];
  const model = firstName(attributes['gen_ai.request.model'], attributes['llm.request.model']);
  const servedModel = firstName(attributes['gen_ai.response.model'], attributes['llm.response.model']);
  if (model === null && servedModel === null) return [];
  if (operation !== undefined && !REQUESTS.has(operation)) return [];
  const tokens = tokensOf(attributes);
  // The AI SDK's outer span repeats the counts of the requests in it.
  if (operation === undefined && tokens === null) return [];
  const at = timeOf(span.startTimeUnixNano);
  const isReused = REUSED.has(attributes['farthing.origin']);
  const isFailed = fieldsOf(span.status)?.code === 2 || attributes['error.type'] !== undefined;
  const outcome = isReused ? 'reused' : isFailed ? 'failed' : 'answered';
  return [
    {
      at,
      site: siteOf(attributes),
      revision: revisionOf(
        resource['vcs.ref.head.revision'] ??
          resource['vcs.repository.ref.revision'] ??
          attributes['vcs.ref.head.revision'],
      ),
      provider: providerNamed(attributes['gen_ai.provider.name'] ?? attributes['gen_ai.system']),
      model: model ?? servedModel,
      servedModel,
      outcome,
      tokens: outcome === 'answered' ? tokens : null,
      terms: {
        ...STANDARD_TERMS,
        tier: firstName(attributes['openai.response.service_tier'], attributes['gen_ai.openai.response.service_tier']),
      },
      latency: between(at, timeOf(span.endTimeUnixNano)),
    },
  ];
}

const REUSED: ReadonlySet<unknown> = new Set(['exact-cache', 'semantic-cache', 'joined']);

function tokensOf(attributes: Fields): MeasuredTokens | null {
  const input = firstCount(attributes['gen_ai.usage.input_tokens'], attributes['gen_ai.usage.prompt_tokens']);
  const output = firstCount(attributes['gen_ai.usage.output_tokens'], attributes['gen_ai.usage.completion_tokens']);
  if (input === null) return null;
  const cachedInput =
    firstCount(
      attributes['gen_ai.usage.cache_read.input_tokens'],
      attributes['gen_ai.usage.cache_read_input_tokens'],
    ) ?? 0;
  const cacheWrite =
    firstCount(
      attributes['gen_ai.usage.cache_creation.input_tokens'],
      attributes['gen_ai.usage.cache_creation_input_tokens'],
    ) ?? 0;
  return {
    // The conventions include both in the input; where an instrumentation does not, they are larger than it.
    input: cachedInput + cacheWrite > input ? input + cachedInput + cacheWrite : input,
    cachedInput,
    cacheWrite,
    cacheWriteLong: 0,
    output: output ?? 0,
    reasoning:
      firstCount(attributes['gen_ai.usage.reasoning.output_tokens'], attributes['gen_ai.usage.reasoning_tokens']) ?? 0,
  };
}

function siteOf(attributes: Fields): RecordedSite | null {
  const id = nameOf(attributes['farthing.call_site']);
  if (id !== null && /^[0-9a-f]{12}$/.test(id)) return { id };
  const [, ownPath, ownLine, ownColumn] = /^(.+):(\d+):(\d+)$/.exec(id ?? '') ?? [];
  const path = ownPath ?? firstName(attributes['code.file.path'], attributes['code.filepath']);
  if (path === null) return null;
  const name = firstName(attributes['code.function.name'], attributes['code.function']);
  return {
    path: path.replaceAll('\\', '/'),
    line: countOf(ownLine) ?? firstCount(attributes['code.line.number'], attributes['code.lineno']),
    column: countOf(ownColumn) ?? firstCount(attributes['code.column.number'], attributes['code.column']),
    function: name,
  };
}

/** A list of keys and typed values as an object. Only values that are one name or number are looked at. */
function attributesOf({ attributes }: Fields): Fields {
  return Object.fromEntries(
    listOf(attributes).flatMap((attribute) => {
      const { key, value } = fieldsOf(attribute) ?? {};
      const held = fieldsOf(value);
      return typeof key === 'string' && held !== null
        ? [[key, held.stringValue ?? held.intValue ?? held.doubleValue]]
        : [];
    }),
  );
}
