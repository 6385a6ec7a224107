/** The JSON schema of `farthing plan --format json`, for `farthing-plan.schema.json`. */
import { pricesSchema, REPORT_DEFINITIONS } from '../report-schema.ts';
import { amount, count, list, name, object, orNull, reference, type Schema, text } from '../schema-parts.ts';
import { EFFORTS, PHASES, TECHNIQUES } from './plan.ts';

const amounts = object(
  {
    perMonth: { ...orNull(reference('range')), description: 'Of the calls whose volume is declared or measured.' },
    perThousand: { ...orNull(reference('range')), description: 'For 1,000 calls of each of the others.' },
  },
  'Dollars. The two are never added up.',
);

const place = object({
  call: text("The call's id in the report."),
  path: text('Relative to `root`.'),
  line: count('From 1.', 1),
  function: orNull(text('Null at module level.')),
  model: orNull(text('The model that the step asks instead; null where it names none.')),
  saving: amounts,
});

const step = object({
  technique: name(TECHNIQUES, 'In the order in which they are applied.'),
  title: text('What to do.'),
  effort: name(EFFORTS, 'How long it takes.'),
  risk: text('What may become worse.'),
  rules: list(text('The id of a rule.'), 'Whose findings it mends.'),
  saving: {
    ...orNull(amounts),
    description: 'After all steps before it; null where it depends on a share that nobody has stated.',
  },
  perTenth: { ...orNull(amounts), description: 'What each tenth of the calls would save; null where it reaches all.' },
  share: { ...orNull(amount('From 0 to 1.')), description: 'The stated share of calls that it reaches.' },
  calls: count('How many calls it is about.'),
  places: list(place, 'The largest saving first.'),
  how: list(text('A command, a setting or a document.'), 'The first step first.'),
  note: orNull(text('What the figure rests on, or what would make it known.')),
});

const total: Schema = orNull(
  object({
    calls: count('In this sum.'),
    today: reference('range'),
    saving: reference('range'),
    after: reference('range'),
  }),
);

export function planJsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A plan of what can be saved, by farthing plan --format json',
    ...object({
      version: { const: 1 },
      root: text('The absolute path of the folder.'),
      prices: pricesSchema,
      perMonth: { ...total, description: 'Dollars a month, of the calls whose volume is declared or measured.' },
      perThousand: { ...total, description: 'Dollars for 1,000 calls of each of the others.' },
      unpriced: count('Calls that are in no figure, because a part of their cost is not known.'),
      phases: list(
        object({ name: name(PHASES, 'When to take it up.'), steps: list(step, 'The largest saving first.') }),
        'The least effort first.',
      ),
    }),
    definitions: { range: REPORT_DEFINITIONS.range },
  };
}
