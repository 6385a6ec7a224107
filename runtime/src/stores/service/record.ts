/** What a vector service keeps next to a vector: flat values, by which all services can filter. */
import { createHash } from 'node:crypto';
import { entryChecksum } from '../checksum.ts';
import type { VectorWrite } from '../store.ts';

export interface VectorRecord {
  /** The hash of a space and a dimension: vectors of another dimension are in another space. */
  readonly space: string;
  /** The hash of a partition. */
  readonly partition: string;
  /** The id and the meta, as a JSON list. */
  readonly entry: string;
  readonly checksum: number;
  /** Milliseconds since the epoch, by the clock of the process that wrote it: services do not tell their time. */
  readonly storedAt: number;
  readonly expiresAt: number;
}

export interface ReadRecord extends Pick<VectorRecord, 'storedAt' | 'expiresAt'> {
  readonly id: string;
  readonly meta: string;
}

/** A UUID, because some services take no other ids. The same id has the same key everywhere. */
export function recordKey(id: string): string {
  const hash = digest(id);
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}

export function spaceHash(space: string, dimension: number): string {
  return digest(`${dimension} ${space}`);
}

export function partitionHash(partition: string): string {
  return digest(partition);
}

export function recordOf(write: Omit<VectorWrite, 'vector'>, dimension: number, now: number): VectorRecord {
  const { id, space, partition, meta, lifetime } = write;
  const fields = {
    space: spaceHash(space, dimension),
    partition: partitionHash(partition),
    entry: JSON.stringify([id, meta]),
    storedAt: now,
    expiresAt: now + Math.ceil(lifetime),
  };
  return { ...fields, checksum: checksumOf(fields) };
}

/** Null if it is damaged, or was moved to another key. */
export function readRecord(key: string, fields: Readonly<Record<string, unknown>>): ReadRecord | null {
  const { space, partition, entry, checksum, storedAt, expiresAt } = fields;
  if (typeof space !== 'string' || typeof partition !== 'string' || typeof entry !== 'string') return null;
  if (typeof storedAt !== 'number' || typeof expiresAt !== 'number') return null;
  if (checksumOf({ space, partition, entry, storedAt, expiresAt }) !== checksum) return null;
  const [id, meta] = listOf(entry);
  if (typeof id !== 'string' || typeof meta !== 'string' || recordKey(id) !== key) return null;
  return { id, meta, storedAt, expiresAt };
}

function listOf(json: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function checksumOf({ space, partition, entry, storedAt, expiresAt }: Omit<VectorRecord, 'checksum'>): number {
  return entryChecksum(`${space} ${partition} ${storedAt} ${expiresAt}`, entry, new Uint8Array());
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 32);
}
