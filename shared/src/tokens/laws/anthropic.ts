/**
 * Anthropic's Claude. Its vocabulary is not published: texts are estimated as o200k's count plus a little for long
 * words, digits and symbols. What tools add is documented by model up to Claude 3.7; the rest was fitted.
 */
import { type Bounds, type LawEntry, NOTHING, type SchemaLaw, type TokenLaw, type ToolsLaw } from '../law.ts';

/** Fitted on 81 requests from 17 repositories; across repositories the median error is 4.5%. */
const CLAUDE: TokenLaw = {
  name: 'claude 4.0',
  text: {
    scripts: { latin: 1, accented: 1.25, cjk: 1.21, other: 1.4 },
    longWord: 0.35,
    splitDigit: 0.2,
    symbol: 0.27,
    spread: { below: 0.09, above: 0.12 },
  },
  request: [-1, 0, 2],
  // A system prompt adds nothing; a user's turn opens the answer as well.
  message: { system: [0, 0, 2], user: [6, 7, 8], assistant: [-1, 0, 3] },
  call: [24, 28, 36],
  result: [20, 24, 30],
  tools: tools([306, 318, 328]),
  // Gateways turn it into a tool; the API itself takes none.
  schema: 'tool',
  thinking: [27, 29, 33],
  image: { kind: 'patches', side: 28, max: 1568, factor: 1, longest: 1568 },
};

function tools(request: Bounds, forced: Bounds = request, factor: Bounds = [0.9, 1.03, 1.15]): ToolsLaw {
  return { rendering: 'json', request, requestForced: forced, tool: NOTHING, factor };
}

/** From Opus 4.1 and Sonnet 4.5 on. */
const SCHEMA: SchemaLaw = {
  rendering: 'json',
  request: [76, 90, 105],
  factor: [1.35, 1.54, 1.7],
  omits: [],
  isNamed: false,
};
const CLAUDE_4_1: TokenLaw = { ...CLAUDE, name: 'claude 4.1', schema: SCHEMA };
const CLAUDE_4_5: TokenLaw = {
  ...CLAUDE_4_1,
  name: 'claude 4.5, 4.6',
  call: [26, 32, 42],
  result: [20, 25, 32],
  tools: tools([486, 497, 510], [580, 592, 606]),
};
/** Opus 4.7 and later, Sonnet 5, Haiku 5 and Fable 5 have another vocabulary. Few recorded prompts are long. */
const CLAUDE_4_7: TokenLaw = {
  ...CLAUDE_4_1,
  name: 'claude 4.7 to 5',
  text: {
    scripts: { latin: 1.41, accented: 1.5, cjk: 1.21, other: 1.6 },
    spread: { below: 0.2, above: 0.18 },
  },
  request: [-2, 0, 3],
  call: [20, 30, 55],
  result: [14, 22, 36],
  tools: tools([325, 356, 380], [450, 478, 510], [1.2, 1.45, 1.6]),
};
const withTools = (name: string, law: ToolsLaw): TokenLaw => ({ ...CLAUDE, name, tools: law });

export const anthropicLaws: readonly LawEntry[] = [
  { models: /claude-(?:opus-(?:4[-.][7-9]|[5-9])|sonnet-[5-9]|haiku-[5-9]|fable)/, law: CLAUDE_4_7 },
  { models: /claude.*\b4[-.][56]\b/, law: CLAUDE_4_5 },
  { models: /claude-opus-4[-.]1/, law: CLAUDE_4_1 },
  { models: /claude-3-opus/, law: withTools('claude 3 opus', tools([500, 520, 545], [270, 290, 310])) },
  { models: /claude-3-sonnet/, law: withTools('claude 3 sonnet', tools([155, 166, 180], [230, 242, 260])) },
  {
    models: /claude-3-haiku|claude-3[-.]5-haiku/,
    law: withTools('claude 3 haiku', tools([258, 270, 285], [338, 362, 380])),
  },
  {
    models: /claude-3[-.]5-sonnet(?!.*(?:20241022|v2))/,
    law: withTools('claude 3.5 sonnet', tools([286, 306, 355], [255, 280, 325])),
  },
  { models: /claude/, law: CLAUDE },
];
