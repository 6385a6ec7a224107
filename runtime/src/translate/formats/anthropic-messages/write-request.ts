import type { Json, JsonObject } from '../../../support/json-body.ts';
import { cannotCarry } from '../../fields.ts';
import { type Format, present, type WriteOptions } from '../../format.ts';
import type {
  NeutralRequest,
  OutputFormat,
  Part,
  ResultPart,
  Settings,
  Tool,
  ToolChoice,
  Turn,
} from '../../neutral.ts';
import { resultText } from '../../parts.ts';
import { type SettingNames, writeSettings } from '../../settings.ts';
import { withResultsJoined } from '../../turns.ts';

const SETTINGS: SettingNames = {
  maxTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stop: 'stop_sequences',
};

export const writeRequest: Format['writeRequest'] = (request, options) => {
  const { model, isStreaming, system, turns, tools, toolChoice, output, settings } = request;
  // Other formats allow up to 2.
  if ((settings.temperature ?? 0) > 1) cannotCarry('a temperature above 1');
  return present({
    model,
    max_tokens: limitOf(request, options),
    system: system.length === 0 ? null : writeSystem(system),
    messages: withResultsJoined(turns).map(writeTurn),
    stream: isStreaming || null,
    tools: tools.length === 0 ? null : tools.map(writeTool),
    tool_choice: writeToolChoice(toolChoice, settings),
    output_config: writeOutput(output, options),
    metadata: settings.user === undefined ? null : { user_id: settings.user },
    ...writeSettings(settings, SETTINGS, ['maxTokens', 'parallelCalls', 'user']),
  });
};

/** The format requires a limit: the largest that the model allows changes nothing. */
function limitOf({ settings }: NeutralRequest, { maxOutput }: WriteOptions): number {
  return settings.maxTokens ?? maxOutput ?? cannotCarry('a request without an output limit');
}

function writeSystem(texts: readonly string[]): Json {
  return texts.length === 1 ? (texts[0] ?? '') : texts.map((text) => ({ type: 'text', text }));
}

function writeTurn({ role, parts }: Turn): JsonObject {
  if (role === 'system') return cannotCarry('a system message in the middle of a conversation');
  const [first] = parts;
  if (first === undefined) return cannotCarry('an empty message');
  return { role, content: parts.length === 1 && first.kind === 'text' ? first.text : parts.map(writePart) };
}

function writePart(part: Part): JsonObject {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image': {
      if (part.detail !== null) cannotCarry('the detail of an image');
      const { source } = part;
      if ('url' in source) return { type: 'image', source: { type: 'url', url: source.url } };
      return { type: 'image', source: { type: 'base64', media_type: source.type, data: source.data } };
    }
    case 'document': {
      const { type, data } = part.source;
      return present({
        type: 'document',
        source: { type: 'base64', media_type: type, data },
        title: part.name,
      });
    }
    case 'call':
      return { type: 'tool_use', id: part.id, name: part.name, input: part.input };
    case 'result':
      return writeResult(part);
    case 'refusal':
      return cannotCarry('a refusal of the model');
  }
}

function writeResult({ call, content, isError }: ResultPart): JsonObject {
  const text = resultText(content);
  return {
    type: 'tool_result',
    tool_use_id: call,
    content: text ?? (content as readonly Part[]).map(writePart),
    ...(isError && { is_error: true }),
  };
}

function writeTool({ name, description, schema, isStrict }: Tool): JsonObject {
  return present({ name, description, input_schema: schema, strict: isStrict || null });
}

function writeToolChoice(choice: ToolChoice, { parallelCalls }: Settings): Json {
  const serial = parallelCalls === false ? { disable_parallel_tool_use: true } : {};
  if (typeof choice === 'object') return { type: 'tool', name: choice.name, ...serial };
  if (choice === 'required') return { type: 'any', ...serial };
  if (choice === 'auto') return parallelCalls === false ? { type: 'auto', ...serial } : null;
  return parallelCalls === false ? cannotCarry('one call at a time, without tools') : { type: 'none' };
}

function writeOutput(output: OutputFormat, { leaveOut }: WriteOptions): Json {
  if (output.kind === 'text') return null;
  if (output.kind === 'json') return cannotCarry('JSON without a schema');
  if (!output.isStrict) return cannotCarry('an output schema that is not strict');
  if (output.description !== null) cannotCarry("an output schema's description");
  if (output.name !== null) leaveOut("the output schema's name");
  return { format: { type: 'json_schema', schema: output.schema } };
}
