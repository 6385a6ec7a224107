/** The log-probabilities of an answer's tokens, recognised by their shape in any format. */
import { asArray, asNumber, asObject, type Json, type JsonObject } from '../support/json-body.ts';

/** In the order of the tokens; empty if the answer has none. A stream has one event after another. */
export function logProbabilitiesIn(events: Iterable<JsonObject>): readonly number[] {
  const found: number[] = [];
  const add = (list: Json | undefined, name: string): void => {
    for (const token of asArray(list)) {
      const value = asNumber(asObject(token)?.[name]);
      if (value !== null) found.push(value);
    }
  };
  for (const event of events) {
    // Chat completions, whole and in pieces.
    for (const choice of asArray(event.choices)) add(asObject(asObject(choice)?.logprobs)?.content, 'logprob');
    // Responses: the last event of a stream has the whole answer.
    for (const item of asArray(event.output ?? asObject(event.response)?.output)) {
      for (const part of asArray(asObject(item)?.content)) add(asObject(part)?.logprobs, 'logprob');
    }
    // Gemini.
    for (const candidate of asArray(event.candidates)) {
      add(asObject(asObject(candidate)?.logprobsResult)?.chosenCandidates, 'logProbability');
    }
  }
  return found;
}

/** The event without them, for a reader who did not ask for any. */
export function withoutLogProbabilities(event: JsonObject): JsonObject {
  const changed: Record<string, Json | undefined> = { ...event };
  const each = (name: string, change: (item: JsonObject) => JsonObject): void => {
    const list = event[name];
    if (Array.isArray(list)) changed[name] = list.map((item) => (asObject(item) === null ? item : change(item)));
  };
  each('choices', (choice) => (choice.logprobs === undefined ? choice : { ...choice, logprobs: null }));
  each('candidates', ({ logprobsResult: _, ...candidate }) => candidate);
  each('output', (item) =>
    Array.isArray(item.content) ? { ...item, content: item.content.map((part) => emptied(part)) } : item,
  );
  const { response, part, item } = event;
  if (asObject(response) !== null) changed.response = withoutLogProbabilities(asObject(response) as JsonObject);
  if (part !== undefined) changed.part = emptied(part);
  if (asObject(item) !== null) changed.item = asArray(withoutLogProbabilities({ output: [item as Json] }).output)[0];
  if (Array.isArray(event.logprobs)) changed.logprobs = [];
  return changed;
}

function emptied(part: Json): Json {
  const object = asObject(part);
  return object === null || object.logprobs === undefined ? part : { ...object, logprobs: [] };
}
