/** Plain data in a text of JSON, YAML or TOML. What is not plain data, such as a date or a tag, is null, never guessed. */
import { parse as parseJson } from 'jsonc-parser';
import { LRUCache } from 'lru-cache';
import { type DataNode, MAX_DEPTH, MAX_TEXT } from './data-node.ts';
import { tomlDocument } from './toml-text.ts';
import { yamlDocuments } from './yaml-text.ts';

export type Data = string | number | boolean | null | readonly Data[] | ReadonlyMap<string, Data>;
export type DataFormat = 'json' | 'yaml' | 'toml';

/** A program may read a file of settings wherever it uses one of them. */
const MAX_KNOWN = 32;
const parsedTexts: Readonly<Record<DataFormat, LRUCache<string, { readonly data: Data }>>> = {
  json: new LRUCache({ max: MAX_KNOWN }),
  yaml: new LRUCache({ max: MAX_KNOWN }),
  toml: new LRUCache({ max: MAX_KNOWN }),
};

/** Of the first document. Null if the text is not of the format. */
export function dataIn(text: string, format: DataFormat): Data {
  if (text.length > MAX_TEXT) return parsed(text, format);
  const known = parsedTexts[format].get(text);
  if (known !== undefined) return known.data;
  const data = parsed(text, format);
  parsedTexts[format].set(text, { data });
  return data;
}

function parsed(text: string, format: DataFormat): Data {
  if (format === 'json') return jsonData(text);
  const document = format === 'yaml' ? yamlDocuments(text)[0] : tomlDocument(text);
  return document ? plain(document) : null;
}

function plain(node: DataNode): Data {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return new Map([...node.entries].map(([key, inner]) => [key, plain(inner)]));
}

function jsonData(text: string): Data {
  try {
    return fromJson(parseJson(text, [], { allowTrailingComma: true }), 0);
  } catch (error) {
    // The parser recurses: a text that is nested too deep for it states no setting either.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function fromJson(value: unknown, depth: number): Data {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => fromJson(item, depth + 1));
  return new Map(Object.entries(value).map(([key, one]) => [key, fromJson(one, depth + 1)]));
}
