import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configJsonSchema, parseConfig } from './config.ts';
import { DEFAULT_CONFIG } from './config-defaults.ts';
import type { Severity } from './vocabulary.ts';

const FILE = 'farthing.config.json';
const RULES: Record<string, Severity> = { 'unbounded-output': 'warning', 'retired-model': 'error' };
const parse = (text: string) => parseConfig(text, FILE, RULES);
const said = (text: string) => parse(text).problems.map(({ path, line, message }) => `${path}:${line}: ${message}`);

describe('a right file', () => {
  test('is read with comments and trailing commas', () => {
    const { config, problems, isReadable } = parse(`{
      "$schema": "./farthing.schema.json",
      // what we care about
      "rules": { "unbounded-output": "off", "retired-model": "error" },
      "ignore": ["legacy/**"],
      "volumes": [
        { "path": "src/support/**", "function": "answer", "callsPerMonth": "50k" },
        { "call": "6ad61197943e", "callsPerMonth": 1200 },
      ],
      "models": [
        { "path": "src/support/**", "model": "gpt-6-sol" },
        { "function": "answer", "model": ["gpt-6-sol", "gpt-6-luna", "gpt-6-sol"] },
        { "provider": "openai", "model": { "gpt-6-sol": 0.3, "gpt-6-luna": 0.7 } },
      ],
      "prices": [{ "model": "our-model", "provider": "vllm", "input": 0, "output": 0 }],
      "discounts": [{ "provider": "azure", "discount": 0.15 }],
      "deployments": { "prod-chat": "gpt-4o" },
      "priceTable": "prices.json",
      "baseUrls": { "llm.example.com": "vllm" },
      "output": { "expected": 300 },
    }`);
    expect(problems).toEqual([]);
    expect(isReadable).toBe(true);
    expect(config).toEqual({
      extends: 'recommended',
      rules: { 'unbounded-output': 'off', 'retired-model': 'error' },
      ignore: ['legacy/**'],
      volumes: [
        { path: 'src/support/**', function: 'answer', callsPerMonth: 50_000 },
        { call: '6ad61197943e', callsPerMonth: 1200 },
      ],
      models: [
        { path: 'src/support/**', models: [{ name: 'gpt-6-sol', share: 1 }] },
        {
          function: 'answer',
          models: [
            { name: 'gpt-6-sol', share: null },
            { name: 'gpt-6-luna', share: null },
          ],
        },
        {
          provider: 'openai',
          models: [
            { name: 'gpt-6-sol', share: 0.3 },
            { name: 'gpt-6-luna', share: 0.7 },
          ],
        },
      ],
      prices: [{ model: 'our-model', provider: 'vllm', input: 0, output: 0 }],
      discounts: [{ provider: 'azure', discount: 0.15 }],
      deployments: { 'prod-chat': 'gpt-4o' },
      priceTable: 'prices.json',
      baseUrls: { 'llm.example.com': 'vllm' },
      output: { low: 50, expected: 300, high: 2000 },
      policy: null,
      currency: null,
    });
  });

  test('an empty object is all defaults', () => {
    expect(parse('{}')).toEqual({ config: DEFAULT_CONFIG, problems: [], isReadable: true });
  });

  test('a byte order mark is not an error', () => {
    expect(parse('\uFEFF{}').problems).toEqual([]);
  });
});

