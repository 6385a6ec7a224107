/**
 * The texts that describe calls. Each of them is in both `en.ts` and `es.ts`. Amounts and counts
 * arrive formatted in the same language (`shared/src/money.ts`), unless the words around them depend on the number.
 */
import type { Retirement } from '@farthing/shared/catalogue/catalogue';
import type { Unit } from '@farthing/shared/units';
import type { Basis, Fee, ModelDecider, ModelSource, SectionRole, Stability } from '@farthing/shared/vocabulary';

export interface Messages {
  readonly bases: Readonly<Record<Basis, string>>;
  readonly roles: Readonly<Record<SectionRole, string>>;
  readonly stabilities: Readonly<Record<Stability, string>>;
  readonly unknown: string;
  readonly from: (amount: string) => string;
  readonly cell: (index: number) => string;
  /** What one piece of each is called where its price is told: a minute of audio, 1,000 characters. */
  readonly units: Readonly<Record<Unit, string>>;
  /** How much a request makes, with the number in words; empty for what is not made. */
  readonly made: (unit: Unit, number: number, count: string) => string;

  readonly cost: {
    /** What a figure is for, after it: one call, or 1,000 where one costs less than a cent. */
    readonly units: Readonly<Record<'call' | 'thousand', string>>;
    /** What is certain of a cost, and the `fees` for what it does besides. */
    readonly atLeast: (figure: string, fees: string) => string;
    readonly perMonth: (amount: string) => string;
    readonly atVolume: (calls: string) => string;
    readonly perRun: (amount: string, formula: string) => string;
    readonly runOf: (formula: string) => string;
    readonly perStep: (amount: string) => string;
    readonly perStepAtLeast: (amount: string) => string;
    readonly stepsUnknown: (step: string) => string;
    readonly fee: (amount: string, fee: Fee) => string;
    readonly feeLimit: (uses: number) => string;
    readonly perUnit: (amount: string, unit: string) => string;
    readonly unknownPerUnit: (unit: string) => string;
    readonly doesNotFit: string;
    readonly unknown: string;
    /** The sum of the months, and of how many calls; `left` calls have no volume. */
    readonly months: (amount: string, basis: Basis, calls: number, left: number) => string;
  };

  /** What was measured. Counts arrive formatted, days and percentages as numbers. */
  readonly measured: {
    readonly cost: (figure: string) => string;
    readonly unpriced: string;
    /** The time from the first call to the last, and the date of the last. */
    readonly until: (days: number, date: string) => string;
    readonly at: (revision: string) => string;
    readonly perDay: (calls: string) => string;
    readonly reused: (percent: number) => string;
    readonly inputCached: (percent: number) => string;
    readonly failed: (percent: number) => string;
    readonly changed: (lines: number) => string;
    readonly otherModel: string;
    readonly predicted: (figure: string) => string;
    readonly unpredicted: string;
    readonly input: (measured: string, predicted: string) => string;
    readonly output: (measured: string, predicted: string) => string;
    readonly cachedWhy: (percent: number) => string;
    readonly models: (count: number) => string;
  };

  readonly tokens: {
    readonly input: (tokens: string) => string;
    readonly inputAtLeast: (tokens: string) => string;
    readonly aboveContext: (tokens: string, context: string) => string;
    readonly cacheable: (tokens: string) => string;
    readonly output: (tokens: string) => string;
    readonly outputUpTo: (tokens: string) => string;
    readonly outputUnknown: string;
  };

  readonly model: {
    readonly sources: Readonly<Record<ModelSource, string>>;
    readonly unknown: string;
    readonly setAtRunTime: string;
    readonly declareIt: string;
    /** The same where a list of models opens. */
    readonly choose: string;
    readonly declared: (models: string) => string;
    /** A name that a setting, a caller or the environment can replace. */
    readonly orFrom: (source: ModelSource) => string;
    readonly from: (source: ModelSource) => string;
    readonly orOthers: (count: number) => string;
    readonly either: (one: string, other: string) => string;
    readonly oneOf: (count: number, unpriced: number) => string;
    readonly ratesIn: (rate: string) => string;
    readonly ratesOut: (rate: string) => string;
    readonly perMillion: (rates: string) => string;
  };

