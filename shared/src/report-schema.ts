/**
 * The JSON schema of `farthing scan --format json`, for `farthing-report.schema.json`. It allows fields that it does not
 * know, so that what reads a report goes on working when a later version adds one.
 */
import { spreadSchema, tokensSchema } from './measured/measured-schema.ts';
import {
  amount,
  count,
  list,
  name,
  object,
  orNull,
  type Properties,
  reference,
  type Schema,
  text,
  truth,
} from './schema-parts.ts';
import { UNITS } from './units.ts';
import {
  APIS,
  BASES,
  CONFIDENCES,
  FAMILIES,
  FEES,
  MEDIA_KINDS,
  MODEL_DECIDERS,
  MODEL_SOURCES,
  PROVIDERS,
  REACHED_FROM,
  SDKS,
  SECTION_ROLES,
  SEVERITIES,
  STABILITIES,
} from './vocabulary.ts';

const RANGE: Properties = {
  low: amount('The lowest that it may be.'),
  expected: amount('What to expect.'),
  high: amount('The highest that it may be.'),
  basis: name(BASES, 'What the figure rests on. With "unknown", all three are a lower bound.'),
};

const POSITION: Properties = {
  path: text('POSIX, relative to `root`; absolute if the file is outside.'),
  cell: orNull(count('Index over all cells of a notebook, from 0. Lines then count inside the cell.')),
  line: count('From 1.', 1),
  column: count('In UTF-16 units, from 1.', 1),
  endLine: count('From 1.', 1),
  endColumn: count('The first column after it, from 1.', 1),
};

const HOP: Properties = {
  path: text('As in positions.'),
  line: count('From 1.', 1),
  function: orNull(text('The qualified function that the call stands in; null at module level.')),
};

const price = object({
  input: orNull(amount('Dollars per million tokens.')),
  output: orNull(amount('Dollars per million tokens.')),
});

const alternative = object({
  name: text("The model's name."),
  provider: name(PROVIDERS, 'The provider that is paid if the call uses this model.'),
  decidedBy: name(MODEL_DECIDERS, 'What decides whether the call uses this model.'),
  where: {
    ...orNull(object({ path: HOP.path as Schema, line: HOP.line as Schema })),
    description: 'Where the name is written.',
  },
  share: orNull({ ...amount('The declared share of calls that use it.'), maximum: 1 }),
  price: { ...orNull(price), description: 'Null if the model is in no price table.' },
  perCall: { ...orNull(reference('range')), description: 'Dollars, as `cost.perCall` of a call that surely uses it.' },
});

const model = object({
  value: orNull(text('Set only if the model is certain.')),
  source: name(MODEL_SOURCES, 'Where the name comes from.'),
  hint: orNull(text('The default that applies unless something else is said.')),
  alternatives: list(
    alternative,
    'Every model that the call may use, as far as code, settings or configuration name them.',
  ),
  open: truth('True if the model may be one that is not among the alternatives.'),
});

const request = object({ ...HOP, call: orNull(text('The id of the request in this report.')) });

const calledFrom = object({
  count: count('How many feature calls may lead to the request.', 1),
  perCall: {
    ...orNull(reference('range')),
    description: 'Dollars: the range over their costs, as far as these are known.',
  },
});

const loop = object({
  lexical: name(
    ['none', 'for', 'while', 'map', 'gather', 'comprehension'],
    'What repeats the call in its own function.',
  ),
  purpose: orNull(name(['items', 'retry', 'agent', 'poll'], 'What the loop is for, or that of a caller.')),
  viaCaller: truth('True if a caller of the enclosing function repeats it.'),
});

const section = object({
  role: name(SECTION_ROLES, 'What the text is to the model.'),
  stability: name(STABILITIES, 'The least stable of its parts: "volatile" changes at every call.'),
  ...RANGE,
});

const medium = object({ kind: name(MEDIA_KINDS, 'What it is.'), ...RANGE });

const measuredModel = object({
  provider: name(PROVIDERS, 'The provider that was paid.'),
  model: text('As requested.'),
  answered: count('Calls that it answered.'),
  priced: count('Those of them whose cost is known.'),
  cost: amount('Dollars for these.'),
});

