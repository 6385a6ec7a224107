/** Submits one chunk, so that a crash at any moment neither loses it nor submits it twice. */
import { randomUUID } from 'node:crypto';
import type { JobTools } from './job.ts';
import type { Chunk } from './state.ts';

/**
 * Submits a chunk that is sealed, or that a process was submitting when it ended.
 *
 * @throws what the provider answers; the chunk is then `sending`, unless it was refused
 */
export async function submitChunk(chunk: Chunk, { service, state }: JobTools): Promise<void> {
  const isAgain = chunk.state === 'sending';
  const marker = (isAgain ? chunk.marker : null) ?? `farthing-${randomUUID()}`;
  const sending: Chunk = { ...chunk, state: 'sending', marker, submitted: null };
  const found = isAgain ? await service.find(marker) : null;
  if (found !== null) return void (await state.setChunk({ ...sending, state: 'running', submitted: found }));
  // Written first: a process that finds this state asks the provider for the marker before it submits anything.
  if (!isAgain) await state.setChunk(sending);
  async function* lines(): AsyncGenerator<string> {
    for await (const page of state.rows(chunk)) for (const row of page) yield service.line(row.key, row);
  }
  try {
    const submitted = await service.submit({ marker, path: chunk.path, group: chunk.group, lines });
    await state.setChunk({ ...sending, state: 'running', submitted });
  } catch (error) {
    if (isRefusal(error)) await state.setChunk({ ...chunk, state: 'sealed', marker: null });
    throw error;
  }
}

/** True if the provider has surely not taken what was sent. */
function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && status < 500 && status !== 408 && status !== 409;
}

/** Connections that broke, servers that are overloaded, and limits that are reached for now. */
export function isTemporary(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== null) return isTemporaryStatus(status);
  if (!(error instanceof Error)) return false;
  // The SDKs of OpenAI and Anthropic have errors of a connection without a status; `fetch` throws a TypeError with a cause.
  return 'status' in error || (error instanceof TypeError && error.cause !== undefined);
}

export function isTemporaryStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function statusOf(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' ? status : null;
}
