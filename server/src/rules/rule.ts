/**
 * A rule: metadata, documentation with examples that run as tests, and one function from a call to findings.
 * A rule sees `LlmCall` and nothing below it. It does no I/O and keeps no state.
 */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import type { Fix } from '../edits/fix.ts';
import type { Origin } from '../ir/origin.ts';

export interface Rule {
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
  /** Markdown under fixed headings: What it does, Why is this bad, Example, Use instead, Fix safety, References. */
  readonly documentation: string;
  readonly check: (call: LlmCall, context: RuleContext) => Iterable<Finding>;
}

export interface RuleContext {
  readonly catalogue: Catalogue;
  /** The call's model in the catalogue, by its certain name or its hint; null where it is unknown. */
  readonly model: Model | null;
  /** Today, for retirement dates and dated prices. */
  readonly now: Date;
  /** True where a report's reader does not wait for the call's answer: a script, a job, a notebook. */
  readonly isUnattended: boolean;
  /** The other calls whose model is written at the same place, among those that are looked at together. */
  readonly sharing: () => readonly LlmCall[];
}

export interface Finding {
  readonly message: string;
  /** Where to point: the call, its model, its prompt. */
  readonly origin: Origin;
  /** Overrides the rule's default severity for this finding. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[];
  /** Edits that mend it, best first; asked for only when somebody wants to see them. None where it is left out. */
  readonly fixes?: () => readonly Fix[];
}
