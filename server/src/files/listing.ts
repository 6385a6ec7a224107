/** The contents of a folder, by name. */
import { type Dirent, readdirSync } from 'node:fs';

/** `link` is a symbolic link, which is never followed while walking. */
export type EntryKind = 'file' | 'directory' | 'link' | 'other';
export type Listing = ReadonlyMap<string, EntryKind>;

/** Reads a folder. Throws the system's error if it cannot be read. */
export function readListing(folder: string): Listing {
  const listing = new Map<string, EntryKind>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) listing.set(entry.name, kindOf(entry));
  return listing;
}

/** The same, but returns null if the folder is missing or cannot be read. */
export function tryListing(folder: string): Listing | null {
  try {
    return readListing(folder);
  } catch {
    return null;
  }
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
