/** Text that PostgreSQL can hold, and find by. */
import { createHash } from 'node:crypto';

/** An entry of an index holds about 2,700 bytes; a character takes 3 of them at most. */
const LONGEST = 500;

/** Keys that are too long for an index, or hold what its text cannot (NUL, half characters), are kept as their hash. */
export function asKey(text: string): string {
  if (text.length <= LONGEST && !text.includes('\0') && text.isWellFormed()) return text;
  return `sha256:${createHash('sha256').update(text, 'utf16le').digest('hex')}`;
}

/** JSON in which what PostgreSQL cannot hold is the replacement character. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'string' ? part.replaceAll('\0', '\ufffd').toWellFormed() : part,
  );
}
