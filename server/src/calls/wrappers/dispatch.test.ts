/** Feature calls on objects that are known by their type alone: the source of a small project in, the calls out. */
import { describe, expect, test } from 'vitest';
import { featuresIn, featuresOf, reportOf } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';

const PY_CLIENT = 'from openai import OpenAI\nclient = OpenAI()\n';
const PROVIDER = `${PY_CLIENT}class Provider:
    def answer(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`;
const TS_PROVIDER = `import OpenAI from 'openai';
import type { Engine } from './engine';
export class OpenAiEngine implements Engine {
  client = new OpenAI();
  answer(messages: OpenAI.ChatCompletionMessageParam[]) {
    return this.client.chat.completions.create({ model: 'gpt-6-luna', messages });
  }
}
`;
const ENGINE = 'export interface Engine {\n  answer(messages: object[]): Promise<unknown>;\n}\n';

describe('the receiver of a feature call', () => {
  test('is what a container of services gives, by the type that it is declared with', () => {
    const tree = {
      'provider.py': PROVIDER,
      'desk.py': `from injector import Injector
from provider import Provider
class Desk:
    def __init__(self, injector: Injector):
        self.injector = injector
    def open(self, kind):
        self.service: Provider = self.injector.get(kind)
    def ask(self, letter):
        return self.service.answer([{"role": "system", "content": "${RULES}"}, {"role": "user", "content": letter}])
`,
    };
    expect(featuresIn(tree)).toEqual(['desk.py:9 Provider.answer']);
  });

  test("is declared to be of an SDK's interface, in the code of that SDK", () => {
    const client = `${PY_CLIENT}from autogen_core.models import ChatCompletionClient
class Client(ChatCompletionClient):
    async def create(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`;
    const agent = `from autogen_core.models import ChatCompletionClient, SystemMessage
class Agent:
    def __init__(self, model_client: ChatCompletionClient):
        self._model_client = model_client
    async def ask(self, letter):
        return await self._model_client.create([{"role": "system", "content": "${RULES}"}, letter])
`;
    expect(featuresIn({ 'src/autogen_ext/client.py': client, 'src/autogen_agentchat/agent.py': agent })).toEqual([
      'src/autogen_agentchat/agent.py:6 Client.create',
    ]);
    expect(featuresIn({ 'app/client.py': client, 'app/agent.py': agent })).toEqual([]);
  });

  test('is declared to be of a class of a package, which the project implements', () => {
    const tree = {
      'mine.py': `${PY_CLIENT}from modelkit import ChatBase
class Mine(ChatBase):
    def answer(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`,
      'app.py': `from modelkit import ChatBase
class Sorter:
    def __init__(self, worker: ChatBase):
        self._worker = worker
    def run(self, letter):
        return self._worker.answer([{"role": "system", "content": "${RULES}"}])
`,
    };
    expect(featuresIn(tree)).toEqual(['app.py:6 Mine.answer']);
  });

  test('is an object of a subclass, which has its own words for the parts of a prompt', () => {
    const base = (body: string) => `from abc import ABC, abstractmethod
class Desk(ABC):
    @abstractmethod
    def system(self, text):
        ${body}
    @abstractmethod
    def send(self, messages):
        ${body}
    def ask(self, letter):
        return self.send([self.system("${RULES}"), {"role": "user", "content": letter}])
`;
    const desk = `${PY_CLIENT}from base import Desk
class ChatDesk(Desk):
    def system(self, text):
        return {"role": "system", "content": text}
    def send(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`;
    for (const body of ['pass', '"""Sends them."""', '...', 'raise NotImplementedError']) {
      const [call] = featuresOf(reportOf({ 'base.py': base(body), 'desk.py': desk }));
      expect(call).toMatchObject({ path: 'base.py', line: 10, system: 'static' });
      expect(call?.via.map(({ function: name }) => name)).toEqual(['ChatDesk.send']);
    }
  });

  test('is handed what the filters before it made of the request that its function was given', () => {
    const tree = {
      'provider.py': PROVIDER,
      'desk.py': `from provider import Provider
class Desk:
    def __init__(self, provider: Provider, filters):
        self.provider = provider
        self.filters = filters
    def send(self, request):
        for one in self.filters:
            request = one.before(request)
        return self.provider.answer(request)
    def ask(self, letter):
        return self.send([{"role": "system", "content": "${RULES}"}, {"role": "user", "content": letter}])
`,
    };
    expect(featuresIn(tree)).toEqual(['desk.py:11 Desk.send > Provider.answer']);
  });

  test('is not whatever extends a base that stands above everything', () => {
    const tree = {
      'mine.py': `${PY_CLIENT}from pydantic import BaseModel
class Mine(BaseModel):
    def answer(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`,
      'app.py': `from pydantic import BaseModel
def run(form: BaseModel):
    return form.answer([{"role": "system", "content": "${RULES}"}])
`,
    };
    expect(featuresIn(tree)).toEqual([]);
  });

  test('comes from a function that says what it gives, and picks it in a way that is not known', () => {
    const tree = {
      'engine.ts': ENGINE,
      'open-ai.ts': TS_PROVIDER,
      'pick.ts':
        "import type { Engine } from './engine';\nclass Registry {\n  engine;\n}\nexport function pick(): Engine {\n  return new Registry().engine;\n}\n",
      'app.ts': `import { pick } from './pick';
const it = pick();
await it.answer([{ role: 'system', content: '${RULES}' }]);
`,
    };
    expect(featuresIn(tree)).toEqual(['app.ts:3 OpenAiEngine.answer']);
  });

  test('is given by a method, or held by an object, of which only the declared type is known', () => {
    const session = `import importlib
from provider import Provider

class Session:
    def __init__(self, llm):
        self.llm = llm

    def ask(self, messages):
        return self.llm.answer(messages)

class Backend:
    llm: Provider

    def session(self) -> Session:
        return Session(self.llm)

def backend(settings) -> Backend:
    return importlib.import_module(settings.module).make()
`;
    const app = (call: string) => ({
      'provider.py': PROVIDER,
      'session.py': session,
      'app.py': `from session import backend\n${call}([{"role": "system", "content": "${RULES}"}])\n`,
    });
    expect(featuresIn(app('backend(settings).session().ask'))).toContain('app.py:2 Session.ask > Provider.answer');
    expect(featuresIn(app('backend(settings).llm.answer'))).toContain('app.py:2 Provider.answer');
    const typed = (call: string) => ({
      'engine.ts': ENGINE,
      'open-ai.ts': TS_PROVIDER,
      'pick.ts': `import type { Engine } from './engine';
class Registry {
  desk;
  engine;
}
class Desk {
  engine: Engine;
  open(): Engine {
    return new Registry().engine;
  }
}
export function desk(): Desk {
  return new Registry().desk;
}
`,
      'app.ts': `import { desk } from './pick';\nawait ${call}.answer([{ role: 'system', content: '${RULES}' }]);\n`,
    });
    expect(featuresIn(typed('desk().open()'))).toEqual(['app.ts:2 OpenAiEngine.answer']);
    expect(featuresIn(typed('desk().engine'))).toEqual(['app.ts:2 OpenAiEngine.answer']);
  });

  test('comes from a module that is looked up by a name in a configuration', () => {
    const tree = {
      'provider.py': PROVIDER,
      'factory.py': `import importlib
def make(settings):
    module = importlib.import_module("providers." + settings.provider)
    return getattr(module, "Provider")(settings)
`,
      'app.py': `from factory import make
class Sorter:
    def __init__(self, settings):
        self.llm = make(settings)
    def run(self):
        return self.llm.answer([{"role": "system", "content": "${RULES}"}])
`,
    };
    expect(featuresIn(tree)).toEqual(['app.py:6 Provider.answer']);
    const named = {
      ...tree,
      'factory.py': tree['factory.py'].replace('"providers." + settings.provider', '"provider"'),
    };
    expect(featuresIn(named)).toEqual(['app.py:6 Provider.answer']);
  });

  test('comes from a class that is looked up by a name in a configuration', () => {
    const tree = {
      'provider.py': PROVIDER,
      'factory.py': `import importlib
def make(path):
    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)()
`,
      'app.py': `from factory import make
class Sorter:
    def __init__(self, config):
        self.llm = make(config.path)
    def run(self):
        return self.llm.answer([{"role": "system", "content": "${RULES}"}])
`,
    };
    expect(featuresIn(tree)).toEqual(['app.py:6 Provider.answer']);
  });

  test('is given by an inherited property, which the class replaces in some cases', () => {
    const tree = {
      'provider.py': PROVIDER,
      'base.py': `from provider import Provider
class Base:
    @property
    def worker(self) -> Provider:
        return self.registry.worker
    @worker.setter
    def worker(self, worker):
        self.registry.worker = worker
`,
      'app.py': `from base import Base
class Human:
    def answer(self, messages):
        return input()
class Role(Base):
    def __init__(self, is_human):
        if is_human:
            self.worker = Human()
    def run(self):
        return self.worker.answer([{"role": "system", "content": "${RULES}"}])
`,
    };
    expect(featuresIn(tree)).toEqual(['app.py:10 Provider.answer']);
  });
});

