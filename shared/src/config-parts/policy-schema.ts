/** The structure of `policy` in `farthing.config.json`. */
import * as z from 'zod/mini';
import { MAXIMUM_DOLLARS, nanoDollars } from '../money.ts';
import {
  type ChangeCap,
  type ChangeLimit,
  type Enforcement,
  POLICY_LIMITS,
  POLICY_MODES,
  type Policy,
} from './policy.ts';
import { choices, described, isSelective, list, object, selector, show, text } from './values.ts';

const mode = described(
  z.enum(POLICY_MODES, { error: ({ input }) => `${show(input)} is not a mode. Use ${choices(POLICY_MODES)}.` }),
  '"block" (default): what certainly breaks the policy fails the run. "advise": it is only a warning.',
);
const message = described(text('a message'), 'What readers are told besides, such as whom to ask.');
const enforcement = { mode: z.optional(mode), message: z.optional(message) };

const amount = z
  .number({ error: ({ input }) => `${show(input)} is not an amount. Use dollars, such as 0.02.` })
  .check(
    z.minimum(0, 'An amount cannot be negative. "decrease" limits how much cheaper calls may get.'),
    z.maximum(MAXIMUM_DOLLARS, `An amount cannot exceed ${MAXIMUM_DOLLARS} dollars.`),
  );

const PERCENT = /^(\d{1,6}(?:\.\d{1,4})?)\s*%$/;

const amountOrPercent = z
  .union([z.number(), z.string()], { error: ({ input }) => notALimit(input) })
  .check(z.refine((value) => toLimit(value) !== null, { error: ({ input }) => notALimit(input) }));

const changeCap = z
  .strictObject(
    {
      perCall: z.optional(described(amountOrPercent, 'Of each call: dollars, or a percentage such as "20%".')),
      perMonth: z.optional(described(amountOrPercent, 'Of the calls together: dollars, or a percentage.')),
    },
    object,
  )
  .check(
    z.refine(({ perCall, perMonth }) => perCall !== undefined || perMonth !== undefined, {
      error: 'This limit has no amount. Add "perCall" or "perMonth".',
    }),
  );

const cap = z
  .strictObject(
    {
      ...selector,
      perCall: z.optional(described(amount, 'Dollars that one call may cost.')),
      perMonth: z.optional(described(amount, 'Dollars that the calls together may cost in a month.')),
      increase: z.optional(described(changeCap, 'How much more a change may make calls cost.')),
      decrease: z.optional(described(changeCap, 'How much less: a large drop may be a prompt that got lost.')),
      ...enforcement,
    },
    object,
  )
  .check(
    z.refine(
      (value) => [value.perCall, value.perMonth, value.increase, value.decrease].some((limit) => limit !== undefined),
      { error: 'This cap has no limit. Add "perCall", "perMonth", "increase" or "decrease".' },
    ),
  );

const names = (what: string) =>
  z.array(text('a model id'), list('models')).check(z.minLength(1, `The list is empty. Name ${what}.`));

const modelLimit = z
  .strictObject(
    {
      ...selector,
      allow: z.optional(described(names('a model that calls may use'), 'Models that calls may use; * is any text.')),
      deny: z.optional(described(names('a model that calls may not use'), 'Models that calls may not use.')),
      ...enforcement,
    },
    object,
  )
  .check(
    z.refine(({ allow, deny }) => allow !== undefined || deny !== undefined, {
      error: 'This entry names no models. Add "allow" or "deny".',
    }),
  );

const limitName = z.enum(POLICY_LIMITS, {
  error: ({ input }) => `${show(input)} is not a limit. Use ${choices(POLICY_LIMITS)}.`,
});

const exception = z
  .strictObject(
    {
      ...selector,
      for: z.optional(described(z.array(limitName, list('limits')), 'The limits that do not apply (default: all).')),
      owner: described(text('an owner'), 'Who answers for it.'),
      reason: described(text('a reason'), 'Why it is needed.'),
      until: described(
        z
          .string({ error: ({ input }) => notADay(input) })
          .check(z.refine(isDay, { error: ({ input }) => notADay(input) })),
        'The last day on which it applies (UTC): "2027-03-31".',
      ),
    },
    object,
  )
  .check(
    z.refine(isSelective, {
      error: 'This exception does not say which calls it is for. Add "path", "function" or "call".',
    }),
  );

export const policySchema = z.strictObject(
  {
    ...enforcement,
    caps: z.optional(described(z.array(cap, list('caps')), 'What calls may cost. All that match a call apply.')),
    models: z.optional(
      described(z.array(modelLimit, list('models')), 'Models that calls may use. All that match a call apply.'),
    ),
    exceptions: z.optional(
      described(z.array(exception, list('exceptions')), 'Calls to which limits do not apply for a time.'),
    ),
  },
  object,
);

/** The keys that are allowed in each section of a policy. */
export const POLICY_KEYS: Readonly<Record<string, readonly string[]>> = {
  policy: Object.keys(policySchema.shape),
  'policy.caps': Object.keys(cap.shape),
  'policy.caps.increase': Object.keys(changeCap.shape),
  'policy.caps.decrease': Object.keys(changeCap.shape),
  'policy.models': Object.keys(modelLimit.shape),
  'policy.exceptions': Object.keys(exception.shape),
};

/** Entries that say nothing about their mode or message take those of the policy. */
export function toPolicy(data: z.infer<typeof policySchema>): Policy {
  const enforced = (entry: Partial<Enforcement>): Enforcement => ({
    mode: entry.mode ?? data.mode ?? 'block',
    message: entry.message ?? data.message ?? null,
  });
  return {
    caps: (data.caps ?? []).map((entry) => ({
      ...entry,
      ...enforced(entry as Partial<Enforcement>),
      perCall: entry.perCall === undefined ? null : nanoDollars(entry.perCall),
      perMonth: entry.perMonth === undefined ? null : nanoDollars(entry.perMonth),
      increase: toChangeCap(entry.increase),
      decrease: toChangeCap(entry.decrease),
    })),
    models: (data.models ?? []).map((entry) => ({
      ...entry,
      ...enforced(entry as Partial<Enforcement>),
      allow: entry.allow ?? null,
      deny: entry.deny ?? [],
    })),
    exceptions: (data.exceptions ?? []).map((entry) => ({ ...entry, for: entry.for ?? POLICY_LIMITS })),
  };
}

function toChangeCap(data: z.infer<typeof changeCap> | undefined): ChangeCap | null {
  if (data === undefined) return null;
  const limitOf = (value: string | number | undefined) => (value === undefined ? null : toLimit(value));
  return { perCall: limitOf(data.perCall), perMonth: limitOf(data.perMonth) };
}

function toLimit(value: string | number): ChangeLimit | null {
  if (typeof value === 'number') return value >= 0 && value <= MAXIMUM_DOLLARS ? { nanos: nanoDollars(value) } : null;
  const [, percent] = PERCENT.exec(value) ?? [];
  return percent === undefined ? null : { percent: Number(percent) };
}

function isDay(value: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function notALimit(input: unknown): string {
  return `${show(input)} is not a limit. Use dollars, such as 200, or a percentage, such as "20%".`;
}

function notADay(input: unknown): string {
  return `${show(input)} is not a day. Use "2027-03-31".`;
}
