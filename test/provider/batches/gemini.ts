/**
 * Gemini's batches with inline requests: an operation with a display name, whose results come in the order of the requests.
 * One that expires has none.
 */
import { at, isObject, listAt, parsed, stringAt } from '../json.ts';
import { type BatchApi, type BatchAsk, type Batches, type BatchReply, type FakeBatch, reply } from './batches.ts';

const CREATE = /\/(v1(?:beta)?\/models\/[^/:]+):batchGenerateContent$/;
const ONE = /\/v1(?:beta)?\/(batches(?:\/[^/:]+)?)(:cancel)?$/;
const MAX_BYTES = 20_000_000;

/** gRPC's codes by status. */
const CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 429: 8, 503: 14 };

export const geminiBatches: BatchApi = {
  // OpenAI's batches have the same path.
  isFor: (path, headers) => CREATE.test(path) || (ONE.test(path) && 'x-goog-api-key' in headers),
  serve: (ask, batches) => {
    const { method, path } = ask;
    const model = CREATE.exec(path)?.[1];
    if (model !== undefined) return create(ask, model, batches);
    const [, name = '', cancel] = ONE.exec(path) ?? [];
    if (name === 'batches') return reply({ operations: batches.newestFirst().map(described) });
    const batch = batches.all.get(name);
    if (batch === undefined) return failed(404, 'NOT_FOUND', `${name} is not found.`);
    if (method === 'DELETE') {
      batches.all.delete(name);
      return reply({});
    }
    if (cancel === undefined) return reply(described(batches.look(batch)));
    batch.isCancelled = batch.results === null;
    return reply({});
  },
};

function create({ bytes }: BatchAsk, model: string, batches: Batches): BatchReply {
  const body = parsed(bytes.toString());
  const requests = listAt(body, 'batch', 'inputConfig', 'requests', 'requests');
  if (bytes.length > MAX_BYTES || requests.length === 0) {
    return failed(400, 'INVALID_ARGUMENT', 'A batch must have requests, and at most 20 MB of them.');
  }
  const path = `/${model}:generateContent`;
  const lines = requests.map((request, index) => ({
    key: stringAt(request, 'metadata', 'key') ?? `${index}`,
    path,
    body: isObject(request) ? request.request : null,
  }));
  const facts = { displayName: at(body, 'batch', 'displayName'), model };
  return reply(described(batches.create(batches.id('batches/'), lines, facts)));
}

function described({ id, facts, results, looks, plan }: FakeBatch) {
  const running = looks === 0 ? 'PENDING' : 'RUNNING';
  const state =
    results === null ? running : results.status === 'completed' ? 'SUCCEEDED' : results.status.toUpperCase();
  const hasOutput = results !== null && results.status !== 'failed' && results.answers.length > 0;
  const inlinedResponses = (results?.answers ?? []).map(({ key, status, body }) => ({
    metadata: { key },
    ...(status < 400
      ? { response: body }
      : { error: { code: CODES[status] ?? 13, message: stringAt(body, 'error', 'message') ?? '' } }),
  }));
  const [failure] = plan.failure ?? [];
  return {
    name: id,
    metadata: { displayName: facts.displayName, state: `BATCH_STATE_${state}` },
    done: results !== null,
    ...(results?.status === 'failed' && { error: { code: Number(failure?.code ?? 3), message: failure?.message } }),
    ...(hasOutput && { response: { inlinedResponses: { inlinedResponses } } }),
  };
}

function failed(code: number, status: string, message: string): BatchReply {
  return reply({ error: { code, status, message } }, code);
}
