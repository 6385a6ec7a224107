/**
 * Schemas for options: allowed values, defaults, and messages for invalid values. A library would be larger than the
 * runtime; this has the few kinds of values that options need.
 */
import { nearest } from '@farthing/shared/nearest';

export interface Schema<Value> {
  /** What is allowed, worded to follow "must be": `a number of at least 0`. */
  readonly expected: string;
  /** The value to use if none is given; an object gets its own defaults from it. */
  readonly fallback?: unknown;
  readonly isRequired?: boolean;
  /** The members of an object, and the interface that documents them; several if one of several objects is allowed. */
  readonly objects?: readonly Members[];
  /** The schema of each entry of a list or a record. */
  readonly entry?: Schema<unknown>;
  /** The value with its defaults. Problems are reported with their path, and the value must then not be used. */
  readonly read: (input: unknown, path: string, report: Report) => Value;
}

export interface Members {
  /** The name of the TypeScript interface. */
  readonly of: string;
  readonly fields: Readonly<Record<string, Schema<unknown>>>;
  /** The meaning of members without their own comment: those of a mapped type. */
  readonly others?: string | undefined;
}

/** Records one invalid value. */
export type Report = (message: string) => void;

/** The maximum length of a text quoted in a message. */
const LONGEST_QUOTE = 40;

/** Options in which the members `Named` have defaults. */
export type Filled<Options, Named extends keyof Options> = Options & Required<Pick<Options, Named>>;

/** One schema for each member of an interface. */
export type Fields<Options> = { readonly [Name in keyof Options]-?: Schema<Exclude<Options[Name], undefined>> };

/** A kind that is recognised by one test. */
function kind<Value>(expected: string, isOne: (input: unknown) => boolean): Schema<Value> {
  return {
    expected,
    read: (input, path, report) => {
      if (!isOne(input)) report(wrong(path, expected, input));
      return input as Value;
    },
  };
}

export function flag(): Schema<boolean> {
  return kind('true or false', (input) => typeof input === 'boolean');
}

/** A text that is not empty. */
export function text<Value extends string = string>(): Schema<Value> {
  return kind('a non-empty string', (input) => typeof input === 'string' && input !== '');
}

export function oneOf<const Name extends string>(names: readonly Name[]): Schema<Name> {
  const quoted = names.map((name) => `"${name}"`);
  const list = quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  const expected = quoted.length > 12 ? `one of ${quoted.length} names` : list;
  return {
    expected,
    read: (input, path, report) => {
      if (typeof input === 'string' && !(names as readonly string[]).includes(input)) {
        report(`${path} must be ${list}; got "${input}".${suggestion(input, names)}`);
      } else if (typeof input !== 'string') {
        report(wrong(path, expected, input));
      }
      return input as Name;
    },
  };
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  /** True allows `Infinity`. */
  readonly isEndless?: boolean;
}

export function number(range: Range = {}): Schema<number> {
  return numeric('a number', range, (input) => input === Number.POSITIVE_INFINITY || Number.isFinite(input));
}

/** An integer. */
export function count(range: Range = { min: 0 }): Schema<number> {
  return numeric('an integer', range, (input) => input === Number.POSITIVE_INFINITY || Number.isSafeInteger(input));
}

/** A duration in milliseconds. */
export function milliseconds(range: Range = { above: 0 }): Schema<number> {
  return numeric('a number of milliseconds', range, (input) => Number.isFinite(input) || input === Infinity);
}

function numeric(what: string, range: Range, isOne: (input: number) => boolean): Schema<number> {
  const { min = -Infinity, max = Infinity, above = -Infinity, isEndless = false } = range;
  const expected = [what, describeRange({ min, max, above }), isEndless ? 'or Infinity' : ''];
  return kind(expected.filter(Boolean).join(' '), (input) => {
    if (typeof input !== 'number' || !isOne(input)) return false;
    return (isEndless || input !== Infinity) && input >= min && input <= max && input > above;
  });
}

function describeRange({ min, max, above }: { min: number; max: number; above: number }): string {
  const hasMax = Number.isFinite(max);
  if (Number.isFinite(above)) return hasMax ? `above ${above} and at most ${max}` : `above ${above}`;
  if (Number.isFinite(min)) return hasMax ? `from ${min} to ${max}` : `of at least ${min}`;
  return hasMax ? `of at most ${max}` : '';
}

export function fun<Value>(): Schema<Value> {
  return kind('a function', (input) => typeof input === 'function');
}

/** An object that is recognised by its methods. */
export function having<Value>(expected: string, methods: readonly string[]): Schema<Value> {
  return kind(expected, (input) => isObject(input) && methods.every((name) => typeof input[name] === 'function'));
}

/** A value that is recognised by one function. */
export function such<Value>(expected: string, isOne: (input: unknown) => boolean): Schema<Value> {
  return kind(expected, isOne);
}

export function listOf<Value>(entry: Schema<Value>): Schema<readonly Value[]> {
  const expected = 'a list';
  return {
    expected,
    entry,
    read: (input, path, report) => {
      if (!Array.isArray(input)) report(wrong(path, expected, input));
      return asList(input).map((value, index) => entry.read(value, `${path}[${index}]`, report));
    },
  };
}

