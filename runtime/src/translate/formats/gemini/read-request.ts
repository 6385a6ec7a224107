import { asObject, asString, type JsonObject } from '../../../support/json-body.ts';
import { cannotCarry, Fields } from '../../fields.ts';
import type { Format } from '../../format.ts';
import {
  NO_PARAMETERS,
  type OutputFormat,
  type Part,
  type ResultPart,
  type Settings,
  type Tool,
  type ToolChoice,
  type Turn,
} from '../../neutral.ts';
import { jsonSchemaOf, textPart } from '../../parts.ts';
import { settingsOf } from '../../settings.ts';
import { joinedTurns } from '../../turns.ts';

export const readRequest: Format['readRequest'] = (body, { model, isStreaming }) => {
  const fields = new Fields(body, '', true);
  fields.skip('model');
  const system = readSystem(fields.inner('systemInstruction'));
  const turns = readContents(fields);
  const declared = readTools(fields);
  const { toolChoice, isStrict } = readToolChoice(fields.inner('toolConfig'));
  const tools = declared.map((tool) => ({ ...tool, isStrict }));
  const config = fields.inner('generationConfig');
  const output = config === null ? ({ kind: 'text' } as const) : readOutput(config);
  const settings = config === null ? {} : readSettings(config);
  config?.end();
  fields.end();
  return { model, isStreaming, system, turns, tools, toolChoice, output, settings };
};

function readSystem(system: Fields | null): readonly string[] {
  system?.skip('role');
  const parts = system?.list('parts') ?? [];
  const texts = parts.map((value) => {
    const part = new Fields(value, 'systemInstruction.parts', true);
    const text = part.required(part.text('text'), 'text');
    part.end();
    return text;
  });
  system?.end();
  return texts.filter((text) => text !== '');
}

/** Calls need no ids here: a result belongs to the earliest call of its name that has none yet. */
function readContents(fields: Fields): readonly Turn[] {
  const waiting: { readonly id: string; readonly name: string }[] = [];
  let count = 0;
  const turns = fields.list('contents').map((value): Turn => {
    const content = fields.entry(value, 'contents');
    const role = content.text('role') ?? 'user';
    if (!ROLES.has(role)) cannotCarry(`a message of the role ${role}`);
    const parts = content.list('parts').map((item): Part => {
      const part = content.entry(item, 'parts');
      const read = readPart(part, {
        called: (name, id) => {
          const own = id ?? `call_${count++}`;
          waiting.push({ id: own, name });
          return own;
        },
        answered: (name, id) => {
          const at = waiting.findIndex((call) => (id === null ? call.name === name : call.id === id));
          const [call] = at < 0 ? [] : waiting.splice(at, 1);
          return call?.id ?? id ?? cannotCarry('a result without a call');
        },
      });
      part.end();
      return read;
    });
    content.end();
    return { role: role === 'model' ? 'assistant' : 'user', parts };
  });
  return joinedTurns(turns);
}

const ROLES: ReadonlySet<string> = new Set(['user', 'model', 'function', 'tool']);

interface Calls {
  /** The id of a call. */
  readonly called: (name: string, id: string | null) => string;
  /** The id of the call that a result belongs to. */
  readonly answered: (name: string, id: string | null) => string;
}

function readPart(part: Fields, calls: Calls): Part {
  if (part.take('thoughtSignature') !== undefined) cannotCarry('a thought, which only its own provider can read');
  const text = part.text('text');
  if (text !== null) return textPart(text);
  const inline = part.inner('inlineData');
  if (inline !== null) return readInline(inline);
  const call = part.inner('functionCall');
  if (call !== null) {
    const name = call.required(call.text('name'), 'name');
    const id = calls.called(name, call.text('id'));
    const input = call.object('args') ?? {};
    call.end();
    return { kind: 'call', id, name, input };
  }
  const response = part.inner('functionResponse');
  if (response === null) {
    part.end();
    return cannotCarry('an empty part');
  }
  const name = response.required(response.text('name'), 'name');
  const id = calls.answered(name, response.text('id'));
  const result = readResult(id, response.object('response') ?? {});
  response.end();
  return result;
}

