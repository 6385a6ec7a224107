import type { Json, JsonObject } from '../../../support/json-body.ts';
import { cannotCarry } from '../../fields.ts';
import { type Format, present } from '../../format.ts';
import {
  argumentsOf,
  type OutputFormat,
  type Part,
  type ResultPart,
  type Tool,
  type ToolChoice,
  type Turn,
} from '../../neutral.ts';
import { writeSchema } from '../../openai-schema.ts';
import { dataUrl, resultText, urlOf } from '../../parts.ts';
import { type SettingNames, writeSettings } from '../../settings.ts';

const SETTINGS: SettingNames = {
  maxTokens: 'max_output_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  parallelCalls: 'parallel_tool_calls',
  user: 'user',
  tier: 'service_tier',
  metadata: 'metadata',
};

export const writeRequest: Format['writeRequest'] = (request) => {
  const { model, isStreaming, system, turns, tools, toolChoice, output, settings } = request;
  const { effort, verbosity } = settings;
  const [first] = system;
  const text = present({ format: writeOutput(output), verbosity });
  const messages = system.length > 1 ? system.map((text): JsonObject => ({ role: 'system', content: text })) : [];
  return present({
    model,
    instructions: system.length === 1 ? first : null,
    input: [...messages, ...turns.flatMap(writeTurn)],
    // By default this API keeps what it answers, and the others do not.
    store: false,
    stream: isStreaming || null,
    tools: tools.length === 0 ? null : tools.map(writeTool),
    tool_choice: writeToolChoice(toolChoice),
    text: Object.keys(text).length === 0 ? null : text,
    reasoning: effort === undefined ? null : { effort },
    ...writeSettings(settings, SETTINGS, ['effort', 'verbosity']),
  });
};

function writeTurn({ role, parts }: Turn): readonly JsonObject[] {
  const items: JsonObject[] = [];
  let content: JsonObject[] = [];
  const flush = (): void => {
    if (content.length > 0) items.push({ role, content });
    content = [];
  };
  for (const part of parts) {
    if (part.kind === 'call') {
      flush();
      const { id, name, input } = part;
      items.push({ type: 'function_call', call_id: id, name, arguments: argumentsOf(input) });
    } else if (part.kind === 'result') {
      flush();
      items.push(writeResult(part));
    } else content.push(writePart(part, role));
  }
  flush();
  return items.length === 0 ? [{ role, content: '' }] : items;
}

function writeResult({ call, content, isError }: ResultPart): JsonObject {
  if (isError) cannotCarry('a result that is marked as an error');
  const text = resultText(content);
  const output = text ?? (content as readonly Part[]).map((part) => writePart(part, 'user'));
  return { type: 'function_call_output', call_id: call, output };
}

function writePart(part: Part, role: Turn['role']): JsonObject {
  switch (part.kind) {
    case 'text':
      return { type: role === 'assistant' ? 'output_text' : 'input_text', text: part.text };
    case 'refusal':
      return { type: 'refusal', refusal: part.text };
    case 'image':
      return { type: 'input_image', image_url: urlOf(part), detail: part.detail ?? 'auto' };
    case 'document': {
      const filename = part.name ?? cannotCarry('a document without a name');
      return { type: 'input_file', file_data: dataUrl(part.source), filename };
    }
    default:
      return cannotCarry(`a ${part.kind} in the middle of a message`);
  }
}

/** Here a tool is strict unless it says that it is not. */
function writeTool({ name, description, schema, isStrict }: Tool): JsonObject {
  return present({ type: 'function', name, description, parameters: schema, strict: isStrict });
}

function writeToolChoice(choice: ToolChoice): Json {
  if (typeof choice === 'string') return choice === 'auto' ? null : choice;
  return { type: 'function', name: choice.name };
}

function writeOutput(output: OutputFormat): Json {
  if (output.kind === 'text') return null;
  if (output.kind === 'json') return { type: 'json_object' };
  return { type: 'json_schema', ...writeSchema(output) };
}
