/** Applies a law: tokens of texts, messages, tools, schemas and images, as ranges. */
import { exactly, type Range, sumRanges } from '../range.ts';
import { declarations } from './declarations.ts';
import { countCl100k, countO200k } from './encode.ts';
import { imageTokens, leastImageTokens } from './images.ts';
import { type Bounds, type EstimatedText, NOTHING, type SchemaLaw, type TokenLaw, type ToolsLaw } from './law.ts';
import {
  type AnswerSchema,
  type Json,
  type RequestFrame,
  type SentImage,
  type Speaker,
  type ToolDefinition,
  UNKNOWN_JSON,
} from './request.ts';
import { rememberTexts } from './text-memo.ts';
import { SCRIPTS, textShape } from './text-shape.ts';

/**
 * Tokens of a literal text. Exact (basis `literal`) if the vocabulary is known; otherwise a range with the basis
 * `assumed`.
 *
 * @example textTokens(lawFor('gpt-4o'), 'Hello, world') // { low: 3, expected: 3, high: 3, basis: 'literal' }
 */
export function textTokens(law: TokenLaw, text: string): Range {
  if (text === '') return exactly(0, 'literal');
  if ('vocabulary' in law.text) {
    return exactly(law.text.vocabulary === 'cl100k' ? countCl100k(text) : countO200k(text), 'literal');
  }
  const middle = estimateText(law.text, text);
  const { below, above } = law.text.spread;
  // Short texts deviate further from the mean: by at least half a token either way.
  return assumed([middle * (1 - below) - 0.5, middle, middle * (1 + above) + 0.5], 1);
}

/** Nine regular expressions run over each text, so its shape is remembered as well. */
const shapeOf = /* @__PURE__ */ rememberTexts(textShape);

function estimateText(law: EstimatedText, text: string): number {
  const base = countO200k(text);
  const shape = shapeOf(text);
  let factor = 0;
  for (const script of SCRIPTS) factor += shape.scripts[script] * law.scripts[script];
  return (
    base * factor +
    shape.longWords * (law.longWord ?? 0) +
    shape.splitDigits * (law.splitDigit ?? 0) +
    shape.symbols * (law.symbol ?? 0) +
    shape.lineBreaks * (law.lineBreak ?? 0)
  );
}

/** Tokens around a message, in addition to its texts. */
export function messageTokens(law: TokenLaw, speaker: Speaker): Range {
  return assumed(law.message[speaker]);
}

export function callTokens(law: TokenLaw): Range {
  return assumed(law.call);
}

export function resultTokens(law: TokenLaw): Range {
  return assumed(law.result);
}

/** Tokens for the request as a whole: opening, priming, reasoning switched on. */
export function requestTokens(law: TokenLaw, frame: Pick<RequestFrame, 'isThinking'>): Range {
  const thinking = frame.isThinking ? (law.thinking ?? NOTHING) : NOTHING;
  return assumed(plus(law.request, thinking));
}

export function toolTokens(law: TokenLaw, frame: RequestFrame): Range {
  const { tools, toolChoice, hasSystem, unknown } = frame;
  if (tools.length === 0) return exactly(0, 'literal');
  if (toolChoice === 'none' && law.tools.isDroppedByNone === true) return assumed(NOTHING);
  const { rendering, request, requestWithSystem, requestForced, tool, factor } = law.tools;
  const once =
    (toolChoice === 'forced' ? requestForced : undefined) ?? (hasSystem ? requestWithSystem : undefined) ?? request;
  const text = textTokens(law, RENDERINGS[rendering](tools));
  const holes = tools.reduce((sum, { name, parameters }) => sum + (name === null ? 1 : 0) + unknowns(parameters), 0);
  const at = (bound: 0 | 1 | 2, key: 'low' | 'expected' | 'high'): number =>
    once[bound] + tool[bound] * tools.length + (text[key] + unknown[key] * holes) * factor[bound];
  return assumed([at(0, 'low'), at(1, 'expected'), at(2, 'high')]);
}

/** Tools as a model reads them. */
export const RENDERINGS: Readonly<Record<ToolsLaw['rendering'], (tools: readonly ToolDefinition[]) => string>> = {
  declarations,
  json: (tools) => tools.map((tool) => spell({ ...tool })).join(''),
  texts: (tools) => tools.flatMap((tool) => textsIn({ ...tool })).join(' '),
};

