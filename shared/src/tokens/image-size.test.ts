import { describe, expect, test } from 'vitest';
import { imageSize, imageSizeOfBase64 } from './image-size.ts';

const base64 = (bytes: readonly (number | string)[]): string =>
  btoa(bytes.map((part) => (typeof part === 'string' ? part : String.fromCharCode(part))).join(''));
const PADDING = new Array<number>(16).fill(0);

describe('the size of an image', () => {
  test.each([
    ['PNG', base64(['\x89PNG\r\n\x1a\n', 0, 0, 0, 13, 'IHDR', 0, 0, 2, 128, 0, 0, 1, 224, ...PADDING])],
    ['GIF', base64(['GIF89a', 128, 2, 224, 1, ...PADDING])],
    [
      'JPEG',
      base64([
        0xff,
        0xd8,
        0xff,
        0xe0,
        0,
        4,
        0,
        0,
        0xff,
        0xc4,
        0,
        3,
        0,
        0xff,
        0xc2,
        0,
        11,
        8,
        1,
        224,
        2,
        128,
        ...PADDING,
      ]),
    ],
    [
      'WebP, lossy',
      base64(['RIFF', 0, 0, 0, 0, 'WEBPVP8 ', 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 128, 2, 224, 1, ...PADDING]),
    ],
    [
      'WebP, extended',
      base64(['RIFF', 0, 0, 0, 0, 'WEBPVP8X', 10, 0, 0, 0, 0, 0, 0, 0, 127, 2, 0, 223, 1, 0, ...PADDING]),
    ],
    ['WebP, lossless', base64(['RIFF', 0, 0, 0, 0, 'WEBPVP8L', 0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x77, 0, ...PADDING])],
  ])('is read from %s, with and without a data URL in front', (_, data) => {
    expect(imageSizeOfBase64(data)).toEqual({ width: 640, height: 480 });
    expect(imageSizeOfBase64(`data:image/any;base64,${data}`)).toEqual({ width: 640, height: 480 });
  });

  test.each([
    '',
    'https://example.com/cat.png',
    'not base64 at all, only a text',
    'iVBORw0KGgo=',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ])('is not known of %j', (text) => {
    expect(imageSizeOfBase64(text)).toBeNull();
  });

  test('is not known where the bytes end before it', () => {
    for (const start of ['\x89PNG\r\n\x1a\n', 'GIF89a', '\xff\xd8\xff', 'RIFF\0\0\0\0WEBP']) {
      expect(imageSize(Uint8Array.from(start, (letter) => letter.charCodeAt(0)))).toBeNull();
    }
  });
});
