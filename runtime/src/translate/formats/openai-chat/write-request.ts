import type { Json, JsonObject } from '../../../support/json-body.ts';
import { cannotCarry } from '../../fields.ts';
import { type Format, present } from '../../format.ts';
import { argumentsOf, type OutputFormat, type Part, type Tool, type ToolChoice, type Turn } from '../../neutral.ts';
import { writeSchema } from '../../openai-schema.ts';
import { dataUrl, resultText, urlOf } from '../../parts.ts';
import { type SettingNames, writeSettings } from '../../settings.ts';

const SETTINGS: SettingNames = {
  maxTokens: 'max_completion_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  stop: 'stop',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  effort: 'reasoning_effort',
  verbosity: 'verbosity',
  parallelCalls: 'parallel_tool_calls',
  user: 'user',
  tier: 'service_tier',
  metadata: 'metadata',
};

export const writeRequest: Format['writeRequest'] = (request) => {
  const { model, isStreaming, system, turns, tools, toolChoice, output, settings } = request;
  const messages = [
    ...system.map((text): JsonObject => ({ role: 'system', content: text })),
    ...turns.flatMap(writeTurn),
  ];
  return present({
    model,
    messages,
    stream: isStreaming || null,
    // The other formats say what a stream used without being asked.
    stream_options: isStreaming ? { include_usage: true } : null,
    tools: tools.length === 0 ? null : tools.map(writeTool),
    tool_choice: writeToolChoice(toolChoice),
    response_format: writeOutput(output),
    ...writeSettings(settings, SETTINGS),
  });
};

function writeTurn({ role, parts }: Turn): readonly JsonObject[] {
  if (role === 'assistant') return [writeAssistant(parts)];
  const results = parts.filter((part) => part.kind === 'result');
  if (results.length > 0) {
    return results.map(({ call, content, isError }) => {
      if (isError) cannotCarry('a result that is marked as an error');
      return { role: 'tool', tool_call_id: call, content: resultText(content) ?? writeTexts(content) };
    });
  }
  return [{ role, content: writeContent(parts) }];
}

function writeTexts(content: Json | readonly Part[]): readonly Json[] {
  return (content as readonly Part[]).map((part) =>
    part.kind === 'text' ? { type: 'text', text: part.text } : cannotCarry('an image in the result of a tool'),
  );
}

function writeAssistant(parts: readonly Part[]): JsonObject {
  const firstCall = parts.findIndex(({ kind }) => kind === 'call');
  const said = firstCall < 0 ? parts : parts.slice(0, firstCall);
  const calls = firstCall < 0 ? [] : parts.slice(firstCall);
  const tool_calls = calls.map((part): JsonObject => {
    if (part.kind !== 'call') return cannotCarry('text after a call in one turn');
    return { id: part.id, type: 'function', function: { name: part.name, arguments: argumentsOf(part.input) } };
  });
  const texts = said.filter(({ kind }) => kind !== 'refusal');
  const refusals = said.filter((part) => part.kind === 'refusal').map(({ text }) => text);
  return {
    role: 'assistant',
    content: texts.length === 0 ? null : writeContent(texts),
    ...(refusals.length > 0 && { refusal: refusals.join('') }),
    ...(tool_calls.length > 0 && { tool_calls }),
  };
}

function writeContent(parts: readonly Part[]): Json {
  const [first] = parts;
  if (first === undefined) return '';
  return parts.length === 1 && first.kind === 'text' ? first.text : parts.map(writePart);
}

function writePart(part: Part): JsonObject {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return { type: 'image_url', image_url: present({ url: urlOf(part), detail: part.detail }) };
    case 'document':
      return {
        type: 'file',
        file: { file_data: dataUrl(part.source), filename: part.name ?? cannotCarry('a document without a name') },
      };
    default:
      return cannotCarry(`a ${part.kind} in the middle of a message`);
  }
}

function writeTool({ name, description, schema, isStrict }: Tool): JsonObject {
  return { type: 'function', function: present({ name, description, parameters: schema, strict: isStrict || null }) };
}

function writeToolChoice(choice: ToolChoice): Json {
  if (typeof choice === 'string') return choice === 'auto' ? null : choice;
  return { type: 'function', function: { name: choice.name } };
}

function writeOutput(output: OutputFormat): Json {
  if (output.kind === 'text') return null;
  if (output.kind === 'json') return { type: 'json_object' };
  return { type: 'json_schema', json_schema: writeSchema(output) };
}
