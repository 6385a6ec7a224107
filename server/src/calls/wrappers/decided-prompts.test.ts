/** Which calls of wrappers decide a prompt, and which only give one its data. */
import { describe, expect, test } from 'vitest';
import { featuresIn, reportOf, systemsIn } from './testing.ts';

const CLIENT = 'from openai import OpenAI\nclient = OpenAI()\n';
const INTRODUCTION =
  'You are the assistant of a public library. You are polite, brief and honest, and never guess where a book is.';
/** Writes a long system prompt itself and leaves the messages to its callers. */
const CHAT = `${CLIENT}def chat(messages):
    return client.chat.completions.create(
        model="gpt-6-luna",
        messages=[{"role": "system", "content": "${INTRODUCTION}"}, *messages],
    )

def answer(question):
    return client.chat.completions.create(
        model="gpt-6-luna",
        messages=[{"role": "system", "content": "${INTRODUCTION}"}, {"role": "user", "content": question}],
    )

def improve(prompt):
    prompt = '"""\\n' + prompt + '\\n"""\\n'
    prompt += "Put all of the above into your own words, and answer with them as JSON, without a word around it."
    return client.chat.completions.create(model="gpt-6-luna", messages=[{"role": "user", "content": prompt}])
`;
const TASK = 'Improve the wording of the following note to our readers, and answer with nothing but the better note: ';

const features = (body: string) =>
  featuresIn({ 'chat.py': CHAT, 'app.py': `from chat import answer, chat, improve\n${body}` });

describe('a wrapper that writes a prompt itself', () => {
  test('is told what to do by a message that is a prompt as well', () => {
    expect(features(`def better(note):\n    return chat([{"role": "user", "content": "${TASK}" + note}])\n`)).toEqual([
      'app.py:3 chat',
    ]);
    expect(features(`def better(note):\n    return answer("${TASK}" + note)\n`)).toEqual(['app.py:3 answer']);
  });

  test('gets data in a few words, and in what it puts into its own text', () => {
    expect(features('def ask(reader):\n    return answer(reader.question)\n')).toEqual([]);
    expect(features('def ask(book):\n    return answer("Where is " + book)\n')).toEqual([]);
  });

  test('may be given a prompt that is read or built out of sight, by its name', () => {
    const body = (call: string) => `from files import load\ndef ask(kind, book):\n    return ${call}\n`;
    expect(features(body('improve(load(kind, book))'))).toEqual(['app.py:4 improve']);
    expect(features(body('answer(load(kind, book))'))).toEqual([]);
  });

  test('is called for a whole conversation from elsewhere', () => {
    expect(features('import store\ndef go_on(id):\n    return chat(store.turns())\n')).toEqual(['app.py:4 chat']);
    expect(features('def go_on(messages):\n    return chat(messages)\n')).toEqual([]);
  });
});

describe('a wrapper that makes a prompt whose text is not known', () => {
  const TEMPLATES = `${CLIENT}from jinja2 import Environment, FileSystemLoader
templates = Environment(loader=FileSystemLoader("prompts"))

def ask(system_prompt, question):
    messages = [{"role": "system", "content": system_prompt}, {"role": "user", "content": question}]
    return client.chat.completions.create(model="gpt-6-luna", messages=messages)

def review(diff, language):
    prompt = templates.get_template("review.j2").render(diff=diff, language=language)
    return ask(prompt, diff)
`;
  const over = (body: string) => featuresIn({ 'ask.py': TEMPLATES, 'app.py': `from ask import ask, review\n${body}` });

  test('decides it where it makes it, and is only given data', () => {
    expect(over('def run(repo):\n    return review(repo.diff(), repo.language())\n')).toEqual(['ask.py:12 ask']);
  });

  test('is given one that is read from a file, where the file is named by default', () => {
    const reading = (path: string) => `import os
def sort(letter, ${path}):
    with open(os.path.join("prompts", path)) as file:
        rules = file.read()
    return ask(rules, letter)
`;
    expect(over(reading('path="sort.txt"'))).toContain('app.py:6 ask');
    expect(over(reading('path'))).not.toContain('app.py:6 ask');
  });

  test('writes a part of it itself, whichever of its texts that is', () => {
    const TRANSLATE = `def translate(note, language, source=None):
    rules = templates.get_template("translate.j2").render()
    if source:
        question = f"Translate what follows from {source} to {language}, and answer with nothing else:\\n{note}"
    else:
        question = f"Translate what follows to {language}, and first find out what it is written in:\\n{note}"
    return ask(rules, question)
`;
    const app = 'from ask import translate\ndef run(letter):\n    return translate(letter.text, letter.language)\n';
    expect(featuresIn({ 'ask.py': `${TEMPLATES}\n${TRANSLATE}`, 'app.py': app })).toEqual([
      'ask.py:12 ask',
      'ask.py:20 ask',
    ]);
  });

  test('leaves what is handed over as a prompt to its callers', () => {
    expect(over('def run(repo, store):\n    return ask(store.load(repo), repo.question())\n')).toContain(
      'app.py:3 ask',
    );
  });
});

