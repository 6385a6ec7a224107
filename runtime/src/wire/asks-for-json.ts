/** Recognises requests for an answer in JSON, under all names that APIs and servers use for it. */
import { asObject, type JsonObject } from '../support/json-body.ts';

export function asksForJson(body: JsonObject): boolean {
  const config = asObject(body.generationConfig ?? body.generation_config);
  const types = [
    asObject(body.response_format)?.type,
    asObject(asObject(body.text)?.format)?.type,
    asObject(body.output_format)?.type,
    asObject(asObject(body.output_config)?.format)?.type,
    asObject(asObject(body.outputConfig)?.textFormat)?.type,
    config?.responseMimeType ?? config?.response_mime_type,
    body.response_mime_type,
    // Ollama takes either `json` or the schema itself.
    body.format,
  ];
  if (types.some((type) => typeof type === 'string' && JSON_TYPE.test(type))) return true;
  const schemas = [body.format, body.guided_json, body.json_schema, asObject(body.structured_outputs)?.json];
  return schemas.some((schema) => asObject(schema) !== null);
}

const JSON_TYPE = /^(?:application\/)?json/i;
