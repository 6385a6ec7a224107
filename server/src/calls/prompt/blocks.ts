/** Blocks of a message that are more than text: tool calls, their results, images, files, and what only the provider can read. */
import { imageSizeOfBase64 } from '@farthing/shared/tokens/image-size';
import type { ImageDetail } from '@farthing/shared/tokens/request';
import type { MediaKind } from '@farthing/shared/vocabulary';
import { literalText } from '../../evaluate/lattice.ts';
import type { ObjectValue, Value } from '../../evaluate/values.ts';
import { firstField } from './fields.ts';
import type { Media } from './parts.ts';

export type Block =
  | { readonly kind: 'call'; readonly name: Value | null; readonly input: Value | null }
  | { readonly kind: 'result'; readonly content: Value | null }
  | { readonly kind: 'media'; readonly media: Media }
  /** A document's text; the wording around it is unknown. */
  | { readonly kind: 'text'; readonly content: Value };

const CALL_TYPES = new Set(['tool_use', 'function_call', 'tool-call', 'tool_call', 'custom_tool_call']);
const RESULT_TYPES = new Set(['tool_result', 'function_call_output', 'tool-result', 'custom_tool_call_output']);
const NAMES = ['name', 'toolName', 'tool_name'];
const INPUTS = ['arguments', 'input', 'args', 'parameters'];
const OUTPUTS = ['content', 'output', 'result', 'response', 'outputs'];
/** Fields of a message that hold its calls. */
const CALL_LISTS = ['tool_calls', 'toolCalls'];

/** Blocks that only the provider can read or has put there itself: reasoning, its own tools and their results, summaries. */
const HIDDEN_TYPE =
  /^(?:thinking|redacted_thinking|reasoning|compaction|item_reference|server_tool_use|mcp_.+|.+_call|.+_call_output|.+_tool_result|.+_search_output|container_upload|search_result)$/;
const HIDDEN_KEYS = [
  'reasoningContent',
  'thoughtSignature',
  'thought_signature',
  'executableCode',
  'executable_code',
  'codeExecutionResult',
  'code_execution_result',
  'toolCall',
  'toolResponse',
];
/** Fields of a message that contain reasoning in addition to its text. */
const REASONING_KEYS = ['reasoning_content', 'reasoning_details', 'reasoning', 'thinking', 'encrypted_content'];

