/** Files of data that a program reads: a small project in, the models of its call out. */
import { describe, expect, test } from 'vitest';
import { modelsIn, pythonCall, typescriptCall } from './testing.ts';

const DEFAULT = 'gpt-6-sol default, ...';
const YAML = 'llm:\n  model: gpt-6-sol # in use\n  retries: 3\n';
const JSON_TEXT = '{ "llm": { "model": "gpt-6-sol" } }';
const TOML = '[llm]\nmodel = "gpt-6-sol"\n';

test.each([
  ['config.json', JSON_TEXT, 'with open("config.json") as file:\n    config = json.load(file)'],
  ['config.json', JSON_TEXT, 'from pathlib import Path\nconfig = json.loads(Path("config.json").read_text())'],
  ['config.yaml', YAML, 'import yaml\nwith open("config.yaml") as file:\n    config = yaml.safe_load(file)'],
  ['config.toml', TOML, 'import tomllib\nwith open("config.toml", "rb") as file:\n    config = tomllib.load(file)'],
])('in Python: %s', (name, content, before) => {
  expect(modelsIn({ [name]: content, 'a.py': pythonCall('config["llm"]["model"]', before) })).toBe(DEFAULT);
});

test.each([
  ['config.json', JSON_TEXT, "const config = JSON.parse(readFileSync('config.json', 'utf8'));"],
  ['config.yaml', YAML, "import YAML from 'yaml';\nconst config = YAML.parse(readFileSync('./config.yaml', 'utf8'));"],
  [
    'config.yaml',
    YAML,
    "import yaml from 'js-yaml';\nconst config = yaml.load(readFileSync('./config.yaml', 'utf8')) as any;",
  ],
  [
    'config.toml',
    TOML,
    "import { parse } from 'smol-toml';\nconst config = parse(readFileSync('./config.toml', 'utf8'));",
  ],
])('in TypeScript: %s', (name, content, before) => {
  const head = "import { readFileSync } from 'node:fs';\n";
  expect(modelsIn({ [name]: content, 'a.ts': typescriptCall('config.llm.model', head + before) })).toBe(DEFAULT);
});

describe('what is not read', () => {
  const read = (path: string) =>
    pythonCall('config["model"]', `with open(${JSON.stringify(path)}) as file:\n    config = json.load(file)`);
  test.each([
    ['a file that is not there', {}, 'config.json'],
    ['a file outside of the repository', {}, '../../../etc/config.json'],
    ['a file that holds secrets', { 'secrets.json': '{"model": "gpt-6-sol"}' }, 'secrets.json'],
    [
      'an ignored file',
      { 'config.json': '{"model": "gpt-6-sol"}', '.gitignore': 'config.json\n', '.git/HEAD': '' },
      'config.json',
    ],
    ['a key of another kind', { 'config.json': '{"model": ["gpt-6-sol"]}' }, 'config.json'],
    ['what cannot be a name', { 'config.json': '{"model": "the model that we use"}' }, 'config.json'],
    ['a key', { 'config.json': '{"model": "sk-abcdef0123456789"}' }, 'config.json'],
    ['what objects have by themselves', { 'config.json': '{"other": "gpt-6-sol"}' }, 'config.json'],
  ])('%s', (_, files, path) => expect(modelsIn({ ...files, 'a.py': read(path) })).toBe('...'));
});
