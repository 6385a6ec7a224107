/** Hand-built values for tests: `trail('openai').member('OpenAI').make({...}).member('chat')...`. */
import type {
  CallArguments,
  Entry,
  ExternalValue,
  ObjectValue,
  Step,
  UnknownValue,
  Value,
} from '../evaluate/values.ts';

/** What a test writes for a value: plain data, a trail, or a value itself. */
export type Given =
  | string
  | number
  | boolean
  | null
  | readonly Given[]
  | { readonly [key: string]: Given }
  | Trail
  | Value;

export class Trail {
  readonly module: string;
  readonly steps: readonly Step[];

  constructor(module: string, steps: readonly Step[] = []) {
    this.module = module;
    this.steps = steps;
  }

  /** Reads members by a dotted path. */
  member(path: string): Trail {
    const members = path.split('.').map((name): Step => ({ kind: 'member', name }));
    return new Trail(this.module, [...this.steps, ...members]);
  }

  /** Calls with positional arguments. */
  call(...positional: readonly Given[]): Trail {
    return this.#with(args(positional), false);
  }

  /** Constructs with positional arguments. */
  make(...positional: readonly Given[]): Trail {
    return this.#with(args(positional), true);
  }

  /** Calls with named arguments. */
  named(fields: Readonly<Record<string, Given>>, ...positional: readonly Given[]): Trail {
    return this.#with(args(positional, fields), false);
  }

  /** An object known only by its annotation. */
  annotated(): Trail {
    return this.#with(null, true);
  }

  /** Calls with arguments that are built elsewhere. */
  spread(value: Value, fields: Readonly<Record<string, Given>> = {}): Trail {
    return this.#with({ ...args([], fields), open: [value] }, false);
  }

  get value(): ExternalValue {
    return { kind: 'external', module: this.module, steps: this.steps, origin: null };
  }

  #with(args: CallArguments | null, isNew: boolean): Trail {
    return new Trail(this.module, [...this.steps, { kind: 'call', args, isNew }]);
  }
}

export function trail(module: string): Trail {
  return new Trail(module);
}

export function args(positional: readonly Given[], fields: Readonly<Record<string, Given>> = {}): CallArguments {
  return { positional: positional.map(value), named: entries(fields), open: [], node: null, path: '/a.ts' };
}

export function unknown(
  reason: UnknownValue['reason'] = 'parameter',
  hint: Given | undefined = undefined,
): UnknownValue {
  return { kind: 'unknown', reason, hint: hint === undefined ? null : value(hint), origin: null, from: () => [] };
}

export function oneOfThese(...alternatives: readonly Given[]): Value {
  return { kind: 'oneOf', alternatives: alternatives.map(value) };
}

/** An object with entries that are only set on some paths, and with spreads after them. */
export function loose(fields: Readonly<Record<string, Given>>, open: readonly Value[] = []): ObjectValue {
  const loosened = [...entries(fields)].map(([key, entry]): [string, Entry] => [
    key,
    { ...entry, isCertain: open.length > 0, isReplaceable: open.length > 0 },
  ]);
  return { kind: 'object', entries: new Map(loosened), open, origin: null };
}

function entries(fields: Readonly<Record<string, Given>>): ReadonlyMap<string, Entry> {
  return new Map(
    Object.entries(fields).map(([key, given]) => [key, { value: value(given), isCertain: true, isReplaceable: false }]),
  );
}

export function value(plain: Given): Value {
  if (plain instanceof Trail) return plain.value;
  if (typeof plain === 'string') {
    return { kind: 'text', segments: [{ kind: 'literal', text: plain, origin: null }], origin: null };
  }
  if (typeof plain === 'number') return { kind: 'number', value: plain, origin: null };
  if (typeof plain === 'boolean') return { kind: 'boolean', value: plain, origin: null };
  if (plain === null) return { kind: 'null' };
  if (Array.isArray(plain)) return { kind: 'array', items: plain.map(value), open: [], origin: null };
  if (isValue(plain)) return plain;
  return {
    kind: 'object',
    entries: entries(plain as Readonly<Record<string, Given>>),
    open: [],
    origin: null,
  };
}

const KINDS = new Set([
  'text',
  'number',
  'boolean',
  'null',
  'object',
  'array',
  'function',
  'class',
  'instance',
  'module',
  'external',
  'oneOf',
  'unknown',
]);

function isValue(plain: Exclude<Given, string | number | boolean | null>): plain is Value {
  return 'kind' in plain && typeof plain.kind === 'string' && KINDS.has(plain.kind);
}

/** A value as plain data, for expectations: text, numbers, booleans; anything else by its kind. */
export function plain(shown: Value | undefined): unknown {
  switch (shown?.kind) {
    case 'text':
      return shown.segments.map((part) => (part.kind === 'literal' ? part.text : '{}')).join('');
    case 'number':
    case 'boolean':
      return shown.value;
    case 'array':
      return shown.items.map(plain);
    case 'oneOf':
      return shown.alternatives.map(plain);
    default:
      return shown?.kind;
  }
}
