/** The results of tools that a request gives back to a model, in any wire format. */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

/**
 * The id of each tool call whose result is in the body. Gemini's results may have no id: they are told apart by their
 * place, which stays the same while a conversation grows.
 */
export function toolResultsIn(body: JsonObject | null): readonly string[] {
  if (body === null) return [];
  const said = [body.messages, body.input, body.contents].flatMap((list) => asArray(list));
  return said.flatMap((item, index) => idsIn(item, index));
}

/** True if the last thing that the body says is the result of a tool: the model is in the middle of its work. */
export function endsWithToolResult(body: JsonObject): boolean {
  const [said = []] = [body.messages, body.input, body.contents].filter((list) => Array.isArray(list));
  const last = asArray(said).at(-1);
  return last !== undefined && idsIn(last, 0).length > 0;
}

function idsIn(item: Json, index: number): readonly string[] {
  const message = asObject(item);
  if (message === null) return [];
  const { role, type, tool_call_id: ofChat, call_id: ofResponses } = message;
  if (role === 'tool' || role === 'function') return [asString(ofChat) ?? `${index}`];
  if (asString(type)?.endsWith('_call_output')) return [asString(ofResponses) ?? `${index}`];
  const parts = [...asArray(message.content), ...asArray(message.parts)].map(asObject);
  return parts.flatMap((part, place) => {
    if (part?.type === 'tool_result') return [asString(part.tool_use_id) ?? `${index}.${place}`];
    const result = asObject(part?.functionResponse ?? part?.function_response ?? part?.toolResult);
    return result === null ? [] : [asString(result.id ?? result.toolUseId) ?? `${index}.${place}`];
  });
}
