/** Counts in the own formats of servers that have few of them: watsonx, Replicate, Cloudflare, llama.cpp, Google's PaLM. */
import { asArray, asObject, type JsonObject } from '../../support/json-body.ts';
import type { Usage } from '../usage.ts';
import { countOf, usageOf } from './counts.ts';

/** Members of an answer that count its input and its output. */
const PAIRS = [
  // llama.cpp's own completions, and Aleph Alpha's.
  ['tokens_evaluated', 'tokens_predicted'],
  ['num_tokens_prompt_total', 'num_tokens_generated'],
] as const;

export function serverUsage(answer: JsonObject): Usage | null {
  for (const [input, output] of PAIRS) {
    const usage = pairUsage(answer[input], answer[output]);
    if (usage !== null) return usage;
  }
  const { metrics, results, metadata } = answer;
  // Replicate: the prediction is complete if it has both counts.
  const measured = asObject(metrics);
  return (
    pairUsage(measured?.input_token_count, measured?.output_token_count) ??
    resultsUsage(results) ??
    palmUsage(asObject(asObject(metadata)?.tokenMetadata))
  );
}

function pairUsage(input: unknown, output: unknown): Usage | null {
  const [read, written] = [countOf(input), countOf(output)];
  return read === null || written === null ? null : usageOf({ input: read, output: written });
}

/** watsonx: one result for each text. */
function resultsUsage(results: unknown): Usage | null {
  const each = asArray(results)
    .map(asObject)
    .map((result) => pairUsage(result?.input_token_count, result?.generated_token_count))
    .filter((usage) => usage !== null);
  if (each.length === 0) return null;
  const sum = (name: 'input' | 'output'): number => each.reduce((total, usage) => total + usage[name], 0);
  return usageOf({ input: sum('input'), output: sum('output') });
}

function palmUsage(tokens: JsonObject | null): Usage | null {
  return pairUsage(asObject(tokens?.inputTokenCount)?.totalTokens, asObject(tokens?.outputTokenCount)?.totalTokens);
}
