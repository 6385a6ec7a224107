/**
 * The structure of `farthing.config.json`. Every message says what is wrong with a value and what to write instead.
 */
import * as z from 'zod/mini';
import { PRESETS, UNSTATED_OUTPUT } from './config-defaults.ts';
import { POLICY_KEYS, policySchema } from './config-parts/policy-schema.ts';
import {
  choices,
  DESCRIPTIONS,
  described,
  isSelective,
  list,
  object,
  selector,
  show,
  text,
} from './config-parts/values.ts';
import { MAXIMUM_DOLLARS } from './money.ts';
import { RATES, type RateName } from './rates.ts';
import { FEES, PROVIDERS, SEVERITIES } from './vocabulary.ts';
import { parseVolume } from './volume.ts';

export const severitySchema = described(
  z.enum([...SEVERITIES, 'off'], {
    error: ({ input }) => `${show(input)} is not a severity. Use ${choices([...SEVERITIES, 'off'])}.`,
  }),
  'The severity of a rule, or "off".',
);

const dollars = described(
  z
    .number({
      error: ({ input }) => `${show(input)} is not a price. Use dollars per million tokens, or 0 for a free model.`,
    })
    .check(
      z.minimum(0, 'A price cannot be negative. Use dollars per million tokens.'),
      z.maximum(MAXIMUM_DOLLARS, `A price cannot exceed ${MAXIMUM_DOLLARS} dollars per million tokens.`),
    ),
  'Dollars per million tokens.',
);

const OPTIONAL_RATES = RATES.filter((rate) => rate !== 'input') as readonly Exclude<RateName, 'input'>[];

const provider = z.enum(PROVIDERS, {
  error: ({ input }) => `${show(input)} is not a provider. "farthing sdks" lists them.`,
});

const tokens = z
  .int({ error: ({ input }) => `${show(input)} is not a whole number of tokens.` })
  .check(
    z.minimum(0, 'A number of tokens cannot be negative.'),
    z.maximum(10_000_000, 'A number of tokens cannot exceed 10,000,000.'),
  );

const callsPerMonth = described(
  z
    .union([z.number(), z.string()], { error: ({ input }) => notAVolume(input) })
    .check(z.refine((value) => parseVolume(value) !== null, { error: ({ input }) => notAVolume(input) })),
  'Calls per month: 50000, "50k" or "2k/day".',
);

const volume = z.strictObject({ ...selector, callsPerMonth }, object).check(
  z.refine(isSelective, {
    error: 'This volume does not say which calls it is for. Add "path", "function" or "call".',
  }),
);

const share = z
  .number({ error: ({ input }) => `${show(input)} is not a share. Use a number above 0 and at most 1.` })
  .check(
    z.gt(0, 'A share must be above 0. Leave the model out if no call uses it.'),
    z.maximum(1, 'A share cannot exceed 1, which is every call.'),
  );

/** Shares are written by hand, with a few digits. */
const SHARE_TOLERANCE = 0.005;

const model = described(
  z
    .union(
      [
        text('a model id'),
        z.array(text('a model id')).check(z.minLength(1, 'The list is empty. Name a model.')),
        z.record(text('a model id'), share),
      ],
      {
        error: ({ input }) =>
          shareProblem(input) ??
          `${show(input)} is not a model. Use "model", ["one", "another"] or { "one": 0.3, "another": 0.7 }.`,
      },
    )
    .check(
      z.refine((value) => Math.abs(sharesOf(value) - 1) <= SHARE_TOLERANCE, {
        error: ({ input }) =>
          `The shares add up to ${Number(sharesOf(input as Shares).toFixed(3))}. They must add up to 1.`,
      }),
    ),
  'A model, a list of models that each may be used, or the share of calls that use each: { "one": 0.3, "another": 0.7 }.',
);

const declaredModel = z
  .strictObject(
    {
      ...selector,
      provider: z.optional(described(provider, 'Calls that this provider bills.')),
      model,
    },
    object,
  )
  .check(
    z.refine((value) => isSelective(value) || value.provider !== undefined, {
      error: 'This entry does not say which calls it is for. Add "path", "function", "call" or "provider".',
    }),
  );

const perUse = z
  .number({
    error: ({ input }) => `${show(input)} is not a fee. Use dollars per use, or 0 if it is free.`,
  })
  .check(
    z.minimum(0, 'A fee cannot be negative. Use dollars per use.'),
    z.maximum(MAXIMUM_DOLLARS, `A fee cannot exceed ${MAXIMUM_DOLLARS} dollars.`),
  );

const fees = z.strictObject(
  recordOf(FEES, () => z.optional(perUse)),
  object,
);

const price = z.strictObject(
  {
    model: described(text('a model id'), 'The exact id of the model.'),
    provider: z.optional(provider),
    ...recordOf(OPTIONAL_RATES, () => z.optional(dollars)),
    input: dollars,
    fees: z.optional(described(fees, 'Dollars per use, by kind: { "web-search": 0.01 }.')),
  },
  object,
);

