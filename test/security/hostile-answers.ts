/** Answers as no good provider gives them: like the real ones, with anything in any place, and cut anywhere. */
import fc from 'fast-check';

type Bytes = Uint8Array<ArrayBuffer>;

/** Plain data, so that an answer can be given twice. */
export interface Hostile {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly chunks: readonly Bytes[];
  /** True where the connection ends in an error. */
  readonly breaks: boolean;
}

export function hostileResponse({ status, statusText, headers, chunks, breaks }: Hostile): Response {
  const rest = [...chunks];
  const stream = new ReadableStream<Bytes>({
    pull: (controller) => {
      const chunk = rest.shift();
      if (chunk !== undefined) controller.enqueue(chunk);
      else if (breaks) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  const isOrdinary = status <= 599;
  const response = new Response([204, 205, 304].includes(status) ? null : stream, {
    status: isOrdinary ? status : 500,
    statusText,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
  // Such a status can be received, and not be constructed.
  if (!isOrdinary) Object.defineProperty(response, 'status', { value: status });
  return response;
}

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-1, 2 ** 53, Number.MAX_SAFE_INTEGER, 9e15, 0.5, '12', null, true, [], {}),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '__proto__', 'constructor', '模型', 'a\nb', 'x'.repeat(1000), '\ud800', '[DONE]'),
);
/** An object with its own property `__proto__`, as only JSON creates it. */
const PROTOTYPE = JSON.parse('{"__proto__":{"usage":{"prompt_tokens":-1}}}');
const anything = fc.oneof(fc.jsonValue(), fc.constant(PROTOTYPE));

const counts = fc.dictionary(
  fc.constantFrom(
    ...['prompt_tokens', 'completion_tokens', 'prompt_cache_hit_tokens', 'cached_tokens', 'cache_write_tokens'],
    ...['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
    ...['promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount', 'cachedContentTokenCount'],
    ...['ephemeral_1h_input_tokens', 'reasoning_tokens', 'toolUsePromptTokenCount'],
  ),
  number,
);
const usage = fc.oneof(
  counts,
  anything,
  fc.tuple(counts, counts).map(([outer, details]) => ({
    ...outer,
    prompt_tokens_details: details,
    input_tokens_details: details,
    completion_tokens_details: details,
    output_tokens_details: details,
    cache_creation: details,
  })),
);

function part(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );
}

const content = fc.oneof(text, anything, fc.array(part({ type: fc.constant('text'), text })));
const json = part({
  id: text,
  type: fc.constantFrom('message', 'message_start', 'message_delta', 'message_stop', 'error', 'response.completed'),
  model: fc.oneof(text, number),
  modelVersion: text,
  service_tier: text,
  usage,
  usageMetadata: usage,
  status: fc.constantFrom('completed', 'incomplete'),
  stop_reason: fc.constantFrom('end_turn', 'tool_use', null, 5),
  response: part({ status: fc.constant('completed'), model: text, usage, output: anything }),
  message: part({ model: text, usage, content }),
  delta: part({ stop_reason: fc.constantFrom('end_turn', 'x', null), usage }),
  content,
  choices: fc.oneof(
    anything,
    fc.array(
      part({
        index: number,
        message: part({ content, refusal: text }),
        delta: part({ content, tool_calls: anything }),
        finish_reason: fc.constantFrom('stop', 'tool_calls', null, 5),
      }),
    ),
  ),
  candidates: fc.oneof(anything, fc.array(part({ content: anything, finishReason: fc.constantFrom('STOP', 5, null) }))),
  error: fc.oneof(anything, fc.constant(null)),
}).map((value) => JSON.stringify(value));

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const field = fc.constantFrom('', 'event: message_start', 'event: message_delta', 'event: error', ': comment', 'id: 1');
const sse = fc
  .array(fc.tuple(field, fc.oneof(json, text, fc.constant('[DONE]')), lineEnd, lineEnd), { maxLength: 6 })
  .map((events) =>
    events.map(([first, data, end, last]) => `${first === '' ? '' : first + end}data: ${data}${end}${last}`).join(''),
  );
const bytes = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(json, sse).map((written) => Buffer.from(written)) },
  { weight: 1, arbitrary: fc.uint8Array().map((raw) => Buffer.from(raw)) },
);

/** Cut anywhere: inside of characters and of line ends as well. */
export const chunked = (whole: fc.Arbitrary<Buffer>): fc.Arbitrary<readonly Bytes[]> =>
  fc.tuple(whole, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })).map(([all, cuts]) => {
    const inside = cuts.map((cut) => Math.floor(cut * all.length)).sort((a, b) => a - b);
    const at = [0, ...inside, all.length];
    return at.slice(1).map((end, index) => Uint8Array.from(all.subarray(at[index], end)));
  });

const header = fc.oneof(
  fc.tuple(fc.stringMatching(/^x-[a-z0-9]{1,20}$/), fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/)),
  fc.tuple(
    fc.constantFrom('retry-after', 'retry-after-ms', 'x-should-retry', 'x-farthing-cost', 'x-farthing-model'),
    fc.constantFrom('-1', 'NaN', 'Infinity', '1e309', '99999999999', 'Thu, 01 Jan 1970 00:00:00 GMT', 'false'),
  ),
);
const contentType = fc.constantFrom(
  'application/json',
  'application/json',
  'text/event-stream',
  'text/event-stream; charset=latin1',
  'application/json; charset=utf-16',
  'text/html',
  ';',
);

export const hostile: fc.Arbitrary<Hostile> = fc.record({
  status: fc.oneof(
    { weight: 6, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.integer({ min: 200, max: 999 }) },
  ),
  statusText: fc.constantFrom('', 'OK', 'Odd \xe9 Thing'),
  headers: fc
    .tuple(fc.option(contentType, { nil: null }), fc.array(header, { maxLength: 4 }))
    .map(([type, others]) => (type === null ? others : [...others, ['content-type', type] as const])),
  chunks: chunked(bytes),
  breaks: fc.boolean(),
});
