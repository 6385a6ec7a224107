/**
 * Findings about Farthing's own comments. They have no call, so they are not `Rule`s; their severities are configured
 * in the same way.
 */
import type { Severity } from '@farthing/shared/vocabulary';

export interface BuiltInRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly documentation: string;
}

export const UNUSED_SUPPRESSION: BuiltInRule = {
  id: 'unused-suppression',
  summary: 'A comment suppresses a rule that finds nothing there.',
  severity: 'information',
  documentation: `
## What it does
Reports a \`farthing-ignore-next-line\`, \`farthing-ignore-line\` or \`farthing-ignore-file\` comment whose rule finds nothing
where the comment speaks, and a \`farthing: calls=...\` comment with no call below it. A rule that is off is not asked.

## Why is this bad
What the comment excused is gone. Left in place it will hide the next finding, which nobody has looked at.

## Use instead
Remove the comment, or move it to the line above the call.
`.trim(),
};

export const INVALID_COMMENT: BuiltInRule = {
  id: 'invalid-comment',
  summary: 'A comment to Farthing cannot be understood, names an unknown rule or gives no reason.',
  severity: 'warning',
  documentation: `
## What it does
Reports a comment that begins with \`farthing-\` or \`farthing:\` and is no directive, names no rule or an unknown one, or gives
no reason. A suppression without a reason still suppresses.

## Why is this bad
A misspelt suppression does nothing. One without a reason leaves the next reader to guess whether it still holds.

## Use instead
~~~ts
// farthing-ignore-next-line unbounded-output -- answers are capped by our proxy at 800 tokens
// farthing: calls=50k/month
~~~
`.trim(),
};

export const BUILT_IN_RULES: readonly BuiltInRule[] = [UNUSED_SUPPRESSION, INVALID_COMMENT];
