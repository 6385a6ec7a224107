/**
 * A rule: metadata, documentation with examples that run as tests, a check that turns calls into findings, and their
 * messages. A finding is data; whatever displays it asks the rule for its message, in the reader's language, and for
 * the saving. A rule sees `LlmCall` and nothing below it. It does no I/O and keeps no state.
 */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { Localised } from '@farthing/shared/language';
import type { Range } from '@farthing/shared/range';
import type { Confidence, Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import type { Fact } from '../calls/facts/fact.ts';
import type { Fix } from '../edits/fix.ts';
import type { Origin } from '../ir/origin.ts';

export type Rule = CallRule<unknown> | ProjectRule<unknown>;

/** A rule that looks at one call at a time: a request, or a feature call that leads to one. */
export interface CallRule<Data> extends RuleMetadata, Wording<Data> {
  readonly scope: 'call';
  check(call: LlmCall, context: CallContext): Iterable<Finding<Data>>;
}

/** A rule that compares calls: it runs once over the whole workspace, and only if all of its calls are known. */
export interface ProjectRule<Data> extends RuleMetadata, Wording<Data> {
  readonly scope: 'project';
  check(index: CallIndex, context: ProjectContext): Iterable<ProjectFinding<Data>>;
}

export interface RuleMetadata {
  /** Named after the bad pattern, so that "ignore <id>" reads well. */
  readonly id: string;
  /** One line, for lists. */
  readonly summary: string;
  readonly technique: 'caching' | 'model choice' | 'output' | 'prompt' | 'repetition' | 'runaway' | 'policy';
  readonly severity: Severity;
  readonly fix: 'safe' | 'suggested' | 'none';
  /** True while too few of its findings are known to be useful: it is off unless the configuration or `--rule` names it. */
  readonly isPreview?: boolean;
  /** True if a finding is only as certain as the call's model. */
  readonly restsOnModel?: boolean;
  /** True if its findings should be struck through, because the code names something retired or about to be. */
  readonly isAboutRetirement?: boolean;
  /** The version that introduced it. */
  readonly since: string;
  /** The facts that it needs about a call beyond the core; those about the code are only read while the rule is on. */
  readonly needs?: readonly Fact<unknown>[];
  /** Markdown under fixed headings: What it does, Why is this bad, Example, Use instead, Fix safety, References. */
  readonly documentation: string;
}

/**
 * The texts of findings. These are methods, so that rules with different data fit into one list: a rule only ever
 * receives the data of its own findings.
 */
export interface Wording<Data> {
  /** What is wrong, why (with the money and its basis), and what to do. */
  readonly message: Message<Data>;
  /** How much less one call costs once the finding is fixed, in nano-dollars; null if that is nothing or unknown. */
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
  /** The call's model in the catalogue, by its certain name or its hint; null if it is unknown. */
  readonly model: Model | null;
  /** The other calls of the workspace that are known. */
  readonly index: CallIndex;
}

export interface Finding<Data> {
  /** Plain data from which the message and the saving are built. */
  readonly data: Data;
  /** Where to point: the call, its model, its prompt. */
  readonly origin: Origin;
  /** Overrides the rule's default severity for this finding. */
  readonly severity?: Severity;
  /** Overrides what follows from the call: see `confidenceOf`. */
  readonly confidence?: Confidence;
  readonly related?: readonly Related[];
  /** Fixes, best first; computed only on demand. None if omitted. */
  readonly fixes?: () => readonly Fix[];
}

export interface ProjectFinding<Data> extends Finding<Data> {
  /** The call under which it is reported. */
  readonly call: LlmCall;
}

/** Another location that the finding is about. */
export interface Related {
  readonly origin: Origin;
  readonly text: Localised;
}