  readonly feature: {
    readonly via: (name: string) => string;
    readonly calledFrom: (count: number) => string;
  };

  readonly retirement: {
    readonly replacement: (name: string) => string;
    readonly outcomes: Readonly<Record<NonNullable<Retirement['outcome']>, string>>;
    readonly doubts: Readonly<Record<NonNullable<Retirement['doubt']>, (source: string) => string>>;
  };

  /** What only an editor shows. */
  readonly editor: {
    readonly findings: (count: number) => string;
    readonly thisCall: (cost: string) => string;
    readonly priceUnknown: string;
    /** On two lines of a hover. */
    readonly howToDeclare: readonly [string, string];
    readonly card: {
      readonly perMillion: (price: string) => string;
      /** The same after a name, in a list of models. */
      readonly inList: (price: string) => string;
      readonly priceOf: Readonly<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite', (rate: string) => string>>;
      readonly priceUnknown: string;
      /** Followed by the source. */
      readonly asOf: (date: string) => string;
      readonly above: (tokens: string, price: string) => string;
      readonly maxOutput: (tokens: string) => string;
      readonly context: (tokens: string) => string;
      readonly cachesMarked: (tokens: string) => string;
      readonly cachesAutomatically: (tokens: string) => string;
      /** Followed by a place in the code. */
      readonly namedAt: string;
      readonly retires: (retirement: string) => string;
    };
    readonly choice: {
      readonly head: readonly [model: string, rates: string];
      readonly decider: string;
      readonly deciders: Readonly<Record<ModelDecider, string>>;
      readonly more: (count: number) => string;
      readonly orAnother: string;
      readonly anyOf: (count: number) => string;
    };
    readonly way: {
      readonly request: string;
      readonly calls: string;
      readonly assumed: string;
      readonly orMore: string;
      readonly others: (count: number) => string;
      readonly more: (count: number) => string;
    };
    readonly prompt: {
      readonly notSeen: string;
      readonly text: string;
      readonly total: (tokens: string) => string;
      readonly tooShort: (tokens: string) => string;
      readonly cacheEnds: string;
      readonly paidInFull: (tokens: number) => string;
      readonly hint: (tokens: string) => string;
      /** `size` is a number of tokens, and what they cost if that is known. */
      readonly sentBy: (size: string, calls: number, isCacheable: boolean) => string;
      readonly countedFor: (role: SectionRole, stability: Stability, model: string | null) => string;
    };
    readonly whatIf: {
      readonly change: string;
      readonly size: (input: string, output: string) => string;
      readonly today: string;
      readonly cached: (tokens: string) => string;
      readonly batch: (hours: number | null) => string;
      readonly same: string;
      readonly qualityNote: string;
    };
    readonly breakdown: {
      readonly titleIn: (title: string, name: string) => string;
      readonly headings: Readonly<
        Record<'sinceHead' | 'way' | 'callers' | 'prompt' | 'model' | 'whatIf' | 'findings', string>
      >;
      readonly priceUnknown: string;
      readonly head: readonly [tokens: string, rate: string];
      readonly basis: string;
      readonly input: string;
      readonly output: string;
      readonly cost: string;
      readonly now: string;
      readonly longest: (tokens: string, isLimit: boolean, cost: string) => string;
      readonly noFindings: string;
    };
    /** `HEAD` is git's name for the last commit. */
    readonly sinceHead: {
      readonly changed: (change: string) => string;
      readonly times: (factor: string) => string;
      readonly added: string;
      readonly other: string;
    };
    readonly summary: {
      readonly counts: (calls: number, findings: number) => string;
      readonly range: string;
      readonly basis: (bases: string) => string;
      readonly unpriced: (calls: number) => string;
    };
    readonly scan: {
      readonly title: string;
      readonly callers: string;
      readonly progress: (done: number, total: number) => string;
      readonly found: (calls: number, findings: number, files: number) => string;
      readonly callGone: string;
    };
  };
}
