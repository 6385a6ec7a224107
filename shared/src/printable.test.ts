import { describe, expect, it } from 'vitest';
import { printable, printableData, printableJson, printableLines } from './printable.ts';

describe('printable', () => {
  it.each([
    ['plain text stays: src/größe.ts, 模型, 👍', 'plain text stays: src/größe.ts, 模型, 👍'],
    ['a\nb\r\n\tc', 'a\\nb\\r\\n\\tc'],
    ['\u001b[2J\u009b31m', '\\u{1b}[2J\\u{9b}31m'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u200b\u2028\u{e0041}b', 'a\\u{200b}\\u{2028}\\u{e0041}b'],
    ['\ud800', '\\u{d800}'],
    ['::error::x', '\\u{3a}:error::x'],
    ['  ::stop-commands::x', '  \\u{3a}:stop-commands::x'],
    ['crate::module', 'crate::module'],
    ['x ##[set-output name=a]b', 'x \\u{23}#[set-output name=a]b'],
    ['##vso[task.setvariable variable=a]b', '\\u{23}#vso[task.setvariable variable=a]b'],
    ['## a heading', '## a heading'],
  ])('%j', (text, expected) => expect(printable(text)).toBe(expected));

  it('leaves the ends of lines where there are several', () => {
    expect(printableLines('a\n::b\u0007\r\n\t::c\rd\n')).toBe('a\n\\u{3a}:b\\u{7}\r\n\t\\u{3a}:c\\rd\n');
  });

  it('gives JSON the same meaning', () => {
    const data = { text: '\u001b \u009b \u202e \u{e0041} \u2028 é\n::error:: ##[error]', list: [1, null, true] };
    const json = printableJson(JSON.stringify(data, null, 2));
    expect(JSON.parse(json)).toEqual(data);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u);
  });

  it('goes through data', () => {
    expect(printableData({ a: ['\u0007', 1], b: { c: null, d: '\n' } })).toEqual({
      a: ['\\u{7}', 1],
      b: { c: null, d: '\\n' },
    });
  });
});
