/** Which models a call may use: source in, alternatives with what decides between them out. */
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import type { DeclaredModel } from '@farthing/shared/config-defaults';
import { describe, expect, test } from 'vitest';
import { Evaluator } from '../evaluate/evaluator.ts';
import { memoryHost } from '../evaluate/test-host.ts';
import { createRegistry } from '../sdks/registry.ts';
import { createWalker } from '../sdks/walk.ts';
import { analyseModule } from './analyse.ts';
import type { LlmCall } from './call.ts';

const SETTINGS = `
# LLM_MODEL=gpt-6-luna
OTHER="gpt-4o" # in use since May
KEYLIKE=sk-abcdef0123456789
TO_FILL_IN=your-model-here
`;

function callIn(path: string, text: string, declared: readonly DeclaredModel[] | null = null): LlmCall {
  const [call] = callsIn(path, text, declared);
  if (call === undefined) throw new Error(`no call in ${text}`);
  return call;
}

function callsIn(
  path: string,
  text: string,
  declared: readonly DeclaredModel[] | null = null,
  files: Readonly<Record<string, string>> = {},
): readonly LlmCall[] {
  return analyseModule(path, {
    evaluator: new Evaluator(memoryHost({ [path]: text, '/.env.example': SETTINGS, ...files })),
    walker: createWalker(createRegistry()),
    catalogue: createCatalogue({ now: new Date('2026-11-22T00:00:00Z') }),
    assumptions: { hole: { low: 20, expected: 200, high: 2_000 }, output: { low: 100, expected: 100, high: 100 } },
    relativePath: (absolute) => absolute.slice(1),
    idPath: (absolute) => absolute.slice(1),
    callsPerMonth: () => null,
    declaredModels: () => declared && { models: declared, isFallback: false },
    facts: [],
  });
}

const inTypescript = (model: string, before = '', declared: readonly DeclaredModel[] | null = null): LlmCall =>
  callIn(
    '/a.ts',
    `import OpenAI from 'openai';
const client = new OpenAI();
const MODELS = { fast: 'gpt-6-luna', smart: 'gpt-6-sol' };
const LIST = [{ id: 'gpt-6-luna' }, { id: 'gpt-6-sol' }];
export function ask(key: string, isHard: boolean, options: any) {
  ${before}
  return client.chat.completions.create({ model: ${model}, messages: [{ role: 'user', content: 'Hello there' }] });
}`,
    declared,
  );

const inPython = (model: string, before = ''): LlmCall =>
  callIn(
    '/a.py',
    `import os
from openai import OpenAI
client = OpenAI()
MODELS = {"fast": "gpt-6-luna", "smart": "gpt-6-sol"}
def ask(key, options):
${before}
    return client.chat.completions.create(model=${model}, messages=[{"role": "user", "content": "Hello there"}])
`,
  );

/** `gpt-6-luna lookup, gpt-6-sol lookup`, with `, ...` where it may be another. */
function chosen({ model, modelChoice: { alternatives, isOpen } }: LlmCall): string {
  expect(model.value === null || alternatives.length === 1).toBe(true);
  return [...alternatives.map(({ name, decidedBy }) => `${name} ${decidedBy}`), ...(isOpen ? ['...'] : [])].join(', ');
}

