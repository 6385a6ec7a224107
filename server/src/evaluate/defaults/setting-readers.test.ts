/** Settings that libraries read by name: a small project in, the models of its call out. */
import { expect, test } from 'vitest';
import { modelsIn, pythonCall, typescriptCall } from './testing.ts';

const DEFAULT = 'gpt-6-sol default, ...';
const EXAMPLE = { '.env.example': 'MODEL=gpt-6-luna\nVITE_MODEL=gpt-6-luna\n' };

test.each([
  ['env.str("MODEL", "gpt-6-sol")', 'from environs import Env\nenv = Env()', DEFAULT],
  ['env("MODEL", default="gpt-6-sol")', 'import environ\nenv = environ.Env()', DEFAULT],
  ['config("MODEL", default="gpt-6-sol")', 'from starlette.config import Config\nconfig = Config(".env")', DEFAULT],
  ['st.secrets.get("MODEL", "gpt-6-sol")', 'import streamlit as st', DEFAULT],
  ['st.secrets["MODEL"]', 'import streamlit as st', '...'],
  [
    'st.selectbox("Model", ["gpt-6-sol", "gpt-6-luna"])',
    'import streamlit as st',
    'gpt-6-sol lookup, gpt-6-luna lookup',
  ],
  ['st.sidebar.text_input("Model", value="gpt-6-sol")', 'import streamlit as st', DEFAULT],
])('in Python: %s', (model, before, expected) =>
  expect(modelsIn({ 'a.py': pythonCall(model, before) })).toBe(expected),
);

test.each([
  ["vscode.workspace.getConfiguration('x').get('model', 'gpt-6-sol')", "import * as vscode from 'vscode';", DEFAULT],
  [
    'env.MODEL',
    "import { cleanEnv, str } from 'envalid';\nconst env = cleanEnv(process.env, { MODEL: str({ default: 'gpt-6-sol' }) });",
    DEFAULT,
  ],
  [
    'config.llm.model',
    "import { z } from 'zod';\nconst config = z.object({ MODEL: z.string().default('gpt-6-sol') }).transform((env) => ({ llm: { model: env.MODEL } })).parse(process.env);",
    DEFAULT,
  ],
  [
    'merged(fromEnvironment(), stored()).model',
    `const DEFAULTS = { model: 'gpt-6-sol', other: 'x' };
const fromEnvironment = () => ({ model: process.env.MODEL });
const stored = () => (existsSync(PATH) ? ini.parse(readFileSync(PATH, 'utf8')) : { ...DEFAULTS });
const parsed = (value: any) => { try { return JSON.parse(value); } catch { return value; } };
const merged = (main: any, fallback: any) => {
  const keys = new Set([...Object.keys(main), ...Object.keys(fallback)]);
  const all = Array.from(keys).reduce((found: any, key) => {
    found[key] = parsed(main[key] !== undefined ? main[key] : fallback[key]);
    return found;
  }, {});
  return Object.fromEntries(Object.entries(all).map(([key, value]) => (value === 'null' ? [key, null] : [key, value])));
};`,
    'gpt-6-sol branch, ...',
  ],
  ['useState("gpt-6-sol")[0]', "import { useState } from 'react';", DEFAULT],
])('in TypeScript: %s', (model, before, expected) =>
  expect(modelsIn({ 'a.ts': typescriptCall(model, before) })).toBe(expected),
);

test.each([
  ['import.meta.env.VITE_MODEL', '', 'gpt-6-luna settings, ...'],
  [
    "config.get('MODEL', 'gpt-6-sol')",
    "import { ConfigService } from '@nestjs/config';",
    'gpt-6-sol default, gpt-6-luna settings, ...',
  ],
])('a variable of the environment: %s', (model, before, expected) => {
  const parameters = before === '' ? '' : 'config: ConfigService';
  expect(modelsIn({ ...EXAMPLE, 'a.ts': typescriptCall(model, before, parameters) })).toBe(expected);
});

test.each([
  ['fly.toml', '[env]\n  MODEL = "gpt-6-sol"\n'],
  ['wrangler.toml', '[vars]\nMODEL = "gpt-6-sol"\n'],
  ['serverless.yml', 'provider:\n  environment:\n    MODEL: gpt-6-sol\n'],
  ['vercel.json', '{\n  "env": {\n    "MODEL": "gpt-6-sol"\n  }\n}\n'],
  ['k8s/app.yaml', 'env:\n  - name: MODEL\n    value: gpt-6-sol\n'],
  ['Dockerfile', 'FROM node\nENV MODEL=gpt-6-sol\n'],
  ['docker-compose.yml', 'services:\n  a:\n    environment:\n      MODEL: ${MODEL:-gpt-6-sol}\n'],
  ['helm/values.yaml', 'env:\n  MODEL: gpt-6-sol\n'],
])('a variable that %s states', (path, content) => {
  expect(modelsIn({ [path]: content, 'a.ts': typescriptCall('process.env.MODEL') })).toBe('gpt-6-sol settings, ...');
});
