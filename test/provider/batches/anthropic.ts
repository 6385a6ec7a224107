/**
 * Anthropic's message batches. Counts are 0 until the end; results come in any order; a creation that is repeated under
 * the same idempotency key gives the same batch.
 */
import { isObject, listAt, parsed, stringAt } from '../json.ts';
import { type BatchApi, type BatchAsk, type Batches, type BatchReply, type FakeBatch, reply } from './batches.ts';

const PATH = /\/v1\/messages\/batches(?:\/([^/]+?))?(?:\/(cancel|results))?$/;
const MAX_LINES = 100_000;
const MAX_BYTES = 256_000_000;

export const anthropicBatches: BatchApi = {
  isFor: (path) => PATH.test(path),
  serve: (ask, batches) => {
    const [, id, more] = PATH.exec(ask.path) ?? [];
    if (id === undefined) return ask.method === 'POST' ? create(ask, batches) : list(batches);
    const batch = batches.all.get(id);
    if (batch === undefined) return failed(404, 'not_found_error', `No batch with id ${id}.`);
    if (more === 'results') return results(batch);
    if (more === undefined) return reply(described(batches.look(batch)));
    if (batch.results !== null) return failed(400, 'invalid_request_error', 'The batch has ended.');
    batch.isCancelled = true;
    return reply(described(batch));
  },
};

function create({ bytes, headers }: BatchAsk, batches: Batches): BatchReply {
  const requests = listAt(parsed(bytes.toString()), 'requests');
  const lines = requests.flatMap((request) => {
    const key = stringAt(request, 'custom_id');
    const isNamed = key !== null && /^[a-zA-Z0-9_-]{1,64}$/.test(key);
    return isNamed && isObject(request) ? [{ key, path: '/v1/messages', body: request.params }] : [];
  });
  const isTooLarge = lines.length > MAX_LINES || bytes.length > MAX_BYTES;
  const isUnique = new Set(lines.map(({ key }) => key)).size === requests.length;
  if (isTooLarge || requests.length === 0 || !isUnique) {
    return failed(
      isTooLarge ? 413 : 400,
      'invalid_request_error',
      'requests: invalid, too many, or a custom_id is used twice',
    );
  }
  return reply(described(batches.create(batches.id('msgbatch_'), lines, {}, headers.get('idempotency-key'))));
}

function list(batches: Batches): BatchReply {
  const data = batches.newestFirst().map(described);
  return reply({ data, has_more: false, first_id: data.at(0)?.id ?? null, last_id: data.at(-1)?.id ?? null });
}

function described({ id, lines, results, isCancelled }: FakeBatch) {
  const answers = results?.answers ?? [];
  const errored = answers.filter(({ status }) => status >= 400).length;
  const left = results?.unprocessed.length ?? 0;
  return {
    id,
    type: 'message_batch',
    processing_status: results === null ? (isCancelled ? 'canceling' : 'in_progress') : 'ended',
    request_counts: {
      processing: results === null ? lines.length : 0,
      succeeded: answers.length - errored,
      errored,
      canceled: isCancelled ? left : 0,
      expired: isCancelled ? 0 : left,
    },
    results_url: results === null ? null : `https://api.anthropic.com/v1/messages/batches/${id}/results`,
  };
}

function results({ results: found, isCancelled }: FakeBatch): BatchReply {
  if (found === null) return failed(404, 'not_found_error', 'The results are not there yet.');
  const lines = [
    ...found.unprocessed.map((key) => ({ custom_id: key, result: { type: isCancelled ? 'canceled' : 'expired' } })),
    ...[...found.answers].reverse().map(({ key, status, body }) => ({
      custom_id: key,
      result: status < 400 ? { type: 'succeeded', message: body } : { type: 'errored', error: body },
    })),
  ];
  return { status: 200, body: lines.map((line) => JSON.stringify(line)).join('\n'), type: 'application/x-jsonl' };
}

function failed(status: number, type: string, message: string): BatchReply {
  return reply({ type: 'error', error: { type, message } }, status);
}