describe('models that the code names', () => {
  test.each([
    ["'gpt-6-sol'", 'gpt-6-sol code'],
    ['MODELS[key]', 'gpt-6-luna lookup, gpt-6-sol lookup'],
    ["MODELS[key] ?? 'gpt-4o'", 'gpt-6-luna lookup, gpt-6-sol lookup, gpt-4o lookup'],
    ['LIST.find(({ id }) => id === key)!.id', 'gpt-6-luna lookup, gpt-6-sol lookup'],
    ['LIST[options.index].id', 'gpt-6-luna lookup, gpt-6-sol lookup'],
    ["isHard ? 'gpt-6-sol' : 'gpt-6-luna'", 'gpt-6-sol branch, gpt-6-luna branch'],
    ["options.model ?? 'gpt-6-sol'", 'gpt-6-sol default, ...'],
    ['options.model', '...'],
    ['`openai/${MODELS[key]}`', 'openai/gpt-6-luna lookup, openai/gpt-6-sol lookup'],
    ['`${key}-${options.size}`', '...'],
  ])('%s', (model, expected) => expect(chosen(inTypescript(model))).toBe(expected));

  test('a switch, and an assignment under a condition', () => {
    const pick = `let model = 'gpt-6-luna';
  if (isHard) model = 'gpt-6-sol';
  switch (key) { case 'old': model = 'gpt-4o'; }`;
    expect(chosen(inTypescript('model', pick))).toBe('gpt-6-luna branch, gpt-6-sol branch, gpt-4o branch');
  });

  test.each([
    ['MODELS[key]', '', 'gpt-6-luna lookup, gpt-6-sol lookup'],
    ['MODELS.get(key, "gpt-4o")', '', 'gpt-6-luna lookup, gpt-6-sol lookup, gpt-4o lookup'],
    ['os.getenv("UNSET", "gpt-4o")', '', 'gpt-4o default, ...'],
    ['"gpt-6-sol" if options else "gpt-6-luna"', '', 'gpt-6-sol branch, gpt-6-luna branch'],
    [
      'model',
      '    match key:\n        case "a": model = "gpt-6-luna"\n        case _: model = "gpt-6-sol"',
      'gpt-6-luna branch, gpt-6-sol branch',
    ],
  ])('in Python: %s', (model, before, expected) => expect(chosen(inPython(model, before))).toBe(expected));

  test('a long table still narrows down the model', () => {
    const table = Array.from({ length: 40 }, (_, index) => `k${index}: 'model-${index}'`).join(', ');
    expect(inTypescript('TABLE[key]', `const TABLE = { ${table} };`).modelChoice.alternatives).toHaveLength(40);
  });

  test.each([
    ['Object.values(MODELS)[options.index]', 'gpt-6-luna lookup, gpt-6-sol lookup'],
    ['Object.entries(MODELS)[options.index][1]', 'gpt-6-luna lookup, gpt-6-sol lookup'],
    ['Object.fromEntries(Object.entries(MODELS)).smart', 'gpt-6-sol code'],
    [
      "Object.keys({ 'gpt-6-luna': 1, 'gpt-6-sol': 2 }).find((name) => name === key)",
      'gpt-6-luna lookup, gpt-6-sol lookup',
    ],
    [
      "Object.keys(MODELS).reduce((all, name) => { all[name] = MODELS[name] ?? 'gpt-4o'; return all; }, {}).fast",
      'gpt-6-luna code',
    ],
  ])('through the parts of a table: %s', (model, expected) => expect(chosen(inTypescript(model))).toBe(expected));

  test('through the parts of a dictionary', () => {
    expect(chosen(inPython('list(MODELS.values())[key]'))).toBe('gpt-6-luna lookup, gpt-6-sol lookup');
    const loop = `from openai import OpenAI
MODELS = {"fast": "gpt-6-luna", "smart": "gpt-6-sol"}
for name, model in MODELS.items():
    OpenAI().responses.create(model=model, input="Hello")
`;
    expect(chosen(callIn('/a.py', loop))).toBe('gpt-6-luna branch, gpt-6-sol branch');
  });

  test('a function that is handed on with something else is not called with it', () => {
    const [call] = callsIn(
      '/a.py',
      `from enum import Enum
from openai import OpenAI
class Size(str, Enum):
    WEAK = "weak"
def ask(model):
    return OpenAI().responses.create(model=model, input="Hello")
def tried(run, size):
    return run(names[size])
tried(ask, Size.WEAK)
`,
    );
    expect(chosen(call as LlmCall)).toBe('...');
  });

  test('a loop over a list takes each of its items', () => {
    const names = Array.from({ length: 12 }, (_, index) => `'model-${index}'`).join(', ');
    const texts = inTypescript('name', `for (const name of [${names}])`).modelChoice;
    expect(texts).toMatchObject({ alternatives: { length: 12 }, isOpen: false });
    const objects = names.replace(/'model-\d+'/g, (name) => `{ name: ${name} }`);
    expect(inTypescript('one.name', `for (const one of [${objects}])`).modelChoice).toMatchObject({
      alternatives: { length: 12 },
      isOpen: false,
    });
  });

  test('a list that is filled while the program runs is open', () => {
    const before = "const list = ['gpt-6-sol']; for (const one of options.more) list.push(one);";
    expect(chosen(inTypescript('list[options.index]', before))).toBe('gpt-6-sol lookup, ...');
  });

  test('several that are alike are none of them the default', () => {
    expect(inTypescript('MODELS[key]').model).toMatchObject({ value: null, hint: null });
    expect(inTypescript("options.model ?? 'gpt-6-sol'").model).toMatchObject({ value: null, hint: 'gpt-6-sol' });
  });
});

