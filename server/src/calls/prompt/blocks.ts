/** Blocks of a message that are more than text: tool calls, their results, images, files, and what only the provider can read. */
import { imageSizeOfBase64 } from '@farthing/shared/tokens/image-size';
import type { MediaKind } from '@farthing/shared/vocabulary';
import { literalText } from '../../evaluate/lattice.ts';
import type { ObjectValue, Value } from '../../evaluate/values.ts';
import {
  CALL_INPUTS,
  CALL_LISTS,
  CALL_NAMES,
  CALL_TYPES,
  HIDDEN_KEYS,
  HIDDEN_TYPE,
  IMAGE_DATA_KEYS,
  IMAGE_DETAILS,
  IMAGE_KEYS,
  IMAGE_TYPES,
  MEDIA_CLASS_KEYS,
  MEDIA_CLASSES,
  MEDIA_KEYS,
  MEDIA_TYPES,
  MIME_KEYS,
  REASONING_KEYS,
  RESULT_OUTPUTS,
  RESULT_TYPES,
  SOURCE_KEYS,
  TEXT_KEYS,
  WRAPPED_CALLS,
  WRAPPED_RESULTS,
} from '../../sdks/descriptors/message-names.ts';
import { firstField } from './fields.ts';
import type { Media } from './parts.ts';

export type Block =
  | { readonly kind: 'call'; readonly name: Value | null; readonly input: Value | null }
  | { readonly kind: 'result'; readonly content: Value | null }
  | { readonly kind: 'media'; readonly media: Media }
  /** A document's text; the wording around it is unknown. */
  | { readonly kind: 'text'; readonly content: Value };

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
    blocks.push({ kind: 'call', name: firstField(source, CALL_NAMES), input: firstField(source, CALL_INPUTS) });
  }
  const legacy = firstField(message, ['function_call']);
  if (legacy?.kind === 'object') {
    blocks.push({ kind: 'call', name: firstField(legacy, CALL_NAMES), input: firstField(legacy, CALL_INPUTS) });
  }
  const reasoning = firstField(message, REASONING_KEYS);
  if (reasoning !== null && reasoning.kind !== 'boolean' && literalText(reasoning) !== '') blocks.push(HIDDEN);
  const images = firstField(message, ['images']);
  for (const item of images?.kind === 'array' ? images.items : []) blocks.push(image(item, null));
  return blocks;
}

export const HIDDEN: Block = { kind: 'media', media: { kind: 'context', image: null } };

function callOf(fields: ObjectValue, type: string | null): Block | null {
  const inner = firstField(fields, WRAPPED_CALLS);
  const source = inner?.kind === 'object' ? inner : type !== null && CALL_TYPES.has(type) ? fields : null;
  return source === null
    ? null
    : { kind: 'call', name: firstField(source, CALL_NAMES), input: firstField(source, CALL_INPUTS) };
}

function resultOf(fields: ObjectValue, type: string | null): Block | null {
  const inner = firstField(fields, WRAPPED_RESULTS);
  const source = inner?.kind === 'object' ? inner : type !== null && RESULT_TYPES.has(type) ? fields : null;
  return source === null ? null : { kind: 'result', content: firstField(source, RESULT_OUTPUTS) };
}

function mediaOf(fields: ObjectValue, type: string | null): Block | null {
  if (type === 'text' || type === 'input_text' || type === 'output_text') return null;
  if (type !== null && IMAGE_TYPES.has(type)) {
    return image(firstField(fields, IMAGE_KEYS), fields);
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
  return kind === 'image' ? image(firstField(fields, MEDIA_CLASS_KEYS), fields) : other(kind, fields);
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

/** An image by its data, address or file, wherever the SDK puts that. */
function image(value: Value | null, block: ObjectValue | null): Block {
  const inner = value?.kind === 'object' ? value : null;
  const source = inner === null ? value : imageData(inner);
  const stated = literalText(inner?.entries.get('detail')?.value ?? block?.entries.get('detail')?.value);
  const data = literalText(source);
  const size = data === null ? null : imageSizeOfBase64(data);
  return {
    kind: 'media',
    media: { kind: 'image', image: { size, detail: IMAGE_DETAILS.find((one) => one === stated) ?? null } },
  };
}

function imageData(fields: ObjectValue, depth = 0): Value | null {
  const value = firstField(fields, IMAGE_DATA_KEYS);
  return value?.kind === 'object' && depth < 3 ? imageData(value, depth + 1) : value;
}
