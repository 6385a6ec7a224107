/**
 * A rule: metadata, documentation with examples that run as tests, a check that turns calls into findings, and the words
 * for them. A finding is data; what shows it asks the rule for its message, in the reader's language, and for its money.
 * A rule sees `LlmCall` and nothing below it. It does no I/O and keeps no state.
 */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { Localised } from '@farthing/shared/language';
import type { Range } from '@farthing/shared/range';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import type { Fact } from '../calls/facts/fact.ts';
import type { Fix } from '../edits/fix.ts';
import type { Origin } from '../ir/origin.ts';

export type Rule = CallRule<unknown> | ProjectRule<unknown>;

/** A rule that looks at one call at a time. */
export interface CallRule<Data> extends RuleMetadata, Wording<Data> {
  readonly scope: 'call';
  check(call: LlmCall, context: CallContext): Iterable<Finding<Data>>;
}

/** A rule that compares calls: it runs once over the whole workspace, and only where all of its calls are known. */
export interface ProjectRule<Data> extends RuleMetadata, Wording<Data> {
  readonly scope: 'project';
  check(index: CallIndex, context: ProjectContext): Iterable<ProjectFinding<Data>>;
}

export interface RuleMetadata {
  /** Named for the bad pattern, so that "ignore <id>" reads properly. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  readonly technique: 'caching' | 'model choice' | 'output' | 'prompt' | 'repetition' | 'runaway' | 'policy';
  readonly severity: Severity;
  readonly fix: 'safe' | 'suggested' | 'none';
  /** True where what it finds is to be struck through: the code names something that is gone or going. */
  readonly isAboutRetirement?: boolean;
  /** The version that introduced it. */
  readonly since: string;
  /** The facts that it asks of a call beside its core; those about the code are read only while the rule is on. */
  readonly needs?: readonly Fact<unknown>[];
  /** Markdown under fixed headings: What it does, Why is this bad, Example, Use instead, Fix safety, References. */
  readonly documentation: string;
}

/**
 * How findings are told. These are methods so that rules with different data fit into one list: a rule only ever gets the
 * data of its own findings.
 */
export interface Wording<Data> {
  /** What is wrong, why, with the money and its basis, and what to do. */
  readonly message: Message<Data>;
  /** What one call costs less once the finding is mended, in nano-dollars; null where that is nothing or not known. */
  saving?(data: Data): Range | null;
}

export interface Message<Data> {
  en(data: Data): string;
  es(data: Data): string;
}

export interface ProjectContext {
  readonly catalogue: Catalogue;
  /** Today, for retirement dates and dated prices. */
  readonly now: Date;
}

export interface CallContext extends ProjectContext {
  /** The call's model in the catalogue, by its certain name or its hint; null where it is unknown. */
  readonly model: Model | null;
  /** The other calls of the workspace, as far as they are known. */
  readonly index: CallIndex;
}

export interface Finding<Data> {
  /** Plain data: what the message and the saving are made of. */
  readonly data: Data;
  /** Where to point: the call, its model, its prompt. */
  readonly origin: Origin;
  /** Overrides the rule's default severity for this finding. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** Edits that mend it, best first; asked for only when somebody wants to see them. None where it is left out. */
  readonly fixes?: () => readonly Fix[];
}

export interface ProjectFinding<Data> extends Finding<Data> {
  /** The call under which it is reported. */
  readonly call: LlmCall;
}

/** Another place that the finding is about. */
export interface Related {
  readonly origin: Origin;
  readonly text: Localised;
}
