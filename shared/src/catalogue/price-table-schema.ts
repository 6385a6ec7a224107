/** The JSON schema of a price table in our own form, for `farthing-prices.schema.json`: what `readPriceTable` takes. */
import { MAXIMUM_DOLLARS } from '../money.ts';
import { RATES, SEARCH_CONTEXTS } from '../rates.ts';
import { FEES, PROVIDERS } from '../vocabulary.ts';

type Properties = Readonly<Record<string, object>>;

const text = (description: string) => ({ type: 'string', minLength: 1, description });
const count = (description: string) => ({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });
const list = (items: object, description: string) => ({ type: 'array', items, description });
const day = (description: string) => ({ type: 'string', pattern: '^20\\d\\d-\\d\\d-\\d\\d$', description });
const time = (description: string) => ({ type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d', description });
const dollars = (description: string) => ({ type: 'number', minimum: 0, maximum: MAXIMUM_DOLLARS, description });

function object(properties: Properties, required: readonly string[] = []): object {
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

function each(names: readonly string[], value: object): Properties {
  return Object.fromEntries(names.map((name) => [name, value]));
}

const rates = each(RATES, dollars('Dollars per million tokens.'));

const fee = {
  anyOf: [
    dollars('Dollars for one use.'),
    object(each(SEARCH_CONTEXTS, dollars('Dollars for one use, by search context.')), SEARCH_CONTEXTS),
  ],
};

const step = object({ above: count('Input tokens above which these rates hold, for the whole request.'), ...rates }, [
  'above',
]);

const hours = object(
  {
    from: time('HH:MM in UTC.'),
    to: time('HH:MM in UTC: the first minute after. A part of the day may run past midnight.'),
    weekdays: { type: 'boolean', description: 'True limits them to Monday to Friday.' },
    ...rates,
  },
  ['from', 'to'],
);

const model = object(
  {
    provider: { enum: PROVIDERS, description: 'As `farthing sdks` lists it.' },
    model: text('The exact id.'),
    aliases: list(text('Another id of the model.'), 'Other ids of the model.'),
    context: count('Tokens that a prompt and its answer may have together.'),
    from: day('The first day of these prices. Several entries of one model are its prices by date.'),
    until: day('Their last day.'),
    ...rates,
    steps: list(step, 'Rates for long prompts.'),
    hours: list(hours, 'Rates for parts of the day.'),
    fees: { ...object(each(FEES, fee)), description: 'Fees by use.' },
  },
  ['provider', 'model'],
);

export function priceTableJsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Price table for Farthing',
    ...object(
      {
        $schema: { type: 'string' },
        date: day('When the prices were checked. Default: the date of the file.'),
        models: list(model, 'Models and their prices, which stand above the built-in ones.'),
      },
      ['models'],
    ),
  };
}
