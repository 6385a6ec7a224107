import { expect, test } from 'vitest';
import { z } from 'zod';
import { instanceOf } from './schema-instance.ts';

interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}
const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), children: z.array(Tree) }));

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'types and bounds': z.object({
    text: z.string().min(9),
    whole: z.number().int().min(7),
    above: z.number().gt(2),
    below: z.number().max(-3),
    flag: z.boolean(),
    nothing: z.null(),
  }),
  choices: z.object({
    kind: z.enum(['small', 'large']),
    fixed: z.literal('yes'),
    either: z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]),
    perhaps: z.string().nullable(),
  }),
  lists: z.array(z.object({ id: z.uuid(), at: z.iso.datetime(), mail: z.email() })).min(3),
  recursion: Tree,
  'what is optional': z.object({ must: z.string(), may: z.string().optional() }),
};

test.for(Object.entries(SCHEMAS))('%s', ([, schema]) => {
  expect(schema.safeParse(instanceOf(z.toJSONSchema(schema))).error).toBeUndefined();
});

test('an endlessly recursive schema does not loop', () => {
  const endless = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
  expect(instanceOf(endless)).toHaveProperty('next.next.next');
});
