/**
 * What import resolution depends on besides the importing files: which files exist, and the configuration files that
 * define the meaning of names. If all of it is unchanged, every import still leads to the same place.
 */
import { createHash } from 'node:crypto';
import { hashOf, isProvenSame, type Stamp, stampAt } from '../files/file-fingerprint.ts';
import type { Files } from '../files/file-system.ts';
import { type Listing, tryListing } from '../files/listing.ts';
import { readTextOrNull } from '../files/regular-file.ts';

export interface World {
  /** Over the names in all walked folders. */
  readonly tree: string;
  /** Folders listed beyond those: path and what they held; null for one that did not exist. */
  readonly folders: readonly (readonly [string, string | null])[];
  /** Configuration files: path and stamp with its hash; null for one that did not exist. */
  readonly files: readonly (readonly [string, Stamp | null])[];
  /** Symbolic links that were followed: path and what they led to. */
  readonly links: readonly (readonly [string, string])[];
}

/** The lookups that were made. Those of `earlier` still count if they give the same answers. */
export function describeWorld(files: Files, earlier: World | null): World {
  const consulted = files.consulted();
  const folders = new Map(earlier?.folders);
  const documents = new Map(earlier?.files);
  const links = new Map(earlier?.links);
  for (const [folder, listing] of consulted.folders) folders.set(folder, listing && hashOf(textOf(listing)));
  for (const [path, text] of consulted.files) {
    const stamp = stampAt(path);
    documents.set(path, text === null ? null : { ...(stamp ?? NO_STAMP), hash: hashOf(text) });
  }
  for (const [path, kind] of consulted.links) links.set(path, kind);
  return { tree: hashOfTree(files.walked()), folders: [...folders], files: [...documents], links: [...links] };
}

/** `taken` is when `then` was described, in milliseconds. */
export function isSameWorld(then: World, files: Files, taken: number): boolean {
  return (
    then.tree === hashOfTree(files.walked()) &&
    then.folders.every(([folder, hash]) => hashOfFolder(folder) === hash) &&
    then.links.every(([path, kind]) => files.linkKind(path) === kind) &&
    then.files.every(([path, stamp]) => isSameDocument(path, stamp, taken))
  );
}

/** The time of a file that vanished after it was read: it proves nothing. */
const NO_STAMP: Stamp = { size: -1, modified: Number.MAX_SAFE_INTEGER, changed: Number.MAX_SAFE_INTEGER, hash: '' };

function isSameDocument(path: string, then: Stamp | null, taken: number): boolean {
  const now = stampAt(path);
  if (then === null || now === null) return then === now;
  if (isProvenSame(then, now, taken)) return true;
  const text = readTextOrNull(path);
  return text !== null && hashOf(text) === then.hash;
}

function hashOfTree(walked: Iterable<readonly [string, Listing]>): string {
  const hash = createHash('sha256');
  for (const [folder, listing] of walked) hash.update(`${folder}\n${textOf(listing)}\n`);
  return hash.digest('base64url');
}

function hashOfFolder(folder: string): string | null {
  const listing = tryListing(folder);
  return listing && hashOf(textOf(listing));
}

/** Names cannot hold a NUL. */
function textOf(listing: Listing): string {
  let text = '';
  for (const [name, kind] of listing) text += kind === 'file' ? `${name}\0` : `${name}\0${kind}\0`;
  return text;
}
