/**
 * OpenAI's batches: a file of lines is uploaded, a batch made of it, and two files have the results, in any order: the
 * lines that were answered, and those that failed or expired.
 *
 * @see https://platform.openai.com/docs/guides/batch, as of 2026-11-30
 */
import { asArray, asObject, asString, type JsonObject, parseObject } from '../../support/json-body.ts';
import { ifEnded, ifThere } from '../errors.ts';
import { linesOf } from '../lines.ts';
import type { BatchFailure, BatchService, LineResult, Submitted } from '../service.ts';
import { spooled } from '../spool.ts';
import { isStainless, liveResponse, type StainlessClient } from './stainless.ts';

const ENDPOINTS: ReadonlySet<string> = new Set(['/v1/chat/completions', '/v1/responses', '/v1/embeddings']);
/** A file of exactly 200 MB is taken; the margin is for the form around it. */
const LIMITS = { rows: 50_000, bytes: 200_000_000 };
const ENDED: ReadonlySet<string> = new Set(['completed', 'expired', 'cancelled', 'failed']);
/** Errors of a batch, or of a line, that say nothing about the line itself. */
const TEMPORARY: ReadonlySet<string> = new Set(['token_limit_exceeded', 'rate_limit_exceeded', 'server_error']);
const UNPROCESSED: ReadonlySet<string> = new Set(['batch_expired', 'batch_cancelled']);
/** Batches that are looked through for one that may have been submitted, newest first. */
const MAX_PAGES = 20;

/** @param live sends live calls through the meter; `client` does not, because its own requests cost nothing */
export function openaiBatches(client: object, live: object): BatchService | null {
  const methods = ['batches.create', 'files.create', 'chat.completions.create'];
  if (!isStainless(client, methods) || !isStainless(live, methods)) return null;
  return {
    name: 'openai',
    limits: LIMITS,
    read: readRow,
    group: ({ path, body }) => {
      if (!ENDPOINTS.has(path)) return `!its endpoint ${path} is none of ${[...ENDPOINTS].join(', ')}.`;
      const json = parseObject(body);
      if (json?.stream === true) return '!a batch cannot stream. Leave out `stream`.';
      // A batch takes requests for one model only.
      return `${path} ${asString(json?.model) ?? ''}`;
    },
    url: (path) => `${client.baseURL}${below(path)}`,
    line: (key, { path, body }) =>
      `{"custom_id":${JSON.stringify(key)},"method":"POST","url":${JSON.stringify(path)},"body":${body}}`,
    submit: (submission) =>
      spooled(withLineEnds(submission.lines()), async (blob) => {
        const form = new FormData();
        form.append('purpose', 'batch');
        form.append('file', blob, fileName(submission.marker));
        const file = asString(asObject(await client.post('/files', { body: form }))?.id) ?? '';
        const { marker, path } = submission;
        const body = {
          input_file_id: file,
          endpoint: path,
          completion_window: '24h',
          metadata: { farthing: marker },
        };
        // A request that is repeated by the SDK could make a second batch.
        const batch = asObject(await client.post('/batches', { body, maxRetries: 0 }));
        return { batch: asString(batch?.id) ?? '', files: [file] };
      }),
    find: (marker) => find(client, marker),
    state: async ({ batch }) => {
      const json = asObject(await client.get(`/batches/${batch}`));
      const files = [asString(json?.output_file_id), asString(json?.error_file_id)];
      const isEnded = ENDED.has(asString(json?.status) ?? '');
      return {
        isEnded,
        results: files.filter((file) => file !== null),
        failure: json?.status === 'failed' ? failureOf(json) : null,
      };
    },
    results: ({ results }) => resultsIn(client, results),
    cancel: ({ batch }) => ifEnded(() => client.post(`/batches/${batch}/cancel`)),
    remove: async ({ files }, state) => {
      for (const file of [...files, ...(state?.results ?? [])]) await ifThere(() => client.delete(`/files/${file}`));
    },
    live: ({ path, body }) =>
      liveResponse(live.post(below(path), { body, headers: { 'content-type': 'application/json' } }), (error) => ({
        error,
      })),
  };
}

function readRow(row: JsonObject) {
  const { custom_id: id, url, body } = row;
  const json = asObject(body);
  if (json === null) return 'it has no `body`. A row is { custom_id, url, body }.';
  return { id: asString(id), path: asString(url) ?? '/v1/chat/completions', body: JSON.stringify(json) };
}

/** The client's base URL ends with the version. */
function below(path: string): string {
  return path.replace(/^\/v1/, '');
}

function fileName(marker: string): string {
  return `${marker}.jsonl`;
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** A file without a batch is deleted: it will be uploaded again. */
async function find(client: StainlessClient, marker: string): Promise<Submitted | null> {
  for await (const batch of listed(client, '/batches', {})) {
    if (asObject(batch.metadata)?.farthing !== marker) continue;
    return { batch: asString(batch.id) ?? '', files: [asString(batch.input_file_id) ?? ''] };
  }
  for await (const file of listed(client, '/files', { purpose: 'batch' })) {
    if (file.filename === fileName(marker)) await ifThere(() => client.delete(`/files/${file.id}`));
  }
  return null;
}

async function* listed(client: StainlessClient, path: string, query: JsonObject): AsyncGenerator<JsonObject> {
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const found = asObject(await client.get(path, { query: { ...query, limit: 100, ...(after && { after }) } }));
    const items = asArray(found?.data).map(asObject);
    for (const item of items) if (item !== null) yield item;
    after = asString(items.at(-1)?.id);
    if (found?.has_more !== true || after === null) return;
  }
}

function failureOf(batch: JsonObject): BatchFailure {
  const errors = asArray(asObject(batch.errors)?.data).map(asObject);
  const lines = errors.flatMap((error) => {
    const line = error?.line;
    return typeof line === 'number' ? [{ line, message: asString(error?.message) ?? 'invalid line' }] : [];
  });
  const [first] = errors;
  return {
    message: asString(first?.message) ?? 'The provider did not accept the batch.',
    isTemporary: TEMPORARY.has(asString(first?.code) ?? ''),
    lines,
  };
}

async function* resultsIn(client: StainlessClient, files: readonly string[]): AsyncGenerator<LineResult> {
  for (const file of files) {
    const response = await client.get(`/files/${file}/content`).asResponse();
    for await (const text of linesOf(response.body)) {
      const line = parseObject(text);
      const key = asString(line?.custom_id);
      if (line !== null && key !== null) yield { key, answer: answerOf(line) };
    }
  }
}

function answerOf(line: JsonObject): LineResult['answer'] {
  const response = asObject(line.response);
  const error = asObject(line.error);
  if (error === null) {
    const status = typeof response?.status_code === 'number' ? response.status_code : 500;
    return { status, body: JSON.stringify(response?.body ?? null) };
  }
  const code = asString(error.code) ?? '';
  if (UNPROCESSED.has(code)) return null;
  return { status: TEMPORARY.has(code) ? 503 : 400, body: JSON.stringify({ error }) };
}
