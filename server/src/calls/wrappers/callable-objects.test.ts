/** Feature calls of objects that are called like functions. */
import { expect, test } from 'vitest';
import { featuresIn } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const SERVICES = `from openai import OpenAI
client = OpenAI()
class BaseService:
    def __call__(self, prompt):
        raise NotImplementedError
class OpenAiService(BaseService):
    def __call__(self, prompt):
        return client.chat.completions.create(model="gpt-6-luna", messages=[{"role": "user", "content": prompt}])
`;

test('an object in a field is called by the field, in whatever file', () => {
  const tree = {
    'services.py': SERVICES,
    'base.py': `from services import BaseService
class Processor:
    def __init__(self, llm_service: BaseService):
        self.llm_service = llm_service
`,
    'sorter.py': `from base import Processor
class Sorter(Processor):
    def sort(self, letter):
        return self.llm_service("${RULES}" + letter)
`,
  };
  expect(featuresIn(tree)).toEqual(['sorter.py:4 OpenAiService.__call__']);
});

test('a closure calls an object that a factory chose, and callers get the closure from a method', () => {
  const tree = {
    'services.py': `${SERVICES}    @staticmethod
    def for_kind(kind):
        return OpenAiService
`,
    'agents.py': `from services import OpenAiService
class Agent:
    def get_llm(self, kind=None):
        service_class = OpenAiService.for_kind(kind)
        llm_client = service_class()
        async def client(prompt, **options):
            return await llm_client(prompt)
        return client
class Sorter(Agent):
    async def sort(self, letter):
        llm = self.get_llm()
        return await llm("${RULES}" + letter)
`,
  };
  expect(featuresIn(tree)).toEqual(['agents.py:12 Agent.get_llm.client > OpenAiService.__call__']);
});

test('a closure is known by the type that its maker declares', () => {
  const tree = {
    'handlers.py': `from typing import Protocol
from openai import OpenAI
client = OpenAI()
class LlmHandler(Protocol):
    def __call__(self, prompt: str): ...
def make_handler(key: str) -> LlmHandler:
    def handler(prompt):
        return client.chat.completions.create(model=key, messages=[{"role": "user", "content": prompt}])
    return handler
`,
    'app.py': `from handlers import LlmHandler
class App:
    MAIN_LLM_HANDLER: LlmHandler
`,
    'sorter.py': `from app import App
def sort(app: App, letter):
    return app.MAIN_LLM_HANDLER(prompt="${RULES}" + letter)
`,
  };
  expect(featuresIn(tree)).toEqual(['sorter.py:3 make_handler.handler']);
});

test('a function that gives such an object, or hears of its answer, is none', () => {
  const tree = {
    'services.py': SERVICES,
    'sorter.py': `from services import BaseService
def sort(letter, factory, callback, llm_service: BaseService):
    llm = factory.get_llm("${RULES}")
    callback.on_llm_new_token("${RULES}" + letter)
    return llm_service("${RULES}" + letter)
`,
  };
  expect(featuresIn(tree)).toEqual(['sorter.py:5 OpenAiService.__call__']);
});

test('no other object that is called makes a feature call', () => {
  const tree = {
    'services.py': SERVICES,
    'net.py': `import torch
class Net:
    def __init__(self, model):
        self.model = model
    def run(self, letter):
        return self.model("${RULES}" + letter)
`,
  };
  expect(featuresIn(tree)).toEqual([]);
});
