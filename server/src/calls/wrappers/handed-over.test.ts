/** Whose words the messages of a feature call are, whatever the wrappers on the way make of them. */
import { describe, expect, test } from 'vitest';
import { featuresOf, reportOf, systemsIn } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';

/** Takes the system prompt out of the messages, as a connector for Anthropic's API does. */
const SPLITTING = `import anthropic
from chatkit import SystemMessage

class Connector:
    def __init__(self):
        self.client = anthropic.Anthropic()

    def create(self, messages):
        system = None
        rest = []
        for message in messages:
            if isinstance(message, SystemMessage):
                system = message.content
            else:
                rest.append({"role": "user", "content": message.content})
        return self.client.messages.create(model="claude-sonnet-5", max_tokens=100, system=system, messages=rest)
`;

/** Has its messages converted by a package. */
const CONVERTING = `from langchain_openai import ChatOpenAI
from converters import convert_messages

def ask(messages):
    return ChatOpenAI(model="gpt-6-luna").invoke(convert_messages(messages))
`;

const app = (body: string) => ({ 'connector.py': SPLITTING, 'ask.py': CONVERTING, 'app.py': body });
const onConnector = (lines: string) =>
  app(`from chatkit import SystemMessage, UserMessage, AssistantMessage
from connector import Connector

class Sorter:
    def __init__(self):
        self.connector = Connector()
        self.history = []

    def sort(self, letter):
${lines.replace(/^/gm, '        ')}
`);

describe('the messages that are handed to a connector', () => {
  test('are of the system and of the user as the call says', () => {
    expect(
      systemsIn(onConnector(`return self.connector.create([SystemMessage("${RULES}"), UserMessage(letter)])`)),
    ).toEqual(['app.py:10 static']);
    expect(systemsIn(onConnector(`return self.connector.create([UserMessage("${RULES}" + letter)])`))).toEqual([
      'app.py:10 none',
    ]);
    expect(
      systemsIn(
        onConnector(`return self.connector.create([SystemMessage("${RULES}" + letter), UserMessage("Sort.")])`),
      ),
    ).toEqual(['app.py:10 dynamic']);
  });

  test('hold no system prompt where all that is put in between is of others', () => {
    const lines = (last: string) => `turns = [UserMessage("${RULES}")]
for item in letter.parts:
    turns.append(${last})
return self.connector.create(turns)`;
    expect(systemsIn(onConnector(lines('AssistantMessage(item)')))).toEqual(['app.py:13 none']);
    expect(systemsIn(onConnector(lines('item')))).toEqual(['app.py:13 unknown']);
  });

  test('count as the system prompt of most models where some take none', () => {
    const lines = `rules = "${RULES}"
if self.connector.family == "small":
    first = UserMessage(content=rules, source="user")
else:
    first = SystemMessage(content=rules)
return self.connector.create([first] + self.history + [UserMessage(content=letter, source="user")])`;
    expect(systemsIn(onConnector(lines))).toEqual(['app.py:15 static']);
  });

  test('are the same after a package has converted them', () => {
    const body = (first: string) => `from ask import ask
def sort(letter):
    return ask([{"role": "${first}", "content": "${RULES}"}, {"role": "user", "content": letter}])
`;
    expect(systemsIn(app(body('system')))).toEqual(['app.py:3 static']);
    expect(systemsIn(app(body('user')))).toEqual(['app.py:3 none']);
  });

  test('may be objects of a class of the project', () => {
    const body = (role: string) => `from ask import ask
class Message:
    def __init__(self, content, role):
        self.content = content
        self.role = role

def sort(letter):
    return ask([Message("${RULES}", role="${role}"), Message(letter, role="user")])
`;
    expect(systemsIn(app(body('system')))).toEqual(['app.py:8 static']);
    expect(systemsIn(app(body('user')))).toEqual(['app.py:8 none']);
  });

  test('stand among what a wrapper puts around them before they are converted', () => {
    const tree = app(`from ask import ask
INTRODUCTION = "${RULES} Be polite to everyone who reads your answers."

def ask_politely(messages):
    return ask([{"role": "system", "content": INTRODUCTION}, *messages, {"role": "user", "content": "Answer now."}])

def sort(letter):
    return ask_politely([{"role": "user", "content": "Put the letter on one of the shelves for fiction, history, maps, music or newspapers: " + letter}])
`);
    const feature = featuresOf(reportOf(tree)).find(({ line }) => line === 8);
    expect(feature?.system).toBe('static');
    expect(feature?.tokens.sections).toMatchObject([
      { role: 'system', stability: 'stable' },
      { role: 'user', stability: 'varying' },
    ]);
  });

  test('keep the system prompt that comes beside them', () => {
    const tree = app(`from ask import ask
def complete(messages, system):
    return ask([{"role": "system", "content": system}] + [dict(message) for message in messages])

def sort(letter):
    return complete(messages=[{"role": "user", "content": letter}], system="${RULES}")
`);
    expect(systemsIn(tree)).toEqual(['app.py:6 static']);
  });
});

