/** The shape of `farthing.config.json`. Every message says what is wrong with the value and what to write instead. */
import * as z from 'zod/mini';
import { DEFAULT_CONFIG } from './config-defaults.ts';
import { MAXIMUM_DOLLARS } from './money.ts';
import { PROVIDERS, SEVERITIES } from './vocabulary.ts';
import { parseVolume } from './volume.ts';

/** What published schemas and messages say of each value. */
const DESCRIPTIONS = z.registry<{ description: string }>();

export const severitySchema = described(
  z.enum([...SEVERITIES, 'off'], {
    error: ({ input }) => `${show(input)} is not a severity. Use ${choices([...SEVERITIES, 'off'])}.`,
  }),
  'The severity of a rule, or "off".',
);

const text = (what: string) =>
  z
    .string({ error: ({ input }) => `${show(input)} is not ${what}. Write it in quotes.` })
    .check(z.minLength(1, `"" is not ${what}. Leave it out or fill it in.`));

const dollars = described(
  z
    .number({
      error: ({ input }) =>
        `${show(input)} is not a price. Use dollars per million tokens, 0 for a model that costs nothing.`,
    })
    .check(
      z.minimum(0, 'A price is not negative. Use dollars per million tokens.'),
      z.maximum(MAXIMUM_DOLLARS, `A price is at most ${MAXIMUM_DOLLARS} dollars per million tokens.`),
    ),
  'Dollars per million tokens.',
);

const provider = z.enum(PROVIDERS, {
  error: ({ input }) => `${show(input)} is not a provider. "farthing sdks" lists them.`,
});

const tokens = z
  .int({ error: ({ input }) => `${show(input)} is not a whole number of tokens.` })
  .check(
    z.minimum(0, 'A number of tokens is not negative.'),
    z.maximum(10_000_000, 'No model answers with more than 10,000,000 tokens.'),
  );

const callsPerMonth = described(
  z
    .union([z.number(), z.string()], { error: ({ input }) => notAVolume(input) })
    .check(z.refine((value) => parseVolume(value) !== null, { error: ({ input }) => notAVolume(input) })),
  'Calls per month: 50000, "50k" or "2k/day".',
);

const list = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `${show(input)} is not a list of ${what}. Use [ ... ].`,
});
const object = { error: ({ input }: { input?: unknown }) => `${show(input)} is not an object. Use { ... }.` };

const volume = z
  .strictObject(
    {
      path: z.optional(described(text('a glob'), 'Calls in files that match this glob.')),
      function: z.optional(
        described(text('a function name'), 'Calls in this qualified function, such as "Support.answer".'),
      ),
      call: z.optional(described(text('a call id'), 'The call with this id, as in the JSON report.')),
      callsPerMonth,
    },
    object,
  )
  .check(
    z.refine((value) => value.path !== undefined || value.function !== undefined || value.call !== undefined, {
      error: 'This volume says for no call that it holds. Add "path", "function" or "call".',
    }),
  );

const price = z.strictObject(
  {
    model: described(text('a model id'), 'The exact id of the model.'),
    provider: z.optional(provider),
    input: dollars,
    output: z.optional(dollars),
    cacheRead: z.optional(dollars),
    cacheWrite: z.optional(dollars),
  },
  object,
);

const output = z
  .strictObject({ low: z.optional(tokens), expected: z.optional(tokens), high: z.optional(tokens) }, object)
  .check(
    z.refine(
      (value) => {
        const { low, expected, high } = DEFAULT_CONFIG.output;
        return (
          (value.low ?? low) <= (value.expected ?? expected) && (value.expected ?? expected) <= (value.high ?? high)
        );
      },
      { error: 'low, expected and high are not in this order (what is missing has its default).' },
    ),
  );

export const configSchema = z.strictObject(
  {
    $schema: z.optional(z.string()),
    rules: z.optional(described(z.record(z.string(), severitySchema, object), 'Severities by rule id.')),
    ignore: z.optional(described(z.array(text('a glob'), list('globs')), 'Globs of files to leave out.')),
    volumes: z.optional(
      described(z.array(volume, list('volumes')), 'How often calls run; the first that matches holds.'),
    ),
    prices: z.optional(described(z.array(price, list('prices')), 'Your own prices, above every price table.')),
    baseUrls: z.optional(described(z.record(z.string(), provider, object), 'Which provider is paid at a host.')),
    output: z.optional(described(output, 'Tokens of an answer whose length nothing in the code limits.')),
  },
  object,
);

/** The keys that may stand in an entry of a section. */
export const ENTRY_KEYS: Readonly<Record<string, readonly string[]>> = {
  volumes: Object.keys(volume.shape),
  prices: Object.keys(price.shape),
  output: Object.keys(output.shape),
};

export interface RuleDescription {
  readonly id: string;
  readonly summary: string;
  readonly severity: string;
}

/** The JSON schema of the configuration file, for `farthing.schema.json`. With `rules`, each is listed with its default. */
export function configJsonSchema(rules: readonly RuleDescription[] = []): object {
  const schema = z.toJSONSchema(configSchema, { metadata: DESCRIPTIONS, io: 'input' });
  const ruleSchema = schema.properties?.rules;
  if (typeof ruleSchema === 'object' && rules.length > 0) {
    ruleSchema.properties = Object.fromEntries(
      rules.map(({ id, summary, severity }) => [
        id,
        { description: summary, default: severity, type: 'string', enum: [...SEVERITIES, 'off'] },
      ]),
    );
    ruleSchema.additionalProperties = false;
    delete ruleSchema.propertyNames;
  }
  return { ...schema, title: 'Farthing configuration' };
}

function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  DESCRIPTIONS.add(schema, { description });
  return schema;
}

function notAVolume(input: unknown): string {
  return `${show(input)} is not a number of calls per month. Use a number, "50k" or "2k/day".`;
}

/** A value as it would be written in the file, short. */
function show(value: unknown): string {
  if (value === undefined) return 'A missing value';
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 60 ? `${written.slice(0, 57)}...` : written;
}

function choices(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
