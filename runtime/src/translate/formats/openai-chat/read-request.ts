import type { Json } from '../../../support/json-body.ts';
import { cannotCarry, Fields } from '../../fields.ts';
import type { Format } from '../../format.ts';
import {
  NO_PARAMETERS,
  type OutputFormat,
  type Part,
  type Settings,
  type Tool,
  type ToolChoice,
  type Turn,
} from '../../neutral.ts';
import { readSchema } from '../../openai-schema.ts';
import { base64Of, imageOfUrl, inputOf, resultOfParts, resultOfText, textPart } from '../../parts.ts';
import { settingsOf } from '../../settings.ts';
import { joinedTurns } from '../../turns.ts';

export const readRequest: Format['readRequest'] = (body, { model, isStreaming }, leaveOut) => {
  const fields = new Fields(body, '');
  fields.skip('model', 'stream');
  readStreamOptions(fields.inner('stream_options'));
  fields.only('n', 1);
  fields.only('logprobs', false);
  fields.only('store', false);
  fields.empty('modalities');
  if (fields.take('prompt_cache_key') !== undefined) leaveOut('the prompt cache key');
  if (fields.take('prompt_cache_retention') !== undefined) leaveOut('the prompt cache lifetime');
  const messages = fields.list('messages').map((message) => fields.entry(message, 'messages'));
  const { system, turns } = readMessages(messages, leaveOut);
  const tools = fields.list('tools').map((tool) => readTool(fields.entry(tool, 'tools'), leaveOut));
  const toolChoice = readToolChoice(fields);
  const output = readOutput(fields.inner('response_format'));
  const settings = readSettings(fields);
  fields.end();
  return { model, isStreaming, system, turns, tools, toolChoice, output, settings };
};

/** The usage at the end of a stream is up to the writer of the answer. */
function readStreamOptions(options: Fields | null): void {
  options?.skip('include_usage', 'include_obfuscation');
  options?.end();
}

function readSettings(fields: Fields): Settings {
  const newer = fields.number('max_completion_tokens');
  const older = fields.number('max_tokens');
  if (newer !== null && older !== null && newer !== older) cannotCarry('two output limits');
  const stop = fields.take('stop');
  const tier = fields.text('service_tier');
  const parallel = fields.flag('parallel_tool_calls');
  return settingsOf({
    maxTokens: newer ?? older,
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    stop: stop === undefined ? null : textsOf(typeof stop === 'string' ? [stop] : stop),
    seed: fields.number('seed'),
    presencePenalty: nonZero(fields.number('presence_penalty')),
    frequencyPenalty: nonZero(fields.number('frequency_penalty')),
    effort: fields.text('reasoning_effort'),
    verbosity: fields.text('verbosity'),
    parallelCalls: parallel === false ? parallel : null,
    user: fields.text('safety_identifier') ?? fields.text('user'),
    tier: tier === 'auto' || tier === 'default' ? null : tier,
    metadata: fields.object('metadata'),
  });
}

function nonZero(penalty: number | null): number | null {
  return penalty === 0 ? null : penalty;
}

function textsOf(value: Json): readonly string[] {
  const isTexts = Array.isArray(value) && value.every((text) => typeof text === 'string');
  return isTexts ? (value as readonly string[]) : cannotCarry('stop sequences of this kind');
}

function readMessages(messages: readonly Fields[], leaveOut: (what: string) => void) {
  const system: string[] = [];
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.text('role');
    readMark(message, leaveOut);
    switch (role) {
      case 'system':
      case 'developer': {
        const parts = readContent(message, leaveOut);
        if (turns.length === 0) for (const part of parts) system.push(textIn(part));
        else turns.push({ role: 'system', parts });
        break;
      }
      case 'user':
        turns.push({ role, parts: readContent(message, leaveOut) });
        break;
      case 'assistant':
        turns.push({ role, parts: readAssistant(message, leaveOut) });
        break;
      case 'tool': {
        const call = message.required(message.text('tool_call_id'), 'tool_call_id');
        const texts = readContent(message, leaveOut).map((part) => textPart(textIn(part)));
        const [first] = texts;
        const content = texts.length > 1 ? resultOfParts(texts) : resultOfText(first?.text ?? '');
        turns.push({ role: 'user', parts: [{ kind: 'result', call, content, isError: false }] });
        break;
      }
      default:
        cannotCarry(`a message of the role ${role}`);
    }
    message.end();
  }
  return { system: system.filter((text) => text !== ''), turns: joinedTurns(turns) };
}