describe('models that objects of several providers have', () => {
  const HEAD = `import { generateText } from 'ai';
import { createOpenAI, openai } from '@ai-sdk/openai';
import { createAnthropic, anthropic } from '@ai-sdk/anthropic';
import { createGroq } from '@ai-sdk/groq';
import { withTracing } from '@posthog/ai/vercel';
import { wrap } from 'some-package';
const select = (provider: string, name: string | null) => {
  switch (provider) {
    case 'openai': return createOpenAI({})(name || 'gpt-6-sol');
    case 'groq': return createGroq({})(name || 'llama-3.3-70b-versatile');
    default: return createAnthropic({})(name || 'claude-sonnet-4-6');
  }
};
function all(entries: string[]) {
  const found = [];
  for (const entry of entries) found.push({ model: select(entry, null) });
  return found;
}
async function retried(run: any) { return await run(); }
`;
  const called = (model: string, before = '', after = ''): LlmCall =>
    callIn(
      '/a.ts',
      `${HEAD}export async function ask(options: any, user: any, list: string[]) {
  ${before}
  return await generateText({ model: ${model}, prompt: 'Hello there' });
  ${after}
}`,
    );
  const paid = ({ modelChoice: { alternatives, isOpen } }: LlmCall) =>
    [...alternatives.map(({ name, provider }) => `${provider} ${name}`), ...(isOpen ? ['...'] : [])].join(', ');
  const SWITCH = 'openai gpt-6-sol, groq llama-3.3-70b-versatile, anthropic claude-sonnet-4-6';

  test.each([
    ['select(options.provider, null)', '', SWITCH],
    ['select(options.provider, options.model)', '', `${SWITCH}, ...`],
    ['select(options.provider, options.model || null)', '', `${SWITCH}, ...`],
    ['select(options.provider, user.key ? user.model || null : null)', '', `${SWITCH}, ...`],
    ["select('openai', null)", '', 'openai gpt-6-sol'],
    ["options.model ?? openai('gpt-6-sol')", '', 'openai gpt-6-sol, ...'],
    [
      "user.isPaying ? openai('gpt-6-sol') : anthropic('claude-sonnet-4-6')",
      '',
      'openai gpt-6-sol, anthropic claude-sonnet-4-6',
    ],
    ["wrap(openai('gpt-6-sol'), { cache: true })", '', 'openai gpt-6-sol, ...'],
    ["wrap({ model: openai('gpt-6-sol') })", '', 'openai gpt-6-sol, ...'],
    ["user.isTraced ? withTracing(openai('gpt-6-sol'), {}) : openai('gpt-6-sol')", '', 'openai gpt-6-sol, ...'],
    ['all(list)[0].model', '', SWITCH],
    ['first.model', 'const [first] = all(list);', SWITCH],
    ['all(list).find(({ model }) => !!model).model', '', SWITCH],
    [
      'candidates[index].model',
      'const candidates = [all(list)[0], ...all(list).slice(1)]; const index = list.length;',
      SWITCH,
    ],
  ])('%s', (model, before, expected) => expect(paid(called(model, before))).toBe(expected));

  test('an object that another may replace leaves the model open', () => {
    const { model, provider } = called("options.model ?? openai('gpt-6-sol')");
    expect({ value: model.value, hint: model.hint, provider }).toEqual({
      value: null,
      hint: 'gpt-6-sol',
      provider: 'any',
    });
    expect(called("wrap(openai('gpt-6-sol'))").model.value).toBeNull();
  });

  test('what a block declares is there for a function in it', () => {
    const text = `${HEAD}export async function ask(list: string[]) {
  for (const { model } of all(list)) {
    try {
      const chosen = model;
      return await retried(() => generateText({ model: chosen, prompt: 'Hello there' }));
    } catch {}
  }
}`;
    expect(paid(callIn('/a.ts', text))).toBe(SWITCH);
  });

  test('an agent may have either of two models, or another in place of its default', () => {
    const agent = (model: string) =>
      callIn(
        '/a.ts',
        `import { createAgent } from 'langchain';
import { ChatOpenAI } from '@langchain/openai';
import { ChatAnthropic } from '@langchain/anthropic';
const sol = new ChatOpenAI({ model: 'gpt-6-sol' });
const sonnet = new ChatAnthropic({ model: 'claude-sonnet-4-6' });
export const ask = (options: any) => createAgent({ model: ${model}, tools: [] }).invoke({ messages: options.messages });
`,
      );
    expect(paid(agent('sol'))).toBe('openai gpt-6-sol');
    const either = agent('options.isLong ? sol : sonnet');
    expect(paid(either)).toBe('openai gpt-6-sol, anthropic claude-sonnet-4-6');
    expect(either).toMatchObject({ provider: 'any', model: { value: null } });
    expect(paid(agent('options.model ?? sol'))).toBe('openai gpt-6-sol, ...');
  });

  test('a limit of a model that another may replace is not certain', () => {
    const limitOf = (model: string) =>
      callIn(
        '/a.ts',
        `import { createAgent } from 'langchain';
import { ChatOpenAI } from '@langchain/openai';
const limited = new ChatOpenAI({ model: 'gpt-6-sol', maxTokens: 100 });
export const ask = (options: any) => createAgent({ model: ${model}, tools: [] }).invoke({ messages: options.messages });
`,
      ).outputLimit;
    expect(limitOf('limited')).toMatchObject({ state: 'present', tokens: 100 });
    expect(limitOf('options.model ?? limited')).toMatchObject({ tokens: null });
    expect(limitOf("options.isLong ? new ChatOpenAI({ model: 'gpt-6-sol' }) : limited")).toMatchObject({
      tokens: null,
    });
  });
});

