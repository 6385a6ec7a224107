/** `farthing-report.schema.json` and what a scan really prints say the same: no field too many, none too few. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportJsonSchema } from '@farthing/shared/report-schema';
import { Ajv, type AnySchema } from 'ajv';
import { describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/root.ts';
import { makeTree, type Tree } from '../server/src/workspace/testing.ts';
import { farthing } from './run-bundle.ts';

type Json = Readonly<Record<string, unknown>>;

const published: Json = JSON.parse(readFileSync(join(root, 'farthing-report.schema.json'), 'utf8'));
const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';

/** The schema without room for fields that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema ? { ...parts, additionalProperties: false } : parts;
}

function problemsOf(report: unknown, schema: unknown = closed(published)): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(schema as AnySchema);
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

function reportOf(folder: string, ...options: readonly string[]): Json {
  const { out } = farthing(['scan', '--format', 'json', '--no-cache', '--fail-on', 'never', ...options, folder]);
  return JSON.parse(out);
}

/** One program with a method on an object that nothing names, a declared model and volume, and a file that cannot be read. */
const PROGRAM: Tree = {
  'farthing.config.json': JSON.stringify({
    models: [{ path: 'ask.ts', model: { 'gpt-6-sol': 0.3, 'gpt-6-luna': 0.7 } }],
    volumes: [{ path: 'app.ts', callsPerMonth: '50k' }],
  }),
  'ask.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export class Model {
  ask(system: string, model: string) {
    return client.chat.completions.create({ model, messages: [{ role: 'system', content: system }] });
  }
}
`,
  'app.ts': `export const sort = (services) => services.llm.ask('${RULES}', services.name);\n`,
  'notes.ipynb': '{',
};

describe('the schema of the report', () => {
  test.each([
    ['the examples', join(root, 'examples')],
    ['calls of every SDK', join(root, 'test/fixtures/call-sites')],
    ['bad code of every rule', join(root, 'test/fixtures/rules')],
    ['a folder without calls', join(root, 'media')],
  ])('fits %s', (_, folder) => {
    expect(problemsOf(reportOf(folder, '--include-tests'))).toEqual([]);
  });

  test('fits feature calls, declared models, volumes and problems', () => {
    const report = reportOf(makeTree(PROGRAM));
    expect(report).toMatchObject({
      calls: [
        { path: 'app.ts', receiver: 'assumed', leadsTo: [{ path: 'ask.ts', line: 5, function: 'Model.ask' }] },
        { path: 'ask.ts', calledFrom: { count: 1 }, model: { alternatives: [{ share: 0.3 }, { share: 0.7 }] } },
      ],
      problems: [{ path: 'notes.ipynb', message: expect.stringContaining('not valid JSON') }],
    });
    expect(problemsOf(report)).toEqual([]);
  });

  test('is refused by a report with a field too few, a wrong name or a wrong kind', () => {
    const { calls, ...rest } = reportOf(join(root, 'examples')) as { calls: readonly [Json, ...Json[]] };
    const [first] = calls;
    const { leadsTo: _, ...short } = first;
    expect(problemsOf({ ...rest, calls: [short] })).toEqual([expect.stringContaining('leadsTo')]);
    expect(problemsOf({ ...rest, calls: [{ ...first, sdk: 'cobol' }] })).toEqual([
      expect.stringContaining('/calls/0/sdk'),
    ]);
    expect(problemsOf({ ...rest, calls: [{ ...first, line: '1' }] })).toEqual([
      expect.stringContaining('/calls/0/line'),
    ]);
  });

  test('leaves room for fields of a later version, as published', () => {
    const report = { ...reportOf(join(root, 'media')), later: true };
    expect(problemsOf(report, published)).toEqual([]);
    expect(problemsOf(report)).toEqual([expect.stringContaining('later')]);
    expect(published).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });
});
