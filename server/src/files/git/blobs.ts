/** Contents of many objects from one call of git: `git cat-file --batch`. */

/** Its input is `batchOf`, its output is read by `blobsIn`. */
export const BATCH_COMMAND = ['cat-file', '--batch', '--buffer'] as const;

export function batchOf(ids: readonly string[]): string {
  return `${ids.join('\n')}\n`;
}

/** By id; those that are not there, or larger than `limit` bytes, are left out. */
export function blobsIn(output: Buffer, limit: number): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = '', kind, length] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (kind !== 'blob') continue;
    const size = Number(length);
    if (size <= limit) found.set(id, output.subarray(at, at + size));
    at += size + 1;
  }
  return found;
}
