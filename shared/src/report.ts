/**
 * `farthing scan --format json`, schema 2: the format that tools can rely on. Money is in decimal dollars here, and
 * only here; internally it is integer nano-dollars. Columns count UTF-16 units from 1, as editors do. Paths are POSIX
 * and relative.
 */
import type { MeasuredPlace, MeasuredTokens, Spread } from './measured/measured.ts';
import type { Range } from './range.ts';
import type { Unit } from './units.ts';
import type {
  ApiName,
  Confidence,
  Family,
  Fee,
  MediaKind,
  ModelDecider,
  ModelSource,
  ProviderName,
  ReachedFrom,
  SdkName,
  SectionRole,
  Severity,
  Stability,
} from './vocabulary.ts';

export interface ReportPosition {
  readonly path: string;
  /** 0-based index over all cells of a notebook; null in any other file. Lines then count inside the cell. */
  readonly cell: number | null;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportModel {
  /** Set only where the model is certain. */
  readonly value: string | null;
  readonly source: ModelSource;
  /** The default that applies unless something else is said; null where the code names none, or several alike. */
  readonly hint: string | null;
  /** Every model that the call may use, as far as the code, its settings or the configuration name them. */
  readonly alternatives: readonly ReportModelAlternative[];
  /** True where the model may be one that is not among the alternatives. */
  readonly open: boolean;
}

export interface ReportModelAlternative {
  readonly name: string;
  /** Who is paid if the call uses it. */
  readonly provider: ProviderName;
  readonly decidedBy: ModelDecider;
  /** Where the name is written: in the code, or in a file of settings. Null where that is not known. */
  readonly where: { readonly path: string; readonly line: number } | null;
  /** The declared share of calls that use it; null where none is declared. */
  readonly share: number | null;
  /** Dollars per million tokens; null where the model is in no price table. */
  readonly price: { readonly input: number | null; readonly output: number | null } | null;
  /** Dollars, as `cost.perCall` of a call that surely uses it. */
  readonly perCall: Range | null;
}

/** One call on the way from a feature call down to the request. */
export interface ReportHop {
  readonly path: string;
  readonly line: number;
  /** The qualified function that the call stands in; null at module level. */
  readonly function: string | null;
}

/** A request at the end of a feature call's way. */
export interface ReportRequest extends ReportHop {
  /** Its id in the same report; null where the report is about other files. */
  readonly call: string | null;
}

export interface ReportCall extends ReportPosition {
  readonly id: string;
  readonly function: string | null;
  /** True in tests and evaluations: such a call is in no total, unless `includesTests`. */
  readonly isTest: boolean;
  /**
   * Of a feature call, a call of the project's own function that decides what a request says: the calls from it down to
   * the request, which is the last. Empty where this is the request itself.
   */
  readonly via: readonly ReportHop[];
  /** Of a feature call: every request that it was found to lead to, the one at the end of `via` first. */
  readonly leadsTo: readonly ReportRequest[];
  /** True where the feature call may lead to further requests, which were not followed: what these agree on is open. */
  readonly leadsToMore: boolean;
  /** `assumed` where a method on the way was found by its name alone, because nothing says what its object is. */
  readonly receiver: 'known' | 'assumed';
  /**
   * Of a request: the feature calls that may lead to it and the range over their costs, in dollars, where these are known.
   * What a request costs is in the figures of its feature calls as well: a sum takes one or the other. Null where none
   * leads to it.
   */
  readonly calledFrom: { readonly count: number; readonly perCall: Range | null } | null;
  readonly sdk: SdkName;
  readonly provider: ProviderName;
  readonly api: ApiName;
  readonly family: Family;
  readonly model: ReportModel;
  readonly outputLimit: { readonly state: 'present' | 'absent' | 'unknown'; readonly tokens: number | null };
  readonly system: 'static' | 'dynamic' | 'none' | 'unknown';
  readonly cache: boolean;
  readonly streaming: boolean | 'parameter';
  /** True where a schema or a JSON mode constrains the answer. */
  readonly structured: boolean;
  readonly loop: {
    readonly lexical: 'none' | 'for' | 'while' | 'map' | 'gather' | 'comprehension';
    readonly purpose: 'items' | 'retry' | 'agent' | 'poll' | null;
    readonly viaCaller: boolean;
  };
  /**
   * What the call is reached from, judged by the functions around it, their callers in the same file, and the file. Where
   * several lead to it, the one at which someone waits.
   */
  readonly reachedFrom: ReachedFrom;
  /**
   * How many requests one run of the code around the call makes: loops, retries and an agent's steps, from the request
   * outwards ("3 attempts x items of `emails`"). With the basis `unknown` it is a lower bound. Null if nothing multiplies
   * the call.
   */
  readonly multiplier: (Range & { readonly formula: string }) | null;
  readonly tokens: {
    readonly input: Range;
    readonly output: Range;
    readonly sections: readonly ({ readonly role: SectionRole; readonly stability: Stability } & Range)[];
  };
  /** The model's context if the prompt is certainly larger: the call fails, and has no cost. Null otherwise. */
  readonly aboveContext: number | null;
  /**
   * Tools that run at the provider. `fee` is the kind of use that is billed, `perUse` its price in dollars (null if
   * unknown), `maxUses` the limit in the request. No cost includes these fees, nor the tokens of what the tools find.
   */
  readonly providerTools: readonly {
    readonly name: string | null;
    readonly fee: Fee | null;
    readonly perUse: number | null;
    readonly maxUses: number | null;
  }[];
  /**
   * Input that is not text. The basis is `unknown` if it cannot be counted: its tokens, and those of the whole input,
   * are then a lower bound.
   */
  readonly media: readonly ({ readonly kind: MediaKind } & Range)[];
  /**
   * Dollars. With the basis `unknown` all three are a lower bound, because a part of the input comes from elsewhere.
   * Such a cost is in no sum and has no cost per month.
   */
  readonly cost: {
    readonly perCall: Range | null;
    readonly perMonth: Range | null;
    /** Of an agent: one of its requests, each of which is sent what the earlier ones left. `perCall` is then null. */
    readonly perStep: Range | null;
    /** One run of the code around the call: `perCall` or `perStep` times `multiplier`. Null if nothing multiplies it. */
    readonly perRun: Range | null;
    /**
     * What is bought by the piece: the dollars that one costs, and how many a request makes or sends. Null where tokens are
     * billed; a price is null where it is unknown, a count where only the run knows it.
     */
    readonly units: { readonly unit: Unit; readonly price: Range | null; readonly count: Range | null } | null;
    readonly currency: 'USD';
  };
  /** What was measured when the application ran, of its latest revision; null if nothing was. */
  readonly measured: ReportMeasured | null;
}

/** `cost`, `tokens` and volumes rest on it. What the code alone says is under `predicted`. */
export interface ReportMeasured {
  /** The commit that ran; null if unknown. */
  readonly revision: string | null;
  /** How many lines of the call have changed since; null if unknown. */
  readonly changedLines: number | null;
  /** True if the code now names another model than answered: the cost of a call is then computed, not measured. */
  readonly isOtherModel: boolean;
  /** ISO 8601; null if unknown. */
  readonly from: string | null;
  readonly to: string | null;
  /** All calls, and of these: answered by the provider, by an earlier answer, and failed. */
  readonly calls: number;
  readonly answered: number;
  readonly reused: number;
  readonly failed: number;
  /** The answered calls whose cost is known; dollars for all of these. */
  readonly priced: number;
  readonly cost: number;
  /** Of a day, over all revisions; null if the time is too short to tell. */
  readonly callsPerDay: number | null;
  /** Sums over the answered calls. */
  readonly tokens: MeasuredTokens;
  readonly perCall: {
    /** Dollars. */
    readonly cost: Spread | null;
    readonly input: Spread | null;
    readonly output: Spread | null;
    /** Milliseconds. */
    readonly latency: Spread | null;
  };
  readonly models: readonly ReportMeasuredModel[];
  /** Dollars of one request, and tokens, as the code alone says. */
  readonly predicted: { readonly input: Range; readonly output: Range; readonly perRequest: Range | null };
}

export interface ReportMeasuredModel {
  readonly provider: ProviderName;
  readonly model: string;
  readonly answered: number;
  readonly priced: number;
  /** Dollars. */
  readonly cost: number;
}

/** What was measured and belongs to no call of the report. */
export interface ReportUnjoined {
  readonly calls: number;
  /** Dollars. */
  readonly cost: number;
  /** The most expensive first. */
  readonly models: readonly ReportMeasuredModel[];
  /** Where the records say that calls are, and the code has none. */
  readonly places: readonly (MeasuredPlace & { readonly revision: string | null; readonly calls: number })[];
}

export interface ReportDiagnostic extends ReportPosition {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** Dollars that one call costs less once the finding is fixed; null if that is nothing or unknown. */
  readonly saving: Range | null;
  /** The call's id; null for a finding about a file or a comment. */
  readonly call: string | null;
  readonly fix: 'safe' | 'suggested' | 'none';
  readonly url: string;
}

export interface ReportProblem {
  readonly path: string;
  readonly message: string;
}

export interface Report {
  readonly version: 2;
  readonly root: string;
  readonly prices: { readonly source: string; readonly date: string };
  /** True where calls in tests count like others: they have findings, and are in totals. */
  readonly includesTests: boolean;
  readonly calls: readonly ReportCall[];
  readonly diagnostics: readonly ReportDiagnostic[];
  readonly stats: {
    readonly files: number;
    readonly parsed: number;
    readonly bytes: number;
    readonly milliseconds: number;
  };
  readonly problems: readonly ReportProblem[];
  /** Measured calls that belong to none of the project's; null if nothing was measured, or if all do. */
  readonly unjoined: ReportUnjoined | null;
}
