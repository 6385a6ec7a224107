/** `npm run bench -- tokens`: counting against tiktoken's own encoder, and the inputs on which encoders go quadratic. */

import { get_encoding } from 'tiktoken';
import { countO200k } from '../shared/src/tokens/encode.ts';

const PROSE =
  'You are a support assistant. Answer in two sentences and quote the order number. Hola, ¿qué tal? 你好，世界。 const x = f(1);\n';

export function benchTokens(): void {
  let started = performance.now();
  countO200k('warm');
  const ownStart = performance.now() - started;
  started = performance.now();
  const peer = get_encoding('o200k_base');
  peer.encode('warm', [], []);
  const peerStart = performance.now() - started;
  const text = PROSE.repeat(2000);
  started = performance.now();
  countO200k(text);
  const own = performance.now() - started;
  started = performance.now();
  peer.encode(text, [], []);
  const theirs = performance.now() - started;
  console.log('\n| | farthing, ms | tiktoken, ms | ratio |\n| --- | ---: | ---: | ---: |');
  console.log(
    `| load and first count | ${ownStart.toFixed(0)} | ${peerStart.toFixed(0)} | ${(ownStart / peerStart).toFixed(2)} |`,
  );
  console.log(
    `| ${(text.length / 1000).toFixed(0)} kB of mixed text | ${own.toFixed(0)} | ${theirs.toFixed(0)} | ${(own / theirs).toFixed(2)} |`,
  );
  for (const [name, unit] of [
    ['one letter', 'a'],
    ['one digit', '7'],
    ['spaces', ' '],
    ['one emoji', '😀'],
    ['one Chinese character', '你'],
  ] as const) {
    const run = unit.repeat(Math.ceil(200_000 / unit.length));
    started = performance.now();
    countO200k(run);
    console.log(`| 200 kB of ${name} | ${(performance.now() - started).toFixed(0)} | | |`);
  }
  peer.free();
}
