/**
 * What an answer depends on besides its request: searches, and data stored elsewhere. Providers and gateways have many
 * parameters for this. They are recognised by their shape in any format, so that new ones are recognised too.
 */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

/** In words; null if the answer depends on the request alone. */
export function outsideSource(body: JsonObject, model: string | null): string | null {
  // OpenRouter takes a list of models, any of which may answer.
  for (const name of [model, ...asArray(body.models).map(asString)]) {
    if (name !== null && SEARCHING_MODELS.some((pattern) => pattern.test(name))) return `a search by ${name}`;
  }
  for (const [name, value] of Object.entries(body)) {
    if (OUTSIDE.test(name) && !OFF.test(name) && isOn(value)) return name;
  }
  const nested = asObject(body.extra_body);
  const found = nested === null ? null : outsideSource(nested, null);
  return found ?? toolAtProvider(body);
}

/** Parameters that enable a search or name data to answer from: xAI, Azure, OpenRouter, Qwen, Mistral and others. */
const OUTSIDE =
  /search|grounding|^(?:plugins|connectors?|data_?sources|knowledge_?bases?|vector_store_ids|(?:agent|assistant|conversation|thread)_id)$/i;
const OFF = /^(?:disable|no)_/i;

/** Models that always search, by the names that their makers and gateways use. */
const SEARCHING_MODELS: readonly RegExp[] = [
  // OpenAI: gpt-4o-search-preview, gpt-5-search-api.
  /-search-(?:preview|api)\b/i,
  // Perplexity: sonar, sonar-pro, and their older names.
  /(?:^|[/.])sonar(?:-|$)/i,
  /-online$/i,
  // OpenRouter's suffix for its search plugin.
  /:online$/i,
  /deep-research/i,
  // Groq's compound systems, which search and run code themselves.
  /(?:^|\/)compound(?:-|$)/i,
];

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

/** Functions and custom tools run in the application, all other types at the provider. */
function toolAtProvider({ tools, toolConfig }: JsonObject): string | null {
  for (const tool of [...asArray(tools), ...asArray(asObject(toolConfig)?.tools)].map(asObject)) {
    const type = asString(tool?.type);
    if (type !== null && type !== 'function' && type !== 'custom') return `tool ${type}`;
    if (tool?.systemTool !== undefined) return 'a tool of the provider';
  }
  return null;
}
