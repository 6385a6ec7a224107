/** Responses: the last event of a stream contains the whole answer. */
import { asArray, asObject, asString, type Json, type JsonObject, parseObject } from '../../support/json-body.ts';
import type { Codec } from '../codec.ts';
import type { SseEvent } from '../framing/sse.ts';

export const responsesAnswer: Codec['toAnswer'] = (events) => {
  const last = events.findLast(({ event, data }) => (event ?? parseObject(data)?.type) === 'response.completed');
  return last === undefined ? null : asObject(parseObject(last.data)?.response);
};

export const responsesStream: Codec['toStream'] = (answer) => {
  const events: SseEvent[] = [];
  const push = (type: string, more: JsonObject): void => {
    events.push({ event: type, data: JSON.stringify({ type, sequence_number: events.length, ...more }) });
  };
  const begun = { ...answer, status: 'in_progress', output: [], usage: null };
  push('response.created', { response: begun });
  push('response.in_progress', { response: begun });
  for (const [output_index, item] of asArray(answer.output).map(asObject).entries()) {
    if (item === null || !pushItem(item, output_index, push)) return null;
  }
  push('response.completed', { response: answer });
  return events;
};

/** False for items whose events are unknown here. */
function pushItem(item: JsonObject, output_index: number, push: (type: string, more: JsonObject) => void): boolean {
  const type = asString(item.type);
  const item_id = asString(item.id);
  const at = { output_index, item_id };
  switch (type) {
    case 'message': {
      push('response.output_item.added', { output_index, item: { ...item, status: 'in_progress', content: [] } });
      for (const [content_index, part] of asArray(item.content).map(asObject).entries()) {
        if (part?.type !== 'output_text') return false;
        const place = { ...at, content_index };
        const text: Json = part.text ?? '';
        push('response.content_part.added', { ...place, part: { ...part, text: '' } });
        push('response.output_text.delta', { ...place, delta: text, logprobs: [] });
        push('response.output_text.done', { ...place, text, logprobs: [] });
        push('response.content_part.done', { ...place, part });
      }
      break;
    }
    case 'function_call': {
      push('response.output_item.added', { output_index, item: { ...item, status: 'in_progress', arguments: '' } });
      push('response.function_call_arguments.delta', { ...at, delta: item.arguments ?? '' });
      push('response.function_call_arguments.done', { ...at, arguments: item.arguments ?? '', name: item.name ?? '' });
      break;
    }
    case 'reasoning':
      push('response.output_item.added', { output_index, item });
      break;
    default:
      return false;
  }
  push('response.output_item.done', { output_index, item });
  return true;
}
