/**
 * What a provider may do and charge for on its own while it answers: searches, fetched pages, code. A hard budget reserves
 * the maximum of it, and refuses a request for which there is none.
 *
 * Anything that `outsideSources` finds and this file has no rule for counts as unlimited.
 */
import type { Fee } from '@farthing/shared/vocabulary';
import { asCount, asObject, asString, type JsonObject } from '../support/json-body.ts';
import { describeSource, type OutsideSource, outsideSources } from './outside-sources.ts';
import type { Fees } from './usage.ts';

export interface ServerUse {
  /** How often the model may read its whole context: again after each tool has run. Infinite if nothing limits it. */
  readonly rounds: number;
  /** How many texts it may write, each up to the output limit. */
  readonly texts: number;
  /** How often each fee may be incurred. Infinite if nothing limits it. */
  readonly fees: Fees;
  /** What is used, in words. */
  readonly parts: readonly string[];
}

export const NO_SERVER_USE: ServerUse = { rounds: 1, texts: 1, fees: {}, parts: [] };

/** One source's maximum: its fees, and how often the model continues after it. */
interface Maximum {
  readonly fees: Fees;
  readonly calls: number;
  /** True if Anthropic's limit of iterations applies to all such sources together. */
  readonly isIterated?: boolean;
}

const UNLIMITED = Number.POSITIVE_INFINITY;
const NO_MAXIMUM: Maximum = { fees: {}, calls: UNLIMITED };
const NO_USE: Maximum = { fees: {}, calls: 0 };
/** Tools of an MCP server that Anthropic calls are charged by that server, if at all. */
const MCP: Maximum = { fees: {}, calls: UNLIMITED, isIterated: true };

/**
 * Anthropic: "The default limit is 10 iterations per request", after which a response pauses
 * (platform.claude.com/docs/en/build-with-claude/handling-stop-reasons, `pause_turn`; 2026-11-29). The answer that starts
 * them comes on top: 11 were counted in a paused response. It is not documented whether `max_tokens` applies to all of them
 * together, so each counts as a separate text.
 */
const ITERATIONS = 10;
/** xAI: `max_search_results` is between 1 and 50 (reference of @ai-sdk/xai, 2026-11-29), and each may be a source. */
const MOST_SOURCES = 50;
/** OpenAI: the memory of the largest container (developers.openai.com/api/docs/guides/tools-code-interpreter). */
const LARGEST_CONTAINER = 64;

/** @param takesToolLimit true if the provider obeys `max_tool_calls` */
export function serverUse(body: JsonObject, model: string | null, takesToolLimit: boolean): ServerUse {
  const sources = outsideSources(body, model).filter((source) => !isTuning(source, model));
  if (sources.length === 0 && asObject(body.prompt) === null && !compacts(body)) return NO_SERVER_USE;
  const maxToolCalls = takesToolLimit ? asCount(body.max_tool_calls) : null;
  const maxima = sources.map((source) => maximumOf(source, body, maxToolCalls ?? UNLIMITED));
  const parts = sources.filter((_, index) => maxima[index] !== NO_USE).map(describeSource);
  // A prompt stored at the provider may have any tools.
  if (asObject(body.prompt) !== null) {
    maxima.push(NO_MAXIMUM);
    parts.push('a stored prompt');
  }
  const isCompacting = compacts(body);
  if (isCompacting) parts.push('compaction');
  const callsOf = (list: readonly Maximum[]): number => list.reduce((sum, { calls }) => sum + calls, 0);
  const iterated = Math.min(callsOf(maxima.filter((maximum) => maximum.isIterated === true)), ITERATIONS);
  const others = callsOf(maxima.filter((maximum) => maximum.isIterated !== true));
  // `max_tool_calls` limits all tools together.
  const limited = maxToolCalls !== null && Number.isFinite(others) ? Math.min(others, maxToolCalls) : others;
  const readings = 1 + iterated + limited;
  const compactions = isCompacting ? readings : 0;
  return {
    rounds: readings + compactions,
    texts: 1 + iterated + compactions,
    fees: sumOfFees(maxima),
    parts,
  };
}

function maximumOf(source: OutsideSource, body: JsonObject, maxCalls: number): Maximum {
  const { kind, name, value } = source;
  if (kind === 'model') return maximumOfModel(name, body, maxCalls);
  const settings = asObject(value) ?? {};
  if (kind === 'tool') return TOOLS.find(({ type }) => type.test(name))?.maximum(settings, maxCalls) ?? NO_MAXIMUM;
  if (name === 'mcp_servers') return MCP;
  if (name === 'search_parameters') {
    return { fees: { source: asCount(settings.max_search_results) ?? MOST_SOURCES }, calls: 1 };
  }
  return STORED_HISTORY.test(name) ? NO_USE : NO_MAXIMUM;
}

/** A history at the provider is input, which the model's context bounds. */
const STORED_HISTORY = /^(?:conversation|thread)_id$/;

const SONAR = /(?:^|[/.])sonar(?:-|$)/i;
/**
 * OpenAI: "the model always retrieves information from the web before responding" in Chat Completions, and charges for the
 * request (guides/tools-web-search and pricing, 2026-11-29).
 */
const SEARCHES_ONCE = /-search-preview\b/i;