const spread = (description: string): Schema => ({ ...orNull(reference('spread')), description });

const measured = object({
  revision: orNull(text('The commit that ran; null if unknown.')),
  changedLines: orNull(count('How many lines of the call have changed since; null if unknown.')),
  isOtherModel: truth(
    'True if the code now names another model than answered: the cost of a call is then computed, not measured.',
  ),
  from: orNull(text('When the first call began. ISO 8601.')),
  to: orNull(text('When the last call began. ISO 8601.')),
  calls: count('All calls: the sum of the three that follow.'),
  answered: count('Answered by the provider.'),
  reused: count('Answered by an earlier answer.'),
  failed: count('Without an answer.'),
  priced: count('The answered calls whose cost is known.'),
  cost: amount('Dollars for all of these.'),
  callsPerDay: orNull(amount('Over all revisions; null if the time is too short to tell.')),
  tokens: tokensSchema,
  perCall: object({
    cost: spread('Dollars.'),
    input: spread('Tokens.'),
    output: spread('Tokens.'),
    latency: spread('Milliseconds.'),
  }),
  models: list(measuredModel, 'The models that answered.'),
  predicted: object(
    {
      input: reference('range'),
      output: reference('range'),
      perRequest: { ...orNull(reference('range')), description: 'Dollars.' },
    },
    'What the code alone says.',
  ),
});

const unjoined = object({
  calls: count('How many.'),
  cost: amount('Dollars for those whose cost is known.'),
  models: list(measuredModel, 'The models that answered them.'),
  places: list(
    object({
      path: text('As it was recorded.'),
      line: orNull(count('From 1.')),
      column: orNull(count('From 1.')),
      function: orNull(text('The function around the call.')),
      revision: orNull(text('The commit that ran.')),
      calls: count('How many.'),
    }),
    'Where calls were recorded and the code has none.',
  ),
});

export const callSchema = object({
  id: text('The same as long as the call keeps its file, its function and its place among equal calls.'),
  ...POSITION,
  function: orNull(text('The qualified function around the call; null at module level.')),
  isTest: truth('True in tests and evaluations: such a call is in no total, unless `includesTests`.'),
  via: list(
    reference('hop'),
    "Of a feature call, a call of the project's own function that decides what a request says: the calls from it down to the request, which is the last. Empty if this is the request itself.",
  ),
  leadsTo: list(
    request,
    'Of a feature call: every request that it was found to lead to, the one at the end of `via` first. Empty for a request.',
  ),
  leadsToMore: truth('True if a feature call may lead to further requests, which were not followed.'),
  receiver: name(
    ['known', 'assumed'],
    '"assumed" if a method on the way to the request was found by its name alone, because nothing says what its object is.',
  ),
  calledFrom: {
    ...orNull(calledFrom),
    description:
      'Of a request: the feature calls that may lead to it. Its cost is in theirs: a sum takes one or the other. Null if none leads to it.',
  },
  sdk: name(SDKS, 'The library of the call.'),
  provider: name(PROVIDERS, 'The provider that is paid.'),
  api: name(APIS, 'The API of the request.'),
  family: name(FAMILIES, 'The kind of model.'),
  model,
  outputLimit: object({
    state: name(['present', 'absent', 'unknown'], 'Whether the call limits its output.'),
    tokens: orNull(count('The limit.')),
  }),
  system: name(['static', 'dynamic', 'none', 'unknown'], 'The system prompt.'),
  cache: truth("True if the prompt is marked for the provider's cache."),
  streaming: {
    enum: [true, false, 'parameter'],
    description: 'Whether the answer is streamed; "parameter" if a caller decides.',
  },
  structured: truth('True if a schema or a JSON mode constrains the answer.'),
  loop,
  reachedFrom: name(
    REACHED_FROM,
    'What the call is reached from: a handler of requests, a job, a program that someone starts, a test, an example, a user interface. Where several lead to it, the one at which someone waits.',
  ),
  multiplier: {
    ...orNull(object({ ...RANGE, formula: text('The factors, from the request outwards.') })),
    description:
      'How many requests one run of the code around the call makes: loops, retries, steps of an agent. With the basis "unknown", a lower bound. Null if nothing multiplies the call.',
  },
  tokens: object({
    input: reference('range'),
    output: reference('range'),
    sections: list(section, 'The parts of the prompt, in the order in which the provider reads them.'),
  }),
  aboveContext: {
    ...orNull(count("The model's context, in tokens.")),
    description: "The model's context if the prompt is certainly larger: the call fails, and has no cost.",
  },
  providerTools: list(
    object({
      name: orNull(text('The tool, as the request names it.')),
      fee: { ...orNull(name(FEES, 'The kind of use that is billed.')), description: 'The kind of use that is billed.' },
      perUse: orNull(amount('Dollars per use; null if unknown.')),
      maxUses: orNull(count('The limit in the request.')),
    }),
    'Tools that run at the provider. No cost includes their fees, nor the tokens of what they find.',
  ),
  media: list(medium, 'Input that is not text, in tokens.'),
  cost: object({
    perCall: {
      ...orNull(reference('range')),
      description: 'Dollars. Null if unknown; with the basis "unknown", a lower bound that is in no sum.',
    },
    perMonth: { ...orNull(reference('range')), description: 'Dollars, where the volume is declared or measured.' },
    perStep: {
      ...orNull(reference('range')),
      description: 'Dollars. Of an agent: one of its requests, each of which is sent what the earlier ones left.',
    },
    perRun: {
      ...orNull(reference('range')),
      description:
        'Dollars for one run of the code around the call: `perCall` or `perStep` times `multiplier`. Null if nothing multiplies it.',
    },
    units: {
      ...orNull(
        object({
          unit: name(UNITS, 'What is counted.'),
          price: {
            ...orNull(reference('range')),
            description: 'Dollars per unit: a range where the request leaves open what it depends on. Null if unknown.',
          },
          count: {
            ...orNull(reference('range')),
            description: 'How many one request makes or sends. Null if only the run knows.',
          },
        }),
      ),
      description: 'What is bought by the piece: images, seconds, characters, pages. Null where tokens are billed.',
    },
    currency: { const: 'USD' },
  }),
  measured: {
    ...orNull(measured),
    description:
      'What was measured when the application ran, of its latest revision. Tokens, cost and volume of the call rest on it. Null if nothing was measured.',
  },
});