/** Every text in a tool, and the names of its parameters, but not the schema's keywords. */
function textsIn(value: Json | object): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'properties' && typeof item === 'object' && item !== null
      ? Object.entries(item as object).flatMap(([name, field]) => [name, ...textsIn(field)])
      : textsIn(item),
  );
}

/** An answer's schema as the model reads it. */
export function schemaTokens(law: TokenLaw, answer: AnswerSchema, frame: RequestFrame): Range {
  if (law.schema === null) return exactly(0, 'literal');
  if (law.schema === 'tool') return toolTokensOf(law, answer, frame);
  const { name, description, schema } = answer;
  const { rendering, factor, omits, isNamed } = law.schema;
  const sent = without(schema, new Set(omits));
  const text = textTokens(law, rendering === 'json' ? spell(sent) : textsIn(sent).join(' '));
  const named = isNamed ? [name ?? '', description ? `// ${description}\n` : ''] : [];
  const label = sumRanges(named.map((part) => textTokens(law, part)));
  const once = plus(aroundSchema(law.schema, frame), openings(law, law.schema, answer, frame));
  const holes = unknowns(schema);
  const at = (bound: 0 | 1 | 2, key: 'low' | 'expected' | 'high'): number =>
    once[bound] + label[key] + (text[key] + frame.unknown[key] * holes) * factor[bound];
  return assumed([at(0, 'low'), at(1, 'expected'), at(2, 'high')]);
}

function aroundSchema({ request, requestWithSystem, requestWithTools }: SchemaLaw, frame: RequestFrame): Bounds {
  if (frame.tools.length > 0 && requestWithTools !== undefined) return requestWithTools;
  return frame.hasSystem && requestWithSystem !== undefined ? requestWithSystem : request;
}

/** The schema's name before each answer. */
function openings(law: TokenLaw, { opening }: SchemaLaw, answer: AnswerSchema, frame: RequestFrame): Bounds {
  if (opening === undefined || !answer.isStrict || frame.tools.length > 0) return NOTHING;
  const name = textTokens(law, answer.name ?? '').expected;
  const { earlierAnswers: count } = frame;
  const at = (bound: 0 | 1 | 2): number => opening.next[bound] + name + count * (opening.earlier[bound] + name);
  return [at(0), at(1), at(2)];
}

/** What a schema adds that is sent as a tool. */
function toolTokensOf(law: TokenLaw, { name, description, schema }: AnswerSchema, frame: RequestFrame): Range {
  const tool: ToolDefinition = { name, description, parameters: schema };
  const all = toolTokens(law, { ...frame, tools: [...frame.tools, tool], toolChoice: 'forced' });
  const others = toolTokens(law, frame);
  return assumed([all.low - others.low, all.expected - others.expected, all.high - others.high]);
}

/** If the size or the formula is unknown, the basis is `unknown` and the tokens are the minimum for any image. */
export function mediaTokens(law: TokenLaw, image: SentImage): Range {
  const tokens = law.image === null ? null : imageTokens(law.image, image);
  if (tokens !== null) return assumed(tokens);
  return exactly(law.image === null ? 0 : leastImageTokens(law.image), 'unknown');
}

function plus(a: Bounds, b: Bounds): Bounds {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

/** A negative value means that less is billed than the JSON that is sent. */
function assumed([low, expected, high]: Bounds, least = Number.NEGATIVE_INFINITY): Range {
  const middle = Math.max(least, Math.round(expected));
  return {
    low: Math.max(least, Math.min(Math.floor(low), middle)),
    expected: middle,
    high: Math.max(Math.ceil(high), middle),
    basis: low === 0 && high === 0 ? 'literal' : 'assumed',
  };
}

/** Compact JSON; unknown values are omitted. */
function spell(value: Json | object): string {
  return JSON.stringify(value, (_, item: unknown) => (item === UNKNOWN_JSON ? undefined : item)) ?? '';
}

function unknowns(value: Json): number {
  if (value === UNKNOWN_JSON) return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, item: Json) => sum + unknowns(item), 0);
}

/** Removes keywords at every depth; a property that happens to have a keyword's name stays. */
function without(value: Json, keywords: ReadonlySet<string>, isNames = false): Json {
  if (Array.isArray(value)) return value.map((item: Json) => without(item, keywords));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => isNames || !keywords.has(key));
  return Object.fromEntries(
    kept.map(([key, item]) => [key, without(item, keywords, !isNames && (key === 'properties' || key === '$defs'))]),
  );
}