describe('a prompt that is not known in full', () => {
  const ASK = `${CLIENT}def ask(messages):
    return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`;
  const over = (body: string) => featuresIn({ 'ask.py': ASK, 'app.py': `from ask import ask\n${body}` });

  test('may be one of several texts', () => {
    const body = `def write(kind, notes):
    if kind == "report":
        content = f"Write a report of these notes, with a title and three sections at the least: {notes}"
    else:
        content = f"Write a letter to our readers that says what is new in these notes: {notes}"
    return ask([{"role": "user", "content": content}])
`;
    expect(over(body)).toEqual(['app.py:7 ask']);
  });

  test('is built where several values are put together, but not where one is passed on', () => {
    expect(
      over('def write(kit, notes):\n    return ask([{"role": "user", "content": kit.build(notes, 3)}])\n'),
    ).toEqual(['app.py:3 ask']);
    expect(over('def write(notes):\n    return ask([{"role": "user", "content": notes}])\n')).toEqual([]);
  });
});

describe('what is no prompt', () => {
  test('is a text for an embedding, by the method that serves every kind of model', () => {
    const embedder = `import boto3, json
client = boto3.client("bedrock-runtime")
class Embedder:
    def invoke(self, text):
        return client.invoke_model(modelId=self.model, body=json.dumps({"inputText": text}))
`;
    const app =
      'from embedder import Embedder\ndef index():\n    return Embedder().invoke("a text to be found by its meaning")\n';
    expect(featuresIn({ 'embedder.py': embedder, 'app.py': app })).toEqual([]);
    const writer = embedder.replaceAll('Embedder', 'Writer');
    expect(featuresIn({ 'embedder.py': writer, 'app.py': app.replaceAll('Embedder', 'Writer') })).toHaveLength(1);
  });

  test("is what a database's client is asked for, by a method of a wrapper's name", () => {
    const tree = (method: string) => ({
      'memory.py': `${CLIENT}class Memory:
    def ${method}(self, text):
        return client.chat.completions.create(model="gpt-6-luna", messages=[{"role": "user", "content": text}])
`,
      'app.py': `def find(store):\n    return store.client.${method}("all letters about the new reading room")\n`,
    });
    expect(featuresIn(tree('search'))).toEqual([]);
    expect(featuresIn(tree('generate'))).toEqual(['app.py:2 Memory.generate']);
  });

  test('is not so where the client is called a language model, however many classes have the method', () => {
    const model = (name: string) => `${CLIENT}class ${name}:
    def invoke(self, text):
        return client.chat.completions.create(model="gpt-6-luna", messages=[{"role": "user", "content": text}])
`;
    const models = ['One', 'Two', 'Three', 'Four', 'Five'].map((name) => [`${name}.py`, model(name)] as const);
    const tree = (receiver: string) => ({
      ...Object.fromEntries(models),
      'app.py': `def write(${receiver}):\n    return ${receiver}.invoke("Write to all readers about the new room.")\n`,
    });
    expect(featuresIn(tree('llm'))).toHaveLength(1);
    expect(featuresIn(tree('agent'))).toEqual([]);
  });
});

