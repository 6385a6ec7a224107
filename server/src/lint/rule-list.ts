/** Everything that a finding can name: the rules about calls, and the findings about Farthing's own comments. */
import type { Severity } from '@farthing/shared/vocabulary';
import { rules } from '../rules/index.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';

export interface ListedRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** Markdown. */
  readonly documentation: string;
  readonly technique: string;
  /** `model choice, fix: suggested, since 0.1.0`. */
  readonly facts: string;
}

/** Default severities, by rule id. */
export function defaultSeverities(): Readonly<Record<string, Severity>> {
  return Object.fromEntries(LISTED_RULES.map(({ id, severity }) => [id, severity]));
}

export const LISTED_RULES: readonly ListedRule[] = [
  ...rules.map(({ id, summary, severity, documentation, technique, fix, since }) => ({
    id,
    summary,
    severity,
    documentation: documentation.trim(),
    technique,
    facts: `${technique}, fix: ${fix}, since ${since}`,
  })),
  ...BUILT_IN_RULES.map((rule) => ({ ...rule, technique: 'comments', facts: "about Farthing's comments" })),
];
