import fc from 'fast-check';
import { get_encoding, type TiktokenEncoding } from 'tiktoken';
import { describe, expect, test } from 'vitest';
import { countCl100k, countO200k } from './encode.ts';

/** tiktoken is the reference. */
function judge(encoding: TiktokenEncoding): (text: string) => number {
  const tiktoken = get_encoding(encoding);
  return (text) => tiktoken.encode(text, [], []).length;
}

/**
 * Letters since Unicode 17, which Node 24 knows and tiktoken's regular expressions do not: whether such a text is one piece or
 * several depends on who is asked.
 */
const NEW_LETTERS =
  /[\u{10940}-\u{1095f}\u{11b60}-\u{11b7f}\u{11db0}-\u{11def}\u{16ea0}-\u{16edf}\u{187f8}-\u{187ff}\u{18d09}-\u{18dff}\u{1e6c0}-\u{1e6ff}\u{2b73a}-\u{2b73f}\u{323b0}-\u{3347f}]/u;

const encodings = [
  { name: 'o200k', count: countO200k, truth: judge('o200k_base') },
  { name: 'cl100k', count: countCl100k, truth: judge('cl100k_base') },
];

const texts = {
  empty: '',
  english: "We'll answer in one sentence; you'd better be brief. It's 3,141.59 dollars, isn't it?",
  spanish: '¿Cuántos niños corrían por la calle mañana? ¡Ningún señor lo sabía!',
  chinese: '请把下面的句子翻译成英文：今天天气很好，我们去公园吧。',
  japanese: 'こんにちは、世界。カタカナと漢字も使います。',
  korean: '안녕하세요, 오늘은 날씨가 좋네요.',
  arabic: 'مرحبا بالعالم، كيف حالك اليوم؟',
  emoji: 'ok 👍🏽 family 👨‍👩‍👧‍👦 flag 🇨🇱 heart ❤️‍🔥 done',
  code: 'export const f = async (x: number[]) => {\n\treturn x?.map((y) => "px".concat(y)) ?? [];\n};\r\n\r\n',
  python: 'def f(a, *, b=None):\n    """Doc."""\n    return {**a, "b": b or [i for i in range(10)]}\n\n\n',
  json: '{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}',
  special: 'before <|endoftext|> after <|im_start|>system<|fim_prefix|>',
  'lone surrogates': 'a\ud800b \udc00\udc00 c\ud83d',
  'odd whitespace': 'a\u0085b\ufeffc\u00a0 d\u3000e\u2028f \t \n \r\n  \r  g   ',
  contractions: "DON'T can'T we'Re I'Ll 'ſ o'clock 'S's",
  uppercase: 'HTTPServer XMLHttpRequest ÀÉÎ ǅungla ABCdef',
  numbers: '1 12 123 1234 12345678901234567890 ٣٤٥ Ⅷ ½',
};

describe.each(encodings)('$name counts what tiktoken counts', ({ count, truth }) => {
  test.each(Object.entries(texts))('%s', (_, text) => {
    expect(count(text)).toBe(truth(text));
  });

  test('any mix of scripts, symbols and broken text', () => {
    const words = fc.constantFrom(...Object.values(texts).flatMap((text) => text.split(/(?<=\s)/)));
    const mixed = fc.array(fc.oneof(words, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' })));
    fc.assert(
      fc.property(mixed, (parts) => {
        const text = parts.join('');
        expect(count(text)).toBe(truth(text));
      }),
      { numRuns: 300 },
    );
  });

  test('any UTF-16 units, surrogates paired or not', () => {
    const unit = fc.oneof(fc.integer({ min: 0, max: 0x24f }), fc.integer({ min: 0xd7f0, max: 0xe010 }));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
        const text = String.fromCharCode(...units);
        fc.pre(!NEW_LETTERS.test(text));
        expect(count(text)).toBe(truth(text));
      }),
      { numRuns: 500 },
    );
  });

  test('long runs of one class, where queues merge instead of the scan', () => {
    const run = fc
      .tuple(
        fc.constantFrom('a', 'ab', 'Aa', ' ', '\n', '=', '-+', '中', 'é', '👍', 'xyzzy', '0'),
        fc.integer({ min: 20, max: 900 }),
      )
      .map(([unit, times]) => unit.repeat(times));
    const letters = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      minLength: 97,
      maxLength: 600,
    });
    fc.assert(
      fc.property(fc.oneof(run, letters), (text) => {
        expect(count(text)).toBe(truth(text));
      }),
      { numRuns: 200 },
    );
  });
});

test('a run of 200,000 letters is counted exactly: 25,000 tokens of eight', () => {
  expect(countO200k('a'.repeat(200_000))).toBe(25_000);
});
