/**
 * Makers of open models, and makers with few recorded calls. Hosts add their own system prompts and templates, so the
 * same model may be billed differently elsewhere: ranges are wide where they do.
 */
import { always, type Bounds, type EstimatedText, type LawEntry, NOTHING, type TokenLaw } from '../law.ts';

/**
 * How far vocabularies similar to o200k deviate from it. Llama 3, Qwen 3 and DeepSeek V3 were measured on 3,196 texts.
 */
const NEAR: EstimatedText['spread'] = { below: 0.07, above: 0.08 };

const text = (
  scripts: EstimatedText['scripts'],
  more: Omit<EstimatedText, 'scripts' | 'spread'> = {},
): EstimatedText => ({
  scripts,
  ...more,
  spread: NEAR,
});

/** Models about which nothing is known: some chat template. */
export const OTHER: TokenLaw = {
  name: 'other',
  text: {
    scripts: { latin: 1.05, accented: 1.15, cjk: 1, other: 1.3 },
    spread: { below: 0.15, above: 0.25 },
  },
  request: [-1, 2, 8],
  message: { system: [0, 3, 6], user: [0, 3, 6], assistant: [0, 3, 6] },
  call: [-5, 10, 30],
  result: [-5, 10, 30],
  tools: {
    rendering: 'json',
    request: [0, 120, 220],
    tool: [-10, 10, 25],
    factor: [0.6, 1, 1.4],
    isDroppedByNone: true,
  },
  schema: { rendering: 'json', request: [0, 0, 4], factor: [0, 0, 0.5], omits: [], isNamed: false },
  image: null,
};

const each = (bounds: Bounds, system: Bounds = bounds): TokenLaw['message'] => ({
  system,
  user: bounds,
  assistant: bounds,
});
const tools = (request: Bounds, factor: Bounds = [0.8, 1.05, 1.4], tool: Bounds = NOTHING): TokenLaw['tools'] => ({
  rendering: 'json',
  request,
  tool,
  factor,
  isDroppedByNone: true,
});

/** OpenAI's open models prepend their own system prompt. */
const GPT_OSS: TokenLaw = {
  ...OTHER,
  name: 'gpt-oss',
  text: { vocabulary: 'o200k' },
  request: [60, 63, 67],
  message: { system: [0, 4, 6], user: [3, 4, 5], assistant: [4, 6, 8] },
  call: [4, 10, 16],
  result: [4, 10, 16],
  tools: { rendering: 'declarations', request: [20, 30, 45], tool: NOTHING, factor: [0.9, 1, 1.1] },
};
const LLAMA_TEXT = text({ latin: 1, accented: 1.11, cjk: 1, other: 1.03 });
/** Llama 3.1 and later begin with the date; hosts may omit it. */
const LLAMA_3: TokenLaw = {
  ...OTHER,
  name: 'llama 3.1',
  text: LLAMA_TEXT,
  request: [5, 30, 31],
  message: { system: [0, 1, 5], user: always(5), assistant: always(5) },
  tools: tools([40, 150, 420], [0.8, 1.2, 1.5]),
};
const LLAMA_3_0: TokenLaw = { ...LLAMA_3, name: 'llama 3', request: [3, 5, 6], message: each([4, 5, 5]) };
const LLAMA_4: TokenLaw = { ...LLAMA_3, name: 'llama 4', request: [4, 8, 10], tools: tools([0, 380, 720]) };
const LLAMA_GUARD: TokenLaw = { ...LLAMA_3, name: 'llama guard', request: [150, 190, 210], message: each([0, 3, 5]) };

const QWEN: TokenLaw = {
  ...OTHER,
  name: 'qwen',
  text: text({ latin: 1, accented: 1.13, cjk: 0.94, other: 1.84 }, { splitDigit: 1 }),
  request: [2, 5, 9],
  message: each([4, 5, 6]),
  tools: tools([60, 120, 240]),
};
const QWEN_2_5: TokenLaw = { ...QWEN, name: 'qwen 2.5', request: [3, 22, 26] };

const DEEPSEEK: TokenLaw = {
  ...OTHER,
  name: 'deepseek',
  text: text({ latin: 1, accented: 1.07, cjk: 0.87, other: 1.04 }, { symbol: 0.06 }),
  request: [0, 1, 2],
  message: { system: [0, 0, 3], user: [1, 2, 3], assistant: [0, 1, 3] },
  call: [8, 20, 40],
  result: [2, 10, 25],
  tools: tools([190, 225, 270]),
};
/** Reasoning with the highest effort begins with instructions of 79 tokens; the API may raise an effort by itself. */
const DEEPSEEK_4: TokenLaw = { ...DEEPSEEK, name: 'deepseek v4', thinking: [0, 80, 82] };
/** DeepSeek's version of the Responses API adds its own prompt. */
const DEEPSEEK_RESPONSES: TokenLaw = { ...DEEPSEEK, name: 'deepseek responses', request: [75, 80, 85] };

const MISTRAL: TokenLaw = {
  ...OTHER,
  name: 'mistral',
  text: text({ latin: 1.03, accented: 1.15, cjk: 1.1, other: 1.3 }, { splitDigit: 1 }),
  request: [-1, 0, 3],
  message: { system: [1, 4, 5], user: [2, 3, 4], assistant: [2, 3, 4] },
  call: [2, 8, 18],
  result: [0, 4, 12],
  tools: tools([0, 8, 22], [0.9, 1.35, 1.6]),
  schema: null,
};
/** Each text begins with an additional token. */
const MISTRAL_EMBED: TokenLaw = {
  ...MISTRAL,
  name: 'mistral embeddings',
  text: { scripts: { latin: 1.1, accented: 1.2, cjk: 1.2, other: 1.3 }, spread: { below: 0.15, above: 0.3 } },
};
/** The newer small models begin with settings. */
const MISTRAL_SMALL: TokenLaw = { ...MISTRAL, name: 'mistral small', request: [0, 12, 13] };

