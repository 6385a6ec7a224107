/** Everything that a finding can name: the rules about calls, and the findings about Farthing's own comments. */
import type { Severity } from '@farthing/shared/vocabulary';
import { rules } from '../rules/index.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';

export interface ListedRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** True for a rule that is off unless the configuration or `--rule` names it. */
  readonly isPreview: boolean;
  /** Markdown. */
  readonly documentation: string;
  readonly technique: string;
  /** `model choice, fix: suggested, since 0.1.0`. */
  readonly facts: string;
}

/** Default severities, by rule id: a rule in preview is off. */
export function defaultSeverities(): Readonly<Record<string, Severity | 'off'>> {
  return Object.fromEntries(LISTED_RULES.map(({ id, severity, isPreview }) => [id, isPreview ? 'off' : severity]));
}

export const LISTED_RULES: readonly ListedRule[] = [
  ...rules.map(({ id, summary, severity, documentation, technique, fix, since, isPreview = false }) => ({
    id,
    summary,
    severity,
    isPreview,
    documentation: documentation.trim(),
    technique,
    facts: `${technique}, fix: ${fix}, since ${since}${isPreview ? ', in preview: off unless it is named' : ''}`,
  })),
  ...BUILT_IN_RULES.map((rule) => ({
    ...rule,
    isPreview: false,
    technique: 'comments',
    facts: "about Farthing's comments",
  })),
];