function maximumOfModel(name: string, body: JsonObject, maxCalls: number): Maximum {
  if (SEARCHES_ONCE.test(name)) return { fees: { 'web-search': 1 }, calls: 1 };
  // Deep research charges for each search; the others charge for the request, and not for what they read.
  if (SONAR.test(name) && !isProSearch(body)) return { fees: { 'web-search': UNLIMITED }, calls: 0 };
  // With a limit for all tools, they are bounded like the tools that the request lists.
  return Number.isFinite(maxCalls) && /^o\d.*deep-research/.test(name) ? NO_USE : NO_MAXIMUM;
}

/** Several searches by an agent, at higher fees. */
function isProSearch({ web_search_options: options }: JsonObject): boolean {
  const type = asString(asObject(options)?.search_type);
  return type !== null && type !== 'fast';
}

/** Parameters of a model that searches in any case. */
function isTuning({ kind, name }: OutsideSource, model: string | null): boolean {
  const isSearch = kind === 'parameter' && /search/i.test(name) && name !== 'search_parameters';
  return isSearch && model !== null && (SONAR.test(model) || SEARCHES_ONCE.test(model));
}

interface ToolRule {
  readonly type: RegExp;
  /** @param settings of the tool */
  readonly maximum: (settings: JsonObject, maxCalls: number) => Maximum;
}

/** Anthropic's types end with a date, Google's have two spellings; all others are OpenAI's. */
const TOOLS: readonly ToolRule[] = [
  {
    // These run in the application, by a definition that the provider adds.
    type: /^(?:(?:bash|text_editor|computer|memory)_\d{8}|computer(?:_?use)?(?:_preview)?|local_shell|apply_patch|namespace)$/i,
    maximum: () => NO_USE,
  },
  { type: /^web_search_\d{8}$/, maximum: ({ max_uses: uses }) => iterated('web-search', uses) },
  { type: /^web_fetch_\d{8}$/, maximum: ({ max_uses: uses }) => iterated('web-fetch', uses) },
  // A container is charged once, however often code runs in it.
  { type: /^code_execution_\d{8}$/, maximum: () => ({ ...MCP, fees: { 'code-execution': 1 } }) },
  { type: /^(?:mcp_toolset|tool_search_tool_\w+)$/, maximum: () => MCP },
  {
    type: /^google_?search(?:_?retrieval)?$|^enterprise_?web_?search$/i,
    maximum: () => ({ fees: { grounding: 1, 'web-search': UNLIMITED }, calls: 1 }),
  },
  // Google: "You're only billed once for the input tokens you pass to the model and the intermediate input tokens" (docs of
  // code execution, 2026-11-29). All recorded answers count what tools read once, in `toolUsePromptTokenCount`.
  { type: /^url_?context$/i, maximum: () => ({ fees: { 'web-fetch': UNLIMITED }, calls: 1 }) },
  { type: /^code_?execution$/i, maximum: () => ({ fees: { 'code-execution': UNLIMITED }, calls: 1 }) },
  { type: /^google_?maps$/i, maximum: () => ({ fees: { maps: UNLIMITED }, calls: 1 }) },
  { type: /^fileSearch$/, maximum: () => ({ fees: {}, calls: 1 }) },
  {
    type: /^web_search(?:_preview)?(?:_\d{4}_\d{2}_\d{2})?$/,
    maximum: (_, calls) => ({ fees: { 'web-search': calls }, calls }),
  },
  { type: /^file_search$/, maximum: (_, calls) => ({ fees: { 'file-search': calls }, calls }) },
  { type: /^image_generation$/, maximum: (_, calls) => ({ fees: { 'image-generation': calls }, calls }) },
  { type: /^mcp$/, maximum: (_, calls) => ({ fees: {}, calls }) },
  {
    type: /^code_interpreter$/,
    maximum: ({ container }, calls) => ({
      fees: { 'code-execution': containerSize(container, LARGEST_CONTAINER) },
      calls,
    }),
  },
];

function iterated(fee: Fee, maxUses: unknown): Maximum {
  const uses = asCount(maxUses) ?? UNLIMITED;
  return { fees: { [fee]: uses }, calls: uses, isIterated: true };
}

/**
 * OpenAI: 1 GB costs $0.03, 4 GB $0.12, 16 GB $0.48 and 64 GB $1.92 (developers.openai.com/api/docs/pricing, 2026-11-29), so
 * the price is proportional to the memory. 1 GB is the default.
 *
 * @param ofExisting for a container that the request only names
 */
export function containerSize(container: unknown, ofExisting: number): number {
  if (typeof container === 'string') return ofExisting;
  const size = /^(\d+)g$/.exec(asString(asObject(container)?.memory_limit) ?? '')?.[1];
  return size === undefined ? 1 : Number(size);
}

/**
 * A model that shortens its history reads it once more for that. Anthropic: "the compaction trigger is checked at the start
 * of each sampling iteration" (platform.claude.com/docs/en/build-with-claude/compaction, 2026-11-29).
 */
function compacts({ context_management: management }: JsonObject): boolean {
  return management !== undefined && JSON.stringify(management).includes('compact');
}

function sumOfFees(maxima: readonly Maximum[]): Fees {
  const sum: Record<string, number> = {};
  for (const { fees } of maxima) {
    for (const [fee, count] of Object.entries(fees)) sum[fee] = (sum[fee] ?? 0) + count;
  }
  return sum;
}