describe('a system prompt that is put together', () => {
  const ask = `from openai import OpenAI
client = OpenAI()

def ask(prompt, rules):
    messages = [message_of(rule) for rule in rules if rule]
    messages.append({"role": "user", "content": prompt})
    return client.chat.completions.create(model="gpt-6-luna", messages=messages)

def message_of(text):
    return {"role": "system", "content": text}
`;

  test('of a list of texts is all of them', () => {
    const featureWith = (rules: string) =>
      featuresOf(reportOf({ 'ask.py': ask, 'app.py': `from ask import ask\nask("Sort.", rules=[${rules}])\n` }))[0];
    const [one, two] = [featureWith(`"${RULES}", ""`), featureWith(`"${RULES}", "Be brief and polite."`)];
    expect([one?.system, two?.system]).toEqual(['static', 'static']);
    const tokens = [one, two].map((feature) => feature?.tokens.sections[0]?.expected ?? 0) as [number, number];
    expect(tokens[1]).toBeGreaterThan(tokens[0]);
  });

  test('with a text that is added in one case is literal throughout, in a loop it is not', () => {
    const body = (head: string) => `from ask import ask
def sort(letter, parts):
    rules = "${RULES}"
    ${head}
        rules += "Be brief."
    return ask(letter, [rules])
`;
    expect(systemsIn({ 'ask.py': ask, 'app.py': body('if letter.is_long:') })).toEqual(['app.py:6 static']);
    expect(systemsIn({ 'ask.py': ask, 'app.py': body('for part in parts:') })).toEqual(['app.py:6 dynamic']);
  });

  test('stands after messages that are read from elsewhere', () => {
    const tree = {
      'ask.py': `from openai import OpenAI
def ask(messages):
    return OpenAI().chat.completions.create(model="gpt-6-luna", messages=messages)
`,
      'app.py': `import json
from ask import ask
def resume(file):
    messages = json.loads(file)
    messages += [{"role": "system", "content": "${RULES}"}]
    return ask(messages)

def go_on(session):
    messages = session.turns
    messages.append({"role": "system", "content": "${RULES}"})
    return ask(messages)
`,
    };
    expect(systemsIn(tree)).toEqual(['app.py:6 static', 'app.py:11 static']);
  });
});

test('messages without the system for a few models stand behind those that the others get', () => {
  const ask = `from openai import OpenAI
client = OpenAI()
USER_ONLY = load()

def ask(model, rules, question):
    messages = [{"role": "system", "content": rules}, {"role": "user", "content": question}]
    if model in USER_ONLY:
        messages = [{"role": "user", "content": f"{rules}\\n{question}"}]
        options = {"model": model, "messages": messages}
    else:
        options = {"model": model, "messages": messages}
    return send(**options)

def send(**options):
    return client.chat.completions.create(**options)
`;
  const body = `from ask import ask\ndef sort(model, letter):\n    return ask(model, "${RULES}", letter)\n`;
  expect(systemsIn({ 'ask.py': ask, 'app.py': body })).toEqual(['app.py:3 static']);
});