describe('models that a type or a schema lists', () => {
  const HEAD = `import OpenAI from 'openai';
import { z } from 'zod';
import { createEnv } from '@t3-oss/env-nextjs';
type Name = 'gpt-6-luna' | 'gpt-6-sol';
enum Kind { Fast = 'gpt-6-luna', Smart = 'gpt-6-sol' }
interface Options { model: Name; other?: string }
const Body = z.object({ model: z.enum(['gpt-6-luna', 'gpt-6-sol']).default('gpt-6-luna'), other: z.string() });
const env = z.object({ LLM_MODEL: z.string().default('gpt-6-sol'), OTHER: z.string() }).parse(process.env);
const t3 = createEnv({ server: { LLM_MODEL: z.string().optional() }, runtimeEnv: process.env });
const client = new OpenAI();
`;
  test.each([
    ['(model: Name)', 'model', 'gpt-6-luna caller, gpt-6-sol caller'],
    ["(model: 'gpt-6-luna' | 'gpt-6-sol' | undefined = 'gpt-6-sol')", 'model', 'gpt-6-sol default, gpt-6-luna caller'],
    ['(model: Name | string)', 'model', '...'],
    ['(kind: Kind)', 'kind', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['(options: Options)', 'options.model', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['({ model }: Options)', 'model', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['(options: Options)', 'options.other', '...'],
    ['(body: unknown)', 'Body.parse(body).model', 'gpt-6-luna default, gpt-6-sol caller'],
    ['(body: unknown)', 'Body.safeParse(body).data.model', 'gpt-6-luna default, gpt-6-sol caller'],
    ['(body: unknown)', 'Body.parse(body).other', '...'],
    ['(options: { model: Name })', 'options.model', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['({ chat }: { chat: Options })', 'chat.model', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['()', 'env.LLM_MODEL', 'gpt-6-sol default, gpt-6-luna settings, ...'],
    ['()', 'env.OTHER', 'gpt-4o settings, ...'],
    ['()', 't3.LLM_MODEL', 'gpt-6-luna settings, ...'],
  ])('%s => %s', (parameters, model, expected) => {
    const call = `export const ask = ${parameters} => client.responses.create({ model: ${model}, input: 'Hello' });\n`;
    expect(chosen(callIn('/a.ts', HEAD + call))).toBe(expected);
  });

  test.each([
    ['const { options } = json as { options: Options };', 'options.model', 'gpt-6-luna caller, gpt-6-sol caller, ...'],
    ['const { model } = (await request.json()) as Options;', 'model', 'gpt-6-luna caller, gpt-6-sol caller, ...'],
    ['const body: Options = await request.json();', 'body.model', 'gpt-6-luna caller, gpt-6-sol caller, ...'],
    ['const model = json.model as Name;', 'model', 'gpt-6-luna caller, gpt-6-sol caller, ...'],
    ['const { other } = json as Options;', 'other', '...'],
    ["const options = { model: 'gpt-4o' } as Options;", 'options.model', 'gpt-4o code'],
  ])('a type that code only claims: %s', (before, model, expected) => {
    const call = `export async function POST(request: Request) {
  const json = await request.json();
  ${before}
  return await client.responses.create({ model: ${model}, input: 'Hello' });
}`;
    expect(chosen(callIn('/a.ts', HEAD + call))).toBe(expected);
  });

  const PYTHON = `from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Optional
from openai import OpenAI
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings

client = OpenAI()

class Kind(str, Enum):
    FAST = "gpt-6-luna"
    SMART = "gpt-6-sol"

class Settings(BaseSettings):
    llm_model: str = "gpt-6-sol"
    named: str = Field(default="gpt-6-sol", validation_alias="OTHER")
    plain: str

class Options(BaseModel):
    model: str = Field("gpt-6-luna", description="which one")
    strict: Literal["gpt-6-luna", "gpt-6-sol"] = "gpt-6-sol"

@dataclass
class Data:
    model: str = field(default_factory=lambda: "gpt-6-luna")

settings = Settings()
`;
  test.each([
    ['kind: Kind', 'kind.value', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['kind: Kind = Kind.FAST', 'kind', 'gpt-6-luna default, gpt-6-sol caller'],
    ['model: Optional[Literal["gpt-6-luna", "gpt-6-sol"]]', 'model', 'gpt-6-luna caller, gpt-6-sol caller'],
    ['', 'Kind.SMART.value', 'gpt-6-sol code'],
    ['', 'settings.llm_model', 'gpt-6-sol default, gpt-6-luna settings, ...'],
    ['', 'settings.named', 'gpt-6-sol default, gpt-4o settings, ...'],
    ['', 'settings.plain', '...'],
    ['options: Options', 'options.model', 'gpt-6-luna default, ...'],
    ['options: Options', 'options.strict', 'gpt-6-sol default, gpt-6-luna caller'],
    ['data: Data', 'data.model', 'gpt-6-luna default, ...'],
  ])('def ask(%s): %s', (parameters, model, expected) => {
    const call = `def ask(${parameters}):\n    return client.responses.create(model=${model}, input="Hello")\n`;
    expect(chosen(callIn('/a.py', PYTHON + call))).toBe(expected);
  });
});

describe('models that settings state', () => {
  test.each([
    ['process.env.LLM_MODEL!', 'gpt-6-luna settings, ...'],
    ["process.env.OTHER ?? 'gpt-6-sol'", 'gpt-6-sol default, gpt-4o settings, ...'],
    ['options.model ?? process.env.OTHER', 'gpt-4o settings, ...'],
    ['process.env.KEYLIKE', '...'],
    ['process.env.TO_FILL_IN', '...'],
    ['process.env.NOT_THERE', '...'],
  ])('%s', (model, expected) => expect(chosen(inTypescript(model))).toBe(expected));

  const CLASS = `from openai import OpenAI
from anthropic import Anthropic
from pydantic import BaseModel
class LLMConfig(BaseModel):
    api_type: str = "openai"
    api_key: str
    base_url: str
    model: str = None
class Asker:
    def __init__(self, config: LLMConfig):
        self.config = config
        self.model = self.config.model
    def ask(self):
        return CLIENT
`;
  const OPENAI = 'OpenAI().responses.create(model=self.model, input="Hello")';
  const ANTHROPIC =
    'Anthropic().messages.create(model=self.model, max_tokens=9, messages=[{"role": "user", "content": "Hello"}])';
  test.each([
    [OPENAI, 'llm:\n  api_type: openai\n  api_key: KEY\n  model: gpt-6-sol', 'gpt-6-sol settings, ...'],
    [
      'two of them',
      'api_type: a\napi_key: b\nmodel: gpt-6-sol\nroles:\n  - api_type: a\n    api_key: c\n    model: gpt-6-luna',
      'gpt-6-sol settings, gpt-6-luna settings, ...',
    ],
    [
      'of another provider',
      'llm:\n  api_type: a\n  api_key: b\n  model: gpt-6-sol\nbig:\n  api_type: a\n  api_key: b\n  model: claude-sonnet-4-6',
      'gpt-6-sol settings, ...',
    ],
    [
      ANTHROPIC,
      'llm:\n  api_type: a\n  api_key: b\n  model: gpt-6-sol\nbig:\n  api_type: a\n  api_key: b\n  model: claude-sonnet-4-6',
      'claude-sonnet-4-6 settings, ...',
    ],
    ['of another kind', 'embedding:\n  api_type: a\n  api_key: b\n  model: text-embedding-3-small', '...'],
    ['of another class', 'search:\n  engine: google\n  api_key: b\n  model: gpt-6-sol', '...'],
    ['to fill in', 'llm:\n  api_type: openai\n  api_key: KEY\n  model: YOUR_MODEL', '...'],
  ])('for a class: %s', (client, config, expected) => {
    const text = CLASS.replace('CLIENT', client.includes('(') ? client : OPENAI);
    const [call] = callsIn('/a.py', text, null, { '/config.yaml': config });
    expect(chosen(call as LlmCall)).toBe(expected);
  });

  test('where they state it', () => {
    const [settings] = inPython('os.environ["OTHER"]').modelChoice.alternatives;
    expect(settings).toMatchObject({ name: 'gpt-4o', origin: null, setting: { path: '.env.example', line: 3 } });
  });
});

describe('what a choice costs', () => {
  const costOf = (name: string): number => inTypescript(`'${name}'`).cost.perCall?.expected ?? 0;

  test('the range over the models, assumed, with the mean expected where none is the default', () => {
    const [luna, sol] = [costOf('gpt-6-luna'), costOf('gpt-6-sol')];
    expect(sol).toBeGreaterThan(luna);
    const { cost, modelChoice } = inTypescript('MODELS[key]');
    expect(cost.perCall).toMatchObject({ expected: Math.round((luna + sol) / 2), basis: 'assumed' });
    expect(cost.perCall?.low).toBe(modelChoice.alternatives[0]?.cost?.low);
    expect(cost.perCall?.high).toBe(modelChoice.alternatives[1]?.cost?.high);
  });

  test('the default is what is expected', () => {
    const { cost } = inTypescript("process.env.OTHER ?? 'gpt-6-sol'");
    expect(cost.perCall?.expected).toBe(costOf('gpt-6-sol'));
    expect(cost.perCall?.high).toBe(costOf('gpt-4o'));
  });

  test('models without a price are left out, and nothing is known where none has one', () => {
    expect(inTypescript("isHard ? 'gpt-6-sol' : 'our-own'").cost.perCall?.expected).toBe(costOf('gpt-6-sol'));
    expect(inTypescript("isHard ? 'their-own' : 'our-own'").cost.perCall).toBeNull();
  });

  test('a declaration stands in for what the code leaves open, by its shares', () => {
    const shares = [
      { name: 'gpt-6-sol', share: 0.25 },
      { name: 'gpt-6-luna', share: 0.75 },
    ];
    const call = inTypescript('options.model', '', shares);
    expect(chosen(call)).toBe('gpt-6-sol declared, gpt-6-luna declared');
    expect(call.model).toMatchObject({ value: null, hint: null });
    expect(call.cost.perCall?.expected).toBe(Math.round(costOf('gpt-6-sol') / 4 + (costOf('gpt-6-luna') * 3) / 4));
    expect(inTypescript("options.model ?? 'gpt-4o'", '', shares).cost.perCall).toEqual(call.cost.perCall);
  });

  test('a declaration does not replace what the code is certain of', () => {
    const call = inTypescript("'gpt-6-sol'", '', [{ name: 'gpt-6-luna', share: 1 }]);
    expect(call.model.value).toBe('gpt-6-sol');
    expect(chosen(call)).toBe('gpt-6-sol code');
  });

  test('of declared models those of the call’s kind count', () => {
    const call = inTypescript('options.model', '', [
      { name: 'text-embedding-3-small', share: null },
      { name: 'gpt-6-sol', share: null },
    ]);
    expect(chosen(call)).toBe('gpt-6-sol declared');
  });

  test('a share without a price leaves the cost unknown', () => {
    const call = inTypescript('options.model', '', [
      { name: 'gpt-6-sol', share: 0.5 },
      { name: 'our-own', share: 0.5 },
    ]);
    expect(call.cost.perCall).toBeNull();
  });
});
