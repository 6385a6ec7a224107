/** Fields of what a schema has parsed (zod, t3-env): the values that it allows, and its defaults. */
import type { Origin } from '../ir/origin.ts';
import { lazyEntry } from './entries.ts';
import type { Evaluator } from './evaluator.ts';
import { GLOBAL, literalText, oneOf, unknown } from './lattice.ts';
import type { CallArguments, ExternalValue, UnknownReason, Value } from './values.ts';

const OBJECTS = new Set(['object', 'strictObject', 'looseObject']);
const PARSERS = new Set(['parse', 'parseAsync', 'safeParse', 'safeParseAsync']);
const DEFAULTS = new Set(['default', 'prefault', 'catch']);
/** Where `createEnv` has its schemas. */
const GROUPS = ['server', 'client', 'shared'] as const;

interface SchemaCall {
  readonly name: string;
  readonly args: CallArguments;
}

/** Null where `value` has not parsed anything, or the schema says nothing about the field. */
export function parsedField(evaluator: Evaluator, value: ExternalValue, name: string, origin: Origin): Value | null {
  const calls = callsOf(value);
  const last = calls?.at(-1);
  if (calls === null || last === undefined) return null;
  if (value.module.startsWith('@t3-oss/env-')) {
    const options = last.args.positional[0];
    if (options?.kind !== 'object') return null;
    for (const group of GROUPS) {
      const schema = fieldOf(options.entries.get(group)?.value, name);
      if (schema) return allowedValue(schema, 'environment', name, origin);
    }
    return null;
  }
  if (!isZod(value) || !PARSERS.has(last.name)) return null;
  const shape = calls.findLast((call) => OBJECTS.has(call.name))?.args.positional[0];
  const parsed = (field: string): Value | null => {
    const schema = fieldOf(shape, field);
    if (schema === null) return null;
    return isEnvironment(last.args.positional[0])
      ? allowedValue(schema, 'environment', field, origin)
      : allowedValue(schema, 'request', null, origin);
  };
  const change = calls.findLast((call) => call.name === 'transform')?.args.positional[0];
  if (change?.kind !== 'function' || shape?.kind !== 'object') return parsed(name);
  // `z.object({...}).transform((env) => ({ llm: { model: env.MODEL } }))`
  const fields = [...shape.entries.keys()].map(
    (key) => [key, lazyEntry(() => parsed(key) ?? unknown('configuration', null, origin))] as const,
  );
  const given: Value = { kind: 'object', entries: new Map(fields), open: [], origin };
  return evaluator.member(evaluator.invokeWith(change, [given]), name, origin);
}

/** What a schema of one field says of its value; null where that is nothing. */
function allowedValue(schema: Value, reason: UnknownReason, variable: string | null, origin: Origin): Value | null {
  const calls = schema.kind === 'external' && isZod(schema) ? callsOf(schema) : null;
  if (calls === null) return null;
  const hint = calls.findLast(({ name }) => DEFAULTS.has(name))?.args.positional[0] ?? null;
  const among = calls.map(allowedBy).find((allowed) => allowed !== null) ?? null;
  if (hint === null && among === null && variable === null) return null;
  const value = unknown(reason, hint?.kind === 'text' ? hint : null, origin);
  return { ...value, ...(among ? { among } : {}), ...(variable === null ? {} : { variable }) };
}

function allowedBy({ name, args }: SchemaCall): Value | null {
  const [first] = args.positional;
  const values =
    name === 'literal' && first
      ? [first]
      : (name === 'enum' || name === 'nativeEnum') && first?.kind === 'array'
        ? first.items
        : (name === 'enum' || name === 'nativeEnum') && first?.kind === 'object'
          ? [...first.entries.values()].map((entry) => entry.value)
          : [];
  if (values.length === 0 || values.some((value) => literalText(value) === null)) return null;
  return oneOf(values);
}

/** The calls on the way from the package, by name; null where it leads through something else. */
function callsOf({ steps }: ExternalValue): readonly SchemaCall[] | null {
  const calls: SchemaCall[] = [];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (step.kind === 'call' && step.args !== null && before?.kind === 'member')
      calls.push({ name: before.name, args: step.args });
  }
  return calls.length === 0 ? null : calls;
}

function isZod({ module }: ExternalValue): boolean {
  return module === 'zod' || module.startsWith('zod/');
}

function fieldOf(shape: Value | undefined, name: string): Value | null {
  return shape?.kind === 'object' ? (shape.entries.get(name)?.value ?? null) : null;
}

function isEnvironment(value: Value | undefined): boolean {
  if (value?.kind !== 'external' || (value.module !== GLOBAL && !value.module.endsWith('process'))) return false;
  const last = value.steps.at(-1);
  return last?.kind === 'member' && last.name === 'env';
}
