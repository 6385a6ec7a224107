/** Functions of the project among the parts of a chain: they ask a model with the prompt that stands in front of them. */
import { describe, expect, test } from 'vitest';
import { featuresIn, reportOf } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else: {letter}';
const HEAD = `from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
`;
/** An object that is called like a function, and logs what it asks. */
const LOGGED = `from langchain_openai import ChatOpenAI

class LoggedModel:
    def __init__(self, llm: ChatOpenAI):
        self.llm = llm

    def __call__(self, messages):
        return self.llm.invoke(messages)

def ask(messages):
    return ChatOpenAI(model="gpt-6-luna").invoke(messages)
`;
const python = (chain: string) => ({
  'logged.py': LOGGED,
  'app.py': `${HEAD}from logged import LoggedModel, ask

class Sorter:
    def __init__(self):
        self.cheap = LoggedModel(ChatOpenAI(model="gpt-6-luna"))

    def sort(self, letter):
        prompt = ChatPromptTemplate.from_template("${RULES}")
        chain = ${chain}
        return chain.invoke({"letter": letter})
`,
});

const ASK = `import { ChatOpenAI } from '@langchain/openai';
export const ask = (messages) => new ChatOpenAI({ model: 'gpt-6-luna' }).invoke(messages);
`;
const typescript = (chain: string) => ({
  'ask.ts': ASK,
  'app.ts': `import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableSequence } from '@langchain/core/runnables';
import { ask } from './ask.ts';
const prompt = ChatPromptTemplate.fromTemplate('${RULES}');
const chain = ${chain};
export const sort = (letter) => chain.invoke({ letter });
`,
});

describe('a chain asks the model that one of its functions asks', () => {
  test.each([
    ['prompt | self.cheap | StrOutputParser()', 'LoggedModel.__call__'],
    ['prompt | ask | StrOutputParser()', 'ask'],
    ['{"letter": str} | prompt | ask', 'ask'],
  ])('%s', (chain, name) => expect(featuresIn(python(chain))).toEqual([`app.py:13 ${name}`]));

  test.each(['prompt.pipe(ask).pipe(new StringOutputParser())', 'RunnableSequence.from([prompt, ask])'])(
    '%s',
    (chain) => expect(featuresIn(typescript(chain))).toEqual(['app.ts:7 ask']),
  );

  test('with the prompt and the model that are known', () => {
    const { calls } = reportOf(python('prompt | self.cheap'));
    const [call] = calls.filter(({ path }) => path === 'app.py');
    expect(call?.model.value).toBe('gpt-6-luna');
    expect(call?.tokens.input?.low).toBeGreaterThan(20);
  });
});

test('a chain whose functions ask nothing is no request, whatever it is called', () => {
  const { calls } = reportOf(python('prompt | (lambda messages: messages)'));
  expect(calls.filter(({ path }) => path === 'app.py')).toEqual([]);
});

test('what follows the model of a chain is given no prompt', () => {
  const { calls } = reportOf(python('prompt | ChatOpenAI(model="gpt-6-luna") | ask'));
  expect(calls.filter(({ path }) => path === 'app.py').map(({ via }) => via.length)).toEqual([0]);
});

test('a method that only gives the one it overrides its data decides no prompt', () => {
  const base = `class Writer:
    def __init__(self, texts):
        self.texts = texts

    def write(self, data=None):
        prompt = ChatPromptTemplate.from_template(self.texts.header)
        return (prompt | ask).invoke({"person": self.person} if data is None else data)
`;
  const below = `from writer import Writer

class LetterWriter(Writer):
    def __init__(self, texts):
        super().__init__(texts)

    def write(self):
        return super().write(data={"person": self.person, "letter": self.letter})
`;
  const tree = { 'logged.py': LOGGED, 'writer.py': `${HEAD}from logged import ask\n\n${base}`, 'letters.py': below };
  expect(featuresIn(tree)).toEqual(['writer.py:12 ask']);
});
