/** Submits one chunk, so that a crash at any moment neither loses it nor submits it twice. */
import { randomUUID } from 'node:crypto';
import { isRefusal } from './errors.ts';
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
