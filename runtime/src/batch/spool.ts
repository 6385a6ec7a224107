/** A body that is larger than memory should be: written to a temporary file, which is sent from the disk. */
import { once } from 'node:events';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The file has mode 0600 in a folder of mode 0700, and is deleted when `use` has ended. */
export async function spooled<Result>(
  parts: AsyncIterable<string>,
  use: (blob: Blob) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'farthing-batch-'));
  try {
    const path = join(folder, 'body');
    const file = createWriteStream(path, { mode: 0o600 });
    const closed = once(file, 'close');
    for await (const part of parts) if (!file.write(part)) await once(file, 'drain');
    file.end();
    await closed;
    return await use(await openAsBlob(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
