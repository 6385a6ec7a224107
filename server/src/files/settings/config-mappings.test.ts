import { describe, expect, test } from 'vitest';
import { isConfigFile, mappingsIn, type SettingField, statedFields } from './config-mappings.ts';

const FIELD = { name: 'model', all: ['api_key', 'base_url', 'model', 'temperature', 'timeout'] };
const statedIn = (path: string, text: string, field: SettingField) => statedFields(path, mappingsIn(path, text), field);
const stated = (path: string, text: string) => statedIn(path, text, FIELD).map(({ value, line }) => `${value} ${line}`);

describe('the value of a field in the mappings that fill its class', () => {
  test.each([
    ['nested', 'llm:\n  api_key: "k"\n  base_url: u # here\n  model: "gpt-6-sol" # or gpt-6-luna\n', ['gpt-6-sol 4']],
    ['at the top', 'model: gpt-6-sol\napi_key: k\nbase_url: u\n', ['gpt-6-sol 1']],
    [
      'items of a list',
      'roles:\n  - model: a\n    api_key: k\n    timeout: 1\n  - api_key: k\n    timeout: 1\n    model: b\n',
      ['a 2', 'b 7'],
    ],
    ['a mapping below it', 'llm:\n  api_key: k\n  model: a\n  base_url: u\n  extra:\n    x: 1\n', ['a 3']],
    ['back in the outer one', 'api_key: k\nnested:\n  x: 1\nmodel: a\nbase_url: u\n', ['a 4']],
    ['commented out', 'llm:\n  api_key: k\n  base_url: u\n  # model: a\n', []],
    ['two keys of the class only', 'llm:\n  api_key: k\n  model: a\n', []],
    ['too many other keys', 'llm:\n  api_key: k\n  base_url: u\n  model: a\n  b: 1\n  c: 1\n', []],
    ['no plain value', 'llm:\n  api_key: k\n  base_url: u\n  model: ${MODEL}\n', []],
  ])('in YAML: %s', (_, text, expected) => expect(stated('/config.yaml', text)).toEqual(expected));

  test('in TOML', () => {
    const text = 'debug = true\n[llm]\napi_key = "k"\nbase_url = "u"\nmodel = "gpt-6-sol"\n[other]\nmodel = "a"\n';
    expect(stated('/config.toml', text)).toEqual(['gpt-6-sol 5']);
  });

  test('for a class of two fields both are enough', () => {
    const field = { name: 'model', all: ['model', 'temperature'] };
    expect(statedIn('/llm.yaml', 'model: a\ntemperature: 0\n', field)).toMatchObject([{ value: 'a' }]);
  });
});

test.each([
  ['config.yaml', false, true],
  ['config2.example.yaml', false, true],
  ['app-settings.toml', false, true],
  ['openai.yaml', false, false],
  ['openai.yaml', true, true],
  ['pyproject.toml', true, false],
  ['.pre-commit-config.yaml', false, false],
  ['config.json', false, false],
])('%s, in a folder of such files: %s', (name, isConfigFolder, expected) =>
  expect(isConfigFile(`/repository/${name}`, isConfigFolder)).toBe(expected),
);
