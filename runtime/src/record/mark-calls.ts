/**
 * Marks calls in the application's code while Node loads it, ES modules and CommonJS alike: `client.create(x)` becomes
 * `globalThis.__farthingCall("id", true, () => (client.create(x)))`. Lines stay what they are.
 */
import { createHash } from 'node:crypto';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';
import type { MarkedCall, MarkedFile } from '@farthing/shared/measured/call-sites';
import { markedCall } from '../sdk/marks.ts';

const FUNCTION = '__farthingCall';

/**
 * @param files by their real paths
 * @param onChanged is told once of a file that is no longer what was analysed
 */
export function markCalls(files: ReadonlyMap<string, MarkedFile>, onChanged: (path: string) => void): void {
  if (files.size === 0 || !('registerHooks' in module)) return;
  Object.defineProperty(globalThis, FUNCTION, { value: markedCall });
  module.registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const path = url.startsWith('file:') ? fileURLToPath(url) : null;
      const file = path === null ? undefined : files.get(path);
      if (path === null || file === undefined || loaded.source == null) return loaded;
      const text = textOf(loaded.source);
      if (createHash('sha256').update(text).digest('hex') === file.hash)
        return { ...loaded, source: withMarks(text, file.calls) };
      onChanged(path);
      return loaded;
    },
  });
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray): string {
  const text = typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** @param calls a call stands before those in it */
export function withMarks(text: string, calls: readonly MarkedCall[]): string {
  const starts: { readonly at: number; readonly text: string }[] = [];
  const ends: { readonly at: number; readonly text: string }[] = [];
  for (const { id, start, end, form, isRequest } of calls) {
    const arrow = form === 'awaited' ? 'async()=>' : '()=>';
    starts.push({ at: start, text: `globalThis.${FUNCTION}("${id}",${isRequest},${arrow}(` });
    ends.push({ at: end, text: '))' });
  }
  // Of pieces at one position those that end a call come first; sorting keeps the order of the others.
  const sorted = [...ends, ...starts].sort((a, b) => a.at - b.at);
  let from = 0;
  let marked = '';
  for (const { at, text: piece } of sorted) {
    marked += text.slice(from, at) + piece;
    from = at;
  }
  return marked + text.slice(from);
}