export const diagnosticSchema = object({
  rule: text('As `farthing explain` lists it.'),
  severity: name(SEVERITIES, 'The severity, as configured.'),
  confidence: name(CONFIDENCES, '`likely` where the call, or the model that the finding rests on, is not certain.'),
  message: text('What is wrong, why, and what to do.'),
  saving: {
    ...orNull(reference('range')),
    description: 'Dollars that one call costs less once the finding is fixed. Null if that is nothing or unknown.',
  },
  ...POSITION,
  call: orNull(text("The call's id; null for a finding about a comment.")),
  fix: name(['safe', 'suggested', 'none'], 'The best fix that can be applied.'),
  url: text('The document of the rule.'),
});

export const pricesSchema = object({
  source: text('The price tables.'),
  date: text('The date of the newest.'),
});

export const problemsSchema = list(
  object({ path: text('As in positions.'), message: text('What could not be read, parsed or followed.') }),
  'What is missing from the report, and why.',
);

/** What the schemas of calls and findings refer to. */
export const REPORT_DEFINITIONS = { range: object(RANGE), hop: object(HOP), spread: spreadSchema };

export function reportJsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Report of `farthing scan --format json`, schema 2',
    ...object({
      version: { const: 2 },
      root: text('The folder that paths are relative to.'),
      prices: pricesSchema,
      includesTests: truth('True if calls in tests count like others: they have findings, and are in totals.'),
      calls: list(callSchema, 'Requests and feature calls, by path and position.'),
      diagnostics: list(diagnosticSchema, 'Findings, by path and position.'),
      stats: object({
        files: count('Files that were looked at.'),
        parsed: count('Files that were parsed.'),
        bytes: count('Bytes that were looked at.'),
        milliseconds: amount('Time that the scan took.'),
      }),
      problems: problemsSchema,
      unjoined: {
        ...orNull(unjoined),
        description: 'Measured calls that belong to none of the project. Null if nothing was measured, or if all do.',
      },
    }),
    definitions: REPORT_DEFINITIONS,
  };
}
