/** Everything that a finding may name: the rules over calls, and the findings about Farthing's own comments. */
import type { Severity } from '@farthing/shared/vocabulary';
import { BUILT_IN_RULES } from '../engine/built-in-rules.ts';
import { rules } from '../rules/index.ts';

export interface ListedRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** Markdown. */
  readonly documentation: string;
  /** `model choice, fix: suggested, since 0.1.0`. */
  readonly facts: string;
}

export const LISTED_RULES: readonly ListedRule[] = [
  ...rules.map(({ id, summary, severity, documentation, technique, fix, since }) => ({
    id,
    summary,
    severity,
    documentation: documentation.trim(),
    facts: `${technique}, fix: ${fix}, since ${since}`,
  })),
  ...BUILT_IN_RULES.map((rule) => ({ ...rule, facts: "about Farthing's comments" })),
];
