import type { Json, JsonObject } from '../../../support/json-body.ts';
import { cannotCarry } from '../../fields.ts';
import { type Format, present, type WriteOptions } from '../../format.ts';
import type { OutputFormat, Part, ResultPart, Settings, Tool, ToolChoice, Turn } from '../../neutral.ts';
import { type SettingNames, writeSettings } from '../../settings.ts';
import { withResultsJoined } from '../../turns.ts';

const SETTINGS: SettingNames = {
  maxTokens: 'maxOutputTokens',
  temperature: 'temperature',
  topP: 'topP',
  topK: 'topK',
  stop: 'stopSequences',
  seed: 'seed',
  presencePenalty: 'presencePenalty',
  frequencyPenalty: 'frequencyPenalty',
};

/** Levels of thinking that both sides have. */
const EFFORTS: ReadonlySet<string> = new Set(['minimal', 'low', 'medium', 'high']);

export const writeRequest: Format['writeRequest'] = (request, options) => {
  const { system, turns, tools, toolChoice, output, settings } = request;
  const config = {
    ...writeSettings(settings, SETTINGS, ['effort']),
    ...writeOutput(output, options),
    ...writeEffort(settings),
  };
  const names = namesOf(turns);
  return present({
    systemInstruction: system.length === 0 ? null : { parts: system.map((text) => ({ text })) },
    contents: withResultsJoined(turns).map((turn) => writeTurn(turn, names)),
    tools: tools.length === 0 ? null : [{ functionDeclarations: tools.map(writeTool) }],
    toolConfig: writeToolChoice(toolChoice, tools),
    generationConfig: Object.keys(config).length === 0 ? null : config,
  });
};

function writeEffort({ effort }: Settings): JsonObject {
  if (effort === undefined) return {};
  if (!EFFORTS.has(effort)) cannotCarry(`the reasoning effort ${effort}`);
  return { thinkingConfig: { thinkingLevel: effort.toUpperCase() } };
}

/** Results name their tool. */
function namesOf(turns: readonly Turn[]): ReadonlyMap<string, string> {
  const calls = turns.flatMap(({ parts }) => parts.filter((part) => part.kind === 'call'));
  return new Map(calls.map(({ id, name }) => [id, name]));
}

function writeTurn({ role, parts }: Turn, names: ReadonlyMap<string, string>): JsonObject {
  if (role === 'system') return cannotCarry('a system message in the middle of a conversation');
  if (parts.length === 0) return cannotCarry('an empty message');
  return { role: role === 'assistant' ? 'model' : 'user', parts: parts.map((part) => writePart(part, names)) };
}

function writePart(part: Part, names: ReadonlyMap<string, string>): JsonObject {
  switch (part.kind) {
    case 'text':
      return { text: part.text };
    case 'image': {
      if (part.detail !== null) cannotCarry('the detail of an image');
      const { source } = part;
      if ('url' in source) return cannotCarry('an image at an address');
      return { inlineData: { mimeType: source.type, data: source.data } };
    }
    case 'document':
      if (part.name !== null) cannotCarry('the name of a document');
      return { inlineData: { mimeType: part.source.type, data: part.source.data } };
    case 'call':
      return { functionCall: { id: part.id, name: part.name, args: part.input } };
    case 'result': {
      const name = names.get(part.call) ?? cannotCarry('a result without a call');
      return { functionResponse: { id: part.call, name, response: writeResult(part) } };
    }
    case 'refusal':
      return cannotCarry('a refusal of the model');
  }
}

function writeResult({ content, isError }: ResultPart): JsonObject {
  const name = isError ? 'error' : 'output';
  if ('value' in content) {
    // An object that looks like a text, and an error, are sent as text.
    const looksLikeText = ['output', 'error'].some((key) => typeof content.value[key] === 'string');
    return isError || looksLikeText ? { [name]: JSON.stringify(content.value) } : content.value;
  }
  const [first] = content;
  if (content.length > 1 || first?.kind === 'image') cannotCarry('a result with images or several texts');
  return { [name]: first?.kind === 'text' ? first.text : '' };
}

function writeTool({ name, description, schema }: Tool): JsonObject {
  return present({ name, description, parametersJsonSchema: schema });
}

/** Calls are held to their schemas if the mode says so, for all tools together. */
function writeToolChoice(choice: ToolChoice, tools: readonly Tool[]): Json {
  const isStrict = tools.some((tool) => tool.isStrict);
  if (isStrict && (choice !== 'auto' || !tools.every((tool) => tool.isStrict))) {
    return cannotCarry('strict tools beside others, or with a choice of tools');
  }
  const mode = (name: string, more: JsonObject = {}): Json => ({ functionCallingConfig: { mode: name, ...more } });
  if (typeof choice === 'object') return mode('ANY', { allowedFunctionNames: [choice.name] });
  if (choice === 'required') return mode('ANY');
  if (choice === 'none') return mode('NONE');
  return isStrict ? mode('VALIDATED') : null;
}

function writeOutput(output: OutputFormat, { leaveOut }: WriteOptions): JsonObject {
  if (output.kind === 'text') return {};
  if (output.kind === 'json') return { responseMimeType: 'application/json' };
  if (!output.isStrict) return cannotCarry('an output schema that is not strict');
  if (output.description !== null) cannotCarry("an output schema's description");
  if (output.name !== null) leaveOut("the output schema's name");
  return { responseMimeType: 'application/json', responseJsonSchema: output.schema };
}
