/** Feature calls at the boundary: the source of a small project in, the calls of its report out. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Report, ReportCall } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analyzer.ts';
import { makeTree, type Tree } from '../../workspace/testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const CLIENT = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
const PY_CLIENT = 'from openai import OpenAI\nclient = OpenAI()\n';

function reportOf(tree: Tree): Report {
  const root = makeTree(tree);
  const options = { root, paths: [root], config: DEFAULT_CONFIG, configFolder: root, cache: null };
  return scan({ ...options, now: new Date('2026-11-22T00:00:00Z') }).report;
}

const featuresOf = ({ calls }: Report): readonly ReportCall[] => calls.filter(({ via }) => via.length > 0);

/** `app.ts:3 ask > request` for each feature call: where it is, and the functions down to the request. */
function featuresIn(tree: Tree): readonly string[] {
  return featuresOf(reportOf(tree)).map(
    ({ path, line, via }) => `${path}:${line} ${via.map(({ function: name }) => name).join(' > ')}`,
  );
}

const ASK = `${CLIENT}export async function ask(system: string, prompt: string) {
  return client.chat.completions.create({
    model: 'gpt-6-luna',
    max_completion_tokens: 200,
    messages: [{ role: 'system', content: system }, { role: 'user', content: prompt }],
  });
}
`;