function readInline(inline: Fields): Part {
  const type = inline.text('mimeType') ?? '';
  const data = inline.required(inline.text('data'), 'data');
  inline.end();
  if (type.startsWith('image/')) return { kind: 'image', source: { type, data }, detail: null };
  if (type === 'application/pdf') return { kind: 'document', source: { type, data }, name: null };
  return cannotCarry(`data of the type ${type}`);
}

/** Results are objects: `output` and `error` are the names for texts. */
function readResult(call: string, value: JsonObject): ResultPart {
  const [name, ...others] = Object.keys(value);
  const text = name === undefined ? null : asString(value[name]);
  if (others.length === 0 && text !== null && (name === 'output' || name === 'error')) {
    const content = text === '' ? [] : [textPart(text)];
    return { kind: 'result', call, content, isError: name === 'error' };
  }
  return { kind: 'result', call, content: { value }, isError: false };
}

function readTools(fields: Fields): readonly Omit<Tool, 'isStrict'>[] {
  const tools = fields.take('tools');
  const list = asObject(tools) === null ? fields.list('tools') : [tools ?? null];
  return list.flatMap((value) => {
    const tool = fields.entry(value, 'tools');
    const declarations = tool.list('functionDeclarations').map((item) => {
      const own = tool.entry(item, 'functionDeclarations');
      const older = own.object('parameters');
      const schema =
        own.object('parametersJsonSchema') ?? (older === null ? NO_PARAMETERS : asObject(jsonSchemaOf(older)));
      const read = {
        name: own.required(own.text('name'), 'name'),
        description: own.text('description'),
        schema: schema ?? NO_PARAMETERS,
      };
      own.end();
      return read;
    });
    tool.end();
    return declarations;
  });
}

function readToolChoice(config: Fields | null): { readonly toolChoice: ToolChoice; readonly isStrict: boolean } {
  const calling = config?.inner('functionCallingConfig') ?? null;
  config?.end();
  const mode = calling?.text('mode')?.toUpperCase() ?? 'AUTO';
  const [name, ...others] = calling?.list('allowedFunctionNames') ?? [];
  calling?.end();
  if (name !== undefined) {
    const only = mode === 'ANY' && others.length === 0 ? asString(name) : null;
    return { toolChoice: { name: only ?? cannotCarry('a list of allowed tools') }, isStrict: false };
  }
  if (mode === 'ANY') return { toolChoice: 'required', isStrict: false };
  if (mode === 'NONE') return { toolChoice: 'none', isStrict: false };
  if (mode === 'VALIDATED') return { toolChoice: 'auto', isStrict: true };
  return mode === 'AUTO' ? { toolChoice: 'auto', isStrict: false } : cannotCarry(`the function calling mode ${mode}`);
}

const JSON_TYPE = 'application/json';

/** The provider holds the answer to the schema. */
function readOutput(config: Fields): OutputFormat {
  const type = config.text('responseMimeType') ?? 'text/plain';
  const older = config.object('responseSchema');
  const schema = config.object('responseJsonSchema') ?? (older === null ? null : asObject(jsonSchemaOf(older)));
  if (schema !== null) return { kind: 'schema', schema, name: null, description: null, isStrict: true };
  if (type === JSON_TYPE) return { kind: 'json' };
  return type === 'text/plain' ? { kind: 'text' } : cannotCarry(`the output format ${type}`);
}

function readSettings(config: Fields): Settings {
  config.only('candidateCount', 1);
  for (const modality of config.list('responseModalities')) {
    if (asString(modality)?.toUpperCase() !== 'TEXT') cannotCarry(`answers of the kind ${modality}`);
  }
  const thinking = config.inner('thinkingConfig');
  const level = thinking?.text('thinkingLevel')?.toLowerCase() ?? null;
  thinking?.only('includeThoughts', false);
  thinking?.end();
  const stop = config.list('stopSequences') as readonly string[];
  return settingsOf({
    maxTokens: config.number('maxOutputTokens'),
    temperature: config.number('temperature'),
    topP: config.number('topP'),
    topK: config.number('topK'),
    stop,
    seed: config.number('seed'),
    presencePenalty: config.number('presencePenalty'),
    frequencyPenalty: config.number('frequencyPenalty'),
    effort: level,
  });
}
