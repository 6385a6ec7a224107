/**
 * What an expression can be, judging by the source. A small lattice: the evaluator never guesses, and returns `unknown`
 * with the reason for what it cannot know, plus a hint if the code names a replaceable default.
 */
import type { Call, ClassNode, FunctionNode } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import type { Frame } from './frame.ts';
import type { SettingField, TableColumn } from './modules.ts';

export type Value =
  | TextValue
  | NumberValue
  | BooleanValue
  | NullValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | ModuleValue
  | ExternalValue
  | OneOfValue
  | UnknownValue;

/** Why a value is not known. `item` is a loop's element; `volatile` differs at every evaluation (clock, random, id). */
export type UnknownReason =
  | 'environment'
  | 'parameter'
  | 'configuration'
  | 'request'
  | 'item'
  | 'volatile'
  | 'response'
  | 'opaque';

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  /** The default that applies unless a caller, the environment or a configuration says otherwise. */
  readonly hint: Value | null;
  /** True where the expression itself says what applies otherwise: `settings.prompt || RULES`. */
  readonly hasFallback?: true;
  readonly origin: Origin | null;
  /** Tells the parameters of the project's functions that it is made of, as far as that is seen. */
  readonly from: () => readonly Origin[];
  /** For the environment: the variable's name, if known. */
  readonly variable?: string;
  /** For a field of a class of settings: what a configuration file may state. */
  readonly field?: SettingField;
  /** For a field of a record: what the database's schema may state. */
  readonly column?: TableColumn;
  /** Every value that it can have, if the code lists them: a table's entries, an enumeration, a union of literals. */
  readonly among?: Value;
  /** True where `among` is what the code claims (`body as Body`), and nothing makes sure of it. */
  readonly isClaimed?: boolean;
  /** True where its declared type allows text and nothing else. */
  readonly isText?: boolean;
  /** Tells whether a function out of sight makes it of data that it gets by names, as a template does. */
  readonly isFilled?: () => boolean;
  /** An object of the type that a variable is declared with: what its members can be. */
  readonly shape?: () => Value | null;
  /** A record of the project's database, where this is one, or a query that gives such records. */
  readonly record?: () => InstanceValue | null;
  /** The object that its declared type promises, where the code does not tell what it is. */
  readonly declared?: () => Value | null;
}

/** Text as segments: what is literal, and holes whose value is not text or not known. */
export interface TextValue {
  readonly kind: 'text';
  readonly segments: readonly Segment[];
  readonly origin: Origin | null;
}
export type Segment =
  | { readonly kind: 'literal'; readonly text: string; readonly origin: Origin | null }
  | { readonly kind: 'hole'; readonly value: Value; readonly origin: Origin | null };

export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  readonly origin: Origin | null;
}
export interface BooleanValue {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly origin: Origin | null;
}
export interface NullValue {
  readonly kind: 'null';
}

export interface ObjectValue {
  readonly kind: 'object';
  /** In order of first insertion. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Values spread into the object whose keys are not known; each may add any key, or override an earlier entry. */
  readonly open: readonly Value[];
  readonly origin: Origin | null;
}
export interface Entry {
  readonly value: Value;
  /** False if the entry is only set on some paths (`if (x) options.stop = ...`). */
  readonly isCertain: boolean;
  /** True if an opaque spread follows the entry and may replace it. */
  readonly isReplaceable: boolean;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly Value[];
  /** Values that put an unknown number of items in, at an unknown place among `items`. */
  readonly open: readonly Value[];
  readonly origin: Origin | null;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionNode;
  /** Where the function was made: what its free names mean. */
  readonly frame: Frame;
  /** The value of `this`/`self`, if the function was read from an instance or a class. */
  readonly receiver: Value | null;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly node: ClassNode;
  readonly frame: Frame;
}
/** An object of a class of the project. `args` is null where its construction is not known (an annotation). */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: ClassValue;
  readonly args: CallArguments | null;
  /** What has been done to it since it was made, in order. */
  readonly changes?: readonly FieldChange[];
  /** The parameter that it is the value of, where only that parameter's type is known. */
  readonly parameter?: Origin;
}
/** A call of a method, or an assignment from outside. */
export interface FieldChange {
  /** Null if it may change several fields. */
  readonly field: string | null;
  /** The value of `field` after it; `object` is the object before it. */
  readonly apply: (object: InstanceValue, field: string, before: Value) => Value;
}
/** A module of the project. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly path: string;
}

/**
 * Something that comes from a package, and the trail of members and calls that led from it: `new OpenAI().chat` is
 * module `openai`, steps member `OpenAI`, call, member `chat`. Globals have the module `<global>`. The evaluator knows
 * no SDK: descriptors read the trail.
 */
export interface ExternalValue {
  readonly kind: 'external';
  readonly module: string;
  readonly steps: readonly Step[];
  readonly origin: Origin | null;
  /** What is assigned to its members, by their names (`openai.api_base = ...`), and so holds for whatever it leads to. */
  readonly assigned?: ReadonlyMap<string, Entry>;
  /** Calls that set an object on the way up, in order, where their results are not used. */
  readonly told?: readonly ToldCall[];
}
/** `method(args)` on the object after the first `at` steps. */
export interface ToldCall {
  readonly at: number;
  readonly method: string;
  readonly args: CallArguments;
}
export type Step = MemberStep | CallStep;
export interface MemberStep {
  readonly kind: 'member';
  readonly name: string;
}
export interface CallStep {
  readonly kind: 'call';
  /** Null if the object is known only by its annotation. */
  readonly args: CallArguments | null;
  readonly isNew: boolean;
}

/** The evaluated arguments of a call. Spreads of known arrays and objects are already spread. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Entry>;
  /** `**kwargs` and `...args` whose contents are not known. */
  readonly open: readonly Value[];
  readonly node: Call | null;
  readonly path: string;
}

/** One of several values, by the path taken. Never nested; two alternatives at least. */
export interface OneOfValue {
  readonly kind: 'oneOf';
  readonly alternatives: readonly Value[];
}
