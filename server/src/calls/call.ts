/**
 * LlmCall: the one model of a call site that every rule, report and editor feature reads. It is language-neutral and
 * plain data; nothing in it refers to a syntax tree. What only some rules ask about a call is a fact: see `facts/`.
 */
import type { Range } from '@farthing/shared/range';
import type {
  ApiName,
  Family,
  MediaKind,
  ModelDecider,
  ModelSource,
  ProviderName,
  SdkName,
  SectionRole,
  Stability,
} from '@farthing/shared/vocabulary';
import type { Origin } from '../ir/origin.ts';

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
  /** The method's name: where a chain that is broken over lines has it. */
  readonly methodOrigin: Origin;
  /** The qualified enclosing function (`Class.method`, `outer.inner`), or null at module level. */
  readonly function: string | null;
  readonly sdk: SdkName;
  readonly provider: ProviderName;
  readonly api: ApiName;
  readonly family: Family;
  readonly model: ModelReference;
  readonly modelChoice: ModelChoice;
  /** What the call's own arguments name as its model, be it a constant from elsewhere; null where they name none. */
  readonly modelArgument: Origin | null;
  readonly outputLimit: OutputLimit;
  /** Tools, system, history and user, in the order in which the provider reads them. */
  readonly sections: readonly PromptSection[];
  readonly system: 'static' | 'dynamic' | 'none' | 'unknown';
  readonly cache: boolean;
  readonly streaming: boolean | 'parameter';
  readonly output: OutputShape;
  readonly loop: LoopContext;
  readonly tier: 'standard' | 'batch' | 'flex' | 'priority' | 'unknown';
  readonly tokens: { readonly input: Range; readonly output: Range };
  /** What is sent and is no text, in the order of the code, with its tokens where they are known. */
  readonly media: readonly SentMedia[];
  readonly cost: { readonly perCall: Range | null; readonly perMonth: Range | null };
  /** Declared calls a month; null where nobody declared them. */
  readonly callsPerMonth: number | null;
  /** True in tests and evaluations, whose calls are in no total and have no findings unless they are asked for. */
  readonly isTest: boolean;
}

export interface SentMedia {
  readonly kind: MediaKind;
  /** Basis `unknown` and a lower bound where they cannot be counted. */
  readonly tokens: Range;
}

export interface ModelReference {
  /** Set only where the model is certain. */
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
  /** True where the model may be one that is not among the alternatives. */
  readonly isOpen: boolean;
}

export interface ModelAlternative {
  readonly name: string;
  /** Who is paid where the call uses it. */
  readonly provider: ProviderName;
  readonly decidedBy: ModelDecider;
  /** Where the code writes the name. */
  readonly origin: Origin | null;
  /** Where a file of settings states it: its path as reports name it, and the line from 1. */
  readonly setting: { readonly path: string; readonly line: number } | null;
  /** The declared share of calls that use it; null where none is declared. */
  readonly share: number | null;
  /** Nano-dollars per token; null where the model is in no price table, or a rate is unknown. */
  readonly price: { readonly input: number | null; readonly output: number | null } | null;
  readonly cost: Range | null;
}

export interface OutputLimit {
  readonly state: 'present' | 'absent' | 'unknown';
  readonly tokens: number | null;
  readonly origin: Origin | null;
  /** The parameter that this API and model take, for messages and fixes. Null where the API has none. */
  readonly parameter: string | null;
  /** False where the API demands a limit (Anthropic), so that its absence is never a finding. */
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
  /** The text, where it is literal; null for a hole. */
  readonly text: string | null;
  /** Tokens of this segment. */
  readonly tokens: Range;
  readonly origin: Origin | null;
  /** A short rendering of a hole's expression for messages (`new Date()`); null for literal text. */
  readonly expression: string | null;
}

/** The answer that the call asks for, as far as the code says: evidence for the task's difficulty. */
export interface OutputShape {
  /** True where a schema or JSON mode constrains the answer. */
  readonly isStructured: boolean;
  readonly usesTools: boolean;
  readonly usesImages: boolean;
  readonly usesReasoning: boolean;
}

export interface LoopContext {
  /** About the call's own function: what repeats the call, if anything does. A loop's iterable runs once. */
  readonly lexical: 'none' | 'for' | 'while' | 'map' | 'gather' | 'comprehension';
  /** This and the rest are about the loop in the call's own function; where it has none, about that of a caller. */
  readonly purpose: 'items' | 'retry' | 'agent' | 'poll' | null;
  /** True where a caller of the enclosing function repeats it. */
  readonly viaCaller: boolean;
  /** The most items that the code itself names or allows (`for x of ['a', 'b']`, `rows[:3]`); null where only the run knows. */
  readonly items: number | null;
  /** The loop itself. */
  readonly origin: Origin | null;
  /** The loop in which the enclosing function is called; null where none is certain. */
  readonly caller: CallerLoop | null;
}

/** A loop around a call of the function that holds the LLM call; where it is over items, the call sends them. */
export interface CallerLoop {
  readonly lexical: Exclude<LoopContext['lexical'], 'none'>;
  readonly purpose: LoopContext['purpose'];
  readonly items: number | null;
  /** The loop itself. */
  readonly origin: Origin;
  /** The call of the function in it. */
  readonly call: Origin;
  /** The qualified function that the loop stands in; null at module level. */
  readonly function: string | null;
  /** `one` where an embedding request then carries a single text of the loop. */
  readonly inputs: 'one' | 'unknown';
}
