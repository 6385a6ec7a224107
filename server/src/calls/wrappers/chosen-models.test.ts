/** The models of a feature call whose wrapper chooses among clients at run time: a small project in, its report out. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { ReportCall } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analyzer.ts';
import { makeTree, type Tree } from '../../workspace/testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';

function featureIn(tree: Tree): ReportCall {
  const root = makeTree(tree);
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  const { report } = scan({ ...options, now: new Date('2026-11-22T00:00:00Z') });
  const [feature] = report.calls.filter(({ via }) => via.length > 0);
  if (feature === undefined) throw new Error('no feature call');
  return feature;
}

const modelsOf = ({ model }: ReportCall) => model.alternatives.map(({ provider, name }) => `${provider} ${name}`);

const MODEL = `import { createOpenAI } from '@ai-sdk/openai';
import { createAnthropic } from '@ai-sdk/anthropic';
export type Resolved = { provider: string; model: LanguageModelV3 };
export function getModel(user: { provider: string; model: string; key: string }, kind: string) {
  const { primary, fallbacks } = user.key ? { primary: select(user), fallbacks: [] } : configured(kind);
  return { ...primary, fallbacks, hasKey: !!user.key };
}
function configured(kind: string) {
  const found = listed(kind) ?? otherKinds(kind).map((other) => listed(other)).find((list) => !!list);
  if (!found) throw new Error('no model');
  return found;
}
function otherKinds(kind: string) {
  switch (kind) {
    case 'small': return ['default'];
    case 'tiny': return ['small', 'default'];
    default: return [];
  }
}
function listed(kind: string) {
  const list = kind === 'small' ? process.env.SMALL_MODELS : process.env.MODELS;
  if (!list) return null;
  const resolved: Resolved[] = [];
  for (const entry of list.split(',')) resolved.push(select({ provider: entry, model: null, key: null }));
  const primary = resolved[0];
  return primary ? { primary, fallbacks: resolved.slice(1) } : null;
}
function select({ provider, model, key }: { provider: string; model: string | null; key: string | null }): Resolved {
  switch (provider) {
    case 'openai': {
      const name = model || 'gpt-6-luna';
      return { provider, model: createOpenAI({ apiKey: key })(name) };
    }
    case 'anthropic': {
      const name = model || 'claude-sonnet-4-6';
      return { provider, model: createAnthropic({ apiKey: key })(name) };
    }
    default:
      throw new Error('unknown provider');
  }
}
`;

const WRAPPER = `import { generateObject } from 'ai';
import { withTracing } from '@posthog/ai/vercel';
import { getModel, type Resolved } from './model';
export function createGenerateObject({ user, modelOptions }: { user: any; modelOptions: ReturnType<typeof getModel> }) {
  return async function generate(options: any) {
    const { candidates } = await resolve({ modelOptions, user });
    const attempt = async (candidate: Resolved) => {
      const request = { ...options, model: traced({ model: candidate.model, user }) };
      return await generateObject(request);
    };
    for (let index = 0; index < candidates.length; index++) {
      const candidate = candidates[index];
      try {
        return await retried(() => attempt(candidate));
      } catch {}
    }
  };
}
async function retried(run: () => any) {
  return await run();
}
function traced({ model, user }: { model: LanguageModelV3; user: any }) {
  return user.isTraced ? withTracing(model, user.tracer, {}) : model;
}
async function resolve({ modelOptions, user }: { modelOptions: any; user: any }) {
  const effective = user.isOverLimit ? getModel(user, 'tiny') : modelOptions;
  return { candidates: [{ model: effective.model }, ...effective.fallbacks] };
}
`;

const APP = `import { createGenerateObject } from './wrapper';
import { getModel } from './model';
export async function sort(user: any, text: string) {
  const modelOptions = getModel(user, 'small');
  const generate = createGenerateObject({ user, modelOptions });
  return await generate({ ...modelOptions, system: '${RULES}', prompt: text });
}
`;

describe('a feature call behind a factory that chooses among clients', () => {
  const feature = featureIn({ 'model.ts': MODEL, 'wrapper.ts': WRAPPER, 'app.ts': APP });

  test('names the default of each client, and claims none of them', () => {
    expect(modelsOf(feature)).toEqual(['openai gpt-6-luna', 'anthropic claude-sonnet-4-6']);
    expect(feature.model).toMatchObject({ value: null, hint: null, open: true });
  });

  test('costs the range over them', () => {
    const [luna, sonnet] = feature.model.alternatives.map(({ perCall }) => perCall);
    expect(feature.cost.perCall).toMatchObject({ low: luna?.low, high: sonnet?.high, basis: 'assumed' });
  });
});

describe('what a wrapper may add to the options that it is given', () => {
  const costOf = (body: string) =>
    featureIn({
      'ask.ts': `import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';
export async function ask(options: any, policy: any) {
  ${body}
}
function redacted<T extends object>(options: T, policy: any): T {
  if (policy === 'ALLOW') return options;
  return policy.clean(options);
}
`,
      'app.ts': `import { ask } from './ask';
export const sort = (user: any) => ask({ system: '${RULES}', prompt: 'Where is this letter to be filed?' }, user.policy);
`,
    }).cost.perCall;

  test('a changed copy of the same type has the same prompt', () => {
    const plain = costOf("return await generateText({ ...options, model: openai('gpt-6-luna') });");
    expect(plain?.basis).toBe('assumed');
    expect(costOf("return await generateText({ ...redacted(options, policy), model: openai('gpt-6-luna') });")).toEqual(
      plain,
    );
  });

  test('a request with a prompt has no messages, whatever else it has', () => {
    const perCall = costOf(
      `const { system, prompt } = options;
  return await generateText({ ...policy, system, prompt, model: openai('gpt-6-luna') });`,
    );
    expect(perCall).toMatchObject({ basis: 'assumed' });
  });
});

test('more clients than are told apart keep their models, each once', () => {
  const kinds = Array.from({ length: 40 }, (_, index) => `kind-${index}`);
  const feature = featureIn({
    'model.ts': `import { createOpenAI } from '@ai-sdk/openai';
const make = (key: string, name: string) => createOpenAI({ apiKey: key })(name);
export function select(kind: string, keys: any) {
  switch (kind) {
    ${kinds.map((kind, index) => `case '${kind}': return { model: make(keys.key${index}, 'model-${index % 2}') };`).join('\n    ')}
  }
}
`,
    'ask.ts': `import { generateText } from 'ai';
import { select } from './model';
export async function ask(system: string, user: any) {
  return await generateText({ model: select(user.kind, user.keys).model, system, prompt: user.text });
}
`,
    'app.ts': `import { ask } from './ask';\nexport const sort = (user: any) => ask('${RULES}', user);\n`,
  });
  expect(modelsOf(feature)).toEqual(['openai model-0', 'openai model-1']);
  expect(feature.model.value).toBeNull();
});

test('a name that several clients may be given belongs to those that sell the model', () => {
  const feature = featureIn({
    'model.ts': `import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
const MODELS = { small: 'gpt-6-luna', large: 'claude-sonnet-4-6', own: 'own-model' };
export function select(provider: string, kind: keyof typeof MODELS) {
  const name = MODELS[kind];
  switch (provider) {
    case 'openai': return createOpenAI()(name);
    case 'anthropic': return createAnthropic()(name);
    default: throw new Error(provider);
  }
}
`,
    'ask.ts': `import { generateText } from 'ai';
import { select } from './model';
export async function ask(system: string, user: any) {
  return await generateText({ model: select(user.provider, user.kind), system, prompt: user.text });
}
`,
    'app.ts': `import { ask } from './ask';\nexport const sort = (user: any) => ask('${RULES}', user);\n`,
  });
  const expected = ['openai gpt-6-luna', 'openai own-model', 'anthropic claude-sonnet-4-6', 'anthropic own-model'];
  expect(modelsOf(feature)).toEqual(expected);
});

describe('a feature call that leads to clients of which some have no known model', () => {
  const clientOf = (name: string, model: string) => `class ${name}(Base):
    async def complete(self, system, prompt):
        return await OpenAI().chat.completions.create(model=${model}, max_tokens=300, messages=[
            {"role": "system", "content": system}, {"role": "user", "content": prompt}])
`;
  const costWith = (...models: readonly string[]) =>
    featureIn({
      'clients.py': `from openai import OpenAI
class Base:
    async def complete(self, system, prompt): ...
    async def ask(self, system, prompt):
        return await self.complete(system, prompt)
${models.map((model, index) => clientOf(`Client${index}`, model)).join('')}`,
      'app.py': `from clients import Base
async def sort(llm: Base, letter: str):
    return await llm.ask("${RULES}", letter)
`,
    }).cost.perCall;

  test('costs the range over those that have one, if they are most', () => {
    const both = costWith('"gpt-6-luna"', '"gpt-6-sol"');
    expect(costWith('"gpt-6-luna"', '"gpt-6-sol"', 'self.model')).toEqual({ ...both, basis: 'assumed' });
  });

  test('has no cost where a single one would stand for many', () => {
    expect(costWith('"gpt-6-luna"', 'self.model')).toBeNull();
  });
});
