/** Reads tools and answer schemas of any SDK in the form in which the model sees them. */
import {
  type AnswerSchema,
  type Json,
  type ToolChoice,
  type ToolDefinition,
  UNKNOWN_JSON,
} from '@farthing/shared/tokens/request';
import { literalText } from '../../evaluate/lattice.ts';
import type { ObjectValue, Value } from '../../evaluate/values.ts';
import {
  CALLER_TOOL_TYPES,
  FORCED_CHOICES,
  PROVIDER_TOOL_KEY,
  SCHEMA_KEYS,
  SCHEMA_WRAPPERS,
  TOOL_LISTS,
  TOOL_PARAMETERS,
  TOOL_USES,
  TOOL_WRAPPERS,
} from '../../sdks/descriptors/message-names.ts';
import { fieldsOf, firstField } from './fields.ts';
import { jsonOf } from './json.ts';
import type { ProviderTool } from './provider-tools.ts';

export interface ReadTools {
  readonly definitions: readonly ToolDefinition[];
  /** Tools that run at the provider (web search, code, files): what they add to the prompt is not in the request. */
  readonly atProvider: readonly ProviderTool[];
}

export const NO_TOOLS: ReadTools = { definitions: [], atProvider: [] };

export function readTools(value: Value): ReadTools {
  switch (value.kind) {
    case 'array':
      return joined([...value.items.map(readTool), ...value.open.map(() => one(UNSEEN))]);
    case 'object': {
      const list = firstField(value, TOOL_LISTS);
      if (list !== null) return readTools(list);
      // The AI SDK's tools are a record: each under its name.
      return joined([
        ...[...value.entries].map(([name, entry]) => readNamed(name, entry.value)),
        ...value.open.map(() => one(UNSEEN)),
      ]);
    }
    case 'null':
      return NO_TOOLS;
    default:
      return one(UNSEEN);
  }
}

function joined(all: readonly ReadTools[]): ReadTools {
  return {
    definitions: all.flatMap(({ definitions }) => definitions),
    atProvider: all.flatMap(({ atProvider }) => atProvider),
  };
}

function one(definition: ToolDefinition): ReadTools {
  return { ...NO_TOOLS, definitions: [definition] };
}

/** A tool of which only the run knows what it is. */
const UNSEEN: ToolDefinition = { name: null, description: null, parameters: UNKNOWN_JSON };

function readTool(value: Value): ReadTools {
  const fields = fieldsOf(value);
  if (fields === null) return one(UNSEEN);
  const list = firstField(fields, TOOL_LISTS);
  if (list?.kind === 'array') {
    const others = [...fields.entries].filter(([key]) => !TOOL_LISTS.includes(key) && PROVIDER_TOOL_KEY.test(key));
    return { ...readTools(list), atProvider: others.map(([name]) => ({ name, maxUses: null })) };
  }
  const inner = firstField(fields, TOOL_WRAPPERS);
  const definition = inner === null ? fields : fieldsOf(inner);
  if (definition === null) return one(UNSEEN);
  if (isAtProvider(fields, definition)) return { ...NO_TOOLS, atProvider: [providerTool(fields)] };
  return one(definitionOf(definition, null));
}

function readNamed(name: string, value: Value): ReadTools {
  const fields = fieldsOf(value) ?? argumentsOf(value);
  if (fields !== null) return one(definitionOf(fields, name));
  const isFactory =
    value.kind === 'external' && value.steps.some((step) => step.kind === 'member' && step.name === 'tools');
  return isFactory ? { ...NO_TOOLS, atProvider: [factoryTool(value, name)] } : one({ ...UNSEEN, name });
}

/** `{type: 'web_search_20250305', max_uses: 3}`, `{googleSearch: {}}`. */
function providerTool(fields: ObjectValue): ProviderTool {
  const name = literalText(fields.entries.get('type')?.value) ?? [...fields.entries.keys()][0] ?? null;
  return { name, maxUses: usesIn(fields) };
}