test('what a function is given that writes the prompt is data, even where the prompt is lost on the way', () => {
  const tree = {
    'llm.py': `${CLIENT}def send(query, rules):
    words = [word for word in rules] + [word for word in query]
    return client.chat.completions.create(model="gpt-6-luna", messages=[{"role": "user", "content": w} for w in words])
`,
    'shelves.py': `from llm import send
def shelf_of(letter, reader):
    return send(query=f"{reader} wrote: {letter}", rules="${INTRODUCTION}")
def sort(reader, day):
    return shelf_of(f"Letter of {reader}, {day}", reader)
`,
  };
  expect(featuresIn(tree)).toEqual(['shelves.py:3 send']);
});

test('a function that hands on a field of its options decides nothing, whatever type they have', () => {
  const ask = `import OpenAI from 'openai';
const client = new OpenAI();
export async function ask({ prompt, model = 'gpt-6-luna' }: { prompt: string; model?: string }) {
  return client.chat.completions.create({ model, messages: [{ role: 'user', content: prompt }] });
}
export async function answer({ prompt, shelf }: { prompt: string; shelf?: string }) {
  return { shelf, text: await ask({ prompt }) };
}
`;
  const app = `import { answer } from './ask';
export const sort = (letter: string) => answer({ prompt: \`Which shelf of the library is this letter for? \${letter}\` });
`;
  expect(featuresIn({ 'ask.ts': ask, 'app.ts': app })).toEqual(['app.ts:2 answer > ask']);
});

describe('a template that a wrapper makes a chain of', () => {
  const chain = (type: string, made: string) => ({
    'ask.py': `from langchain.chains import LLMChain
from langchain_core.prompts import ChatPromptTemplate

async def ask(model, prompt${type}, values):
    chain = ${made}
    return await chain.ainvoke(values)
`,
    'app.py': `from ask import ask
from langchain_core.prompts import ChatPromptTemplate

async def sort(model, letter):
    template = ChatPromptTemplate.from_messages([("system", ${JSON.stringify(INTRODUCTION)}), ("user", "{letter}")])
    return await ask(model, template, {"letter": letter})
`,
  });

  test.each([
    ['by name', '', 'LLMChain(llm=model, prompt=prompt)'],
    ['with its type', ': ChatPromptTemplate', 'LLMChain(llm=model, prompt=prompt)'],
    ['with its type, by an operator', ': ChatPromptTemplate', 'prompt | model'],
  ])('is what the caller says: %s', (_, type, made) => {
    expect(systemsIn(chain(type, made))).toEqual(['app.py:6 static']);
  });

  test('is not known at the request itself', () => {
    const { calls } = reportOf(chain('', 'LLMChain(llm=model, prompt=prompt)'));
    expect(calls.find(({ path }) => path === 'ask.py')?.system).toBe('unknown');
  });
});

describe('a prompt that a setting may replace', () => {
  const ask = `import OpenAI from 'openai';
const client = new OpenAI();
export async function ask(prompt: string) {
  const messages = [{ role: 'user' as const, content: prompt }];
  return client.chat.completions.create({ model: 'gpt-6-luna', messages });
}
`;
  const rules = `const RULES = 'You read invoices for a tax office. Name the total of the {fields} and answer in JSON, please.';\n`;

  test('is chosen where its default is', () => {
    const app = `import { ask } from './ask';
${rules}export function read(settings: Record<string, string>) {
  return ask(settings.prompt || RULES);
}
export async function fill(id: string, fields: string) {
  const { prompt } = await load(id);
  return ask((prompt ?? RULES).replace('{fields}', fields));
}
`;
    expect(featuresIn({ 'ask.ts': ask, 'app.ts': app })).toEqual(['app.ts:4 ask', 'app.ts:8 ask']);
  });

  test('is not, if it is data, or if callers may give another', () => {
    const app = `import { ask } from './ask';
${rules}export function other(settings: Record<string, string>, question: string) {
  return ask(settings.prompt || question);
}
export function byDefault(prompt = RULES) {
  return ask(prompt);
}
`;
    expect(featuresIn({ 'ask.ts': ask, 'app.ts': app })).toEqual([]);
  });
});