describe('a prompt that is not known in full', () => {
  const wrapper = {
    'ask.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export function ask(messages: OpenAI.ChatCompletionMessageParam[]) {
  return client.chat.completions.create({ model: 'gpt-6-luna', messages });
}
`,
  };
  const tools = 'class Tools {\n  build: Build; convert: Convert; stored: Stored;\n}\nconst tools = new Tools();\n';
  const featuresOf = (app: string) =>
    featuresIn({ ...wrapper, 'app.ts': `import { ask } from './ask';\n${tools}${app}` });

  test('is decided by the call where its list is filled from other lists', () => {
    const app = `const RULES = (kind: string) =>
  kind === 'a' ? [{ role: 'system', content: '${RULES}' }] : [{ role: 'system', content: '${RULES} Be brief.' }];
export const sort = (kind: string, letter: string) => ask([...RULES(kind), { role: 'user', content: letter }]);
`;
    expect(featuresOf(app)).toEqual(['app.ts:8 ask']);
  });

  test('is decided by the call where it is built of several values', () => {
    const app = 'export const sort = (rules: string, letter: string) => ask(tools.build(rules, letter));\n';
    expect(featuresOf(app)).toEqual(['app.ts:6 ask']);
  });

  test('is not decided by a call that gives it another form', () => {
    expect(featuresOf('export const sort = (letters: object[]) => ask(tools.convert(letters));\n')).toEqual([]);
  });

  test('is not decided by a call that gives nothing of its own', () => {
    const app = `const go = (letters: object[], isFirst: boolean) => ask(isFirst ? tools.stored() : letters);
export const sort = (letters: object[], isFirst: boolean) => go(letters, isFirst);
`;
    expect(featuresOf(app)).toEqual(['app.ts:6 ask']);
  });
});

describe('a receiver from a registry', () => {
  const engines = `${TS_PROVIDER.replace(/import type .*\n/, '').replace('implements Engine ', '')}
const engines = new Map<string, OpenAiEngine>([['cloud', new OpenAiEngine()]]);
export const engineOf = (name: string) => engines.get(name)!;
export class Shelf {
  #engines = new Map<string, OpenAiEngine>();
  add(name: string, engine: OpenAiEngine) { this.#engines.set(name, engine); }
  sort(name: string, letter: string) {
    return this.#engines.get(name)!.answer([{ role: 'system', content: '${RULES}' }, { role: 'user', content: letter }]);
  }
}
`;
  test('is one of what a map holds, or is known by the name of the map', () => {
    const app = `import { engineOf } from './engines';
export const sort = (letter: string) =>
  engineOf('cloud').answer([{ role: 'system', content: '${RULES}' }, { role: 'user', content: letter }]);
`;
    expect(featuresIn({ 'engines.ts': engines, 'app.ts': app })).toEqual([
      'app.ts:3 OpenAiEngine.answer',
      expect.stringMatching(/^engines\.ts:\d+ OpenAiEngine\.answer$/),
    ]);
  });
  test('is known by the name of the dictionary that it is from', () => {
    const app = `class Desk:
    def __init__(self):
        self._providers = {}
    def sort(self, name, letter):
        return self._providers[name].answer([{"role": "system", "content": "${RULES}"}, {"role": "user", "content": letter}])
`;
    expect(featuresIn({ 'provider.py': PROVIDER, 'app.py': app })).toEqual(['app.py:5 Provider.answer']);
  });
});

test('a method of another language is not called', () => {
  const app = `export const sort = (engine: { answer(messages: object[]): unknown }, letter: string) =>
  engine.answer([{ role: 'system', content: '${RULES}' }, { role: 'user', content: letter }]);
`;
  expect(featuresIn({ 'provider.py': PROVIDER, 'app.ts': app })).toEqual([]);
});
