/** `npm run bench -- linear`: seconds a megabyte on trees of 1, 2, 4 and 8 times the same source. Flat is linear. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, run } from './process.ts';

const program = join(import.meta.dirname, '..', 'server', 'dist', 'farthing.cjs');
/** A file with a call that has to be parsed, imports another and has some code around it. */
const source = (index: number) => `import OpenAI from 'openai';
import { MODEL } from './model-${index % 50}';
const client = new OpenAI();
${Array.from({ length: 40 }, (_, line) => `export function helper${line}(value: { text: string }) { return value.text.trim().slice(0, ${line}); }`).join('\n')}
export const ask = (text: string) =>
  client.chat.completions.create({ model: MODEL, max_tokens: 100, messages: [{ role: 'user', content: \`Answer \${text}\` }] });
`;

export function benchLinear(rounds: number): void {
  console.log('\n| files | MB | seconds | seconds / MB beyond the smallest |\n| ---: | ---: | ---: | ---: |');
  let first: { megabytes: number; seconds: number } | null = null;
  for (const factor of [1, 2, 4, 8]) {
    const root = mkdtempSync(join(tmpdir(), 'farthing-linear-'));
    const files = 250 * factor;
    let bytes = 0;
    for (let index = 0; index < files; index++) {
      const folder = join(root, `part-${Math.floor(index / 250)}`);
      mkdirSync(folder, { recursive: true });
      const text = source(index);
      bytes += text.length;
      writeFileSync(join(folder, `file-${index}.ts`), text);
      if (index % 250 < 50) writeFileSync(join(folder, `model-${index % 50}.ts`), `export const MODEL = 'gpt-4o';\n`);
    }
    const command = { name: '', command: [process.execPath, program, 'scan', '--no-cache', '--format', 'json', root] };
    const seconds = median(Array.from({ length: rounds }, () => run(command).seconds));
    rmSync(root, { recursive: true, force: true });
    const megabytes = bytes / 1e6;
    const slope = first ? ((seconds - first.seconds) / (megabytes - first.megabytes)).toFixed(3) : '';
    first ??= { megabytes, seconds };
    console.log(`| ${files} | ${megabytes.toFixed(2)} | ${seconds.toFixed(2)} | ${slope} |`);
  }
}
