/** Whatever a provider sends is data: no codec throws, and the values it reads are counts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStreamReader } from '../framing/stream-reader.ts';
import { codecOf } from '../index.ts';
import { MEDIA, type Usage } from '../usage.ts';

const PATHS = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/responses',
  '/v1/responses/compact',
  '/v1/embeddings',
  '/v1/messages',
  '/v1/messages/count_tokens',
  '/v1/projects/p/locations/l/publishers/anthropic/models/m:streamRawPredict',
  '/v1beta/models/m:generateContent',
  '/v1beta/models/m:streamGenerateContent',
  '/v1beta/models/m:batchEmbedContents',
  '/v1/models/m:predict',
  '/v1beta/interactions',
  '/model/m/converse',
  '/model/m/converse-stream',
  '/model/m/invoke',
  '/model/m/invoke-with-response-stream',
  '/v2/chat',
  '/v2/embed',
  '/v2/rerank',
  '/api/chat',
  '/api/generate',
  '/api/embed',
];

const NAMES = [
  ...[
    'usage',
    'usageMetadata',
    'meta',
    'usage_info',
    'x_groq',
    'billed_units',
    'tokens',
    'message',
    'delta',
    'choices',
  ],
  ...[
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'input_tokens',
    'output_tokens',
    'inputTokens',
    'outputTokens',
  ],
  ...['prompt_tokens_details', 'completion_tokens_details', 'cached_tokens', 'audio_tokens', 'reasoning_tokens'],
  ...[
    'cache_read_input_tokens',
    'cache_creation_input_tokens',
    'cache_creation',
    'ephemeral_1h_input_tokens',
    'iterations',
  ],
  ...[
    'promptTokenCount',
    'candidatesTokenCount',
    'thoughtsTokenCount',
    'cachedContentTokenCount',
    'promptTokensDetails',
  ],
  ...[
    'prompt_eval_count',
    'eval_count',
    'done',
    'model',
    'cost',
    'total_cost',
    'cost_in_usd_ticks',
    'stop_reason',
    'type',
  ],
  ...[
    'amazon-bedrock-invocationMetrics',
    'inputTokenCount',
    'outputTokenCount',
    'finish_reason',
    'output',
    'candidates',
  ],
  ...[
    'modality',
    'tokenCount',
    'service_tier',
    'server_tool_use',
    'web_search_requests',
    'annotations',
    'action',
    'input',
  ],
];

/** Numbers that providers should never write, and some that they do. */
const number = fc.oneof(
  fc.nat(2000),
  fc.double(),
  fc.constantFrom(-1, 0.5, 1e300, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, '12', '-3', 'NaN', null, true),
);
const { answer } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    number,
    fc.string({ maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('answer'),
  ),
  answer: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 8 }),
}));

function check(usage: Usage | null): void {
  if (usage === null) return;
  const { input, cachedInput, cacheWriteInput, cacheWriteLongInput, output, reasoning, fees = {}, others = [] } = usage;
  const media = MEDIA.map((name) => usage[name] ?? 0);
  const counts = [input, cachedInput, cacheWriteInput, cacheWriteLongInput, output, reasoning ?? 0, ...media];
  for (const count of [...counts, ...Object.values(fees)]) expect(Number.isInteger(count) && count >= 0).toBe(true);
  expect(cachedInput + cacheWriteInput + cacheWriteLongInput).toBeLessThanOrEqual(input);
  expect(reasoning ?? 0).toBeLessThanOrEqual(output);
  for (const other of others) check(other.usage);
}

test.each(PATHS)('%s reads any answer', (path) => {
  const codec = codecOf(path);
  fc.assert(
    fc.property(answer, (value) => {
      const json = JSON.parse(JSON.stringify(value));
      check(codec?.usage(json) ?? null);
      const stated = codec?.answer(json).statedCost ?? null;
      expect(stated === null || (Number.isSafeInteger(stated) && stated >= 0)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

const EVENTS = ['message_start', 'message_delta', 'message_stop', 'error', 'response.completed', 'chunk', 'metadata'];

test.each(PATHS)('%s reads any stream, cut anywhere', (path) => {
  const codec = codecOf(path);
  const event = fc.record({ name: fc.option(fc.constantFrom(...EVENTS)), data: fc.oneof(answer, fc.string()) });
  const framing = fc.constantFrom('sse', 'lines', 'array');
  fc.assert(
    fc.property(fc.array(event, { maxLength: 5 }), framing, fc.nat(), fc.nat(), (events, kind, cut, end) => {
      const texts = events.map(({ data }) => (typeof data === 'string' ? data : JSON.stringify(data)));
      const text =
        kind === 'lines'
          ? texts.join('\n')
          : kind === 'array'
            ? `[${texts.join(',')}]`
            : events
                .map(({ name }, index) => `${name === null ? '' : `event: ${name}\n`}data: ${texts[index]}\n\n`)
                .join('');
      const bytes = new TextEncoder().encode(text);
      const scanner = codec?.scanner();
      const read = createStreamReader('text/plain', (one) => scanner?.push(one));
      const size = (cut % 17) + 1;
      const whole = bytes.length - (end % 5 === 0 ? Math.min(end % 40, bytes.length) : 0);
      for (let at = 0; at < whole; at += size) read?.(bytes.subarray(at, Math.min(at + size, whole)));
      check(scanner?.usage() ?? null);
      check(scanner?.usageSoFar() ?? null);
      expect(scanner?.answer().finish).toBeTypeOf('string');
    }),
    { numRuns: 200 },
  );
});
