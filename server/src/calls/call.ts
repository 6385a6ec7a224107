/**
 * LlmCall: the one model of a call site that every rule, report and editor feature reads. It is language-neutral and
 * plain data; nothing in it refers to a syntax tree. What only some rules ask about a call is a fact: see `facts/`.
 */
import type { Range } from '@farthing/shared/range';
import type { Unit } from '@farthing/shared/units';
import type {
  ApiName,
  Family,
  MediaKind,
  ModelDecider,
  ModelSource,
  ProviderName,
  ReachedFrom,
  SdkName,
  SectionRole,
  Stability,
} from '@farthing/shared/vocabulary';
import type { Origin } from '../ir/origin.ts';
import type { Measurement } from './estimate/measured-figures.ts';
import type { Multiplier } from './multiplier/factor.ts';
import type { ToolFee } from './prompt/provider-tools.ts';

/** A call with the facts about its code that rules asked for, by the id of the fact. */
export interface LlmCall extends CallCore {
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A request that costs tokens, at the place in the code that issues it. Token counts are whole tokens, money is integer nano-dollars. */
export interface CallCore {
  /** See `shared/src/callsite.ts`. */
  readonly id: string;
  /** The call expression. */
  readonly origin: Origin;
  /** The method's name: its line in a chain that spans several lines. */
  readonly methodOrigin: Origin;
  /** The qualified enclosing function (`Class.method`, `outer.inner`), or null at module level. */
  readonly function: string | null;
  /**
   * Of a feature call, a call of the project's own function that decides what a request says: the calls from it down to
   * the request, which is the last. Empty where this is the request itself.
   */
  readonly via: readonly Hop[];
  /** Of a feature call: every request that it was found to lead to, the one at the end of `via` first. */
  readonly leadsTo: readonly Hop[];
  /** True if the feature call may lead to further requests, which were not followed. */
  readonly leadsToMore: boolean;
  /** `assumed` if a method on the way was found by its name alone, because nothing says what its object is. */
  readonly receiver: 'known' | 'assumed';
  readonly sdk: SdkName;
  readonly provider: ProviderName;
  readonly api: ApiName;
  readonly family: Family;
  readonly model: ModelReference;
  readonly modelChoice: ModelChoice;
  /** The argument that names the model, even if its value is a constant from elsewhere; null if no argument does. */
  readonly modelArgument: Origin | null;
  readonly outputLimit: OutputLimit;
  /** Tools, system, history and user, in the order in which the provider reads them. */
  readonly sections: readonly PromptSection[];
  readonly system: 'static' | 'dynamic' | 'none' | 'unknown';
  readonly cache: boolean;
  readonly streaming: boolean | 'parameter';
  readonly output: OutputShape;
  readonly loop: LoopContext;
  /** What the call is reached from, as far as its own module and its path say. */
  readonly reachedFrom: ReachedFrom;
  /** How many requests one run of the code around the call makes; null if nothing multiplies it. */
  readonly multiplier: Multiplier | null;
  readonly tier: 'standard' | 'batch' | 'flex' | 'priority' | 'unknown';
  readonly tokens: { readonly input: Range; readonly output: Range };
  /** The model's context if the prompt is certainly larger, so that the call fails; null otherwise. */
  readonly aboveContext: number | null;
  /** The tools that the provider may run, each with its fee, which no cost includes. */
  readonly toolFees: readonly ToolFee[];
  /** Input that is not text, in the order of the code, with its tokens if they are known. */
  readonly media: readonly SentMedia[];
  /**
   * `perCall` is one request, and null for an agent, which makes several: `perStep` is one of those. `perRun` is what one
   * run of the code around the call costs, where something multiplies it.
   */
  readonly cost: {
    readonly perCall: Range | null;
    readonly perMonth: Range | null;
    readonly perStep: Range | null;
    readonly perRun: Range | null;
    /** What is bought by the piece, with the price of one; null if the request is billed by tokens. */
    readonly units: UnitCost | null;
  };
  /** Declared or measured calls per month; null if neither is known. */
  readonly callsPerMonth: number | null;
  /** What was measured when the application ran; null if nothing was. */
  readonly measured: Measurement | null;
  /** True in tests and evaluations, whose calls are in no total unless they are asked for. */
  readonly isTest: boolean;
}

/** What a call sends and costs. */
export type CallFigures = Pick<CallCore, 'tokens' | 'cost'>;

/** True for a call that is itself the request, false for a feature call. */
export function isRequest({ via }: Pick<CallCore, 'via'>): boolean {
  return via.length === 0;
}

/** False in tests, evaluations and examples, where nothing is spent in earnest. */
export function isProductCode({ isTest, reachedFrom }: Pick<CallCore, 'isTest' | 'reachedFrom'>): boolean {
  return !isTest && reachedFrom !== 'example';
}

/** One call on the way from a feature call down to the request. */
export interface Hop {
  /** The call expression. */
  readonly origin: Origin;
  /** The qualified name of the enclosing function; null at module level. */
  readonly function: string | null;
}

/** Images, seconds, characters or pages. */
export interface UnitCost {
  readonly unit: Unit;
  /** Nano-dollars per unit; null if unknown. */
  readonly price: Range | null;
  /** How many one request makes or sends; null if only the run knows. */
  readonly count: Range | null;
}

export interface SentMedia {
  readonly kind: MediaKind;
  /** The basis is `unknown` and the value a lower bound if they cannot be counted. */
  readonly tokens: Range;
}

export interface ModelReference {
  /** Set only if the model is certain. */
  readonly value: string | null;
  readonly source: ModelSource;
  /** The default that applies unless something else is said. */
  readonly hint: string | null;
  /** Where the model's name is written. */
  readonly origin: Origin | null;
}

export interface ModelChoice {
  /** Every model that the call may use, as far as the code, its settings or the configuration name them. */
  readonly alternatives: readonly ModelAlternative[];
  /** True if the model may be one that is not among the alternatives. */
  readonly isOpen: boolean;
}

export interface ModelAlternative {
  readonly name: string;
  /** The provider that is paid if the call uses it. */
  readonly provider: ProviderName;
  readonly decidedBy: ModelDecider;
  /** Where the code writes the name. */
  readonly origin: Origin | null;
  /** Where a file of settings states it: its path as reports name it, and the line from 1. */
  readonly setting: { readonly path: string; readonly line: number } | null;
  /** The declared fraction of calls that use it; null if not declared. */
  readonly share: number | null;
  /** Nano-dollars per token; null if the model is in no price table, or a rate is unknown. */
  readonly price: { readonly input: number | null; readonly output: number | null } | null;
  readonly cost: Range | null;
}

export interface OutputLimit {
  readonly state: 'present' | 'absent' | 'unknown';
  readonly tokens: number | null;
  readonly origin: Origin | null;
  /** The parameter that this API and model expect, for messages and fixes. Null if the API has none. */
  readonly parameter: string | null;
  /** False if the API requires a limit (Anthropic), so that its absence is never a finding. */
  readonly isOptional: boolean;
}

export interface PromptSection {
  readonly role: SectionRole;
  /** Of the section as a whole: the least stable of its segments. */
  readonly stability: Stability;
  readonly segments: readonly PromptSegment[];
  readonly tokens: Range;
  /** True where this section, or a block in it, carries a cache marker. */
  readonly isCacheMarked: boolean;
}
export interface PromptSegment {
  readonly stability: Stability;
  /** The text, if it is literal; null for a hole. */
  readonly text: string | null;
  /** Tokens of this segment. */
  readonly tokens: Range;
  readonly origin: Origin | null;
  /** A short rendering of a hole's expression for messages (`new Date()`); null for literal text. */
  readonly expression: string | null;
}

/** The answer that the call asks for, as far as the code says: evidence for the task's difficulty. */
export interface OutputShape {
  /** True if a schema or JSON mode constrains the answer. */
  readonly isStructured: boolean;
  readonly usesTools: boolean;
  readonly usesImages: boolean;
  readonly usesReasoning: boolean;
  /** Whether the request switches reasoning on or off; null if it leaves that to the model. */
  readonly reasoning: boolean | null;
}

export interface LoopContext {
  /** About the call's own function: what repeats the call, if anything does. A loop's iterable runs once. */
  readonly lexical: 'none' | 'for' | 'while' | 'map' | 'gather' | 'comprehension';
  /**
   * This and the following fields describe the loop in the call's own function, or, if there is none, that of a caller.
   */
  readonly purpose: 'items' | 'retry' | 'agent' | 'poll' | null;
  /** True if a caller of the enclosing function repeats it. */
  readonly viaCaller: boolean;
  /**
   * The maximum number of items that the code itself names or allows (`for x of ['a', 'b']`, `rows[:3]`); null if it is
   * only known at run time.
   */
  readonly items: number | null;
  /** The loop itself. */
  readonly origin: Origin | null;
  /** The loop in which the enclosing function is called; null if none is certain. */
  readonly caller: CallerLoop | null;
}

/** A loop around a call of the function that contains the LLM call. If it iterates over items, the call sends them. */
export interface CallerLoop {
  readonly lexical: Exclude<LoopContext['lexical'], 'none'>;
  readonly purpose: LoopContext['purpose'];
  readonly items: number | null;
  /** The loop itself. */
  readonly origin: Origin;
  /** The call of the function in it. */
  readonly call: Origin;
  /** The qualified function that contains the loop; null at module level. */
  readonly function: string | null;
  /** `one` if an embedding request then carries a single text of the loop. */
  readonly inputs: 'one' | 'unknown';
}