function textIn(part: Part): string {
  return part.kind === 'text' ? part.text : cannotCarry(`an image or a file where only text is allowed`);
}

function readAssistant(message: Fields, leaveOut: (what: string) => void): readonly Part[] {
  const parts = [...readContent(message, leaveOut)];
  message.empty('annotations');
  const refusal = message.text('refusal');
  if (refusal !== null) parts.push({ kind: 'refusal', text: refusal });
  for (const item of message.list('tool_calls')) {
    const call = message.entry(item, 'tool_calls');
    call.skip('index');
    call.only('type', 'function');
    readMark(call, leaveOut);
    const named = call.required(call.inner('function'), 'function');
    parts.push({
      kind: 'call',
      id: call.required(call.text('id'), 'id'),
      name: named.required(named.text('name'), 'name'),
      input: inputOf(named.text('arguments') ?? ''),
    });
    named.end();
    call.end();
  }
  return parts;
}

function readContent(message: Fields, leaveOut: (what: string) => void): readonly Part[] {
  const content = message.take('content');
  if (content === undefined) return [];
  if (typeof content === 'string') return [textPart(content)];
  return message.list('content').map((item): Part => {
    const part = message.entry(item, 'content');
    readMark(part, leaveOut);
    const read = readPart(part);
    part.end();
    return read;
  });
}

function readPart(part: Fields): Part {
  const type = part.text('type');
  switch (type) {
    case 'text':
      return textPart(part.required(part.text('text'), 'text'));
    case 'refusal':
      return { kind: 'refusal', text: part.required(part.text('refusal'), 'refusal') };
    case 'image_url': {
      const value = part.take('image_url');
      if (typeof value === 'string') return imageOfUrl(value, null);
      const image = part.entry(value ?? null, 'image_url');
      const read = imageOfUrl(image.required(image.text('url'), 'url'), image.text('detail'));
      image.end();
      return read;
    }
    case 'file': {
      const file = part.required(part.inner('file'), 'file');
      const source = base64Of(file.text('file_data') ?? '') ?? cannotCarry('a file that the provider keeps');
      const name = file.text('filename');
      file.end();
      return { kind: 'document', source, name };
    }
    default:
      return cannotCarry(`content of the type ${type}`);
  }
}

/** Servers that pass requests on to Anthropic accept its marks here. */
function readMark(fields: Fields, leaveOut: (what: string) => void): void {
  if (fields.take('cache_control') !== undefined) leaveOut('marks for the prompt cache');
}

function readTool(tool: Fields, leaveOut: (what: string) => void): Tool {
  readMark(tool, leaveOut);
  const type = tool.text('type');
  if (type !== 'function') cannotCarry(`the tool ${type ?? 'without a type'}`);
  const own = tool.required(tool.inner('function'), 'function');
  const read = {
    name: own.required(own.text('name'), 'name'),
    description: own.text('description'),
    schema: own.object('parameters') ?? NO_PARAMETERS,
    isStrict: own.flag('strict') === true,
  };
  own.end();
  tool.end();
  return read;
}

function readToolChoice(fields: Fields): ToolChoice {
  const choice = fields.take('tool_choice');
  if (choice === undefined || choice === 'auto' || choice === 'none' || choice === 'required') return choice ?? 'auto';
  const own = fields.entry(choice, 'tool_choice');
  if (own.text('type') !== 'function') cannotCarry('this choice of tools');
  const named = own.required(own.inner('function'), 'function');
  const name = named.required(named.text('name'), 'name');
  named.end();
  own.end();
  return { name };
}

function readOutput(format: Fields | null): OutputFormat {
  const type = format?.text('type') ?? 'text';
  if (format === null || type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  if (type !== 'json_schema') cannotCarry(`the response format ${type}`);
  const own = format.required(format.inner('json_schema'), 'json_schema');
  const output = readSchema(own);
  own.end();
  format.end();
  return output;
}
