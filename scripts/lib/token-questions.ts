/** What `fit-tokens` asks of the records: for which requests, which constants, and what is taken as known. */

export interface Question {
  readonly name: string;
  readonly models: RegExp;
  readonly apis?: RegExp;
  readonly providers?: RegExp;
  /** Features that a request must have, and must not have. */
  readonly has: readonly string[];
  readonly lacks: readonly string[];
  /** Features whose factors are fitted; `request` is one for each request. */
  readonly fits: readonly string[];
  /** Features whose factors are taken as they are. */
  readonly takes: Readonly<Record<string, number>>;
}

/** What is sent and cannot be counted. */
const UNCOUNTED = ['media', 'image'];
const PLAIN = [...UNCOUNTED, 'tools', 'schema', 'call', 'result', 'thinking'];
const SHAPE = ['text', 'longWords', 'splitDigits', 'symbols'];

const CLAUDE_4_7 = /claude.*(?:opus-(?:4[-.][7-9]|[5-9])|sonnet-[5-9]|haiku-[5-9]|fable)/;
const CLAUDE_4_5 = /claude.*\b4[-.][56]\b/;
const CLAUDE_4_0 = /claude.*(?:sonnet-4|opus-4|4[-.]1)(?![-.][5-9])/;
const CLAUDE_OLDER = /claude(?!.*(?:opus-(?:4[-.][7-9]|[5-9])|sonnet-[5-9]|haiku-[5-9]|fable))/;
const CLAUDE_TEXT = { 'text.estimated': 1, 'message.user': 7 };

const claude: readonly Question[] = [
  {
    name: 'claude up to 4.6, texts',
    models: CLAUDE_OLDER,
    has: [],
    lacks: PLAIN,
    fits: [...SHAPE, 'message.user'],
    takes: {},
  },
  {
    name: 'claude 4.7 and later, texts',
    models: CLAUDE_4_7,
    has: [],
    lacks: PLAIN,
    fits: ['text', 'message.user'],
    takes: {},
  },
  {
    name: 'claude, thinking',
    models: CLAUDE_OLDER,
    has: ['thinking'],
    lacks: PLAIN.slice(0, -1),
    fits: ['thinking'],
    takes: CLAUDE_TEXT,
  },
  ...(
    [
      ['4.0', CLAUDE_4_0, { tools: 318, 'tools.json': 1.03 }],
      ['4.5', CLAUDE_4_5, { tools: 497, 'tools.json': 1.03, 'tools.forced': 95 }],
      ['4.7', CLAUDE_4_7, { tools: 356, 'tools.json': 1.03, 'tools.forced': 122 }],
    ] as const
  ).flatMap(([name, models, takes]): readonly Question[] => [
    {
      name: `claude ${name}, tools`,
      models,
      has: ['tools'],
      lacks: PLAIN.filter((feature) => feature !== 'tools'),
      fits: Object.keys(takes),
      takes: CLAUDE_TEXT,
    },
    {
      name: `claude ${name}, calls and results`,
      models,
      has: ['call', 'result'],
      lacks: [...UNCOUNTED, 'schema', 'thinking'],
      fits: ['call', 'result'],
      takes: { ...CLAUDE_TEXT, ...takes },
    },
  ]),
  {
    name: 'claude 4.5, schemas',
    models: CLAUDE_4_5,
    has: ['schema'],
    lacks: PLAIN.filter((feature) => feature !== 'schema'),
    fits: ['schema', 'schema.json'],
    takes: CLAUDE_TEXT,
  },
];

const openai = (
  name: string,
  models: RegExp,
  apis: RegExp,
  request: number,
  assistant: number,
): readonly Question[] => {
  const takes = { text: 1, request, 'message.user': 4, 'message.system': 4, 'message.assistant': assistant };
  const providers = /^(?:openai|azure)$/;
  return [
    {
      name: `${name}, messages`,
      models,
      apis,
      providers,
      has: [],
      lacks: PLAIN.slice(0, -1),
      fits: ['request', 'message.user', 'message.system', 'message.assistant'],
      takes: { text: 1 },
    },
    {
      name: `${name}, tools`,
      models,
      apis,
      providers,
      has: ['tools'],
      lacks: [...UNCOUNTED, 'schema', 'call', 'result'],
      fits: ['tools', 'tools.system', 'tools.declared'],
      takes,
    },
    {
      name: `${name}, schemas`,
      models,
      apis,
      providers,
      has: ['schema'],
      lacks: [...UNCOUNTED, 'tools', 'call', 'result'],
      fits: ['schema', 'schema.json'],
      takes,
    },
  ];
};

const gemini = (
  name: string,
  models: RegExp,
  providers: RegExp,
  rendered: string,
  message: number,
): readonly Question[] => [
  {
    name: `${name}, messages`,
    models,
    providers,
    has: [],
    lacks: PLAIN,
    fits: ['message.user', 'message.system'],
    takes: { 'text.estimated': 1 },
  },
  {
    name: `${name}, tools`,
    models,
    providers,
    has: ['tools'],
    lacks: [...UNCOUNTED, 'schema', 'call', 'result'],
    fits: [rendered],
    takes: { 'text.estimated': 1, 'message.user': message, 'message.system': message },
  },
];

/** Makers of open models: what opens a request, what stands around a message, and what tools add. */
const open = (name: string, models: RegExp): readonly Question[] => [
  {
    name: `${name}, messages`,
    models,
    has: [],
    lacks: PLAIN,
    fits: ['request', 'message.user'],
    takes: { 'text.estimated': 1 },
  },
  {
    name: `${name}, tools`,
    models,
    has: ['tools'],
    lacks: [...UNCOUNTED, 'schema', 'call', 'result', 'thinking'],
    fits: ['tools', 'tools.json'],
    takes: { 'text.estimated': 1 },
  },
];

const CHAT = /chat/;
const RESPONSES = /responses/;

export const QUESTIONS: readonly Question[] = [
  ...openai('gpt-4o and 4.1, chat', /gpt-4o(?!.*search)|gpt-4\.1/, CHAT, 3, 4),
  ...openai('gpt-4o and 4.1, responses', /gpt-4o|gpt-4\.1/, RESPONSES, 3, 4),
  ...openai('o-series, chat', /\bo[1-9](?:-|$)/, CHAT, 2, 4),
  ...openai('gpt-5, chat', /gpt-5/, CHAT, 2, 6),
  ...openai('gpt-5, responses', /gpt-5/, RESPONSES, 2, 6),
  ...claude,
  ...gemini('gemini 3', /gemini-3|gemini-.*latest/, /^google$/, 'tools.json', 1),
  ...gemini('gemini 2.5', /gemini-2\.5/, /^google$/, 'tools.json', 1),
  ...gemini('gemini 2.0', /gemini-2\.0/, /^google$/, 'tools.texts', 0),
  ...gemini('gemini on vertex', /gemini-(?!embed)/, /^google-vertex$/, 'tools.texts', 0),
  ...open('gpt-oss', /gpt-oss/),
  ...open('llama 3.1', /llama-?3[-.][1-9]/),
  ...open('qwen', /qwen/),
  ...open('deepseek', /deepseek/),
  ...open('mistral', /mistral|ministral|magistral|codestral/),
  ...open('nova', /nova-(?:micro|lite|pro)/),
  ...open('cohere', /command/),
  ...open('grok', /grok/),
  ...open('kimi', /kimi/),
];