const IMAGE_TYPES = new Set(['image', 'image_url', 'input_image']);
const MEDIA_TYPES: Readonly<Record<string, MediaKind>> = {
  input_audio: 'audio',
  audio: 'audio',
  audio_url: 'audio',
  video: 'video',
  video_url: 'video',
  input_video: 'video',
  file: 'file',
  input_file: 'file',
  document: 'file',
  document_url: 'file',
  document_url_chunk: 'file',
};
const MIME_KEYS = ['mimeType', 'mime_type', 'media_type', 'mediaType'];
/** Fields with the place or the bytes of a medium; a class takes them first, without a name. */
const SOURCE_KEYS = ['fileUri', 'file_uri', 'uri', 'url', 'data', 'bytes', 'content'];
/** Fields by which a document is its text. */
const TEXT_KEYS = ['text', 'page_content', 'pageContent', 'prompt', 'template'];
const MEDIA_CLASSES: readonly (readonly [RegExp, MediaKind])[] = [
  [/^(?:Image|ImageUrl|ImageURL|ImageContent|ImageBlock|ImageFile)$/, 'image'],
  [/^(?:Audio|AudioUrl|AudioURL|AudioContent|AudioBlock|InputAudio)$/, 'audio'],
  [/^(?:Video|VideoUrl|VideoURL|VideoContent|VideoBlock)$/, 'video'],
  [/^(?:DocumentUrl|DocumentURL|DocumentBlock|FileUrl|FileContent|BinaryContent|PDFUrl|UploadedFile)$/, 'file'],
];
/** Fields that hold media under their own name. */
const MEDIA_KEYS: readonly (readonly [string, MediaKind])[] = [
  ['image_url', 'image'],
  ['image', 'image'],
  ['input_audio', 'audio'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['document', 'file'],
  ['file', 'file'],
  ['fileData', 'file'],
  ['file_data', 'file'],
  ['inlineData', 'file'],
  ['inline_data', 'file'],
];

/**
 * The kind of a block, or null for text. A block may contain more than one thing (such as Gemini's signature next to a
 * call).
 */
export function blocksOf(fields: ObjectValue): readonly Block[] {
  const type = literalText(fields.entries.get('type')?.value);
  const blocks: Block[] = [];
  const call = callOf(fields, type);
  if (call !== null) blocks.push(call);
  const result = call === null ? resultOf(fields, type) : null;
  if (result !== null) blocks.push(result);
  if (blocks.length === 0 && type !== null && HIDDEN_TYPE.test(type)) return [HIDDEN];
  if (firstField(fields, HIDDEN_KEYS) !== null) blocks.push(HIDDEN);
  if (blocks.length > 0) return blocks;
  const media = mediaOf(fields, type);
  return media === null ? [] : [...(type === 'document' ? documentText(firstField(fields, ['source'])) : []), media];
}

/** What a message carries besides its content: calls, reasoning, Ollama's images. */
export function attachmentsOf(message: ObjectValue): readonly Block[] {
  const blocks: Block[] = [];
  const lists = firstField(message, CALL_LISTS);
  for (const item of lists?.kind === 'array' ? lists.items : []) {
    if (item.kind !== 'object') continue;
    const inner = item.entries.get('function')?.value;
    const source = inner?.kind === 'object' ? inner : item;
    blocks.push({ kind: 'call', name: firstField(source, NAMES), input: firstField(source, INPUTS) });
  }
  const legacy = firstField(message, ['function_call']);
  if (legacy?.kind === 'object') {
    blocks.push({ kind: 'call', name: firstField(legacy, NAMES), input: firstField(legacy, INPUTS) });
  }
  const reasoning = firstField(message, REASONING_KEYS);
  if (reasoning !== null && reasoning.kind !== 'boolean' && literalText(reasoning) !== '') blocks.push(HIDDEN);
  const images = firstField(message, ['images']);
  for (const item of images?.kind === 'array' ? images.items : []) blocks.push(image(item, null));
  return blocks;
}

export const HIDDEN: Block = { kind: 'media', media: { kind: 'context', image: null } };

function callOf(fields: ObjectValue, type: string | null): Block | null {
  const inner = firstField(fields, ['functionCall', 'function_call', 'toolUse']);
  const source = inner?.kind === 'object' ? inner : type !== null && CALL_TYPES.has(type) ? fields : null;
  return source === null ? null : { kind: 'call', name: firstField(source, NAMES), input: firstField(source, INPUTS) };
}

function resultOf(fields: ObjectValue, type: string | null): Block | null {
  const inner = firstField(fields, ['functionResponse', 'function_response', 'toolResult']);
  const source = inner?.kind === 'object' ? inner : type !== null && RESULT_TYPES.has(type) ? fields : null;
  return source === null ? null : { kind: 'result', content: firstField(source, OUTPUTS) };
}

function mediaOf(fields: ObjectValue, type: string | null): Block | null {
  if (type === 'text' || type === 'input_text' || type === 'output_text') return null;
  if (type !== null && IMAGE_TYPES.has(type)) {
    return image(firstField(fields, ['image_url', 'image', 'source', 'data', 'url', 'imageUrl']), fields);
  }
  if (type !== null && type in MEDIA_TYPES) {
    return other(MEDIA_TYPES[type] as MediaKind, fields);
  }
  for (const [key, kind] of MEDIA_KEYS) {
    const value = fields.entries.get(key)?.value;
    if (value === undefined || value.kind === 'null') continue;
    if (kind === 'image') return image(value, fields);
    return value.kind === 'object' ? other(kind, value) : other(kind, fields);
  }
  // A part that only states what it is, and where: `Part.from_uri(file_uri=..., mime_type='video/mp4')`.
  return firstField(fields, MIME_KEYS) === null || firstField(fields, SOURCE_KEYS) === null
    ? null
    : other('file', fields);
}

/** A medium that a package's class holds: `ImageUrl(url=...)`, `Image.open(path)`; null for any other class. */
export function mediaOfClass(name: string, fields: ObjectValue): Block | null {
  if (firstField(fields, TEXT_KEYS) !== null) return null;
  const kind = MEDIA_CLASSES.find(([pattern]) => pattern.test(name))?.[1];
  if (kind === undefined) return null;
  return kind === 'image'
    ? image(firstField(fields, ['url', 'data', 'image', 'content']), fields)
    : other(kind, fields);
}

/** Anthropic's `{type: 'text', data}` source. */
function documentText(source: Value | null): readonly Block[] {
  if (source?.kind !== 'object' || literalText(source.entries.get('type')?.value) !== 'text') return [];
  const content = firstField(source, ['data']);
  return content === null ? [] : [{ kind: 'text', content }];
}

/** By its media type, if that is given. */
function other(kind: MediaKind, fields: ObjectValue): Block {
  const mime = literalText(firstField(fields, MIME_KEYS)) ?? '';
  if (mime.startsWith('image/')) return image(firstField(fields, SOURCE_KEYS), null);
  const stated = mime.startsWith('audio/') ? 'audio' : mime.startsWith('video/') ? 'video' : kind;
  return { kind: 'media', media: { kind: stated, image: null } };
}

const DETAILS: readonly ImageDetail[] = ['low', 'high', 'original', 'auto'];

/** An image by its data, address or file, wherever the SDK puts that. */
function image(value: Value | null, block: ObjectValue | null): Block {
  const inner = value?.kind === 'object' ? value : null;
  const source = inner === null ? value : imageData(inner);
  const stated = literalText(inner?.entries.get('detail')?.value ?? block?.entries.get('detail')?.value);
  const data = literalText(source);
  const size = data === null ? null : imageSizeOfBase64(data);
  return {
    kind: 'media',
    media: { kind: 'image', image: { size, detail: DETAILS.find((one) => one === stated) ?? null } },
  };
}

function imageData(fields: ObjectValue, depth = 0): Value | null {
  const value = firstField(fields, ['url', 'data', 'bytes', 'image', 'source']);
  return value?.kind === 'object' && depth < 3 ? imageData(value, depth + 1) : value;
}
