/**
 * The identity of a call site, computed in the same way by the analyzer and the runtime: a hash of where the call is,
 * not of its content, so that it survives edits elsewhere in the file.
 */
import type { ApiName, SdkName } from './vocabulary.ts';

export interface CallSite {
  /** POSIX, relative to the project's root. */
  readonly path: string;
  /** The qualified enclosing function (`Class.method`), or null at module level. */
  readonly function: string | null;
  readonly sdk: SdkName;
  readonly api: ApiName;
  /** 0-based, among calls for which everything above is equal. */
  readonly ordinal: number;
}

/**
 * Twelve hexadecimal digits. 48 well-mixed bits: with 100,000 call sites in one project, the chance that any two share
 * an id is below 1 in 50,000.
 *
 * @example callSiteId({ path: 'src/a.ts', function: 'answer', sdk: 'openai', api: 'chat.completions', ordinal: 0 })
 */
export function callSiteId(site: CallSite): string {
  // NUL occurs in no path or name, so no two sites give the same text.
  const parts = [site.path.replaceAll('\\', '/'), site.function ?? '', site.sdk, site.api, String(site.ordinal)];
  return hash48(parts.join('\0'));
}

/**
 * Two 32-bit multiply-xor lanes over the UTF-16 units, crossed at the end (the construction of cyrb53, with
 * MurmurHash3's finalizer). Pure JavaScript, because this also runs without `node:crypto`.
 */
export function hash48(text: string): string {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    first = Math.imul(first ^ unit, 0x9e3779b1);
    second = Math.imul(second ^ unit, 0x5f356495);
  }
  const left = finalize(first, second);
  const right = finalize(second, left);
  return (left >>> 0).toString(16).padStart(8, '0') + (right >>> 16).toString(16).padStart(4, '0');
}

function finalize(value: number, other: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
}
