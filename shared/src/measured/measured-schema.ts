/** The JSON schema of `.farthing/measured.json`, for `farthing-measured.schema.json`. */
import { count, list, name, object, orNull, reference, type Schema, text, truth } from '../schema-parts.ts';
import { PROVIDERS } from '../vocabulary.ts';

const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
const hash = (description: string): Schema => ({ type: 'string', pattern: '^[0-9a-f]{12}$', description });

const place = object({
  path: text('As the source of the figures has it.'),
  line: orNull(count('From 1.', 1)),
  column: orNull(count('From 1.', 1)),
  function: orNull(text('The function around the call.')),
});

export const tokensSchema = object(
  {
    input: count('Includes cache reads and writes.'),
    cachedInput: count("Read from the provider's cache."),
    cacheWrite: count("Written to the provider's cache."),
    cacheWriteLong: count('Written to it for the longer of two lifetimes.'),
    output: count('Includes reasoning.'),
    reasoning: count('Of the output.'),
  },
  'Sums over the answered calls.',
);

export const spreadSchema = object(
  {
    p5: { type: 'number', minimum: 0, description: 'A twentieth of the calls is below it.' },
    p50: { type: 'number', minimum: 0, description: 'The median.' },
    p95: { type: 'number', minimum: 0, description: 'A twentieth of the calls is above it.' },
    p99: { type: 'number', minimum: 0, description: 'A hundredth of the calls is above it.' },
    max: { type: 'number', minimum: 0, description: 'The largest.' },
  },
  'How a figure varies between calls, within 1%.',
);

const spread = (description: string): Schema => ({ ...orNull(reference('spread')), description });

const model = object({
  provider: name(PROVIDERS, 'The provider that was paid.'),
  model: text('As requested; as the provider answered where the request names none.'),
  answered: count('Calls that it answered.'),
  priced: count('Those of them whose cost is known.'),
  cost: count('Nano-dollars for these.'),
  input: count('Tokens.'),
  output: count('Tokens.'),
});

const site = object({
  call: { ...orNull(hash('')), description: "The call's id; null where no call of the code was found for it." },
  isFeature: truth(
    'True for a call that led to requests: the same calls and the same money as in the sites of these, so that no sum may count them again.',
  ),
  place: { ...orNull(place), description: 'Where the source of the figures says that the call is.' },
  revision: orNull({ type: 'string', pattern: '^[0-9a-f]{7,64}$', description: 'The commit of the code that ran.' }),
  lines: list(hash('Of one line.'), 'A hash of each line of the call as it was measured. Empty if unknown.'),
  from: orNull(time('When the first call began.')),
  to: orNull(time('When the last call began.')),
  calls: count('All calls: the sum of the three that follow.'),
  answered: count('Answered by the provider.'),
  reused: count('Answered by an earlier answer.'),
  failed: count('Without an answer.'),
  priced: count('The answered calls whose cost is known.'),
  cost: count('Nano-dollars for all of these.'),
  tokens: tokensSchema,
  perCall: object({
    cost: spread('Nano-dollars.'),
    input: spread('Tokens.'),
    output: spread('Tokens.'),
    latency: spread('Milliseconds.'),
  }),
  models: list(model, 'The models that answered.'),
});

export function measuredJsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'What `farthing measure import` writes to `.farthing/measured.json`, schema 1',
    ...object({
      version: { const: 1 },
      imported: time('When the file was written.'),
      prices: object({
        source: text('The table by which costs were computed.'),
        date: text('Its date.'),
      }),
      sites: list(site, 'One entry for each call site and revision; one without a place for all other calls.'),
    }),
    definitions: { spread: spreadSchema },
  };
}
