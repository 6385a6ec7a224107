/** For tests of descriptors: programs whose comments say which calls they make. */
import type { LlmCall } from './call.ts';
import { callsIn } from './testing.ts';

/**
 * The program as it is written, and as its calls would have it: each line that makes calls ends in `// sdk api provider
 * model`, then the limit, the system prompt, and `streams` where the answer is streamed.
 */
export function commentedCalls(program: string): { readonly written: string; readonly found: string } {
  const lines = program.split('\n').map((line) => line.replace(/ \/\/ .*$/, ''));
  const calls = callsIn('/app/main.ts', lines.join('\n'), []);
  let start = 0;
  const found = lines.map((line) => {
    const end = start + line.length + 1;
    const inComment = calls.filter(({ origin }) => origin.start >= start && origin.start < end);
    start = end;
    return [line, ...inComment.map(described)].join(' // ');
  });
  return { written: program, found: found.join('\n') };
}

function described({ sdk, api, provider, model, outputLimit, system, streaming }: LlmCall): string {
  return [
    `${sdk} ${api} ${provider} ${model.value ?? `(${model.hint ?? ''})`}`,
    ...(outputLimit.tokens === null ? [] : [String(outputLimit.tokens)]),
    ...(system === 'none' ? [] : [system]),
    ...(streaming === true ? ['streams'] : []),
  ].join(' ');
}
