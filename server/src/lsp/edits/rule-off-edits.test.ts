import { applyEdits, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { ruleOffEdits } from './rule-off-edits.ts';

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
