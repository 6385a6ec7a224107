/**
 * Reads the size of an image from the first bytes of its file: PNG, JPEG, GIF and WebP, the formats that providers
 * accept.
 */

export interface ImageSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** In a JPEG the size comes after the metadata, which may contain a preview image; no more than this is searched. */
const MAX_BASE64 = 400_000;

/**
 * The size of an image in base64, with or without a leading `data:image/png;base64,`. Null if the format is unknown, or
 * if the text ends before the size.
 */
export function imageSizeOfBase64(text: string): ImageSize | null {
  const start = text.startsWith('data:') ? text.indexOf(',') + 1 : 0;
  const base64 = text.slice(start, start + MAX_BASE64);
  if (!/^[A-Za-z0-9+/_-]{24}/.test(base64)) return null;
  const bytes = decode(base64);
  return bytes === null ? null : imageSize(bytes);
}

function decode(base64: string): Uint8Array | null {
  try {
    const whole = base64.replace(/[-_]/g, (letter) => (letter === '-' ? '+' : '/')).replace(/[^A-Za-z0-9+/].*$/s, '');
    const binary = atob(whole.slice(0, whole.length - (whole.length % 4)));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [starts, read] of FORMATS) {
    if (!starts.every(({ at, text }) => hasText(bytes, at, text))) continue;
    const size = read(view);
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  }
  return null;
}

type Reader = (view: DataView) => ImageSize | null;
interface Magic {
  readonly at: number;
  readonly text: string;
}

const FORMATS: readonly (readonly [readonly Magic[], Reader])[] = [
  [
    [
      { at: 0, text: '\x89PNG' },
      { at: 12, text: 'IHDR' },
    ],
    png,
  ],
  [[{ at: 0, text: '\xff\xd8\xff' }], jpeg],
  [[{ at: 0, text: 'GIF8' }], gif],
  [
    [
      { at: 0, text: 'RIFF' },
      { at: 8, text: 'WEBP' },
    ],
    webp,
  ],
];

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function png(view: DataView): ImageSize | null {
  return view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): ImageSize | null {
  return view.byteLength < 10 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Segments follow each other, each with its length; one of the frame headers contains the size. */
function jpeg(view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // 0xC4, 0xC8 and 0xCC are tables among the frame headers.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webp(view: DataView): ImageSize | null {
  if (view.byteLength < 30) return null;
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (view.getUint8(15)) {
    case 0x58: // VP8X
      return { width: uint24(24) + 1, height: uint24(27) + 1 };
    case 0x4c: {
      // VP8L: 14 bits each, after one byte of signature.
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    default: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
}