describe('a prompt that a function out of sight fills in', () => {
  const ASK = `${CLIENT}def ask(messages):
    messages[0]["content"] += "Answer in JSON."
    history = [{"role": one["role"], "content": one["content"]} for one in messages]
    return client.chat.completions.create(model="gpt-6-luna", messages=history)
`;
  const over = (body: string) => featuresIn({ 'ask.py': ASK, 'app.py': `from ask import ask\n${body}` });
  const LIBRARY = `class Library:
    def __init__(self, kinds):
        for name, write in kinds.items():
            setattr(self, name, write)

library = Library(load())
`;

  test('is written there, of data under names of its own, and its caller only gives the data', () => {
    const app = `${LIBRARY}
def describe(summary):
    return ask(library.describe({"summary": summary}))

def title(summary):
    return ask(library.title(summary=summary, limit=5))

def update(book):
    return describe(book.summary), title(book.summary)
`;
    expect(over(app)).toEqual(['app.py:10 ask', 'app.py:13 ask']);
  });

  test('is the same in another form where a text or a conversation is what it gets', () => {
    const app = `${LIBRARY}
def shorten(prompt):
    return ask(library.shorten(prompt))

def go_on(messages):
    return ask(library.latest({"messages": messages}))
`;
    expect(over(app)).toEqual([]);
  });

  test('is written by a function that also asks by a prompt of its own', () => {
    const app = `${LIBRARY}
def find(question):
    ask([{"role": "user", "content": "${TASK}" + question}])
    return ask(library.answer({"question": question}))

def run(desk):
    return find(desk.next())
`;
    expect(over(app)).toEqual(['app.py:10 ask', 'app.py:11 ask']);
  });

  test('is asked beside a conversation that is handed on: that is data', () => {
    const SEND = `${CLIENT}def send(query, history):
    messages = [*history, {"role": "user", "content": query}]
    return client.chat.completions.create(model="gpt-6-luna", messages=messages)

def rewrite(question, history):
    return send(f"${TASK}{question}", history)
`;
    const app = `import store
from send import rewrite, send
def run(desk):
    return rewrite(desk.next(), store.turns())

def go_on(desk):
    return send(desk.next(), store.turns())
`;
    expect(featuresIn({ 'send.py': SEND, 'app.py': app })).toEqual(['app.py:7 send', 'send.py:8 send']);
  });
});

test('a wrapper that looks into its cache first is followed where nothing is cached', () => {
  const cached = `${CLIENT}CACHE = None
def ask(messages, is_streamed):
    if not is_streamed and CACHE is not None and str(messages) in CACHE:
        return CACHE[str(messages)]
    return client.chat.completions.create(model="gpt-6-luna", messages=messages)

def better(note):
    return ask([{"role": "user", "content": "${TASK}" + note}], False)
`;
  expect(featuresIn({ 'ask.py': cached })).toEqual(['ask.py:10 ask']);
});

describe('a message that is added to a conversation', () => {
  const CHAT_TS = `import OpenAI from 'openai';
const client = new OpenAI();
export function chat(options: { messages: { role: string; content: string }[] }) {
  const messages = [];
  for (const one of options.messages) messages.push({ role: one.role, content: textOf(one) });
  return client.chat.completions.create({ model: 'gpt-6-luna', messages });
}
`;
  const over = (messages: string) =>
    featuresIn({
      'chat.ts': CHAT_TS,
      'app.ts': `import { chat } from './chat';\nexport function title(turns: any[], more: any) {\n  return chat({ messages: ${messages} });\n}\n`,
    });
  const message = `{ role: 'user', content: '${TASK}' }`;

  test('is decided where it is added, whatever the conversation is', () => {
    expect(over(`[...turns, ${message}]`)).toEqual(['app.ts:3 chat']);
    expect(over(`turns.concat(${message})`)).toEqual(['app.ts:3 chat']);
    expect(over(`turns.slice(2).concat([${message}])`)).toEqual(['app.ts:3 chat']);
  });

  test('is not decided where it is handed on', () => {
    expect(over('turns.concat(more)')).toEqual([]);
  });
});
