/** The JSON schema of `farthing diff --format json`, for `farthing-diff.schema.json`. */
import { DIFF_CAUSES, DIFF_EFFECTS, DIFF_KINDS, VERDICTS } from './diff-report.ts';
import { callSchema, diagnosticSchema, pricesSchema, problemsSchema, REPORT_DEFINITIONS } from './report-schema.ts';
import { count, list, name, object, orNull, reference, type Schema, text, truth } from './schema-parts.ts';

const signed = (description: string): Schema => ({ type: 'number', description });

const change = {
  perCall: {
    ...orNull(reference('amount')),
    description: 'Of one request; of an agent, one of its steps. Null if either revision has no such figure.',
  },
  perRun: {
    ...orNull(reference('amount')),
    description: 'Of one run of the code around the call, with its loops and retries.',
  },
  perMonth: { ...orNull(reference('amount')), description: 'Where the volume is declared or measured.' },
};

const cause = object({
  causes: list(
    name(DIFF_CAUSES, 'A part of the request.'),
    'Several where the cost between them is not known, so that they cannot be told apart.',
  ),
  text: text('What changed, in words.'),
  tokens: object({ input: signed('Tokens of the input, as expected.'), output: signed('Tokens of the answer.') }),
  ...change,
});

const missing = object({
  side: name(['base', 'head', 'both'], 'The revision that has no price.'),
  what: text('Why it has none.'),
  remedy: text('How to supply it.'),
});

const call = object({
  kind: name(DIFF_KINDS, 'What became of the call.'),
  movedFrom: orNull(text('Where it was before, if it has moved to another file or function.')),
  base: { ...orNull(reference('call')), description: 'The call before; null if it was added.' },
  head: { ...orNull(reference('call')), description: 'The call now; null if it was removed.' },
  change: object(change, 'Of a call that was added or removed, its whole cost.'),
  causes: list(cause, 'In the order in which the change is taken apart. Their amounts add up to the change.'),
  missing: list(missing, 'What keeps the change from being priced. Empty if it is.'),
});

const revision = object({
  name: text('As the command line named it.'),
  commit: orNull(text('Null for the working tree, a patch and a folder.')),
});

const reason = object({
  effect: name(DIFF_EFFECTS, 'What it does to the verdict; "allowed" by an exception or by a reviewer.'),
  rule: text('The rule of the finding, or the part of the policy.'),
  text: text('What is wrong, in words.'),
  message: orNull(text('What the policy tells readers besides.')),
  code: orNull(text('By which a reviewer dismisses or snoozes it.')),
  call: orNull(text('The id of the call; null where it is not about one call.')),
  path: text('The file, or the configuration.'),
  line: orNull(count('Null for a file as a whole.', 1)),
});

const month = { ...orNull(reference('range')), description: 'Dollars, with no request counted twice.' };

export function diffJsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Report of `farthing diff --format json`, schema 1',
    ...object({
      verdict: object(
        {
          result: name(VERDICTS, 'FAIL if anything blocks, WARN if anything warns.'),
          reasons: list(reason, 'Those that block first, then those that warn.'),
        },
        'What the policy and --fail-on say of the change.',
      ),
      version: { const: 1 },
      root: text('The folder that paths are relative to.'),
      base: revision,
      head: revision,
      prices: pricesSchema,
      includesTests: truth('True if calls in tests count like others: they have findings, and are in totals.'),
      summary: object({
        changed: count('Calls that are there in both revisions, and differ.'),
        added: count('Calls that only the new revision has.'),
        removed: count('Calls that only the old revision has.'),
        unchanged: count('All others.'),
        unpriced: count('Of those that differ, the calls whose change in cost is not known.'),
        perMonth: {
          ...orNull(object({ base: month, head: month, change: reference('amount') })),
          description: 'Of all calls whose volume is known. Null if there are none.',
        },
      }),
      calls: list(call, 'The calls that differ, the largest changes first.'),
      findings: object({
        new: list(reference('finding'), 'Findings that the old revision does not have.'),
        gone: list(reference('finding'), 'Findings that only the old revision has.'),
      }),
      problems: problemsSchema,
    }),
    definitions: {
      ...REPORT_DEFINITIONS,
      call: callSchema,
      finding: diagnosticSchema,
      amount: object(
        {
          low: signed('The change of the lower bound.'),
          expected: signed('The change of what to expect.'),
          high: signed('The change of the upper bound.'),
        },
        'Dollars, in whole nano-dollars: multiplied by a billion and rounded, amounts add up exactly.',
      ),
    },
  };
}