describe('a wrong value gives one problem, and its default is used', () => {
  test('a severity', () => {
    const text = '{\n  "rules": {\n    "unbounded-output": "warn",\n    "retired-model": "hint"\n  }\n}';
    expect(said(text)).toEqual([
      'farthing.config.json:3: rules.unbounded-output: "warn" is not a severity. Use "error", "warning", "information", "hint" or "off". The default (warning) is used.',
    ]);
    expect(parse(text).config.rules).toEqual({ 'retired-model': 'hint' });
  });

  test.each([
    ['{ "ignor": [] }', '1: ignor: unknown key. Did you mean "ignore"? It is left out.'],
    [
      '{ "rules": { "unbounded-outputs": "off" } }',
      '1: rules.unbounded-outputs: unknown rule. Did you mean "unbounded-output"? This entry is left out.',
    ],
    ['{ "ignore": "dist" }', '1: ignore: "dist" is not a list of globs. Use [ ... ]. It is left out.'],
    ['{ "ignore": [\n"a",\n3] }', '3: ignore[1]: 3 is not a glob. Write it in quotes. This entry is left out.'],
    [
      '{ "volumes": [{ "path": "a", "callsPerMonth": "lots" }] }',
      '1: volumes[0].callsPerMonth: "lots" is not a number of calls per month. Use a number, "50k" or "2k/day". This entry is left out.',
    ],
    [
      '{ "volumes": [{ "callsPerMonth": 5 }] }',
      '1: volumes[0]: This volume does not say which calls it is for. Add "path", "function" or "call". This entry is left out.',
    ],
    [
      '{ "volumes": [{ "path": "a" }] }',
      '1: volumes[0].callsPerMonth: A missing value is not a number of calls per month. Use a number, "50k" or "2k/day". This entry is left out.',
    ],
    [
      '{ "discounts": [{ "discount": 0.1 }] }',
      '1: discounts[0]: This discount does not say which prices it is for. Add "provider" or "model". This entry is left out.',
    ],
    [
      '{ "discounts": [{ "provider": "azure", "discount": 15 }] }',
      '1: discounts[0].discount: A discount cannot exceed 1, which is the full price. This entry is left out.',
    ],
    [
      '{ "prices": [{ "model": "m", "input": 1, "fees": { "web-search": "dear" } }] }',
      '1: prices[0].fees.web-search: "dear" is not a fee. Use dollars per use, or 0 if it is free. This entry is left out.',
    ],
    [
      '{ "prices": [{ "model": "m", "input": -1 }] }',
      '1: prices[0].input: A price cannot be negative. Use dollars per million tokens. This entry is left out.',
    ],
    [
      '{ "prices": [{ "model": "m", "input": 9000001 }] }',
      '1: prices[0].input: A price cannot exceed 9000000 dollars per million tokens. This entry is left out.',
    ],
    [
      '{ "baseUrls": { "x.example.com": "opnai" } }',
      '1: baseUrls.x.example.com: "opnai" is not a provider. "farthing sdks" lists them. This entry is left out.',
    ],
    [
      '{ "output": { "expected": "many" } }',
      '1: output.expected: "many" is not a whole number of tokens. The default (500) is used.',
    ],
    [
      '{ "output": { "low": 900 } }',
      '1: output: low, expected and high must be in ascending order (missing values use their defaults). It is left out.',
    ],
    ['{ "output": { "lows": 900 } }', '1: output.lows: unknown key. Did you mean "low"? This entry is left out.'],
    ['[]', '1: [] is not an object. Use { ... }. The defaults are used.'],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual([`${FILE}:${expected}`]);
  });

  test('a preset', () => {
    expect(parse('{ "extends": "strict" }').config.extends).toBe('strict');
    expect(parse('{ "extends": "strictest" }').config.extends).toBe('recommended');
    expect(said('{ "extends": "strictest" }')).toEqual([
      expect.stringContaining('extends: "strictest" is not a preset. Use "recommended", "strict" or "all".'),
    ]);
  });

  test('the rest of the file holds', () => {
    const { config, problems } = parse(`{
      "ignore": ["a", 1, "b"],
      "prices": [{ "model": "x", "input": "free" }, { "model": "y", "input": 1 }],
      "volumes": [{ "path": "a", "callsPerMonth": -1 }, { "path": "b", "callsPerMonth": "2k/day" }],
      "output": { "low": 10, "high": null }
    }`);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    expect(config.ignore).toEqual(['a', 'b']);
    expect(config.prices).toEqual([{ model: 'y', input: 1 }]);
    expect(config.volumes).toEqual([{ path: 'b', callsPerMonth: 60_000 }]);
    expect(config.output).toEqual({ low: 10, expected: 500, high: 2000 });
  });

  test('without the list of rules, any rule id is taken', () => {
    expect(parseConfig('{ "rules": { "new-rule": "off" } }', FILE)).toMatchObject({
      problems: [],
      config: { rules: { 'new-rule': 'off' } },
    });
  });
});

