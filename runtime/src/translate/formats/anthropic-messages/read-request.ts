import { cannotCarry, Fields } from '../../fields.ts';
import type { Format } from '../../format.ts';
import type {
  ImagePart,
  OutputFormat,
  Part,
  ResultPart,
  Settings,
  TextPart,
  Tool,
  ToolChoice,
  Turn,
} from '../../neutral.ts';
import { resultOfParts, resultOfText, textPart } from '../../parts.ts';
import { settingsOf } from '../../settings.ts';
import { joinedTurns } from '../../turns.ts';

type LeaveOut = (what: string) => void;

export const readRequest: Format['readRequest'] = (body, { model, isStreaming }, leaveOut) => {
  const fields = new Fields(body, '');
  fields.skip('model', 'stream', 'anthropic_version');
  readMark(fields, leaveOut);
  const system = readSystem(fields, leaveOut);
  const turns = joinedTurns(
    fields.list('messages').map((message) => readMessage(fields.entry(message, 'messages'), leaveOut)),
  );
  const tools = fields.list('tools').map((tool) => readTool(fields.entry(tool, 'tools'), leaveOut));
  const { toolChoice, isSerial } = readToolChoice(fields.inner('tool_choice'));
  const output = readOutput(fields);
  const thinking = fields.inner('thinking');
  thinking?.only('type', 'disabled');
  thinking?.end();
  const settings = readSettings(fields, isSerial);
  fields.end();
  return { model, isStreaming, system, turns, tools, toolChoice, output, settings };
};

function readMark(fields: Fields, leaveOut: LeaveOut): void {
  if (fields.take('cache_control') !== undefined) leaveOut('marks for the prompt cache');
}

function readSystem(fields: Fields, leaveOut: LeaveOut): readonly string[] {
  const system = fields.take('system');
  if (system === undefined || system === '') return [];
  if (typeof system === 'string') return [system];
  const texts = fields.list('system').map((item) => {
    const block = fields.entry(item, 'system');
    if (block.text('type') !== 'text') cannotCarry('a system prompt that is not text');
    const text = readText(block, leaveOut);
    block.end();
    return text;
  });
  return texts.filter((text) => text !== '');
}

function readText(block: Fields, leaveOut: LeaveOut): string {
  readMark(block, leaveOut);
  block.empty('citations');
  return block.required(block.text('text'), 'text');
}

function readMessage(message: Fields, leaveOut: LeaveOut): Turn {
  const role = message.text('role');
  if (role !== 'user' && role !== 'assistant') return cannotCarry(`a message of the role ${role}`);
  const content = message.take('content');
  const parts =
    typeof content === 'string'
      ? [textPart(content)]
      : message.list('content').map((item): Part => {
          const block = message.entry(item, 'content');
          const part = readBlock(block, leaveOut);
          block.end();
          return part;
        });
  message.end();
  return { role, parts };
}

function readBlock(block: Fields, leaveOut: LeaveOut): Part {
  const type = block.text('type');
  switch (type) {
    case 'text':
      return textPart(readText(block, leaveOut));
    case 'image':
      return readImage(block, leaveOut);
    case 'document': {
      readMark(block, leaveOut);
      const source = block.required(block.inner('source'), 'source');
      if (source.text('type') !== 'base64') cannotCarry('a document that is not in the request');
      const document = { type: source.text('media_type') ?? '', data: source.text('data') ?? '' };
      source.end();
      return { kind: 'document', source: document, name: block.text('title') };
    }
    case 'tool_use':
      readMark(block, leaveOut);
      return {
        kind: 'call',
        id: block.required(block.text('id'), 'id'),
        name: block.required(block.text('name'), 'name'),
        input: block.object('input') ?? {},
      };
    case 'tool_result':
      return readResult(block, leaveOut);
    default:
      return cannotCarry(`content of the type ${type}`);
  }
}

function readImage(block: Fields, leaveOut: LeaveOut): ImagePart {
  readMark(block, leaveOut);
  const source = block.required(block.inner('source'), 'source');
  const type = source.text('type');
  if (type !== 'base64' && type !== 'url') cannotCarry('an image that the provider keeps');
  const read =
    type === 'url'
      ? { url: source.required(source.text('url'), 'url') }
      : { type: source.text('media_type') ?? '', data: source.text('data') ?? '' };
  source.end();
  return { kind: 'image', source: read, detail: null };
}

function readResult(block: Fields, leaveOut: LeaveOut): ResultPart {
  readMark(block, leaveOut);
  const call = block.required(block.text('tool_use_id'), 'tool_use_id');
  const isError = block.flag('is_error') === true;
  const content = block.take('content');
  if (content === undefined || typeof content === 'string') {
    return { kind: 'result', call, content: resultOfText(content ?? ''), isError };
  }
  const parts = block.list('content').map((item): TextPart | ImagePart => {
    const inner = block.entry(item, 'content');
    const part = readBlock(inner, leaveOut);
    inner.end();
    return part.kind === 'text' || part.kind === 'image' ? part : cannotCarry(`a ${part.kind} in a result`);
  });
  return { kind: 'result', call, content: resultOfParts(parts), isError };
}

function readTool(tool: Fields, leaveOut: LeaveOut): Tool {
  readMark(tool, leaveOut);
  const type = tool.text('type');
  if (type !== null && type !== 'custom') cannotCarry(`the tool ${type}`);
  const read = {
    name: tool.required(tool.text('name'), 'name'),
    description: tool.text('description'),
    schema: tool.required(tool.object('input_schema'), 'input_schema'),
    isStrict: tool.flag('strict') === true,
  };
  tool.end();
  return read;
}

function readToolChoice(choice: Fields | null): { readonly toolChoice: ToolChoice; readonly isSerial: boolean } {
  if (choice === null) return { toolChoice: 'auto', isSerial: false };
  const type = choice.text('type');
  const isSerial = choice.flag('disable_parallel_tool_use') === true;
  const name = type === 'tool' ? choice.required(choice.text('name'), 'name') : null;
  choice.end();
  if (name !== null) return { toolChoice: { name }, isSerial };
  if (type === 'any') return { toolChoice: 'required', isSerial };
  if (type === 'auto' || type === 'none') return { toolChoice: type, isSerial };
  return cannotCarry('this choice of tools');
}

/** The provider holds the answer to the schema. The older member says the same. */
function readOutput(fields: Fields): OutputFormat {
  const config = fields.inner('output_config');
  const format = config?.inner('format') ?? fields.inner('output_format');
  config?.end();
  if (format === null) return { kind: 'text' };
  if (format.text('type') !== 'json_schema') cannotCarry('this output format');
  const schema = format.required(format.object('schema'), 'schema');
  format.end();
  return { kind: 'schema', schema, name: null, description: null, isStrict: true };
}

function readSettings(fields: Fields, isSerial: boolean): Settings {
  const metadata = fields.inner('metadata');
  const user = metadata?.text('user_id') ?? null;
  metadata?.end();
  fields.only('service_tier', 'auto');
  const stop = fields.list('stop_sequences') as readonly string[];
  return settingsOf({
    maxTokens: fields.number('max_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.number('top_k'),
    stop,
    parallelCalls: isSerial ? false : null,
    user,
  });
}
