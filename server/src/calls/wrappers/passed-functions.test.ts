/** Functions of the project that are handed to others of the project, which call them with arguments of their own. */
import { describe, expect, test } from 'vitest';
import { featuresIn } from './testing.ts';

const RULES = '"You sort letters for a public library. Answer with the name of one shelf, and nothing else at all."';

/** A base class that asks with whatever `chat` of the class below it is, over `retry`. */
const provider = (retry: string, call: string) => ({
  'provider.py': `class Provider:
    async def chat(self, messages, model=None):
        raise NotImplementedError()

${retry}

    async def patient_chat(self, messages, model=None, **kwargs):
        return await self.retry(${call})
`,
  'hosted.py': `from openai import AsyncOpenAI
from provider import Provider

class HostedProvider(Provider):
    def __init__(self):
        self._client = AsyncOpenAI()

    async def chat(self, messages, model=None):
        return await self._client.chat.completions.create(model=model, messages=messages)
`,
  'app.py': `from hosted import HostedProvider

async def sort(letter):
    return await HostedProvider().patient_chat([{"role": "system", "content": ${RULES}}, {"role": "user", "content": letter}])
`,
});
const FOUND = ['app.py:4 Provider.patient_chat > Provider.retry > HostedProvider.chat'];

describe('a method that is handed to one of the project', () => {
  test('is called with what the other gives it by name', () => {
    const retry = `    async def retry(self, call, *, messages, model):
        while True:
            try:
                return await call(messages=messages, model=model)
            except ConnectionError:
                pass`;
    expect(featuresIn(provider(retry, 'self.chat, messages=messages, model=model'))).toEqual(FOUND);
  });

  test('is called with what the other makes of its arguments', () => {
    const retry = `    async def retry(self, attempts, call, messages):
        for _ in range(attempts):
            return await call([*messages, {"role": "user", "content": "Go on."}])`;
    expect(featuresIn(provider(retry, '3, self.chat, messages'))).toEqual(FOUND);
  });

  test('is called inside a function that the other declares', () => {
    const retry = `    async def retry(self, call, messages):
        @once_more
        async def attempt():
            return await call(messages)
        return await attempt()`;
    expect(featuresIn(provider(retry, 'self.chat, messages'))).toEqual([
      'app.py:4 Provider.patient_chat > Provider.retry.attempt > HostedProvider.chat',
    ]);
  });
});

describe('a closure that is handed over alone', () => {
  test('is called by what it is handed to', () => {
    const stream = `from openai import OpenAI

class Model:
    def stream(self, messages, smooth=True):
        def start():
            return OpenAI().chat.completions.create(model="gpt-6-luna", messages=messages, stream=True)

        if smooth:
            return self.smoothed(start)
        return start

    def smoothed(self, start):
        for part in start():
            yield part
`;
    const app = `from model import Model

def sort(letter):
    return Model().stream([{"role": "system", "content": ${RULES}}, {"role": "user", "content": letter}])
`;
    expect(featuresIn({ 'model.py': stream, 'app.py': app })).toEqual([
      'app.py:4 Model.stream > Model.smoothed > Model.stream.start',
    ]);
    const ask = `import OpenAI from 'openai';
const retried = async (attempt) => {
  for (;;) return await attempt();
};
export function ask(messages) {
  const attempt = () => new OpenAI().chat.completions.create({ model: 'gpt-6-luna', messages });
  return retried(attempt);
}
`;
    const sort = `import { ask } from './ask.ts';
export const sort = (letter) => ask([{ role: 'system', content: ${RULES} }, { role: 'user', content: letter }]);
`;
    expect(featuresIn({ 'ask.ts': ask, 'app.ts': sort })).toEqual(['app.ts:2 ask > retried > ask.attempt']);
  });
});

test('a call of a closure is not counted besides the call in it that sends what is decided around both', () => {
  const ask = `import OpenAI from 'openai';
export const ask = (messages) => new OpenAI().chat.completions.create({ model: 'gpt-6-luna', messages });
`;
  const app = (call: string) => `import { ask } from './ask.ts';
export function sort(letter) {
  const messages = [{ role: 'system', content: ${RULES} }, { role: 'user', content: letter }];
  async function send(more) {
    return ask([...messages, ...more]);
  }
  return send(${call});
}
`;
  expect(featuresIn({ 'ask.ts': ask, 'app.ts': app('[]') })).toEqual(['app.ts:5 ask']);
  expect(featuresIn({ 'ask.ts': ask, 'app.ts': app(`[{ role: 'user', content: ${RULES} }]`) })).toEqual([
    'app.ts:5 ask',
    'app.ts:7 sort.send > ask',
  ]);
});