const COHERE: TokenLaw = {
  ...OTHER,
  name: 'cohere',
  text: text({ latin: 1.03, accented: 1.1, cjk: 1, other: 1.1 }, { splitDigit: 0.6 }),
  // It bills the request as sent, not as its models read it.
  request: [-1, 0, 1],
  message: each([0, 0, 1]),
  call: [-6, 0, 10],
  result: [-6, 0, 10],
  tools: tools([-4, 2, 8], [0.35, 0.65, 0.95]),
  schema: null,
};

const NOVA: TokenLaw = {
  ...OTHER,
  name: 'nova',
  text: text({ latin: 1, accented: 1.1, cjk: 1, other: 1.2 }),
  request: [-1, 0, 1],
  message: { system: NOTHING, user: NOTHING, assistant: [-1, 0, 2] },
  call: [10, 40, 90],
  result: [0, 20, 60],
  tools: tools([325, 343, 365], [1, 1.23, 1.4]),
};
const NOVA_2: TokenLaw = {
  ...NOVA,
  name: 'nova 2',
  request: [40, 43, 46],
  message: each([2, 3, 4]),
  tools: tools([770, 800, 850]),
  thinking: [45, 50, 55],
};
const TITAN: TokenLaw = { ...NOVA, name: 'titan', request: [0, 2, 4] };

const GROK_TEXT = text({ latin: 1, accented: 1.15, cjk: 1.1, other: 1.3 }, { splitDigit: 0.3 });
/** xAI prepends its own prompt to every request, and a longer one if there are tools. */
const GROK: TokenLaw = {
  ...OTHER,
  name: 'grok',
  text: GROK_TEXT,
  request: [140, 150, 196],
  message: { system: [0, 2, 5], user: [0, 3, 5], assistant: [0, 3, 5] },
  call: [-5, 10, 25],
  result: [-5, 10, 25],
  tools: tools([60, 140, 170], [0.9, 1, 1.2]),
  schema: { rendering: 'json', request: [8, 24, 40], factor: [1, 1, 1.1], omits: [], isNamed: false },
};
const GROK_ON_AZURE: TokenLaw = {
  ...GROK,
  name: 'grok on azure',
  request: [-1, 0, 3],
  message: each([-1, 0, 3]),
  tools: tools([125, 138, 150], [0.9, 1, 1.15]),
};
const GROK_RESPONSES: TokenLaw = {
  ...GROK,
  name: 'grok responses',
  request: [180, 190, 200],
  tools: tools([0, 40, 80]),
};

const KIMI: TokenLaw = {
  ...OTHER,
  name: 'kimi',
  text: LLAMA_TEXT,
  request: [2, 5, 10],
  message: each([2, 3, 5]),
  tools: tools([5, 18, 60], [0.8, 0.95, 1.4]),
};
const GLM: TokenLaw = {
  ...OTHER,
  name: 'glm',
  text: LLAMA_TEXT,
  request: [2, 3, 5],
  message: each([1, 2, 3]),
  tools: tools([80, 100, 150], [1, 1.25, 1.5]),
};
const SONAR: TokenLaw = {
  ...OTHER,
  name: 'sonar',
  text: LLAMA_TEXT,
  request: NOTHING,
  message: { system: [0, 0, 1], user: [0, 1, 2], assistant: [-1, 0, 1] },
};

const PLAIN: TokenLaw = { ...OTHER, name: 'plain', request: [0, 0, 1], message: each([0, 0, 1]) };

export const otherLaws: readonly LawEntry[] = [
  { models: /gpt-oss/, law: GPT_OSS },
  { models: /llama-?guard/, law: LLAMA_GUARD },
  { models: /distill-llama/, law: { ...DEEPSEEK, text: LLAMA_TEXT } },
  { models: /llama-?4/, law: LLAMA_4 },
  { models: /llama-?3[-.][1-9]/, law: LLAMA_3 },
  { models: /llama|nemotron/, law: LLAMA_3_0 },
  { models: /qwen-?2|qwq/, law: QWEN_2_5 },
  { models: /qwen/, law: QWEN },
  { models: /deepseek/, apis: ['responses'], providers: ['deepseek'], law: DEEPSEEK_RESPONSES },
  { models: /deepseek-v4/, law: DEEPSEEK_4 },
  { models: /deepseek/, law: DEEPSEEK },
  { models: /mistral-embed/, law: MISTRAL_EMBED },
  { models: /(?:mistral|magistral)-small/, law: MISTRAL_SMALL },
  { models: /mistral|mixtral|ministral|codestral|devstral|magistral|pixtral|voxtral/, law: MISTRAL },
  { models: /command|cohere/, law: COHERE },
  { models: /nova-2/, law: NOVA_2 },
  { models: /nova-(?:micro|lite|pro|premier)/, law: NOVA },
  { models: /titan/, law: TITAN },
  { models: /grok/, apis: ['responses'], law: GROK_RESPONSES },
  { models: /grok/, providers: ['azure'], law: GROK_ON_AZURE },
  { models: /grok/, law: GROK },
  { models: /kimi/, law: KIMI },
  { models: /glm/, law: GLM },
  { models: /sonar/, law: SONAR },
  { models: /embed|minilm|bge|e5-|voyage/, law: PLAIN },
];
