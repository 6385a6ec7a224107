/** Tells the files of one model from those of another, without reading all of their gigabytes. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbedderError } from './embedder-error.ts';

/** Bytes from the middle of each file: in large files these are weights, which differ after every training. */
const READ = 16_384;

/**
 * Of the names, lengths and middle parts of all files in a folder.
 *
 * @throws EmbedderError if the folder cannot be read, or is empty
 */
export function folderFingerprint(folder: string): string {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort();
    if (files.length === 0) throw new EmbedderError(`There is no model in ${folder}.`);
    const hash = createHash('sha256');
    for (const name of files) {
      const file = join(folder, name);
      const { size } = statSync(file);
      hash.update(JSON.stringify([name.replaceAll('\\', '/'), size])).update(middleOf(file, size));
    }
    return hash.digest('hex').slice(0, 16);
  } catch (error) {
    if (error instanceof EmbedderError) throw error;
    throw new EmbedderError(`The model in ${folder} cannot be read: ${(error as Error).message}`);
  }
}

function middleOf(file: string, size: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(READ, size));
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, bytes, 0, bytes.length, Math.floor((size - bytes.length) / 2));
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