/** An object with names that the application chooses. `names` says which are allowed. */
export function recordOf<Value>(
  entry: Schema<Value>,
  names: Schema<string> = text(),
): Schema<Readonly<Record<string, Value>>> {
  const expected = 'an object';
  return {
    expected,
    entry,
    read: (input, path, report) => {
      if (!isObject(input)) report(wrong(path, expected, input));
      for (const name of Object.keys(asMembers(input))) names.read(name, `each name in ${path}`, report);
      return Object.fromEntries(
        Object.entries(asMembers(input)).map(([name, value]) => [
          name,
          entry.read(value, memberPath(path, name), report),
        ]),
      );
    },
  };
}

/** The first kind that matches. An object that matches none is reported as the kind that it resembles most. */
export function either<Value>(...kinds: readonly Schema<Value>[]): Schema<Value> {
  const expected = kinds.map((one) => one.expected).join(', or ');
  return {
    expected,
    objects: kinds.flatMap(({ objects = [] }) => objects),
    read: (input, path, report) => {
      for (const one of kinds) {
        const problems: string[] = [];
        const value = one.read(input, path, (message) => problems.push(message));
        if (problems.length === 0) return value;
      }
      const [resembled, ...others] = kinds.filter((one) => isObject(input) && hasMemberOf(input, one));
      if (resembled !== undefined && others.length === 0) return resembled.read(input, path, report);
      report(wrong(path, expected, input));
      return input as Value;
    },
  };
}

function hasMemberOf(input: object, { objects = [] }: Schema<unknown>): boolean {
  return objects.some(({ fields }) => Object.keys(input).some((name) => Object.hasOwn(fields, name)));
}

/** @param of the interface's name, under which `docs/runtime/options.md` finds the meaning of its members */
export function object<Options, Named extends keyof Options = never>(
  of: string,
  fields: Fields<Options>,
  others?: string,
): Schema<Filled<Options, Named>> {
  const all = fields as Readonly<Record<string, Schema<unknown>>>;
  const names = Object.keys(all);
  const needed = names.filter((name) => all[name]?.isRequired);
  const expected = needed.length === 0 ? 'an object' : `an object with ${needed.join(', ')}`;
  return {
    expected,
    objects: [{ of, fields: all, others }],
    read: (input, path, report) => {
      if (!isObject(input)) {
        report(wrong(path, expected, input));
        return input as Filled<Options, Named>;
      }
      for (const name of Object.keys(input)) {
        if (Object.hasOwn(all, name)) continue;
        const where = path === '' ? '' : ` of ${path}`;
        report(`"${name}" is not an option${where}.${suggestion(name, names) || ` Options are: ${names.join(', ')}.`}`);
      }
      const filled: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(all)) {
        const value = input[name];
        if (value !== undefined) filled[name] = field.read(value, memberPath(path, name), report);
        else if (field.fallback !== undefined)
          filled[name] = field.read(field.fallback, memberPath(path, name), report);
        else if (field.isRequired) report(`${memberPath(path, name)} is missing: it must be ${field.expected}.`);
      }
      return filled as Filled<Options, Named>;
    },
  };
}

export function byDefault<Value>(
  fallback: NoInfer<Value | Partial<Value>>,
  schema: Schema<Value>,
): Schema<Value> & { readonly fallback: unknown } {
  return { ...schema, fallback };
}

export function required<Value>(schema: Schema<Value>): Schema<Value> {
  return { ...schema, isRequired: true };
}

/** For members that exclude each other: `problemOf` returns what is wrong, as a sentence that names one of them. */
export function checked<Value>(schema: Schema<Value>, problemOf: (value: Value) => string | null): Schema<Value> {
  return {
    ...schema,
    read: (input, path, report) => {
      let isWrong = false;
      const value = schema.read(input, path, (message) => {
        isWrong = true;
        report(message);
      });
      const problem = isWrong ? null : problemOf(value);
      if (problem !== null) report(path === '' ? problem : `${path}.${problem}`);
      return value;
    },
  };
}

/** For a value that may be or contain a key: messages only give its type. */
export function secret<Value>(schema: Schema<Value>): Schema<Value> {
  const { expected } = schema;
  return {
    ...schema,
    read: (input, path, report) => {
      let isWrong = false;
      const value = schema.read(input, path, () => {
        isWrong = true;
      });
      if (isWrong)
        report(`${path} must be ${expected}; got ${typeof input === 'string' ? 'another string' : describe(input)}.`);
      return value;
    },
  };
}

/** @throws the error that `fail` creates from all problems, one per line */
export function readOptions<Value>(
  schema: Schema<Value>,
  input: unknown,
  fail: (message: string) => Error,
  path = '',
): Value {
  const problems: string[] = [];
  const value = schema.read(input, path, (message) => problems.push(message));
  if (problems.length > 0) throw fail(problems.join('\n'));
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asMembers(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

function wrong(path: string, expected: string, input: unknown): string {
  return `${path || 'options'} must be ${expected}; got ${describe(input)}.`;
}

function suggestion(name: string, known: readonly string[]): string {
  const close = nearest(name, known);
  return close === null ? '' : ` Did you mean "${close}"?`;
}

function describe(input: unknown): string {
  if (typeof input === 'string')
    return JSON.stringify(input.length > LONGEST_QUOTE ? `${input.slice(0, LONGEST_QUOTE)}...` : input);
  if (typeof input === 'function') return 'a function';
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' && input !== null ? 'an object' : String(input);
}
