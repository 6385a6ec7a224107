/**
 * The only file that opens files for reading. A repository can contain anything under any name: a `.gitignore` that is
 * a pipe would block a scan forever, and one that is `/dev/zero` would fill the memory. So only regular files are read,
 * up to a limit.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';

export type FileRead =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly stats: Stats }
  | { readonly kind: 'irregular'; readonly stats: Stats }
  | { readonly kind: 'too large'; readonly stats: Stats };

/** Bytes. Manifests, ignore files and configurations are far smaller. */
export const SETTINGS_LIMIT = 4 * 1024 * 1024;

/**
 * If a pipe replaces the file after it was checked, opening it returns at once instead of blocking. Windows has neither
 * flag.
 */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Reads the regular file at `path`, or at the end of its links, if it has at most `limit` bytes. Throws the system's
 * error if it is missing or may not be read.
 *
 * @param target a buffer to read into; the returned `bytes` are then a part of it, unless the file is larger
 * @param isListed true for a regular file according to a listing of its folder, which saves a system call
 */
export function readRegularFile(path: string, limit: number, target: Buffer | null = null, isListed = false): FileRead {
  // Opening a device can have side effects, so its kind is checked first.
  if (!isListed) {
    const found = statSync(path);
    if (!found.isFile()) return { kind: 'irregular', stats: found };
  }
  const descriptor = openSync(path, FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { kind: 'irregular', stats };
    if (stats.size > limit) return { kind: 'too large', stats };
    const buffer = target !== null && stats.size <= target.length ? target : Buffer.allocUnsafeSlow(stats.size);
    return { kind: 'read', bytes: buffer.subarray(0, fill(descriptor, buffer, stats.size)), stats };
  } finally {
    closeSync(descriptor);
  }
}

/** The same, but returns null if nothing was read for whatever reason. */
export function tryReadRegularFile(path: string, limit: number): Buffer | null {
  try {
    const file = readRegularFile(path, limit);
    return file.kind === 'read' ? file.bytes : null;
  } catch {
    return null;
  }
}

/** A small file as text, with invalid UTF-8 replaced; null if nothing was read. */
export function readTextOrNull(path: string, limit: number = SETTINGS_LIMIT): string | null {
  const bytes = tryReadRegularFile(path, limit);
  return bytes === null ? null : decode(bytes);
}

/** UTF-8 without its byte order mark; invalid bytes become U+FFFD. */
export function decode(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', hasMark ? 3 : 0);
}

/** All of standard input, whatever it is connected to, because the user chose it. */
export function readStandardInput(): string {
  return readFileSync(0, 'utf8');
}

/** Reads until `size` bytes are there or the file ends: a file can shrink while it is read. */
function fill(descriptor: number, target: Buffer, size: number): number {
  let length = 0;
  while (length < size) {
    const count = readSync(descriptor, target, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return length;
}

/** Bytes read at a time. */
const PIECE = 256 * 1024;

/**
 * A regular file of any size as text, in pieces; invalid UTF-8 becomes U+FFFD. Throws the system's error, and `undefined`
 * stands for what is not a regular file.
 */
export function readTextInPieces(path: string): Iterable<string> | undefined {
  return statSync(path).isFile() ? pieces(path) : undefined;
}

function* pieces(path: string): Generator<string> {
  const descriptor = openSync(path, FLAGS);
  try {
    if (!fstatSync(descriptor).isFile()) return;
    const decoder = new TextDecoder();
    const buffer = Buffer.allocUnsafeSlow(PIECE);
    for (;;) {
      const count = readSync(descriptor, buffer, 0, PIECE, null);
      if (count === 0) break;
      yield decoder.decode(buffer.subarray(0, count), { stream: true });
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } finally {
    closeSync(descriptor);
  }
}

/** The first bytes of a regular file; null for anything else. Throws the system's error. */
export function readStart(path: string, length: number): Buffer | null {
  if (!statSync(path).isFile()) return null;
  const descriptor = openSync(path, FLAGS);
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, fill(descriptor, buffer, length));
  } finally {
    closeSync(descriptor);
  }
}
