import ignore from 'ignore';
import { applyEdits, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { declareModelEdits, declareModels, ruleOffEdits } from './config-edits.ts';
import { globOf } from './paths.ts';

const off = (text: string, rule = 'b'): string | null => {
  const edits = ruleOffEdits(text, rule);
  return edits && applyEdits(text, [...edits]);
};

describe('switching a rule off', () => {
  it.each([
    ['{}\n', '{\n  "rules": {\n    "b": "off"\n  }\n}\n'],
    ['{ // nothing yet\n}', '{ // nothing yet\n  "rules": {\n    "b": "off"\n  }\n}'],
    [
      '{\n\t// Ours.\n\t"ignore": ["old/**"],\n}\n',
      '{\n\t// Ours.\n\t"ignore": ["old/**"],\n\t"rules": {\n\t\t"b": "off"\n\t},\n}\n',
    ],
    [
      '{\r\n  "ignore": [] // why\r\n}\r\n',
      '{\r\n  "ignore": [], // why\r\n  "rules": {\r\n    "b": "off"\r\n  }\r\n}\r\n',
    ],
    ['{ "rules": { "a": "off" }, "x": [1] }', '{ "rules": { "a": "off", "b": "off" }, "x": [1] }'],
    ['{"rules":{}}', '{"rules":{\n  "b": "off"\n}}'],
    ['{ "x": 1 }', '{ "x": 1, "rules": { "b": "off" } }'],
    [
      '{\n  "rules": {\n    "a": "off" // why\n  },\n  "x": [1, 2]\n}\n',
      '{\n  "rules": {\n    "a": "off", // why\n    "b": "off"\n  },\n  "x": [1, 2]\n}\n',
    ],
    ['{ "rules": { "b" : "error" } }', '{ "rules": { "b" : "off" } }'],
  ])('%j', (text, expected) => {
    expect(off(text)).toBe(expected);
    expect(parse(expected).rules.b).toBe('off');
    // Repeating it changes nothing.
    expect(off(expected)).toBe(expected);
  });

  it.each(['', '[]', '{ "rules": 5 }', '{ "rules": [', '{ "a": 1 "b": 2 }', '['.repeat(100_000)])(
    'leaves alone what it is not certain of: %.20s',
    (text) => expect(off(text)).toBeNull(),
  );
});

describe('declaring a model', () => {
  const ENTRY = { path: '/src/a.ts', model: 'gpt-6-sol' };
  const declared = (text: string): string | null => declareModels(text, [ENTRY]);

  it.each([
    ['{}\n', '{\n  "models": [\n    { "path": "/src/a.ts", "model": "gpt-6-sol" }\n  ]\n}\n'],
    [
      '{\n\t// Ours.\n\t"ignore": ["old/**"], // why\n}\n',
      '{\n\t// Ours.\n\t"ignore": ["old/**"], // why\n\t"models": [\n\t\t{ "path": "/src/a.ts", "model": "gpt-6-sol" }\n\t],\n}\n',
    ],
    ['{ "x": 1 }', '{ "x": 1, "models": [{ "path": "/src/a.ts", "model": "gpt-6-sol" }] }'],
    ['{ "models": [] }', '{ "models": [\n  { "path": "/src/a.ts", "model": "gpt-6-sol" }\n] }'],
    [
      '{\r\n  "models": [\r\n    { "call": "1", "model": "m" } // first\r\n  ]\r\n}\r\n',
      '{\r\n  "models": [\r\n    { "call": "1", "model": "m" }, // first\r\n    { "path": "/src/a.ts", "model": "gpt-6-sol" }\r\n  ]\r\n}\r\n',
    ],
  ])('%j', (text, expected) => {
    expect(declared(text)).toBe(expected);
    expect(parse(expected).models.at(-1)).toEqual(ENTRY);
  });

  it('several entries, in every form', () => {
    const entries = [
      { provider: 'openai', model: ['gpt-6-sol', 'gpt-6-luna'] },
      { function: 'Agent.run', model: { 'gpt-6-sol': 0.3, 'gpt-6-luna': 0.7 } },
    ];
    const text = declareModels('{\n}\n', entries);
    expect(text).toBe(
      '{\n  "models": [\n    { "provider": "openai", "model": ["gpt-6-sol", "gpt-6-luna"] },\n    { "function": "Agent.run", "model": { "gpt-6-sol": 0.3, "gpt-6-luna": 0.7 } }\n  ]\n}\n',
    );
    expect(parse(text ?? '').models).toEqual(entries);
  });

  it.each(['', '[]', '{ "models": {} }', '{ "models": [', '['.repeat(100_000)])(
    'leaves alone what it is not certain of: %.20s',
    (text) => expect(declareModelEdits(text, ENTRY)).toBeNull(),
  );
});

describe('the glob of one file', () => {
  it.each(['a.ts', 'src/a.ts', 'app/[id]/route.ts', 'x/!important #1?.py', 'a*b/c.ts', 'sp ace/e.ts '])(
    '%s',
    (path) => {
      const matches = ignore().add(globOf(path));
      expect(matches.ignores(path)).toBe(true);
      expect(matches.ignores(`other/${path}`)).toBe(false);
    },
  );
});
