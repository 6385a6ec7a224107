/** The whole body of a request, or null where the client went away before its end. */
import type { IncomingMessage } from 'node:http';

export function readBody(message: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    message
      .on('data', (part: Buffer) => parts.push(part))
      .once('end', () => resolve(parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts)))
      .once('error', () => resolve(null))
      .once('close', () => resolve(null));
  });
}
