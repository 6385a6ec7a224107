/** Whether an answer is complete and has the form that its request asks for: JSON, a schema, the arguments of tools. */
import { type Schema as JsonSchema, Validator } from '@cfworker/json-schema';
import type { Exchange } from '../../../core/pipeline.ts';
import type { Json, JsonObject } from '../../../support/json-body.ts';
import type { CallPart } from '../../../translate/neutral.ts';
import { formatNamed, readNeutral } from '../../../translate/translate.ts';
import { asksForJson } from '../../../wire/asks-for-json.ts';
import { jsonOfAnswer, type WholeAnswer } from './whole-answer.ts';

/** What is wrong with an answer, for people; null if nothing is. `asked` is the request that it answers. */
export type FindProblem = (answer: WholeAnswer, asked: Exchange) => string | null;

/** A request that has no neutral form is only checked for whether it asks for JSON. */
export function createStructureCheck({ codec, payload, facts }: Exchange): FindProblem {
  const body = payload.json;
  const format = formatNamed(codec.name);
  const request = body === null || format === null ? null : readNeutral(format, body, facts);
  const output = request?.output ?? { kind: body !== null && asksForJson(body) ? 'json' : 'text' };
  const schema = output.kind === 'schema' ? output.schema : null;
  const tools = new Map(request?.tools.map((tool) => [tool.name, tool.schema]));

  const ofText = (text: string): string | null => {
    if (output.kind === 'text') return null;
    const json = parsed(text);
    if (json === undefined) return 'it is not JSON';
    return schema === null ? null : mismatch(json, schema, 'it');
  };
  const ofCall = ({ name, input }: CallPart): string | null => {
    const own = tools.get(name);
    if (own !== undefined) return mismatch(input, own, `the call of ${name}`);
    return request === null ? null : `it calls ${name}, which is not a tool of the request`;
  };

  return (answer, asked) => {
    const { settlement, content } = answer;
    const unfinished = UNFINISHED[settlement.answer.finish];
    if (settlement.end !== 'complete') return 'it broke off';
    if (unfinished !== undefined) return unfinished;
    const texts = [...content.texts.values()].filter((text) => text.trim() !== '');
    if (content.calls.some((input) => input !== '' && parsed(input) === undefined)) {
      return 'the arguments of a tool are not JSON';
    }
    if (content.calls.length === 0) {
      if (texts.length === 0 && !content.hasMedia) return 'it is empty';
      return firstOf(texts, ofText);
    }
    return firstOf(callsIn(answer, asked), ofCall);
  };
}

const UNFINISHED: Readonly<Partial<Record<WholeAnswer['settlement']['answer']['finish'], string>>> = {
  truncated: 'it was cut off at its output limit',
  refused: 'the model refused',
};

function callsIn(answer: WholeAnswer, asked: Exchange): readonly CallPart[] {
  const json = jsonOfAnswer(answer, asked);
  const read = json === null ? null : formatNamed(asked.codec.name)?.readAnswer(json, null, () => {});
  return read?.parts.filter((part) => part.kind === 'call') ?? [];
}

function firstOf<Item>(items: readonly Item[], problemOf: (item: Item) => string | null): string | null {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== null) return problem;
  }
  return null;
}

/** Undefined if the text is not JSON. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mismatch(value: Json, schema: JsonObject, what: string): string | null {
  const { valid, errors } = new Validator(schema as JsonSchema, '2020-12').validate(value);
  if (valid) return null;
  const [deepest] = [...errors].sort((a, b) => b.instanceLocation.length - a.instanceLocation.length);
  return `${what} does not match its schema at ${deepest?.instanceLocation ?? '#'} (${deepest?.keyword ?? 'schema'})`;
}
