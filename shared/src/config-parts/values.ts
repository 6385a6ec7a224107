/** The parts from which the structure of the configuration is made. */
import * as z from 'zod/mini';
import type { CallSelector } from '../config-defaults.ts';

/** Descriptions of the values, for published schemas and messages. */
export const DESCRIPTIONS = z.registry<{ description: string }>();

export const text = (what: string) =>
  z
    .string({ error: ({ input }) => `${show(input)} is not ${what}. Write it in quotes.` })
    .check(z.minLength(1, `"" is not ${what}. Leave it out or fill it in.`));

export const list = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `${show(input)} is not a list of ${what}. Use [ ... ].`,
});
export const object = { error: ({ input }: { input?: unknown }) => `${show(input)} is not an object. Use { ... }.` };

/** Which calls an entry is for: all that it says must match. */
export const selector = {
  path: z.optional(described(text('a glob'), 'Calls in files that match this glob.')),
  function: z.optional(
    described(text('a function name'), 'Calls in this qualified function, such as "Support.answer".'),
  ),
  call: z.optional(described(text('a call id'), 'The call with this id, as in the JSON report.')),
};

export function isSelective({ path, function: name, call }: CallSelector): boolean {
  return path !== undefined || name !== undefined || call !== undefined;
}

export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  DESCRIPTIONS.add(schema, { description });
  return schema;
}

/** A value as it would be written in the file, shortened. */
export function show(value: unknown): string {
  if (value === undefined) return 'A missing value';
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 60 ? `${written.slice(0, 57)}...` : written;
}

export function choices(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
