/** Converts text to a form that PostgreSQL can store and index. */
import { createHash } from 'node:crypto';

/** An index entry holds about 2,700 bytes; a character takes at most 3 of them. */
const LONGEST = 500;

/**
 * Keys that are too long for an index, or contain characters that its text cannot hold (NUL, lone surrogates), are
 * stored as their hash.
 */
export function asKey(text: string): string {
  if (text.length <= LONGEST && !text.includes('\0') && text.isWellFormed()) return text;
  return `sha256:${createHash('sha256').update(text, 'utf16le').digest('hex')}`;
}

/** JSON with characters that PostgreSQL cannot hold replaced by the replacement character. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'string' ? part.replaceAll('\0', '\ufffd').toWellFormed() : part,
  );
}
