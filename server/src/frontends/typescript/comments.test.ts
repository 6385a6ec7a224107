// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code.
import { expect, test } from 'vitest';
import { typescript } from './typescript.ts';

function comments(text: string, path = 'a.tsx'): string[] {
  return typescript.lower(text, path).comments.map((comment) => {
    expect(text.slice(comment.start, comment.start + 2)).toMatch(/^\/[/*]$/);
    return comment.text;
  });
}

test.each([
  ['// farthing: calls=50k/month\nf();', ['farthing: calls=50k/month']],
  ['f(/* Farthing one */ a, // farthing two\n b)', ['Farthing one', 'farthing two']],
  ['/**\n * farthing-ignore a -- b\n */\nf()', ['farthing-ignore a -- b']],
  ['f() // nothing', []],
  [
    'f({ /* farthing */ }); g([ // farthing two\n]); function h() { /* farthing three */ }',
    ['farthing', 'farthing two', 'farthing three'],
  ],
  ['f() // farthing at the end', ['farthing at the end']],
  ['f() /* farthing is not closed', ['farthing is not closed']],
  ['<a b="// farthing">// farthing {/* farthing in braces */}</a>', ['farthing in braces']],
  ['x = "// farthing"; y = `// farthing ${z /* farthing in a hole */} /* farthing */`', ['farthing in a hole']],
  ['x = /\\/* farthing *\\//; farthing.a() // b', []],
  ['#!/usr/bin/env farthing // farthing\n// farthing', ['farthing']],
  ['let a: /* farthing in a type */ B<"// farthing">', ['farthing in a type']],
  ['g("// x"); h("/* y"); // farthing', ['farthing']],
])('%s', (text, expected) => {
  expect(comments(text)).toEqual(expected);
});
