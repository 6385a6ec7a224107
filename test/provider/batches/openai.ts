/**
 * OpenAI's files and batches. States go from `validating` over `in_progress` to an end; results come in any order, in one
 * file for answers and one for errors; a batch that expires or is cancelled has partial results.
 */
import { isObject, parsed, stringAt } from '../json.ts';
import {
  type BatchApi,
  type BatchAsk,
  type Batches,
  type BatchLine,
  type BatchReply,
  type FakeBatch,
  reply,
  type StoredFile,
} from './batches.ts';

const MAX_LINES = 50_000;
const MAX_BYTES = 200 * 1024 * 1024;

export const openaiBatches: BatchApi = {
  isFor: (path) => /\/v1\/(files|batches)(\/|$)/.test(path),
  serve: (ask, batches) => {
    const { method, path } = ask;
    const [, kind, id, more] = /\/v1\/(files|batches)(?:\/([^/]+))?(?:\/(content|cancel))?$/.exec(path) ?? [];
    if (kind === 'files') {
      if (id !== undefined) return onFile(method, batches.files.get(id), more !== undefined, batches);
      return method === 'POST' ? upload(ask, batches) : listFiles(batches);
    }
    if (id !== undefined) return onBatch(batches.all.get(id), id, more !== undefined, batches);
    return method === 'POST' ? create(ask, batches) : listBatches(ask, batches);
  },
};

function onBatch(batch: FakeBatch | undefined, id: string, isCancel: boolean, batches: Batches): BatchReply {
  if (batch === undefined) return notFound(`No batch found with id '${id}'.`);
  if (!isCancel) return reply(described(batches.look(batch), batches));
  if (batch.results !== null) return reply({ error: { message: 'Cannot cancel a batch that has ended.' } }, 409);
  batch.isCancelled = true;
  return reply(described(batch, batches));
}

async function upload({ bytes, headers }: BatchAsk, batches: Batches): Promise<BatchReply> {
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data;'))
    return reply({ error: { message: 'Files are uploaded as a form.' } }, 400);
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) return reply({ error: { message: "Missing required parameter: 'file'." } }, 400);
  const stored = batches.store(file.name, String(form.get('purpose')), Buffer.from(await file.arrayBuffer()));
  return reply(describedFile(stored));
}

function onFile(method: string, file: StoredFile | undefined, isContent: boolean, batches: Batches): BatchReply {
  if (file === undefined) return notFound('No such File object.');
  if (method === 'DELETE') {
    batches.files.delete(file.id);
    return reply({ id: file.id, object: 'file', deleted: true });
  }
  if (isContent) return { status: 200, body: file.bytes, type: 'application/octet-stream' };
  return reply(describedFile(file));
}

function listFiles(batches: Batches): BatchReply {
  return reply({ object: 'list', data: [...batches.files.values()].map(describedFile), has_more: false });
}

function describedFile({ id, name, purpose, bytes }: StoredFile) {
  return { id, object: 'file', bytes: bytes.length, created_at: 0, filename: name, purpose };
}

function create({ bytes }: BatchAsk, batches: Batches): BatchReply {
  const body = parsed(bytes.toString());
  const input = stringAt(body, 'input_file_id') ?? '';
  const file = batches.files.get(input);
  if (file === undefined) return reply({ error: { message: `Invalid file: ${input}`, code: 'invalid_request' } }, 400);
  const endpoint = stringAt(body, 'endpoint') ?? '';
  const lines = file.bytes.toString().split('\n').filter(Boolean).map(lineOf);
  const problem =
    lines.length > MAX_LINES || file.bytes.length > MAX_BYTES
      ? 'The file is too large.'
      : lines.find((line) => typeof line === 'string' || line.path !== endpoint) === undefined
        ? duplicateIn(lines as readonly BatchLine[])
        : 'A line is invalid, or for another endpoint.';
  if (problem !== null) return reply({ error: { message: problem, code: 'invalid_request' } }, 400);
  const metadata = isObject(body) ? (body.metadata ?? null) : null;
  const batch = batches.create(batches.id('batch_'), lines as readonly BatchLine[], { endpoint, input, metadata });
  return reply(described(batch, batches));
}

function lineOf(text: string): BatchLine | string {
  const line = parsed(text);
  const key = stringAt(line, 'custom_id');
  const path = stringAt(line, 'url');
  if (key === null || path === null || !isObject(line)) return text;
  return { key, path, body: line.body };
}

function duplicateIn(lines: readonly BatchLine[]): string | null {
  return new Set(lines.map(({ key }) => key)).size === lines.length ? null : 'A custom_id is used twice.';
}

function listBatches({ query }: BatchAsk, batches: Batches): BatchReply {
  const all = batches.newestFirst();
  const after = query.get('after');
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const page = all.slice(from, from + Number(query.get('limit') ?? 20));
  const hasMore = from + page.length < all.length;
  return reply({ object: 'list', data: page.map((batch) => described(batch, batches)), has_more: hasMore });
}

function described(batch: FakeBatch, batches: Batches) {
  const { id, facts, results, looks, plan, lines, createdAt } = batch;
  const running = batch.isCancelled ? 'cancelling' : looks === 0 ? 'validating' : 'in_progress';
  const files = results === null ? {} : resultFiles(batch, batches);
  const failed = (results?.answers ?? []).filter(({ status }) => status >= 400).length;
  return {
    id,
    object: 'batch',
    endpoint: facts.endpoint,
    errors: results?.status === 'failed' ? { object: 'list', data: plan.failure ?? [] } : null,
    input_file_id: facts.input,
    completion_window: '24h',
    status: results?.status ?? running,
    output_file_id: null,
    error_file_id: null,
    ...files,
    created_at: createdAt,
    request_counts: { total: lines.length, completed: (results?.answers.length ?? 0) - failed, failed },
    metadata: facts.metadata,
  };
}

/** Written once; a file that was deleted is not written again. */
const written = new WeakMap<FakeBatch, object>();

function resultFiles(batch: FakeBatch, batches: Batches): object {
  const known = written.get(batch);
  if (known !== undefined) return known;
  const { answers = [], unprocessed = [], status } = batch.results ?? {};
  if (status === 'failed') return {};
  const outputs: string[] = [];
  const errors: string[] = [];
  for (const { key, status: code, body, id } of [...answers].reverse()) {
    const line = JSON.stringify({
      id: `batch_req_${id}`,
      custom_id: key,
      response: { status_code: code, request_id: id, body },
      error: null,
    });
    (code < 400 ? outputs : errors).push(line);
  }
  const code = status === 'cancelled' ? 'batch_cancelled' : 'batch_expired';
  for (const key of unprocessed) {
    const error = { code, message: 'This request could not be executed before the completion window expired.' };
    errors.push(JSON.stringify({ id: `batch_req_${key}`, custom_id: key, response: null, error }));
  }
  const keep = (lines: readonly string[]): string | null =>
    lines.length === 0 ? null : batches.store('results.jsonl', 'batch_output', Buffer.from(lines.join('\n'))).id;
  const files = { output_file_id: keep(outputs), error_file_id: keep(errors) };
  written.set(batch, files);
  return files;
}

function notFound(message: string): BatchReply {
  return reply({ error: { message, type: 'invalid_request_error', code: null } }, 404);
}
