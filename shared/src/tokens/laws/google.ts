/**
 * Google's Gemini and Gemma. Both use Gemma's vocabulary, in which each digit is a separate token and line breaks never
 * merge with the text before them; the rest is like o200k (median error 2% on 3,196 texts).
 */
import {
  always,
  type Bounds,
  type EstimatedText,
  type LawEntry,
  NOTHING,
  type SchemaLaw,
  type TokenLaw,
} from '../law.ts';

const GEMMA_TEXT: EstimatedText = {
  scripts: { latin: 1, accented: 1, cjk: 0.66, other: 1 },
  splitDigit: 1,
  symbol: 0.04,
  lineBreak: 1.15,
  spread: { below: 0.08, above: 0.11 },
};
const json = (factor: Bounds): TokenLaw['tools'] => ({
  rendering: 'json',
  request: [-4, 0, 4],
  tool: NOTHING,
  factor,
});

const GEMINI_2_5: TokenLaw = {
  name: 'gemini 2.5',
  text: GEMMA_TEXT,
  request: NOTHING,
  message: { system: [0, 1, 1], user: [0, 1, 1], assistant: [0, 1, 2] },
  call: [-4, 0, 12],
  result: [-4, 0, 12],
  tools: json([0.8, 0.98, 1.2]),
  schema: null,
  image: { kind: 'fixed', tokens: always(258) },
};
const GEMINI_3: TokenLaw = {
  ...GEMINI_2_5,
  name: 'gemini 3',
  call: [-4, 6, 30],
  result: [-4, 6, 30],
  tools: json([0.7, 1.13, 1.45]),
  image: { kind: 'fixed', tokens: [1000, 1085, 1125] },
};
const texts = (request: Bounds, factor: Bounds): SchemaLaw => ({
  rendering: 'texts',
  request,
  factor,
  omits: [],
  isNamed: false,
});
/**
 * Version 2.0, and any version on Vertex: nothing around a message, and only the texts of tools and calls. A schema in
 * JSON Schema's own spelling (`responseJsonSchema`) is not billed.
 */
const GEMINI_2_0: TokenLaw = {
  ...GEMINI_2_5,
  name: 'gemini 2.0',
  message: { system: NOTHING, user: NOTHING, assistant: NOTHING },
  call: [-12, -6, 2],
  result: [-12, -6, 2],
  tools: { rendering: 'texts', request: [-2, 0, 3], tool: NOTHING, factor: [0.9, 1.03, 1.2] },
  schema: texts([-2, 0, 3], [0, 1, 1.3]),
  image: { kind: 'crops', piece: 258, whole: 384 },
};
const GEMINI_1: TokenLaw = { ...GEMINI_2_0, name: 'gemini 1', schema: null, image: GEMINI_2_5.image };
/** Any other provider passes requests on to Vertex. */
const DIRECT: LawEntry['providers'] = ['google', 'any'];
const onVertex = (law: TokenLaw, schema: TokenLaw['schema'] = law.schema): TokenLaw => ({
  ...GEMINI_2_0,
  name: `${law.name} on vertex`,
  schema,
  image: law.image,
});

const GEMMA: TokenLaw = {
  ...GEMINI_2_5,
  name: 'gemma',
  request: [3, 4, 6],
  message: { system: [0, 0, 5], user: [4, 5, 6], assistant: [4, 5, 6] },
  image: null,
};

const VERSION_3 = /gemini-(?:[3-9]|(?:flash|pro)-(?:lite-)?latest)/;

export const googleLaws: readonly LawEntry[] = [
  { models: /gemma/, law: GEMMA },
  { models: /gemini-1|gemini-pro(?:-vision)?$/, law: GEMINI_1 },
  { models: /gemini-2\.0/, law: GEMINI_2_0 },
  { models: VERSION_3, providers: DIRECT, law: GEMINI_3 },
  // One recorded schema on Vertex was billed, another version's was not.
  { models: VERSION_3, law: onVertex(GEMINI_3, texts([0, 30, 66], [0, 1, 2])) },
  { models: /gemini/, providers: DIRECT, law: GEMINI_2_5 },
  { models: /gemini/, law: onVertex(GEMINI_2_5) },
];
