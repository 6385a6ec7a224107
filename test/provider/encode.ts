/** Compressed answers. Each part of a stream leaves the encoder before the next goes in. */
import { once } from 'node:events';
import { brotliCompressSync, createBrotliCompress, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib';
import type { Step } from './script.ts';

type Encoding = NonNullable<Step['encoding']>;

const ENCODERS = {
  gzip: { whole: gzipSync, stream: createGzip },
  deflate: { whole: deflateSync, stream: createDeflate },
  br: { whole: brotliCompressSync, stream: createBrotliCompress },
} as const;

export function encodeWhole(bytes: Buffer, encoding: Encoding | undefined): Buffer {
  return encoding === undefined ? bytes : ENCODERS[encoding].whole(bytes);
}

/** A function that takes the parts of a stream, and null for its end; what it makes of them goes to `put`. */
export function encoderInto(encoding: Encoding, put: (bytes: Buffer) => void): (text: string | null) => Promise<void> {
  const encoder = ENCODERS[encoding].stream();
  encoder.on('data', put);
  return async (text) => {
    if (text === null) {
      encoder.end();
      await once(encoder, 'end');
      return;
    }
    encoder.write(text);
    await new Promise<void>((resolve) => encoder.flush(() => resolve()));
  };
}
