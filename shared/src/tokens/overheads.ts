/**
 * What a request costs beyond its texts: the wrapping of messages and the rendering of tool schemas. Providers document
 * only some of it, so everything here is a range with basis `assumed`, except where the sum is zero.
 *
 * Sources: OpenAI's cookbook "How to count tokens with tiktoken" (3 tokens a message, 3 to prime the reply; tool
 * schemas are rendered as declarations, not as JSON); Anthropic's tool-use pricing table (264 to 530 tokens of system
 * prompt as soon as a request has tools). Other families use comparable chat templates and are given wider bounds.
 */
import type { TokenizerFamily } from '../catalogue/catalogue.ts';
import { exactly, type Range } from '../range.ts';

interface Bounds {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

interface Overheads {
  readonly message: Bounds;
  /** Once a request. */
  readonly priming: Bounds;
  /** Once a request that has tools. */
  readonly tools: Bounds;
  /** For each tool. */
  readonly tool: Bounds;
  /** Factors on the tokens of a schema's JSON text. */
  readonly schema: Bounds;
}

const OPENAI: Overheads = {
  message: { low: 3, expected: 3, high: 4 },
  priming: { low: 3, expected: 3, high: 3 },
  tools: { low: 9, expected: 12, high: 16 },
  tool: { low: 5, expected: 7, high: 10 },
  schema: { low: 0.3, expected: 0.6, high: 1 },
};
const ANTHROPIC: Overheads = {
  message: { low: 2, expected: 4, high: 8 },
  priming: { low: 0, expected: 3, high: 8 },
  tools: { low: 264, expected: 346, high: 530 },
  tool: { low: 5, expected: 15, high: 40 },
  schema: { low: 0.8, expected: 1, high: 1.3 },
};
const OTHER: Overheads = {
  message: { low: 2, expected: 4, high: 10 },
  priming: { low: 0, expected: 3, high: 10 },
  tools: { low: 0, expected: 50, high: 400 },
  tool: { low: 3, expected: 10, high: 40 },
  schema: { low: 0.5, expected: 1, high: 1.4 },
};

const OVERHEADS: Readonly<Record<TokenizerFamily, Overheads>> = {
  o200k: OPENAI,
  cl100k: OPENAI,
  claude: ANTHROPIC,
  'claude-2026': ANTHROPIC,
  gemini: OTHER,
  llama: OTHER,
  deepseek: OTHER,
  mistral: OTHER,
  unknown: OTHER,
};

/** Tokens around `messages` chat messages; the system prompt counts as one. */
export function messageOverhead(family: TokenizerFamily, messages: number): Range {
  if (messages <= 0) return exactly(0, 'literal');
  const { message } = OVERHEADS[family];
  return assumed((bound) => message[bound] * messages);
}

/** Tokens that prime the reply, once a request. */
export function replyPriming(family: TokenizerFamily): Range {
  const { priming } = OVERHEADS[family];
  return assumed((bound) => priming[bound]);
}

/** Tokens of a request's `count` tool definitions, whose JSON (names, descriptions and parameters) has `json` tokens. */
export function toolTokens(family: TokenizerFamily, count: number, json: Range): Range {
  if (count <= 0) return exactly(0, 'literal');
  const { tools, tool, schema } = OVERHEADS[family];
  return assumed((bound) => tools[bound] + tool[bound] * count + json[bound] * schema[bound]);
}

function assumed(value: (bound: keyof Bounds) => number): Range {
  return {
    low: Math.floor(value('low')),
    expected: Math.round(value('expected')),
    high: Math.ceil(value('high')),
    basis: 'assumed',
  };
}
