import type { Json } from '../../../support/json-body.ts';
import { cannotCarry, Fields } from '../../fields.ts';
import type { Format } from '../../format.ts';
import {
  type ImagePart,
  NO_PARAMETERS,
  type OutputFormat,
  type Part,
  type ResultPart,
  type Settings,
  type TextPart,
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
  fields.skip('model', 'stream', 'stream_options');
  // What another provider answers is not kept there, so an answer's id cannot be referred to later.
  fields.only('store', false);
  fields.only('background', false);
  fields.only('truncation', 'disabled');
  fields.only('top_logprobs', 0);
  readInclude(fields, leaveOut);
  if (fields.take('prompt_cache_key') !== undefined) leaveOut('the prompt cache key');
  if (fields.take('prompt_cache_retention') !== undefined) leaveOut('the prompt cache lifetime');
  const { system, turns } = readInput(fields);
  const tools = fields.list('tools').map((tool) => readTool(fields.entry(tool, 'tools')));
  const toolChoice = readToolChoice(fields);
  const text = fields.inner('text');
  const output = readOutput(text?.inner('format') ?? null);
  const verbosity = text?.text('verbosity') ?? null;
  text?.end();
  const settings = readSettings(fields, verbosity);
  fields.end();
  return { model, isStreaming, system, turns, tools, toolChoice, output, settings };
};

/** Another provider's model has no reasoning of this one to include. */
function readInclude(fields: Fields, leaveOut: (what: string) => void): void {
  for (const name of fields.list('include')) {
    if (name !== 'reasoning.encrypted_content') cannotCarry(`include ${name}`);
    leaveOut('the wish for encrypted reasoning');
  }
}

function readSettings(fields: Fields, verbosity: string | null): Settings {
  const reasoning = fields.inner('reasoning');
  const effort = reasoning?.text('effort') ?? null;
  reasoning?.end();
  const tier = fields.text('service_tier');
  const parallel = fields.flag('parallel_tool_calls');
  return settingsOf({
    maxTokens: fields.number('max_output_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    effort,
    verbosity: verbosity === 'medium' ? null : verbosity,
    parallelCalls: parallel === false ? parallel : null,
    user: fields.text('safety_identifier') ?? fields.text('user'),
    tier: tier === 'auto' || tier === 'default' ? null : tier,
    metadata: fields.object('metadata'),
  });
}

function readInput(fields: Fields): { readonly system: readonly string[]; readonly turns: readonly Turn[] } {
  const instructions = fields.text('instructions');
  const system: string[] = instructions === null || instructions === '' ? [] : [instructions];
  const input = fields.take('input');
  if (typeof input === 'string') {
    return { system, turns: joinedTurns([{ role: 'user', parts: [textPart(input)] }]) };
  }
  const turns: Turn[] = [];
  for (const value of fields.list('input')) {
    const turn = readItem(fields.entry(value, 'input'));
    if (turn.role !== 'system' || turns.length > 0) turns.push(turn);
    else
      for (const part of turn.parts)
        system.push(part.kind === 'text' ? part.text : cannotCarry('a system prompt that is not text'));
  }
  return { system: system.filter((text) => text !== ''), turns: joinedTurns(turns) };
}

/** Items have ids and states of their own, which only matter to answers that the provider keeps. */
function readItem(item: Fields): Turn {
  const type = item.text('type') ?? 'message';
  item.skip('id', 'status');
  const turn = type === 'message' ? readMessage(item) : readCall(item, type);
  item.end();
  return turn;
}

function readCall(item: Fields, type: string): Turn {
  if (type !== 'function_call' && type !== 'function_call_output') cannotCarry(`an item of the type ${type}`);
  const id = item.required(item.text('call_id'), 'call_id');
  if (type === 'function_call_output') {
    return { role: 'user', parts: [{ kind: 'result', call: id, content: readOutputOf(item), isError: false }] };
  }
  const name = item.required(item.text('name'), 'name');
  return { role: 'assistant', parts: [{ kind: 'call', id, name, input: inputOf(item.text('arguments') ?? '') }] };
}

function readOutputOf(item: Fields): ResultPart['content'] {
  const output = item.take('output');
  if (output === undefined || typeof output === 'string') return resultOfText(output ?? '');
  const parts = item.list('output').map((value): TextPart | ImagePart => {
    const part = readContent(item.entry(value, 'output'));
    return part.kind === 'text' || part.kind === 'image' ? part : cannotCarry(`a ${part.kind} in a result`);
  });
  return resultOfParts(parts);
}

function readMessage(item: Fields): Turn {
  const role = item.text('role');
  if (role !== 'user' && role !== 'assistant' && role !== 'system' && role !== 'developer') {
    return cannotCarry(`a message of the role ${role}`);
  }
  const content = item.take('content');
  const parts =
    typeof content === 'string'
      ? [textPart(content)]
      : item.list('content').map((value) => readContent(item.entry(value, 'content')));
  return { role: role === 'developer' ? 'system' : role, parts };
}

function readContent(part: Fields): Part {
  const read = readPart(part);
  part.end();
  return read;
}

function readPart(part: Fields): Part {
  const type = part.text('type');
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      part.empty('annotations');
      part.empty('logprobs');
      return textPart(part.required(part.text('text'), 'text'));
    case 'refusal':
      return { kind: 'refusal', text: part.required(part.text('refusal'), 'refusal') };
    case 'input_image':
      return imageOfUrl(part.text('image_url') ?? cannotCarry('an image that the provider keeps'), part.text('detail'));
    case 'input_file': {
      const source = base64Of(part.text('file_data') ?? '') ?? cannotCarry('a file that the provider keeps or fetches');
      return { kind: 'document', source, name: part.text('filename') };
    }
    default:
      return cannotCarry(`content of the type ${type}`);
  }
}

function readTool(tool: Fields): Tool {
  const type = tool.text('type');
  if (type !== 'function') cannotCarry(`the tool ${type}`);
  const read = {
    name: tool.required(tool.text('name'), 'name'),
    description: tool.text('description'),
    schema: tool.object('parameters') ?? NO_PARAMETERS,
    isStrict: tool.flag('strict') === true,
  };
  tool.end();
  return read;
}

function readToolChoice(fields: Fields): ToolChoice {
  const choice: Json | undefined = fields.take('tool_choice');
  if (choice === undefined || choice === 'auto' || choice === 'none' || choice === 'required') return choice ?? 'auto';
  const own = fields.entry(choice, 'tool_choice');
  if (own.text('type') !== 'function') cannotCarry('this choice of tools');
  const name = own.required(own.text('name'), 'name');
  own.end();
  return { name };
}

function readOutput(format: Fields | null): OutputFormat {
  const type = format?.text('type') ?? 'text';
  if (format === null || type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  if (type !== 'json_schema') cannotCarry(`the output format ${type}`);
  const output = readSchema(format);
  format.end();
  return output;
}
