/** The parts from which the published JSON schemas of reports are made. */
export type Schema = Readonly<Record<string, unknown>>;
export type Properties = Readonly<Record<string, Schema>>;

export const text = (description: string): Schema => ({ type: 'string', description });
export const truth = (description: string): Schema => ({ type: 'boolean', description });
export const name = (names: readonly string[], description: string): Schema => ({ enum: names, description });
export const list = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
export const count = (description: string, minimum = 0): Schema => ({ type: 'integer', minimum, description });
export const amount = (description: string): Schema => ({ type: 'number', minimum: 0, description });
export const reference = (definition: string): Schema => ({ $ref: `#/definitions/${definition}` });

export function orNull(schema: Schema): Schema {
  const { description, ...rest } = schema;
  return { anyOf: [rest, { type: 'null' }], ...(description === undefined ? {} : { description }) };
}

/** Every property is always there: what is not known is null or "unknown". */
export function object(properties: Properties, description?: string): Schema {
  const about = description === undefined ? {} : { description };
  return { type: 'object', ...about, properties, required: Object.keys(properties) };
}