/** `anthropic.tools.webSearch_20250305({maxUses: 3})`: the package's name says more than the caller's own. */
function factoryTool(value: Value, name: string): ProviderTool {
  const steps = value.kind === 'external' ? value.steps : [];
  const member = steps.findLast((step) => step.kind === 'member');
  const last = steps.at(-1);
  const options = last?.kind === 'call' ? last.args?.positional[0] : undefined;
  return {
    name: member?.kind === 'member' ? member.name : name,
    maxUses: options?.kind === 'object' ? usesIn(options) : null,
  };
}

function usesIn(fields: ObjectValue): number | null {
  const limit = firstField(fields, TOOL_USES);
  return limit?.kind === 'number' ? limit.value : null;
}

/** `tool({description, inputSchema})`: the object that a function of a package is given. */
function argumentsOf(value: Value): ObjectValue | null {
  const last = value.kind === 'external' ? value.steps.at(-1) : undefined;
  const [first] = last?.kind === 'call' ? (last.args?.positional ?? []) : [];
  return first?.kind === 'object' ? first : null;
}

function isAtProvider(tool: ObjectValue, definition: ObjectValue): boolean {
  const type = literalText(tool.entries.get('type')?.value);
  if (type !== null && !CALLER_TOOL_TYPES.has(type)) {
    return firstField(definition, TOOL_PARAMETERS) === null || firstField(definition, ['name']) === null;
  }
  if (type !== null) return false;
  // `{ googleSearch: {} }`: no definition at all.
  return firstField(definition, ['name', ...TOOL_PARAMETERS]) === null && definition.open.length === 0;
}

function definitionOf(fields: ObjectValue, name: string | null): ToolDefinition {
  const parameters = firstField(fields, TOOL_PARAMETERS);
  return {
    name: name ?? literalText(fields.entries.get('name')?.value),
    description: literalText(fields.entries.get('description')?.value),
    parameters: parameters === null ? null : jsonOf(unwrapped(parameters)),
  };
}

/** Bedrock puts the schema under `json`. */
function unwrapped(schema: Value): Value {
  const inner = schema.kind === 'object' && schema.entries.size === 1 ? schema.entries.get('json')?.value : undefined;
  return inner ?? schema;
}

/** The schema that an answer has to follow; null for plain text and for JSON without a schema. */
export function readAnswerSchema(value: Value): AnswerSchema | null {
  const fields = value.kind === 'object' ? value : null;
  if (fields === null) return literalText(value) === null ? { ...NAMELESS, schema: UNKNOWN_JSON } : null;
  const wrapped = firstField(fields, SCHEMA_WRAPPERS);
  if (wrapped?.kind === 'object') return readAnswerSchema(wrapped);
  const schema = firstField(fields, ['schema']);
  if (schema !== null) {
    return {
      name: literalText(fields.entries.get('name')?.value),
      description: literalText(fields.entries.get('description')?.value),
      schema: parsedJson(jsonOf(schema)),
      isStrict: isTrue(fields.entries.get('strict')?.value),
    };
  }
  const isSchema = firstField(fields, SCHEMA_KEYS) !== null;
  return isSchema ? { ...NAMELESS, schema: jsonOf(fields) } : null;
}

const NAMELESS: Omit<AnswerSchema, 'schema'> = { name: null, description: null, isStrict: false };

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}

/** Bedrock takes the schema as text. */
function parsedJson(json: Json): Json {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json) as Json;
  } catch {
    return json;
  }
}

/** Whether the model has to use a tool, or must not, in any SDK's spelling. */
export function toolChoiceOf(choice: Value | null): ToolChoice {
  const name = choice === null ? null : (literalText(choice) ?? typeOf(choice));
  if (name !== null) return /^none$/i.test(name) ? 'none' : /^auto$/i.test(name) ? 'auto' : 'forced';
  if (choice?.kind !== 'object') return 'auto';
  return FORCED_CHOICES.some((key) => choice.entries.has(key)) ? 'forced' : 'auto';
}

function typeOf(choice: Value): string | null {
  return choice.kind === 'object' ? literalText(choice.entries.get('type')?.value) : null;
}
