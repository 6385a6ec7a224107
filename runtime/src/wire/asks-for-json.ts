/** Recognises requests for an answer in JSON, under all names that APIs and servers use for it. */
import { asObject, type Json, type JsonObject } from '../support/json-body.ts';

export function asksForJson(body: JsonObject): boolean {
  for (const name in body) if (ASKING.get(name)?.(body[name]) === true) return true;
  return false;
}

type Asks = (value: Json | undefined) => boolean;

const isJsonType: Asks = (type) => typeof type === 'string' && JSON_TYPE.test(type);
const isSchema: Asks = (value) => asObject(value) !== null;
const hasJsonType: Asks = (value) => isJsonType(asObject(value)?.type);
const hasJsonFormat: Asks = (value) => hasJsonType(asObject(value)?.format);
const hasJsonMediaType: Asks = (value) => {
  const config = asObject(value);
  return isJsonType(config?.responseMimeType ?? config?.response_mime_type);
};

/** By member of the request. Most requests have none of them. */
const ASKING: ReadonlyMap<string, Asks> = new Map<string, Asks>([
  ['response_format', hasJsonType],
  ['text', hasJsonFormat],
  ['output_format', hasJsonType],
  ['output_config', hasJsonFormat],
  ['outputConfig', (value) => hasJsonType(asObject(value)?.textFormat)],
  ['generationConfig', hasJsonMediaType],
  ['generation_config', hasJsonMediaType],
  ['response_mime_type', isJsonType],
  // Ollama takes either `json` or the schema itself.
  ['format', (value) => isJsonType(value) || isSchema(value)],
  ['guided_json', isSchema],
  ['json_schema', isSchema],
  ['structured_outputs', (value) => isSchema(asObject(value)?.json)],
]);

const JSON_TYPE = /^(?:application\/)?json/i;
