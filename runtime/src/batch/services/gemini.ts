/**
 * Gemini's batches, with their requests in the body of the creation. They have a display name to find them by, and their
 * results come in the order of the requests, each with its key.
 *
 * @see https://ai.google.dev/gemini-api/docs/batch-api, as of 2026-11-30
 */
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { ifEnded, ifThere, statusOf } from '../errors.ts';
import type { BatchFailure, BatchService, LineResult } from '../service.ts';

/** A batch with its requests in the body may have 20 MB; the rest is for what surrounds them. */
const LIMITS = { rows: 100_000, bytes: 19_900_000 };
const PATH = /^\/(v[^/]+)\/models\/([^/:]+):generateContent$/;
/** Pages of the list that are looked through for a batch that may have been submitted. */
const MAX_PAGES = 20;

/** The statuses of live calls with the same errors, by gRPC's codes. */
const STATUSES: Readonly<Record<number, number>> = {
  3: 400,
  4: 504,
  5: 404,
  7: 403,
  8: 429,
  9: 400,
  11: 400,
  12: 501,
  13: 500,
  14: 503,
  16: 401,
};
const CANCELLED = 1;
const TEMPORARY: ReadonlySet<unknown> = new Set([8, 13, 14]);

/** The connection of `@google/genai`. */
interface Connection {
  readonly request: (request: {
    readonly path: string;
    readonly httpMethod: 'GET' | 'POST' | 'DELETE';
    readonly body?: string;
    readonly queryParams?: Readonly<Record<string, string>>;
    readonly httpOptions?: { readonly fetch: typeof globalThis.fetch };
  }) => Promise<{ readonly responseInternal: Response; readonly json: () => Promise<unknown> }>;
  readonly clientOptions: { readonly httpOptions?: { readonly baseUrl?: string; readonly apiVersion?: string } };
}

/** @param fetch sends requests that the meter does not see */
export function geminiBatches(client: object, _live: object, fetch: typeof globalThis.fetch): BatchService | null {
  const connection = connectionOf(client);
  if (connection === null) return null;
  const ask = async (
    httpMethod: 'GET' | 'POST' | 'DELETE',
    path: string,
    more: { readonly body?: string; readonly queryParams?: Readonly<Record<string, string>> } = {},
  ): Promise<JsonObject> => {
    const response = await connection.request({ path, httpMethod, ...more, httpOptions: { fetch } });
    return asObject(await response.json()) ?? {};
  };
  const { baseUrl = '', apiVersion = 'v1beta' } = connection.clientOptions.httpOptions ?? {};
  const base = baseUrl.replace(/\/+$/, '');

  return {
    name: 'gemini',
    limits: LIMITS,
    read: (row) => readRow(row, apiVersion),
    group: ({ path }) => (PATH.test(path) ? path : `!a batch takes generateContent, and not ${path}.`),
    url: (path) => `${base}${path}`,
    line: (key, { body }) => `{"request":${body},"metadata":{"key":${JSON.stringify(key)}}}`,
    submit: async ({ marker, path, lines }) => {
      const requests: string[] = [];
      for await (const line of lines()) requests.push(line);
      const input = `{"requests":{"requests":[${requests.join(',')}]}}`;
      const body = `{"batch":{"displayName":${JSON.stringify(marker)},"inputConfig":${input}}}`;
      const model = PATH.exec(path)?.[2] ?? '';
      const batch = await ask('POST', `models/${model}:batchGenerateContent`, { body });
      return { batch: asString(batch.name) ?? '', files: [] };
    },
    find: async (marker) => {
      let token = '';
      for (let page = 0; page < MAX_PAGES; page++) {
        const queryParams = { pageSize: '100', ...(token !== '' && { pageToken: token }) };
        const found = await ask('GET', 'batches', { queryParams });
        for (const operation of asArray(found.operations).map(asObject)) {
          if (asObject(operation?.metadata)?.displayName !== marker) continue;
          return { batch: asString(operation?.name) ?? '', files: [] };
        }
        token = asString(found.nextPageToken) ?? '';
        if (token === '') break;
      }
      return null;
    },
    state: async ({ batch }) => {
      const operation = await ask('GET', batch);
      const state = asString(asObject(operation.metadata)?.state) ?? '';
      const isEnded = operation.done === true || /_(SUCCEEDED|FAILED|CANCELLED|EXPIRED)$/.test(state);
      return { isEnded, results: [batch], failure: state.endsWith('_FAILED') ? failureOf(operation) : null };
    },
    results: async function* ({ results: [batch = ''] }) {
      const operation = await ask('GET', batch);
      const output = asObject(operation.response) ?? asObject(asObject(operation.metadata)?.output);
      for (const line of asArray(asObject(output?.inlinedResponses)?.inlinedResponses).map(asObject)) {
        const key = asString(asObject(line?.metadata)?.key);
        if (line !== null && key !== null) yield { key, answer: answerOf(line) };
      }
    },
    cancel: ({ batch }) => ifEnded(() => ask('POST', `${batch}:cancel`, { body: '{}' })),
    // The batch itself has the requests and their answers.
    remove: ({ batch }) => ifThere(() => ask('DELETE', batch)),
    live: async ({ path, body }) => {
      try {
        const response = await connection.request({ path: path.replace(/^\/v[^/]+\//, ''), httpMethod: 'POST', body });
        return response.responseInternal;
      } catch (error) {
        const status = statusOf(error);
        if (status === null) throw error;
        // The message of the SDK's error is the body of the answer.
        return new Response(error instanceof Error ? error.message : '', { status });
      }
    },
  };
}

function connectionOf(client: object): Connection | null {
  const { apiClient, batches } = client as { readonly apiClient?: unknown; readonly batches?: unknown };
  if (typeof apiClient !== 'object' || apiClient === null || typeof batches !== 'object') return null;
  const { request, clientOptions } = apiClient as Partial<Connection>;
  return typeof request === 'function' && typeof clientOptions === 'object' ? (apiClient as Connection) : null;
}

function readRow(row: JsonObject, version: string) {
  const body = asObject(row.request);
  const model = asString(row.model);
  if (body === null || model === null) return 'it needs a `model` and a `request`. A row is { key, model, request }.';
  const path = `/${version}/models/${encodeURIComponent(model.replace(/^models\//, ''))}:generateContent`;
  return { id: asString(row.key), path, body: JSON.stringify(body) };
}

function failureOf(operation: JsonObject): BatchFailure {
  const error = asObject(operation.error);
  const message = asString(error?.message) ?? 'The provider did not process the batch.';
  return { message, isTemporary: TEMPORARY.has(error?.code), lines: [] };
}

function answerOf(line: JsonObject): LineResult['answer'] {
  const error = asObject(line.error);
  if (error === null) return line.response === undefined ? null : { status: 200, body: JSON.stringify(line.response) };
  const code = typeof error.code === 'number' ? error.code : 13;
  if (code === CANCELLED) return null;
  const status = STATUSES[code] ?? 500;
  return { status, body: JSON.stringify({ error: { ...error, code: status } }) };
}