const discount = z
  .strictObject(
    {
      provider: z.optional(provider),
      model: z.optional(described(text('a model id'), 'The exact id of the model.')),
      discount: described(
        z
          .number({ error: ({ input }) => `${show(input)} is not a fraction of the price. 0.15 is 15% off.` })
          .check(
            z.minimum(-1, 'A surcharge cannot be below -1.'),
            z.maximum(1, 'A discount cannot exceed 1, which is the full price.'),
          ),
        'A fraction of the list price: 0.15 is 15% off, -0.1 is 10% more.',
      ),
    },
    object,
  )
  .check(
    z.refine((value) => value.provider !== undefined || value.model !== undefined, {
      error: 'This discount does not say which prices it is for. Add "provider" or "model".',
    }),
  );

const output = z
  .strictObject({ low: z.optional(tokens), expected: z.optional(tokens), high: z.optional(tokens) }, object)
  .check(
    z.refine(
      (value) => {
        const { low, expected, high } = UNSTATED_OUTPUT;
        return (
          (value.low ?? low) <= (value.expected ?? expected) && (value.expected ?? expected) <= (value.high ?? high)
        );
      },
      { error: 'low, expected and high must be in ascending order (missing values use their defaults).' },
    ),
  );

const currency = z.strictObject(
  {
    code: described(
      z
        .string({ error: ({ input }) => `${show(input)} is not a currency, such as "EUR".` })
        .check(z.regex(/^[A-Z]{3}$/, { error: ({ input }) => `${show(input)} is not a currency, such as "EUR".` })),
      'As in ISO 4217: "EUR".',
    ),
    rate: described(
      z
        .number({ error: ({ input }) => `${show(input)} is not a rate. 0.92 is 0.92 for a dollar.` })
        .check(
          z.gt(0, { error: 'A rate must be above 0.' }),
          z.maximum(1_000_000, { error: 'A rate cannot exceed 1,000,000.' }),
        ),
      'Units of the currency for one dollar. It is never fetched.',
    ),
    asOf: z.optional(
      described(
        z.string({ error: notADay }).check(z.regex(/^20\d\d-\d\d-\d\d$/, { error: notADay })),
        'YYYY-MM-DD: when the rate was looked up.',
      ),
    ),
  },
  object,
);

function notADay({ input }: { readonly input?: unknown }): string {
  return `${show(input)} is not a date like 2026-11-29.`;
}

export const configSchema = z.strictObject(
  {
    $schema: z.optional(z.string()),
    extends: z.optional(
      described(
        z.enum(PRESETS, {
          error: ({ input }) => `${show(input)} is not a preset. Use ${choices(PRESETS)}.`,
        }),
        'The rules that run: those that are not in preview ("recommended", the default), the same with every finding a warning at least ("strict"), or every rule ("all").',
      ),
    ),
    rules: z.optional(described(z.record(z.string(), severitySchema, object), 'Severities by rule id.')),
    ignore: z.optional(described(z.array(text('a glob'), list('globs')), 'Globs of files to skip.')),
    volumes: z.optional(described(z.array(volume, list('volumes')), 'How often calls run. The first match applies.')),
    models: z.optional(
      described(
        z.array(declaredModel, list('models')),
        'The models of calls whose model is set at run time. The first match applies.',
      ),
    ),
    prices: z.optional(described(z.array(price, list('prices')), 'Your own prices. They override every price table.')),
    discounts: z.optional(
      described(z.array(discount, list('discounts')), 'Contract discounts on list prices. The first match applies.'),
    ),
    deployments: z.optional(
      described(z.record(z.string(), text('a model id'), object), 'Model ids by deployment name.'),
    ),
    priceTable: z.optional(
      described(text('a path'), 'A newer price table: a file, relative to this one. docs/prices.md describes it.'),
    ),
    baseUrls: z.optional(
      described(z.record(z.string(), provider, object), 'The provider that is billed for each host.'),
    ),
    output: z.optional(described(output, 'Output tokens of a call without an output limit.')),
    policy: z.optional(described(policySchema, 'What a change may cost, and which models calls may use.')),
    currency: z.optional(described(currency, 'The currency in which amounts are shown, at a rate that you state.')),
  },
  object,
);

/** The keys that are allowed in an entry of a section, by its path without the places in lists. */
export const ENTRY_KEYS: Readonly<Record<string, readonly string[]>> = {
  volumes: Object.keys(volume.shape),
  models: Object.keys(declaredModel.shape),
  prices: Object.keys(price.shape),
  discounts: Object.keys(discount.shape),
  output: Object.keys(output.shape),
  ...POLICY_KEYS,
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

type Shares = string | readonly string[] | Readonly<Record<string, number>>;

/** 1 where no shares are given. */
function sharesOf(value: Shares): number {
  if (typeof value === 'string' || Array.isArray(value)) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + part, 0);
}

/** A union says only that nothing fitted: the first share that is wrong says why. */
function shareProblem(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const issues = Object.values(input).flatMap((value) => share.safeParse(value).error?.issues ?? []);
  return issues[0]?.message ?? null;
}

function recordOf<Name extends string, Schema>(names: readonly Name[], make: () => Schema): Record<Name, Schema> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, Schema>;
}

function notAVolume(input: unknown): string {
  return `${show(input)} is not a number of calls per month. Use a number, "50k" or "2k/day".`;
}
