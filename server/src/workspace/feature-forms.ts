/**
 * For tests: a code base whose feature calls reach their request in every form that is not an import. Nothing imports
 * the files that make the requests, so that only a search of the whole finds out who runs them.
 */
import type { Tree } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';

/** Files that make requests for others; each states its limit once, as a number. */
export const PROVIDERS = ['openai-llm.ts', 'gemini.ts', 'ask.ts', 'provider/openai_llm.py', 'provider/gemini_llm.py'];

export const FORMS: Tree = {
  // An interface, which is handed over, injected, and found in a registry.
  'llm.ts': `export interface Llm {
  complete(system: string, text: string): Promise<unknown>;
}
`,
  'openai-llm.ts': `import OpenAI from 'openai';
import type { Llm } from './llm';
const client = new OpenAI();
export class OpenAiLlm implements Llm {
  complete(system: string, text: string) {
    return client.chat.completions.create({
      model: 'gpt-6-luna',
      max_completion_tokens: 100,
      messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
    });
  }
}
`,
  'by-interface.ts': `import type { Llm } from './llm';
export const sort = (llm: Llm, text: string) => llm.complete('${RULES} (interface)', text);
`,
  'by-injection.ts': `import type { Llm } from './llm';
export class Sorter {
  constructor(private readonly llm: Llm) {}
  sort(text: string) {
    return this.llm.complete('${RULES} (injection)', text);
  }
}
`,
  'registry.ts': `import type { Llm } from './llm';
const known: Record<string, Llm> = {};
export function register(name: string, llm: Llm) {
  known[name] = llm;
}
export function llmNamed(name: string): Llm {
  return known[name];
}
`,
  'by-registry.ts': `import { llmNamed } from './registry';
export function sort(text: string) {
  const llm = llmNamed('openai');
  return llm.complete('${RULES} (registry)', text);
}
`,
  // A wrapper around the interface: its callers do not know the interface.
  'polite.ts': `import type { Llm } from './llm';
export const politely = (llm: Llm, rules: string, text: string) => llm.complete(rules, text);
`,
  'by-wrapper.ts': `import { politely } from './polite';
export const sort = (llm: never, text: string) => politely(llm, '${RULES} (wrapper)', text);
`,
  // A base class that calls what classes below it implement.
  'base.ts': `export abstract class Base {
  ask(system: string, text: string) {
    return this.send([{ role: 'system', content: system }, { role: 'user', content: text }]);
  }
  protected abstract send(messages: object[]): Promise<unknown>;
}
`,
  'gemini.ts': `import OpenAI from 'openai';
import { Base } from './base';
const client = new OpenAI();
export class Gemini extends Base {
  protected send(messages: object[]) {
    return client.chat.completions.create({ model: 'gpt-6-luna', max_completion_tokens: 200, messages });
  }
  sort(text: string) {
    return this.ask('${RULES} (own base)', text);
  }
}
`,
  'by-base.ts': `import type { Base } from './base';
export const sort = (model: Base, text: string) => model.ask('${RULES} (base class)', text);
`,
  // A callback.
  'ask.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export const askModel = (system: string, text: string) =>
  client.chat.completions.create({
    model: 'gpt-6-luna',
    max_completion_tokens: 300,
    messages: [{ role: 'system', content: system }, { role: 'user', content: text }],
  });
`,
  'retry.ts': `export const withRetry = (run: (...args: string[]) => unknown, ...args: string[]) => run(...args);
`,
  'by-callback.ts': `import { askModel } from './ask';
import { withRetry } from './retry';
export const sort = (text: string) => withRetry(askModel, '${RULES} (callback)', text);
`,
  // The same in Python; the package imports every provider, and every provider imports the base class.
  'provider/__init__.py': `from provider.openai_llm import OpenAiLlm
from provider.gemini_llm import GeminiLlm
`,
  'provider/base_llm.py': `from abc import ABC, abstractmethod


class BaseLlm(ABC):
    def ask(self, prompt, system=None):
        return self.acomplete([{"role": "system", "content": system}, {"role": "user", "content": prompt}])

    def acomplete(self, messages):
        return self._send(messages)

    @abstractmethod
    def _send(self, messages): ...
`,
  'provider/openai_llm.py': `from openai import OpenAI
from provider.base_llm import BaseLlm


class OpenAiLlm(BaseLlm):
    def __init__(self):
        self.client = OpenAI()

    def _send(self, messages):
        return self.client.chat.completions.create(model="gpt-6-luna", max_completion_tokens=400, messages=messages)
`,
  'provider/gemini_llm.py': `from openai import OpenAI
from provider.base_llm import BaseLlm


class GeminiLlm(BaseLlm):
    def __init__(self):
        self.client = OpenAI()

    def _send(self, messages):
        return self.client.chat.completions.create(model="gpt-6-luna", max_completion_tokens=500, messages=messages)

    def test(self, text):
        return self.ask(text, system="${RULES} (own base)")
`,
  'role.py': `from provider.base_llm import BaseLlm


class Role:
    llm: BaseLlm

    def think(self, text):
        return self.llm.ask(text, system="${RULES} (field)")

    def _ask(self, text, system):
        return self.llm.ask(text, system=system)
`,
  'librarian.py': `from role import Role


class Librarian(Role):
    def sort(self, text):
        return self._ask(text, "${RULES} (inherited)")
`,
};
