/**
 * Reads which files git tracks from its index (https://git-scm.com/docs/index-format, versions 2 to 4). A tracked file
 * is part of the repository, even if `.gitignore` matches its name.
 */
import { ancestors, folderOf, isSourceName, join, nameOf } from '../paths.ts';
import { tryReadRegularFile } from '../regular-file.ts';
import { gitFolder } from './repository.ts';

/** Bytes. An index has about 100 per file. */
const LIMIT = 256 * 1024 * 1024;
/** Bytes. Version 4 repeats the beginning of a path in a byte, so a small index could fill the memory. */
const MAX_PATH = 4_096;
const MAX_TEXT = 512 * 1024 * 1024;
/** Times, mode, owner and size; then the hash, of 20 bytes, and 2 of flags. */
const FIXED = 62;
const FLAGS_AT = 60;
const EXTENDED = 0x4000;
const NO_PATHS: ReadonlySet<string> = new Set();

/** In git's `folder`, paths relative to the top of the repository; none if the index is missing or of another kind (SHA-256, split). */
export function trackedPaths(folder: string): ReadonlySet<string> {
  const index = tryReadRegularFile(join(folder, 'index'), LIMIT);
  try {
    return index === null ? NO_PATHS : pathsIn(index);
  } catch {
    return NO_PATHS;
  }
}

/** The source files that git tracks, by absolute path, and the folders that contain some. */
export interface TrackedSources {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** `top` is the folder at which the repository begins. */
export function trackedSources(top: string): TrackedSources {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of trackedPaths(gitFolder(top))) {
    if (!isSourceName(nameOf(path))) continue;
    const file = join(top, path);
    files.add(file);
    for (const folder of ancestors(folderOf(file))) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { files, folders };
}

function pathsIn(index: Buffer): ReadonlySet<string> {
  const version = index.readUInt32BE(4);
  if (index.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return NO_PATHS;
  const count = index.readUInt32BE(8);
  const paths = new Set<string>();
  let at = 12;
  let path = Buffer.alloc(0);
  let length = 0;
  for (let entry = 0; entry < count; entry++) {
    const isExtended = (index.readUInt16BE(at + FLAGS_AT) & EXTENDED) !== 0;
    let start = at + FIXED + (isExtended ? 2 : 0);
    // Version 4 says how many characters of the previous path to remove.
    let kept = 0;
    if (version === 4) {
      const removed = variableLength(index, start);
      kept = path.length - removed.value;
      start = removed.end;
    }
    const end = index.indexOf(0, start);
    if (end < 0 || kept < 0) return NO_PATHS;
    path = Buffer.concat([path.subarray(0, kept), index.subarray(start, end)]);
    length += path.length;
    if (path.length > MAX_PATH || length > MAX_TEXT) return NO_PATHS;
    paths.add(path.toString('utf8'));
    // Earlier versions pad to a multiple of eight bytes, with at least one.
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
  return paths;
}

/** The encoding of offsets in git's packs: seven bits per byte, each further byte adding one. */
function variableLength(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let at = start;
  let byte = bytes.readUInt8(at++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(at++);
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, end: at };
}
