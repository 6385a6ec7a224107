/**
 * What an answer depends on besides its request: searches, and data stored elsewhere. Providers and gateways have many
 * parameters for this. They are recognised by their shape in any format, so that new ones are recognised too.
 */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';
import { referenceIn } from './references.ts';

export interface OutsideSource {
  /** `model`: a model that always searches. `parameter`: a setting of the request. `tool`: one that the provider may run. */
  readonly kind: 'model' | 'parameter' | 'tool';
  /** The name of the model, the parameter, or the type of tool. */
  readonly name: string;
  /** The value of the parameter, or the tool. */
  readonly value: Json;
}

/** In words; null if the answer depends on the request alone. */
export function outsideSource(body: JsonObject, model: string | null): string | null {
  const [source] = outsideSources(body, model);
  return source === undefined ? referenceIn(body) : describeSource(source);
}

export function describeSource({ kind, name }: OutsideSource): string {
  if (kind === 'parameter') return name;
  return kind === 'model' ? `a search by ${name}` : `tool ${name}`;
}

export function outsideSources(body: JsonObject, model: string | null): readonly OutsideSource[] {
  const found: OutsideSource[] = [];
  const addModel = (name: string | null): void => {
    if (name !== null && SEARCHING_MODELS.test(name)) found.push({ kind: 'model', name, value: null });
  };
  addModel(model);
  // OpenRouter takes a list of models, any of which may answer.
  for (const name of asArray(body.models)) addModel(asString(name));
  for (const name in body) {
    if (!OUTSIDE.test(name) || OFF.test(name)) continue;
    const value = body[name] ?? null;
    if (isOn(value)) found.push({ kind: 'parameter', name, value });
  }
  addToolsAtProvider(found, body);
  for (const more of [body.extra_body, body.additionalModelRequestFields]) {
    const nested = asObject(more);
    if (nested !== null) found.push(...outsideSources(nested, null));
  }
  return found;
}

/** Parameters that enable a search or name data to answer from: xAI, Azure, OpenRouter, Qwen, Mistral and others. */
const OUTSIDE =
  /search|grounding|^(?:plugins|connectors?|data_?sources|knowledge_?bases?|mcp_servers|vector_store_ids|(?:agent|assistant|conversation|thread)_id)$/i;
const OFF = /^(?:disable|no)_/i;

/** Models that always search, by the names that their makers and gateways use. */
const SEARCHING_MODELS = new RegExp(
  [
    // OpenAI: gpt-4o-search-preview, gpt-5-search-api.
    /-search-(?:preview|api)\b/,
    // Perplexity: sonar, sonar-pro, and their older names.
    /(?:^|[/.])sonar(?:-|$)/,
    // OpenRouter's suffix for its search plugin is `:online`.
    /[-:]online$/,
    /deep-research/,
    // Groq's compound systems, which search and run code themselves.
    /(?:^|\/)compound(?:-|$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

function isOn(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value === 'off' || value === 'none' || value === 'disabled') return false;
  const settings = asObject(value);
  if (settings === null) return true;
  const { mode, type, enabled, enable, disabled } = settings;
  const isOff = [mode, type].some((word) => word === 'off' || word === 'none' || word === 'disabled');
  return !isOff && enabled !== false && enable !== false && disabled !== true;
}

/** Functions and custom tools run in the application, all other types at the provider or by its rules. */
function addToolsAtProvider(found: OutsideSource[], { tools, toolConfig }: JsonObject): void {
  if (tools === undefined && toolConfig === undefined) return;
  // Google's servers also accept one value where a list is expected.
  const list = asObject(tools) === null ? asArray(tools) : [tools];
  for (const tool of [...list, ...asArray(asObject(toolConfig)?.tools)].map(asObject)) {
    if (tool === null) continue;
    const type = asString(tool.type);
    const names = type === null ? unnamedTools(tool) : [type];
    for (const name of names) if (!OWN_TYPES.has(name)) found.push({ kind: 'tool', name, value: tool });
  }
}

const OWN_TYPES: ReadonlySet<string> = new Set(['function', 'custom']);

/** Google and AWS have no type: each member of an entry is a tool, or a list of the application's. */
function unnamedTools(tool: JsonObject): readonly string[] {
  if (tool.name !== undefined || tool.function !== undefined) return [];
  return Object.keys(tool).filter((name) => !OWN_MEMBERS.has(name));
}

const OWN_MEMBERS: ReadonlySet<string> = new Set([
  'functionDeclarations',
  'function_declarations',
  'toolSpec',
  'cachePoint',
]);
