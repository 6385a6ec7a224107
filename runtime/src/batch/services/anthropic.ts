/**
 * Anthropic's message batches: one request has all lines, and a file of results is read when the batch has ended, in any
 * order. There is nothing to name a batch by, so its creation is repeated under its idempotency key after a crash.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/batch-processing, as of 2026-11-30
 */
import { asObject, asString, type JsonObject, parseObject } from '../../support/json-body.ts';
import { ifEnded } from '../errors.ts';
import { linesOf } from '../lines.ts';
import type { BatchService, LineResult } from '../service.ts';
import { spooled } from '../spool.ts';
import { isStainless, liveResponse } from './stainless.ts';

const PATH = '/v1/messages';
const BATCHES = '/v1/messages/batches';
const LIMITS = { rows: 100_000, bytes: 256_000_000 };
const JSON_TYPE = { 'content-type': 'application/json' };

/** The statuses of live calls with the same errors. */
const STATUSES: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

export function anthropicBatches(client: object, live: object): BatchService | null {
  const methods = ['messages.create', 'messages.batches.create'];
  if (!isStainless(client, methods) || !isStainless(live, methods)) return null;
  return {
    name: 'anthropic',
    limits: LIMITS,
    read: readRow,
    group: ({ path, body }) => {
      if (path !== PATH) return `!a batch takes ${PATH}, and not ${path}.`;
      // Lines may be for different models.
      return parseObject(body)?.stream === true ? '!a batch cannot stream. Leave out `stream`.' : path;
    },
    url: (path) => `${client.baseURL}${path}`,
    line: (key, { body }) => `{"custom_id":${JSON.stringify(key)},"params":${body}}`,
    submit: ({ marker, lines }) =>
      spooled(asRequests(lines()), async (blob) => {
        const headers = { ...JSON_TYPE, 'idempotency-key': marker };
        const batch = asObject(await client.post(BATCHES, { body: blob, headers, maxRetries: 0 }));
        return { batch: asString(batch?.id) ?? '', files: [] };
      }),
    find: async () => null,
    state: async ({ batch }) => {
      const json = asObject(await client.get(`${BATCHES}/${batch}`));
      // Its counts are 0 until it has ended.
      return { isEnded: json?.processing_status === 'ended', results: [batch], failure: null };
    },
    results: async function* ({ results: [batch] }) {
      const response = await client.get(`${BATCHES}/${batch}/results`).asResponse();
      for await (const text of linesOf(response.body)) {
        const line = parseObject(text);
        const key = asString(line?.custom_id);
        if (line !== null && key !== null) yield { key, answer: answerOf(line) };
      }
    },
    cancel: ({ batch }) => ifEnded(() => client.post(`${BATCHES}/${batch}/cancel`)),
    // There are no files to delete: Anthropic keeps results for 29 days.
    remove: async () => {},
    live: ({ path, body }) => liveResponse(live.post(path, { body: parseObject(body) }), (error) => error),
  };
}

function readRow(row: JsonObject) {
  const body = asObject(row.params);
  if (body === null) return 'it has no `params`. A row is { custom_id, params }.';
  return { id: asString(row.custom_id), path: PATH, body: JSON.stringify(body) };
}

async function* asRequests(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let before = '{"requests":[';
  for await (const line of lines) {
    yield `${before}${line}`;
    before = ',\n';
  }
  yield ']}';
}

/** Null for a line that expired or was cancelled before its turn. */
function answerOf(line: JsonObject): LineResult['answer'] {
  const result = asObject(line.result);
  if (result?.type === 'succeeded') return { status: 200, body: JSON.stringify(result.message) };
  if (result?.type !== 'errored') return null;
  const error = asObject(result.error);
  const type = asString(asObject(error?.error)?.type) ?? '';
  return { status: STATUSES[type] ?? 500, body: JSON.stringify(error) };
}
