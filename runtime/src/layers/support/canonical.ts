/**
 * One text for all spellings of the same request, and different texts for different requests. It is meant to be digested,
 * not to be read. It is made from the request's text, because a parsed value no longer has the digits of large integers,
 * the spelling of numbers, or the order of names that look like numbers.
 *
 * Names are sorted only where the wire format defines them. Elsewhere their order counts: models read schemas, tool
 * arguments and tool results in the order in which they are written.
 */
import {
  afterSpace,
  afterString,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../support/json-members.ts';

/**
 * @param text a JSON object
 * @param without top-level names that do not affect an answer
 */
export function canonicalText(text: string, without: ReadonlySet<string>): string {
  let at = 0;
  const mayBeRespelled = hasOptionalEscape(text);

  // Every form marks its end, so that two values never run together.
  const value = (isStructure: boolean): string => {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        return string();
      case OPEN_OBJECT:
        return object(isStructure);
      case OPEN_ARRAY:
        return array(isStructure);
      default: {
        SCALAR.lastIndex = at;
        const [scalar = ''] = SCALAR.exec(text) ?? [];
        at += scalar.length;
        return `${scalar},`;
      }
    }
  };

  const string = (): string => {
    const from = at;
    at = afterString(text, at);
    const written = text.slice(from, at);
    return mayBeRespelled && hasOptionalEscape(written) ? JSON.stringify(JSON.parse(written)) : written;
  };

  const array = (isStructure: boolean): string => {
    let items = '[';
    for (skip(1); text.charCodeAt(at) !== CLOSE_ARRAY; skipComma()) items += value(isStructure);
    at++;
    return `${items}]`;
  };

  const object = (isStructure: boolean, left: ReadonlySet<string> = NONE): string => {
    const members: { readonly name: string; readonly text: string }[] = [];
    for (skip(1); text.charCodeAt(at) !== CLOSE_OBJECT; skipComma()) {
      const name = string();
      const bare = name.slice(1, -1);
      skip(0);
      skip(1); // The colon.
      const isInner = isStructure && (text.charCodeAt(at) === OPEN_ARRAY ? LISTS : OBJECTS).has(bare);
      const member = { name, text: value(isInner) };
      if (!left.has(bare)) members.push(member);
    }
    at++;
    if (isStructure && members.length > 1) members.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    let inner = '{';
    for (const member of members) inner += member.name + member.text;
    return `${inner}}`;
  };

  const skip = (signs: number): void => {
    at = afterSpace(text, at + signs);
  };
  const skipComma = (): void => {
    skip(0);
    if (text.charCodeAt(at) === COMMA) skip(1);
  };

  skip(0);
  return object(true, without);
}

/** Characters with any other escape can only be spelled in one way. */
function hasOptionalEscape(text: string): boolean {
  return text.includes('\\u') || text.includes('\\/');
}

/** A number, `true`, `false` or `null`. */
const SCALAR = /[^\s,\]}]+/y;

const NONE: ReadonlySet<string> = new Set();

/** Members that are lists of messages, content parts or tools: objects whose names the wire format defines. */
const LISTS: ReadonlySet<string> = new Set([
  'content',
  'contents',
  'functionDeclarations',
  'function_declarations',
  'functions',
  'input',
  'messages',
  'parts',
  'system',
  'tool_calls',
  'tools',
]);

/** Members that are objects whose names the wire format defines. Schemas, arguments and results are not among them. */
const OBJECTS: ReadonlySet<string> = new Set([
  'cache_control',
  'content',
  'format',
  'function',
  'function_call',
  'generationConfig',
  'generation_config',
  'image_url',
  'inferenceConfig',
  'json_schema',
  'options',
  'output_config',
  'output_format',
  'reasoning',
  'response_format',
  'source',
  'systemInstruction',
  'system_instruction',
  'text',
  'thinking',
  'toolConfig',
  'toolSpec',
  'tool_choice',
]);
