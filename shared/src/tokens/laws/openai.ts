/**
 * OpenAI: everything is a count in a published vocabulary plus constants. Of 119 recorded requests with tools but
 * without calls, 111 are exact, and the others are within three tokens.
 */
import {
  always,
  type Bounds,
  type ImageLaw,
  type LawEntry,
  NOTHING,
  type SchemaLaw,
  type TokenLaw,
  type ToolsLaw,
} from '../law.ts';

const schema = (request: Bounds, requestWithSystem: Bounds, more: Partial<SchemaLaw> = {}): SchemaLaw => ({
  rendering: 'json',
  request,
  requestWithSystem,
  requestWithTools: requestWithSystem,
  factor: always(1),
  omits: ['additionalProperties', 'required', '$schema'],
  isNamed: true,
  ...more,
});
const tools = (request: Bounds, more: Partial<ToolsLaw> = {}): ToolsLaw => ({
  rendering: 'declarations',
  request,
  tool: NOTHING,
  factor: always(1),
  ...more,
});

/** gpt-4o and gpt-4.1 in chat. */
const GPT_4O: TokenLaw = {
  name: 'gpt-4o',
  text: { vocabulary: 'o200k' },
  request: always(3),
  message: { system: always(4), user: always(4), assistant: always(4) },
  call: [4, 8, 10],
  result: [4, 8, 12],
  tools: tools([8, 9, 9], { requestWithSystem: [4, 5, 6] }),
  schema: schema([12, 13, 15], [5, 10, 12], {
    requestWithTools: [5, 7, 13],
    opening: { next: always(-1), earlier: [0, 2, 2] },
  }),
  image: { kind: 'tiles', base: 85, tile: 170 },
};
const GPT_4O_RESPONSES: TokenLaw = {
  ...GPT_4O,
  name: 'gpt-4o responses',
  tools: tools([3, 3, 4], { requestForced: [11, 12, 13] }),
  schema: schema([7, 7, 8], [7, 7, 8]),
};
/** gpt-3.5 and gpt-4. */
const GPT_4: TokenLaw = {
  ...GPT_4O,
  name: 'gpt-4',
  text: { vocabulary: 'cl100k' },
  tools: tools([3, 9, 9], { requestWithSystem: [-5, 5, 6] }),
  call: [4, 11, 20],
  result: [4, 9, 14],
};
const GPT_4_RESPONSES: TokenLaw = { ...GPT_4O_RESPONSES, name: 'gpt-4 responses', text: { vocabulary: 'cl100k' } };

const O_SERIES: TokenLaw = {
  ...GPT_4O,
  name: 'o-series',
  request: [1, 2, 2],
  call: [6, 9, 11],
  result: [6, 9, 10],
  tools: tools([9, 10, 10]),
  schema: schema([10, 10, 12], [5, 9, 11], {
    requestWithTools: [4, 6, 11],
    opening: { next: always(-1), earlier: [0, 1, 2] },
  }),
};
const O_SERIES_RESPONSES: TokenLaw = {
  ...O_SERIES,
  name: 'o-series responses',
  tools: tools([5, 6, 7]),
  schema: schema([6, 6, 7], [6, 6, 7]),
};

const GPT_5: TokenLaw = {
  ...O_SERIES,
  name: 'gpt-5',
  request: always(2),
  // An answer in the history that follows reasoning is billed less.
  message: { system: always(4), user: always(4), assistant: [2, 6, 6] },
  call: [8, 10, 13],
  result: [8, 11, 12],
  tools: tools([89, 90, 91]),
};
const GPT_5_RESPONSES: TokenLaw = {
  ...GPT_5,
  name: 'gpt-5 responses',
  tools: tools([8, 9, 14]),
  schema: schema([6, 6, 7], [5, 6, 7]),
};

const withImage = (law: TokenLaw, image: ImageLaw | null): TokenLaw => ({ ...law, image });
const patches = (factor: number): ImageLaw => ({ kind: 'patches', side: 32, max: 1536, factor });

/** One law for chat and one for Responses, for models with the same name. */
function entries(models: RegExp, chat: TokenLaw, responses: TokenLaw, image: ImageLaw | null): readonly LawEntry[] {
  return [
    { models, apis: ['responses'], law: withImage(responses, image) },
    { models, law: withImage(chat, image) },
  ];
}

/** Gateways pass chat requests on to Responses. */
function entriesOfGpt5(models: RegExp, image: ImageLaw | null): readonly LawEntry[] {
  return [
    { models, apis: ['responses'], law: withImage(GPT_5_RESPONSES, image) },
    { models, providers: ['openai', 'azure', 'any', 'unknown'], law: withImage(GPT_5, image) },
    { models, law: withImage(GPT_5_RESPONSES, image) },
  ];
}

/** Nothing is added around a text. */
const BARE: TokenLaw = {
  ...GPT_4O,
  name: 'openai bare',
  request: NOTHING,
  message: { system: NOTHING, user: NOTHING, assistant: NOTHING },
};
const EMBEDDING: TokenLaw = { ...BARE, name: 'openai embeddings', text: { vocabulary: 'cl100k' } };

const TILES_GPT_5: ImageLaw = { kind: 'tiles', base: 70, tile: 140 };
const TILES_O: ImageLaw = { kind: 'tiles', base: 75, tile: 150 };
const TILES_4O_MINI: ImageLaw = { kind: 'tiles', base: 2833, tile: 5667 };

export const openaiLaws: readonly LawEntry[] = [
  { models: /text-embedding-(?:3|ada)|davinci-002|babbage-002/, law: EMBEDDING },
  { models: /gpt-4o.*search-preview/, law: BARE },
  ...entriesOfGpt5(/gpt-(?:5\.[2-9]|[6-9])/, null),
  ...entriesOfGpt5(/gpt-5.*-mini/, patches(1.2)),
  ...entriesOfGpt5(/gpt-5.*-nano/, patches(1.5)),
  ...entriesOfGpt5(/gpt-5/, TILES_GPT_5),
  ...entries(/\bo[1-9]-mini|\bo4/, O_SERIES, O_SERIES_RESPONSES, patches(1.72)),
  ...entries(/\bo[1-9](?:-|$)/, O_SERIES, O_SERIES_RESPONSES, TILES_O),
  ...entries(/gpt-4\.1-mini/, GPT_4O, GPT_4O_RESPONSES, patches(1.62)),
  ...entries(/gpt-4\.1-nano/, GPT_4O, GPT_4O_RESPONSES, patches(2.46)),
  ...entries(/gpt-4o-mini/, GPT_4O, GPT_4O_RESPONSES, TILES_4O_MINI),
  ...entries(
    /gpt-4o|gpt-4\.[1-9]|gpt-4-[1-9]-|chatgpt-4o|gpt-audio|gpt-realtime/,
    GPT_4O,
    GPT_4O_RESPONSES,
    GPT_4O.image,
  ),
  ...entries(/gpt-4|gpt-3\.?5/, GPT_4, GPT_4_RESPONSES, GPT_4O.image),
];
