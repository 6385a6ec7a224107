/** A complaint as the desk needs it: what it is about, and the amounts that the customer wants back. */
export interface Case {
  readonly topic: 'delivery' | 'billing';
  readonly claims: readonly number[];
  readonly total: number;
}

export const CASE_SCHEMA = {
  type: 'object',
  properties: {
    topic: { enum: ['delivery', 'billing'] },
    claims: { type: 'array', items: { type: 'number' } },
    total: { type: 'number' },
  },
  required: ['topic', 'claims', 'total'],
  additionalProperties: false,
};

/** A text that matches the schema. */
export function parseCase(text: string): Case {
  return JSON.parse(text);
}
