/** Feature calls on objects that keep a conversation: what their methods put into fields is what they send. */
import { describe, expect, test } from 'vitest';
import { systemsIn } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const TALK = `from dataclasses import dataclass, field
from openai import OpenAI
client = OpenAI()

@dataclass
class Message:
    role: str
    content: str
    def as_dict(self):
        return {"role": self.role, "content": self.content}

@dataclass
class Log:
    messages: list[Message] = field(default_factory=list)
    @property
    def dicts(self):
        return [message.as_dict() for message in self.messages]
    def forget(self, text):
        self.messages = [message for message in self.messages if message.content != text]

class Talk(Log):
    @classmethod
    def under(cls, rules):
        return cls(messages=[Message(role="system", content=rules)])
    def ask(self, text):
        self.messages.append(Message(role="user", content=text))
        return self.send()
    def send(self):
        def attempt():
            return client.chat.completions.create(model="gpt-6-luna", messages=self.dicts)
        return attempt()

def ask_once(rules, template, values, **options):
    talk = Talk.under(rules)
    prompt = template.format(**values)
    return talk.ask(prompt, **options)
`;

describe('an object that keeps a conversation', () => {
  test.each([
    ['it is made with the rules', `    talk = Talk.under("${RULES}")\n    return talk.ask(letter)\n`, 4],
    [
      'the rules are assigned to it',
      `    talk = Talk()\n    talk.messages = [Message(role="system", content="${RULES}")]\n    return talk.ask(letter)\n`,
      5,
    ],
    [
      'a function makes it, of a template and its values',
      `    return ask_once("${RULES}", "Sort this: {letter}", {"letter": letter})\n`,
      3,
    ],
  ])('sends what it was given before the call: %s', (_, body, line) => {
    const app = `from talk import Message, Talk, ask_once\ndef sort(letter):\n${body}`;
    expect(systemsIn({ 'talk.py': TALK, 'app.py': app })).toEqual([`app.py:${line} static`]);
  });

  test('sends what a method of a class below puts in', () => {
    const app = `from talk import Message, Talk
class Clerk(Talk):
    def sort(self, letter):
        self.messages = [Message(role="system", content="${RULES}")]
        return self.ask(f"Sort the letter that follows, and say in one word which shelf of the library it is for: {letter}")
`;
    expect(systemsIn({ 'talk.py': TALK, 'app.py': app })).toEqual(['app.py:5 static']);
  });

  test.each([
    ['begins with a message', 'field(default_factory=list)', '[Message(role="system", content="Be brief.")]'],
    [
      'is replaced by a method of the class below',
      '    def send(self):',
      '    def undo(self):\n        self.messages = self.earlier.pop()\n    def send(self):',
    ],
  ])('sends what it was given where the list of a class above %s', (_, written, other) => {
    const app = `from talk import Message, Talk
def sort(letter):
    return Talk(messages=[Message(role="system", content="${RULES}")]).ask(letter)
class Clerk(Talk):
    def sort(self, letter):
        self.messages = [Message(role="system", content="${RULES}")]
        return self.ask(f"Sort the letter that follows, and say which shelf of the library it is for: {letter}")
`;
    expect(systemsIn({ 'talk.py': TALK.replace(written, other), 'app.py': app })).toEqual([
      'app.py:3 static',
      'app.py:7 static',
    ]);
  });

  describe('that is split for an API with a separate system prompt', () => {
    const ask = 'Sort the letter that follows, and say which shelf of the library it is for: ';
    const talk = (others: string) => `from anthropic import Anthropic
from pydantic import BaseModel
client = Anthropic()
class Message(BaseModel):
    role: str
    content: str
class Log(BaseModel):
    messages: list[Message] = [Message(role="system", content="You are a helpful clerk of the library.")]
class Talk(Log):
    def chat(self, content: str):
        self.messages.append(Message(role="user", content=content))
        dicts = [{"role": m.role, "content": m.content} for m in self.messages ${others}]
        system = self.messages[0].content
        return client.messages.create(model="claude-sonnet-4-6", max_tokens=100, system=system, messages=dicts)
`;

    test.each([
      ['once', 'if m.role != "system"'],
      ['twice', ''],
    ])('sends %s what each method of a class below puts in', (_, others) => {
      const app = `from talk import Message, Talk
RULES = "${RULES}"
class Clerk(Talk):
    def sort(self, letter):
        self.messages = [Message(role="system", content=RULES)]
        return self.chat(f"${ask}{letter}")
    def shelve(self, letter):
        self.messages = [Message(role="system", content=RULES + " Be brief.")]
        return self.chat(f"${ask}{letter}")
    def repeat(self, letter):
        return self.chat(letter)
`;
      expect(systemsIn({ 'talk.py': talk(others), 'app.py': app })).toEqual(['app.py:6 static', 'app.py:9 static']);
    });

    test('sends in TypeScript what each method of a class below puts in', () => {
      const base = `import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic();
export class Talk {
  protected messages = [{ role: 'system', content: 'You are a helpful clerk of the library.' }];
  chat(content: string) {
    this.messages.push({ role: 'user', content });
    const [system, ...messages] = this.messages;
    return client.messages.create({ model: 'claude-sonnet-4-6', max_tokens: 100, system: system.content, messages });
  }
}
`;
      const app = `import { Talk } from './talk';
const RULES = '${RULES}';
export class Clerk extends Talk {
  sort(letter: string) {
    this.messages = [{ role: 'system', content: RULES }];
    return this.chat(\`${ask}\${letter}\`);
  }
  shelve(letter: string) {
    this.messages = [{ role: 'system', content: RULES + ' Be brief.' }];
    return this.chat(\`${ask}\${letter}\`);
  }
  repeat(letter: string) {
    return this.chat(letter);
  }
}
`;
      expect(systemsIn({ 'talk.ts': base, 'app.ts': app })).toEqual(['app.ts:6 static', 'app.ts:10 static']);
    });
  });

  test('is a prompt once something was put into it', () => {
    const sending = 'def send(talk):\n    return client.chat.completions.create(model="m", messages=talk.dicts)\n';
    const app = (body: string) =>
      `from talk import Talk, send\ndef go_on(talk: Talk, reply):\n${body}    return send(talk)\n`;
    const lines = (body: string) => systemsIn({ 'talk.py': `${TALK}${sending}`, 'app.py': app(body) });
    expect(lines('    talk.ask(reply.text)\n')).toContain('app.py:4 unknown');
    expect(lines('')).toEqual([]);
  });

  test('decides nothing by filling a template that it is given', () => {
    expect(systemsIn({ 'talk.py': TALK })).toEqual([]);
  });

  test.each([
    ['self.template.format(**{"letter": letter, "longest": str(self.longest)})', ['clerk.py:11 unknown']],
    ['self.template.replace("{letter}", letter)', ['clerk.py:11 unknown']],
    ['self.template.strip()', []],
  ])('decides what it sends by filling a template that its object was made with: %s', (prompt, expected) => {
    const clerk = `from openai import OpenAI
client = OpenAI()
def complete(messages):
    return client.chat.completions.create(model="gpt-6-luna", messages=messages)

class Clerk:
    def __init__(self, template: str, longest: int):
        self.template = template
        self.longest = longest
    def sort(self, letter: str):
        return complete(${prompt})
`;
    expect(systemsIn({ 'clerk.py': clerk })).toEqual(expected);
  });

  test('sends in TypeScript what its methods have put in', () => {
    const talk = `import OpenAI from 'openai';
const client = new OpenAI();
export class Talk {
  private messages: { role: string; content: string }[] = [];
  add(role: string, content: string) { this.messages.push({ role, content }); }
  begin(rules: string, text: string) { this.add('system', rules); this.add('user', text); return this.send(); }
  private send() { return client.chat.completions.create({ model: 'gpt-6-luna', messages: this.messages }); }
}
`;
    const app = `import { Talk } from './talk';\nexport const sort = (letter: string) => new Talk().begin('${RULES}', letter);\n`;
    expect(systemsIn({ 'talk.ts': talk, 'app.ts': app })).toEqual(['app.ts:2 static']);
  });
});