describe('a file that is not JSON', () => {
  test.each([
    ['', 1],
    ['{\n  "ignore": [\n', 3],
    ['{ "a" 1 }', 1],
    ['not json', 1],
  ])('%j is one problem with its line', (text, line) => {
    const parsed = parse(text);
    expect(parsed.isReadable).toBe(false);
    expect(parsed.config).toBe(DEFAULT_CONFIG);
    expect(parsed.problems).toHaveLength(1);
    expect(parsed.problems[0]).toMatchObject({ path: FILE, line });
    expect(parsed.problems[0]?.message).toMatch(/^not read: .+\. It was ignored\.$/);
  });

  test('of very many invalid values the first are listed, and the others counted', () => {
    const rules = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`rule-${index}`, 'error']));
    const { problems, config } = parseConfig(JSON.stringify({ rules }), 'x.json', { known: 'error' });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe('and 99900 more invalid values, which are left out.');
    expect(config.rules).toEqual({});
  });

  test('what objects have by themselves is no rule and no setting', () => {
    const text = '{ "rules": { "constructor": "error" }, "output": { "toString": 1 }, "hasOwnProperty": 1 }';
    const { problems, config } = parseConfig(text, 'x.json', { known: 'error' });
    expect(problems).toHaveLength(3);
    for (const { message } of problems) expect(message).toMatch(/left out\.$/);
    expect(config.rules).toEqual({});
  });

  test.each([
    ['{ "rules": { "__proto__": "error" } }', 'rules.__proto__'],
    ['{ "models": [{ "function": "f", "model": { "__proto__": 0.5, "gpt-6-sol": 1 } }] }', 'models[0].model.__proto__'],
    ['{ "deployments": { "__proto__": "gpt-6-sol" } }', 'deployments.__proto__'],
    ['{ "baseUrls": { "__proto__": "openai" } }', 'baseUrls.__proto__'],
    [
      '{ "volumes": [{ "path": "a.ts", "callsPerMonth": 1, "__proto__": { "path": "b.ts" } }] }',
      'volumes[0].__proto__',
    ],
    ['{ "__proto__": { "extends": "all" } }', '__proto__'],
  ])('a key __proto__ is said, and changes nothing: %s', (text, place) => {
    const { problems, config } = parse(text);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(`${place}: this name cannot be used`),
    ]);
    const without = parse(text.replace(/"__proto__": (?:"[^"]*"|\{[^}]*\}|0\.5),? ?/, '').replace(/, \}/, ' }'));
    expect(without.problems).toEqual([]);
    expect(config).toEqual(without.config);
  });

  test('no text throws', () => {
    const json = fc.json().filter((text) => text.length < 2000);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          json,
          fc
            .record({ rules: fc.anything(), volumes: fc.anything(), output: fc.anything() })
            .map((value) => JSON.stringify(value)),
        ),
        (text) => {
          expect(() => parse(text)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the published schema', () => {
  test('describes every key and lists the rules with their defaults', () => {
    const schema = configJsonSchema([{ id: 'unbounded-output', summary: 'No limit.', severity: 'warning' }]) as {
      properties: Record<string, { description?: string; properties?: object }>;
      additionalProperties: boolean;
    };
    expect(Object.keys(schema.properties)).toEqual(['$schema', ...Object.keys(DEFAULT_CONFIG)]);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.rules?.properties).toMatchObject({ 'unbounded-output': { default: 'warning' } });
    expect(schema.properties.volumes?.description).toContain('How often');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
