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
  summary: 'A comment suppresses a rule that finds nothing there, or its term is over.',
  severity: 'information',
  documentation: `
## What it does
Reports a \`farthing-ignore-next-line\`, \`farthing-ignore-line\` or \`farthing-ignore-file\` comment whose rule finds nothing
there, whose last day (\`until 2027-03-31\`) is over, or whose call has changed (\`until changed:3fa2c1d0\`), and a
\`farthing: calls=...\` comment without a call below it. Comments about rules that are off are not reported.

## Why is this bad
The finding that the comment suppressed is gone. Left in place, the comment would hide the next one before anyone has seen it.

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
Reports a comment that begins with \`farthing-\` or \`farthing:\` but is not a directive, names no rule or an unknown one, or
gives no reason. A suppression without a reason still suppresses.

## Why is this bad
A misspelt suppression does nothing. Without a reason, the next reader has to guess whether it still applies.

## Use instead
~~~ts
// farthing-ignore-next-line unbounded-output -- answers are capped by our proxy at 800 tokens
// farthing-ignore-next-line retired-model until 2027-03-31 -- the customer moves in March
// farthing: calls=50k/month
~~~
`.trim(),
};

export const BUILT_IN_RULES: readonly BuiltInRule[] = [UNUSED_SUPPRESSION, INVALID_COMMENT];
