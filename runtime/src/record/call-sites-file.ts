/** Reads where the calls of the application stand: what `farthing measure prepare` has written. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CallSitesFile, MarkedCall, MarkedFile } from '@farthing/shared/measured/call-sites';

/** Bytes: 100,000 calls have less. */
const LIMIT = 32 * 1024 * 1024;

/** The files with marked calls, by their real paths. Empty without a file. @throws Error that says why it cannot be used */
export function readCallSites(name: string): ReadonlyMap<string, MarkedFile> {
  const path = resolve(name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return new Map();
  if (!found.isFile()) throw new Error('it is not a regular file');
  if (found.size > LIMIT) throw new Error('it is too large');
  const { version, files } = JSON.parse(readFileSync(path, 'utf8')) as CallSitesFile;
  if (version !== 1 || !Object.values(files).every(isMarkedFile)) throw new Error('it has another format');
  const root = realpathSync(dirname(dirname(path)));
  return new Map(Object.entries(files).map(([path, file]) => [join(root, path), file]));
}

/** What it says is written into code, so that nothing of it is taken on trust. */
function isMarkedFile({ hash, calls }: MarkedFile): boolean {
  return typeof hash === 'string' && Array.isArray(calls) && calls.every(isMarkedCall);
}

function isMarkedCall({ id, start, end, form, isRequest }: MarkedCall): boolean {
  const isSpan = Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= start && start < end;
  const isForm = form === 'plain' || form === 'awaited';
  return isSpan && isForm && typeof isRequest === 'boolean' && typeof id === 'string' && /^[0-9a-f]{12}$/.test(id);
}
