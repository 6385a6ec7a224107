/**
 * Tools as OpenAI's models read them: TypeScript declarations of functions in a namespace. Providers bill the tokens of
 * this text, not those of the JSON that is sent. The form is that of the models' published prompt formats.
 *
 * @example
 * // look up a word
 * type look_up = (_: {
 * // the word
 * word: string,
 * }) => any;
 */
import { isJsonObject, type Json, type JsonObject, type ToolDefinition, UNKNOWN_JSON } from './request.ts';

/** A limit on nesting that no real schema reaches. */
const MAX_DEPTH = 12;

export function declarations(tools: readonly ToolDefinition[]): string {
  const lines = ['namespace functions {', ''];
  for (const { name, description, parameters } of tools) {
    if (description) lines.push(comment(description));
    const fields = isJsonObject(parameters) ? [...notesOf(parameters), ...properties(parameters, 0)] : [];
    if (fields.length > 0) lines.push(`type ${name ?? 'tool'} = (_: {`, ...fields, '}) => any;', '');
    else lines.push(`type ${name ?? 'tool'} = () => any;`, '');
  }
  lines.push('} // namespace functions');
  return lines.join('\n');
}

/** Further lines of a text are kept as they are. */
function comment(text: string): string {
  return `// ${text}`;
}

function properties(schema: JsonObject, depth: number): readonly string[] {
  const { properties: fields, required } = schema;
  if (!isJsonObject(fields)) return [];
  const isRequired = (key: string): boolean => Array.isArray(required) && required.includes(key);
  return Object.entries(fields).flatMap(([key, field]) => {
    const notes = isJsonObject(field) ? notesOf(field) : [];
    const fallback = isJsonObject(field) && field.default !== undefined ? ` // default: ${spell(field.default)}` : '';
    return [...notes, `${key}${isRequired(key) ? '' : '?'}: ${typeOf(field, schema, depth + 1)},${fallback}`];
  });
}

/** A title and a description are written above the field. */
function notesOf({ title, description }: JsonObject): readonly string[] {
  return [title, description].flatMap((text) => (typeof text === 'string' && text !== '' ? [comment(text)] : []));
}

function typeOf(schema: Json, root: JsonObject, depth: number): string {
  if (depth > MAX_DEPTH || !isJsonObject(schema)) return 'any';
  const { enum: values, anyOf, oneOf, type } = schema;
  if (Array.isArray(values)) return values.map((value: Json) => spell(value)).join(' | ');
  for (const union of [anyOf, oneOf]) {
    if (Array.isArray(union)) return union.map((item: Json) => typeOf(item, root, depth + 1)).join(' | ');
  }
  if (Array.isArray(type)) {
    return type.map((item: Json) => typeOf({ ...schema, type: item }, root, depth + 1)).join(' | ');
  }
  switch (typeof type === 'string' ? type.toLowerCase() : '') {
    case 'string':
    case 'boolean':
    case 'null':
      return (type as string).toLowerCase();
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return `${schema.items === undefined ? 'any' : typeOf(schema.items, root, depth + 1)}[]`;
    case 'object': {
      const fields = properties(schema, depth);
      return fields.length === 0 ? 'object' : `{\n${fields.join('\n')}\n}`;
    }
    default:
      return 'any';
  }
}

function spell(value: Json): string {
  return value === UNKNOWN_JSON ? 'any' : JSON.stringify(value);
}
