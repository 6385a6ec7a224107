/** Settings that a framework takes from a file of the project: a small project in, the models of its call out. */
import { expect, test } from 'vitest';
import { modelsIn, pythonCall, typescriptCall } from './testing.ts';

const DJANGO = 'from django.conf import settings';
const MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';

test.each([
  ['settings.MODEL', 'MODEL = "gpt-6-sol"\n', 'gpt-6-sol default, ...'],
  ['settings.MODEL', 'import os\nMODEL = os.getenv("MODEL", "gpt-6-sol")\n', 'gpt-6-sol default, ...'],
  ['settings.LLM["model"]', 'LLM = {"model": "gpt-6-sol"}\n', 'gpt-6-sol default, ...'],
  ['getattr(settings, "MODEL", "gpt-6-luna")', 'MODEL = "gpt-6-sol"\n', 'gpt-6-sol default, ...'],
  ['getattr(settings, "MODEL", "gpt-6-luna")', '', 'gpt-6-luna default, ...'],
  ['settings.MODEL', '', '...'],
])('Django: %s with %j', (model, settings, expected) => {
  const files = { 'manage.py': MANAGE, 'shop/settings.py': settings, 'shop/__init__.py': '' };
  expect(modelsIn({ ...files, 'app/a.py': pythonCall(model, DJANGO) })).toBe(expected);
});

test.each([
  ["getConfiguration('x').get('model')", 'gpt-6-sol default, ...'],
  ["getConfiguration().get('x.model')", 'gpt-6-sol default, ...'],
  ["getConfiguration('x').get<string>('other')", '...'],
])('an extension of an editor: %s', (read, expected) => {
  const manifest = { contributes: { configuration: { properties: { 'x.model': { default: 'gpt-6-sol' } } } } };
  const files = { 'package.json': JSON.stringify(manifest) };
  const call = typescriptCall(`vscode.workspace.${read}`, "import * as vscode from 'vscode';");
  expect(modelsIn({ ...files, 'src/a.ts': call })).toBe(expected);
});

test.each([
  ['settings.llm.model', 'gpt-6-sol default, ...'],
  ['settings.LLM.model', 'gpt-6-sol default, ...'],
  ['settings.get("llm.model")', 'gpt-6-sol default, ...'],
  ['settings.get("llm.other", "gpt-6-luna")', 'gpt-6-luna default, ...'],
  ['settings.llm.weak', 'gpt-6-luna default, ...'],
  ['settings.other.model', '...'],
])('Dynaconf: %s', (model, expected) => {
  const before = `from os.path import join, dirname, abspath
from dynaconf import Dynaconf
here = dirname(abspath(__file__))
settings = Dynaconf(settings_files=[join(here, name) for name in ["base.toml", "llm.toml", "more.toml", ".secrets.toml"]])`;
  const files = {
    'base.toml': '[other]\nname = "x"\n',
    'llm.toml': '[llm]\nmodel = "gpt-6-sol"\nweak = "gpt-6-luna"\n',
    'more.toml': '[llm]\nlabels = false\n',
    '.secrets.toml': '[llm]\nmodel = "gpt-4o"\n',
  };
  expect(modelsIn({ ...files, 'a.py': pythonCall(model, before) })).toBe(expected);
});
