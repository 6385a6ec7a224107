/** The models that a small project's only call may use, for tests of where their defaults are stated. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { scan } from '../../analyzer.ts';
import { makeTree, type Tree } from '../../workspace/testing.ts';

/** `gpt-6-sol default, gpt-6-luna caller`, with `, ...` where it may be another; `certain gpt-6-sol` for a claim. */
export function modelsIn(tree: Tree): string {
  const root = makeTree(tree);
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  const calls = report.calls.filter(({ via }) => via.length === 0);
  const [call] = calls;
  if (call === undefined || calls.length > 1) throw new Error(`${calls.length} calls`);
  const { value, alternatives, open } = call.model;
  if (value !== null) return `certain ${value}`;
  return [...alternatives.map(({ name, decidedBy }) => `${name} ${decidedBy}`), ...(open ? ['...'] : [])].join(', ');
}

/** A module that asks one question with a model, after `before`. */
export function pythonCall(model: string, before = '', parameters = ''): string {
  return `import argparse, json, os, sys
from openai import OpenAI
${before}
def ask(${parameters}):
    return OpenAI().responses.create(model=${model}, input="Hello there")
`;
}

export function typescriptCall(model: string, before = '', parameters = ''): string {
  return `import OpenAI from 'openai';
${before}
export const ask = async (${parameters}) => new OpenAI().responses.create({ model: ${model}, input: 'Hello there' });
`;
}