describe('a feature call that may lead to more requests than are followed', () => {
  const uncertain = {
    provider: 'any',
    model: { value: null, hint: 'gpt-6-luna', open: true },
    outputLimit: { state: 'unknown', tokens: null },
    cost: { perCall: { basis: 'assumed' } },
  };
  const engine = (name: string) => `${CLIENT}import type { Engine } from './engine';
export class ${name} implements Engine {
  answer(system: string) {
    return client.chat.completions.create({
      model: 'gpt-6-luna', max_completion_tokens: 200, messages: [{ role: 'system', content: system }],
    });
  }
}
`;
  const onEngine = (count: number): Tree => ({
    'engine.ts': 'export interface Engine { answer(system: string): Promise<unknown> }\n',
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}.ts`, engine(`Engine${index}`)])),
    'app.ts': `import type { Engine } from './engine';\nexport const sort = (engine: Engine) => engine.answer('${RULES}');\n`,
  });

  test('claims of its classes only what all of them are known to agree on', () => {
    expect(featuresOf(reportOf(onEngine(3)))).toMatchObject([{ provider: 'openai', model: { value: 'gpt-6-luna' } }]);
    expect(featuresOf(reportOf(onEngine(4)))).toMatchObject([uncertain]);
  });

  test('is as uncertain behind one function with many requests', () => {
    const request = `client.chat.completions.create({
      model: 'gpt-6-luna', max_completion_tokens: 200, messages: [{ role: 'system', content: system }] })`;
    const ask = (count: number) => `${CLIENT}export async function ask(system: string, kind: string) {
  ${Array.from({ length: count }, (_, index) => `if (kind === '${index}') return ${request};`).join('\n  ')}
}
`;
    const app = `import { ask } from './ask';\nexport const sort = (kind: string) => ask('${RULES}', kind);\n`;
    const featureOver = (count: number) => featuresOf(reportOf({ 'ask.ts': ask(count), 'app.ts': app }));
    expect(featureOver(4)).toMatchObject([{ provider: 'openai', model: { value: 'gpt-6-luna' } }]);
    expect(featureOver(5)).toMatchObject([uncertain]);
  });
});

describe('a feature call', () => {
  test('carries what the wrapper and the call say together, and the way to the request', () => {
    const report = reportOf({
      'lib/ask.ts': ASK,
      'app.ts': `import { ask } from './lib/ask';\nexport const sort = (letter: string) =>\n  ask('${RULES}', letter);\n`,
    });
    expect(featuresOf(report)).toMatchObject([
      {
        path: 'app.ts',
        line: 3,
        function: 'sort',
        sdk: 'openai',
        model: { value: 'gpt-6-luna' },
        outputLimit: { state: 'present', tokens: 200 },
        system: 'static',
        structured: false,
        via: [{ path: 'lib/ask.ts', line: 4, function: 'ask' }],
        tokens: { sections: [{ role: 'system', stability: 'stable' }, { role: 'user' }] },
      },
    ]);
    expect(featuresOf(report)[0]?.cost.perCall).not.toBeNull();
  });

  test('is counted at the request, whose own figures stay', () => {
    const app = (name: string) => `import { ask } from './ask';\nask('${RULES} ${name}', read());\n`;
    const report = reportOf({ 'ask.ts': ASK, 'a.ts': app('a'), 'b.ts': app('b') });
    const [request] = report.calls.filter(({ via }) => via.length === 0);
    expect(request).toMatchObject({ path: 'ask.ts', calledFrom: { count: 2 } });
    expect(request?.calledFrom?.perCall?.high).toBeGreaterThan(0);
    expect(featuresOf(report).map(({ calledFrom }) => calledFrom)).toEqual([null, null]);
  });

  test('names every request that it may lead to, and counts at each', () => {
    const engine = (name: string) => `${CLIENT}import type { Engine } from './engine';
export class ${name} implements Engine {
  answer(system: string) {
    return client.chat.completions.create({ model: 'gpt-6-luna', messages: [{ role: 'system', content: system }] });
  }
}
`;
    const report = reportOf({
      'engine.ts': 'export interface Engine { answer(system: string): Promise<unknown> }\n',
      'a.ts': engine('First'),
      'b.ts': engine('Second'),
      'app.ts': `import type { Engine } from './engine';\nexport const sort = (engine: Engine) => engine.answer('${RULES}');\n`,
    });
    const requests = report.calls.filter(({ via }) => via.length === 0);
    expect(requests).toMatchObject([
      { path: 'a.ts', calledFrom: { count: 1 }, leadsTo: [] },
      { path: 'b.ts', calledFrom: { count: 1 }, leadsTo: [] },
    ]);
    expect(featuresOf(report)).toMatchObject([
      {
        leadsTo: expect.arrayContaining([
          { path: 'a.ts', line: 6, function: 'First.answer', call: requests[0]?.id },
          { path: 'b.ts', line: 6, function: 'Second.answer', call: requests[1]?.id },
        ]),
        leadsToMore: false,
        receiver: 'known',
      },
    ]);
  });

  test('says if the class of an object on its way is only assumed', () => {
    const model = `${CLIENT}export class Model {
  ask(system: string) {
    return client.chat.completions.create({ model: 'gpt-6-luna', messages: [{ role: 'system', content: system }] });
  }
}
`;
    const over = (receiver: string) => `export const sort = (${receiver}) => llm.ask('${RULES}');\n`;
    const receivers = (tree: Tree) =>
      featuresOf(reportOf({ 'model.ts': model, ...tree })).map(({ receiver }) => receiver);
    expect(receivers({ 'app.ts': over('llm') })).toEqual(['assumed']);
    expect(receivers({ 'app.ts': `import { Model } from './model';\n${over('llm: Model')}` })).toEqual(['known']);
    const wrapped = {
      'shelve.ts': 'export const shelve = (services, rules: string) => services.llm.ask(rules);\n',
      'app.ts': `import { shelve } from './shelve';\nexport const sort = (services) => shelve(services, '${RULES}');\n`,
    };
    expect(receivers(wrapped)).toEqual(['assumed']);
  });

  test('has a separate id, which no request changes', () => {
    const ids = reportOf({
      'a.ts': `${ASK}ask('${RULES}', 'a');\nask('${RULES}', 'b');\n`,
    }).calls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const [alone] = reportOf({ 'a.ts': ASK }).calls;
    expect(ids).toContain(alone?.id);
  });
});

describe('the prompt', () => {
  test('is what the call decides, though the wrapper may redact it', () => {
    const report = reportOf({
      'ask.ts': `${CLIENT}import { isAllowed, redact } from './policies';
export async function ask(system: string, prompt: string) {
  const safe = isAllowed() ? system : redact(system);
  return client.chat.completions.create({
    model: 'gpt-6-luna',
    messages: [{ role: 'system', content: safe }, { role: 'user', content: prompt }],
  });
}
`,
      'policies.ts':
        'export const isAllowed = () => Date.now() > 0;\nclass Masker {\n  mask(text) {\n    return this.rules.run(text);\n  }\n}\nexport const redact = (text) => new Masker().mask(text);\n',
      'app.ts': `import { ask } from './ask';\nask('${RULES}', input());\n`,
    });
    const [feature] = featuresOf(report);
    expect(feature).toMatchObject({ system: 'static' });
    expect(feature?.tokens.sections[0]).toMatchObject({ role: 'system', stability: 'stable' });
  });

  test('and its limit go to whichever of many providers is chosen', () => {
    const names = Array.from({ length: 14 }, (_, index) => `provider${index}`);
    const branches = names.map(
      (name) => `    if name == "${name}":\n        return ChatOpenAI(base_url="${name}", **kwargs)\n`,
    );
    const report = reportOf({
      'llm.py': `from langchain_openai import ChatOpenAI

def provider(name, **kwargs):
${branches.join('')}
def ask(messages, name, max_tokens=50):
    return provider(name, model="gpt-6-luna", max_tokens=max_tokens).invoke(messages)
`,
      'app.py': `import os\nfrom llm import ask\n\nask([("system", "${RULES}"), ("user", input())], os.environ["PROVIDER"])\n`,
    });
    expect(featuresOf(report)).toMatchObject([{ outputLimit: { state: 'present', tokens: 50 }, system: 'static' }]);
  });
});

describe('through TypeScript', () => {
  const callers: readonly (readonly [form: string, tree: Tree, expected: readonly string[]])[] = [
    [
      'two functions',
      {
        'ask.ts': ASK,
        'polite.ts':
          "import { ask } from './ask';\nexport const politely = (rules: string, text: string) => ask(rules, text);\n",
        'app.ts': `import { politely } from './polite';\npolitely('${RULES}', input());\n`,
      },
      ['app.ts:2 politely > ask'],
    ],
    [
      'a name that is exported as another',
      {
        'ask.ts': ASK,
        'index.ts': "export { ask as complete } from './ask';\n",
        'app.ts': `import { complete as run } from './index';\nrun('${RULES}', input());\n`,
      },
      ['app.ts:2 ask'],
    ],
    [
      'an options object with defaults and a spread',
      {
        'ask.ts': `${CLIENT}const DEFAULTS = { model: 'gpt-6-luna', max_completion_tokens: 100 };
export async function ask({ rules, text, ...rest }: { rules: string; text: string; temperature?: number }) {
  const messages = [{ role: 'system', content: rules }, { role: 'user', content: text }];
  return client.chat.completions.create({ ...DEFAULTS, ...rest, messages });
}
`,
        'app.ts': `import { ask } from './ask';\nask({ rules: '${RULES}', text: input(), temperature: 0 });\n`,
      },
      ['app.ts:2 ask'],
    ],
    [
      'a factory that gives a closure',
      {
        'ask.ts': `${CLIENT}export function createAsk(model: string) {
  return async (options: { system: string; prompt: string }) =>
    client.chat.completions.create({
      model,
      messages: [{ role: 'system', content: options.system }, { role: 'user', content: options.prompt }],
    });
}
`,
        'app.ts': `import { createAsk } from './ask';\nconst ask = createAsk('gpt-6-luna');\nask({ system: '${RULES}', prompt: input() });\n`,
      },
      ['app.ts:3 createAsk'],
    ],
    [
      'a method of a class that holds the client',
      {
        'llm.ts': `import OpenAI from 'openai';
export class Llm {
  constructor(private readonly client: OpenAI, private readonly model: string) {}
  async complete(system: string, text: string) {
    return this.client.chat.completions.create({
      model: this.model,
      messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
    });
  }
}
`,
        'app.ts': `import OpenAI from 'openai';\nimport { Llm } from './llm';\nconst llm = new Llm(new OpenAI(), 'gpt-6-luna');\nllm.complete('${RULES}', input());\n`,
      },
      ['app.ts:4 Llm.complete'],
    ],
    [
      'an inherited method',
      {
        'base.ts': `${CLIENT}export abstract class Agent {
  protected ask(system: string, text: string) {
    return client.chat.completions.create({
      model: 'gpt-6-luna',
      messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
    });
  }
}
`,
        'sorter.ts': `import { Agent } from './base';\nexport class Sorter extends Agent {\n  sort(letter: string) {\n    return this.ask('${RULES}', letter);\n  }\n}\n`,
      },
      ['sorter.ts:4 Agent.ask'],
    ],
    [
      'an interface with one implementation',
      {
        'engine.ts': 'export interface Engine {\n  generate(system: string, text: string): Promise<string>;\n}\n',
        'openai-engine.ts': `${CLIENT}import type { Engine } from './engine';
export class OpenAiEngine implements Engine {
  async generate(system: string, text: string) {
    const answer = await client.chat.completions.create({
      model: 'gpt-6-luna',
      messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
    });
    return answer.choices[0].message.content;
  }
}
`,
        'app.ts': `import type { Engine } from './engine';\nexport function sort(engine: Engine, letter: string) {\n  return engine.generate('${RULES}', letter);\n}\n`,
      },
      ['app.ts:3 OpenAiEngine.generate'],
    ],
    [
      'a callback around the request',
      {
        'ask.ts': `${CLIENT}import { withRetry } from './retry';
export const ask = (system: string, text: string) =>
  withRetry(() =>
    client.chat.completions.create({
      model: 'gpt-6-luna',
      messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
    }),
  );
`,
        'retry.ts': 'export async function withRetry<T>(run: () => Promise<T>) {\n  return run();\n}\n',
        'app.ts': `import { ask } from './ask';\nask('${RULES}', input());\n`,
      },
      ['app.ts:2 ask'],
    ],
  ];
  test.each(callers)('%s', (_, tree, expected) => {
    expect(featuresIn(tree)).toEqual(expected);
  });
});

describe('through Python', () => {
  const callers: readonly (readonly [form: string, tree: Tree, expected: readonly string[]])[] = [
    [
      'keyword arguments that are passed on as a dictionary',
      {
        'ask.py': `${PY_CLIENT}
def ask(system, text, **kwargs):
    return client.chat.completions.create(
        messages=[{"role": "system", "content": system}, {"role": "user", "content": text}], **kwargs
    )
`,
        'app.py': `from ask import ask\n\nask("${RULES}", input(), model="gpt-6-luna", max_tokens=10)\n`,
      },
      ['app.py:3 ask'],
    ],
    [
      'a decorated function',
      {
        'ask.py': `import backoff
${PY_CLIENT}
@backoff.on_exception(backoff.expo, Exception)
def ask(system, text):
    return client.chat.completions.create(
        model="gpt-6-luna", messages=[{"role": "system", "content": system}, {"role": "user", "content": text}]
    )
`,
        'app.py': `from ask import ask\n\nask("${RULES}", input())\n`,
      },
      ['app.py:3 ask'],
    ],
    [
      'an object that is called',
      {
        'llm.py': `${PY_CLIENT}
class Llm:
    def __init__(self, model):
        self.model = model

    def __call__(self, system, text):
        return client.chat.completions.create(
            model=self.model, messages=[{"role": "system", "content": system}, {"role": "user", "content": text}]
        )
`,
        'app.py': `from llm import Llm\n\nllm = Llm("gpt-6-luna")\nllm("${RULES}", input())\n`,
      },
      ['app.py:4 Llm.__call__'],
    ],
    [
      'a function that is handed on to be called',
      {
        'ask.py': `${PY_CLIENT}
def ask(system, text):
    return client.chat.completions.create(
        model="gpt-6-luna", messages=[{"role": "system", "content": system}, {"role": "user", "content": text}]
    )
`,
        'app.py': `import asyncio\nfrom ask import ask\n\nasync def main():\n    await asyncio.to_thread(ask, "${RULES}", input())\n`,
      },
      ['app.py:5 ask'],
    ],
    [
      'a parameter whose annotation names the class',
      {
        'llm.py': `${PY_CLIENT}
class Llm:
    def start(self, system, user):
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return self.next(messages)

    def next(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`,
        'app.py': `from llm import Llm\n\ndef plan(llm: Llm, text):\n    return llm.start("${RULES}", text)\n`,
      },
      ['app.py:4 Llm.start > Llm.next'],
    ],
  ];
  test.each(callers)('%s', (_, tree, expected) => {
    expect(featuresIn(tree)).toEqual(expected);
  });
});

describe('no feature call', () => {
  const WRITTEN = `${CLIENT}export async function sort(letter: string) {
  return client.chat.completions.create({
    model: 'gpt-6-luna',
    messages: [{ role: 'system', content: '${RULES}' }, { role: 'user', content: letter }],
  });
}
`;
  const others: readonly (readonly [what: string, tree: Tree])[] = [
    [
      'merely passing on',
      {
        'ask.ts': ASK,
        'app.ts':
          "import { ask } from './ask';\nexport const again = (rules: string, text: string) => ask(rules, text);\n",
      },
    ],
    [
      'data for a prompt that the function writes',
      { 'sort.ts': WRITTEN, 'app.ts': "import { sort } from './sort';\nsort('Dear library, where is my book?');\n" },
    ],
    [
      'making a client or a function that asks',
      {
        'ask.ts': `${CLIENT}export function createAsk(model: string) {
  return (prompt: string) => client.chat.completions.create({ model, messages: [{ role: 'user', content: prompt }] });
}
`,
        'app.ts': "import { createAsk } from './ask';\nexport const ask = createAsk('gpt-6-luna');\n",
      },
    ],
    [
      'a helper that builds messages',
      {
        'ask.ts': `${CLIENT}export const messagesOf = (system: string, text: string) => [{ role: 'system', content: system }, { role: 'user', content: text }];
export async function sort(letter: string) {
  return client.chat.completions.create({ model: 'gpt-6-luna', messages: messagesOf('${RULES}', letter) });
}
`,
        'app.ts': `import { messagesOf } from './ask';\nconsole.log(messagesOf('${RULES}', 'hello'));\n`,
      },
    ],
    ['a test', { 'ask.ts': ASK, 'ask.test.ts': `import { ask } from './ask';\nask('${RULES}', 'hello');\n` }],
    [
      "another class's method of the same name",
      {
        'llm.ts': `${CLIENT}export class Llm {
  search(system: string, text: string) {
    return client.chat.completions.create({
      model: 'gpt-6-luna',
      messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
    });
  }
}
`,
        'app.ts': `export class Shelf {\n  search(title: string, author: string) {\n    return title + author;\n  }\n}\nnew Shelf().search('${RULES}', 'x');\n`,
      },
    ],
    [
      'texts to be embedded',
      {
        'embed.ts': `${CLIENT}export const embed = (text: string) => client.embeddings.create({ model: 'text-embedding-3-small', input: text });\n`,
        'app.ts': `import { embed } from './embed';\nembed('${RULES}');\n`,
      },
    ],
  ];
  test.each(others)('%s', (_, tree) => {
    expect(featuresIn(tree)).toEqual([]);
  });
});
