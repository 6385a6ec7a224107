/** What is judged before a wrapper is found is judged again once it is, whatever else its call names. */
import { expect, test } from 'vitest';
import { featuresIn } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const FILES = {
  'models/sender.py': `from openai import OpenAI
client = OpenAI()
class Sender:
    def generate_response(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)
`,
  'parse.py': `def describe(message, llm, detail):
    return llm.generate_response(messages=[message])

def parse(messages, llm=None, detail="auto"):
    return [describe(message, llm, detail) for message in messages]
`,
  'app.py': `from models.sender import Sender
from parse import parse
def sort(letter):
    return parse([{"role": "user", "content": "${RULES}" + letter}], Sender(), "low")
`,
};
/** A model under the name that `parse` hands on. */
const OTHER = `from langchain_openai import ChatOpenAI
from langchain.agents import create_openai_tools_agent
llm = ChatOpenAI(model="gpt-6-luna")
def agent(prompt, tools):
    return create_openai_tools_agent(llm, tools, prompt)
`;

test('a function that is handed a model of the same name as one elsewhere', () => {
  const alone = featuresIn(FILES);
  expect(alone).toEqual(['app.py:4 parse > describe > Sender.generate_response']);
  expect(featuresIn({ 'a_search.py': OTHER, ...FILES })).toEqual(alone);
});

test('a further implementation of a method that is a wrapper already', () => {
  const files = {
    'base.py': `class Base:
    def generate_response(self, messages):
        raise NotImplementedError
`,
    'describe.py': `from openai import OpenAI
from base import Base
client = OpenAI()
class Other:
    def generate_response(self, messages):
        return client.chat.completions.create(model="gpt-6-luna", messages=messages)

def describe(message, llm: Base):
    return llm.generate_response([message])
`,
    'sender.py': FILES['models/sender.py'].replace('class Sender:', 'from base import Base\nclass Sender(Base):'),
    'app.py': `from describe import describe
def sort(letter, llm):
    return describe({"role": "user", "content": "${RULES}" + letter}, llm)
`,
  };
  const expected = ['app.py:3 describe > Sender.generate_response'];
  expect(featuresIn(files)).toEqual(expected);
  // The implementation is found before the function that calls it.
  expect(featuresIn({ ...files, 'sender.py': '', 'a_sender.py': files['sender.py'] })).toEqual(expected);
});
