import { describe, expect, it } from 'vitest';
import { callsIn } from './testing.ts';

const HEAD = `from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import PromptTemplate
from langchain_core.runnables import RunnableParallel, RunnablePassthrough, RunnableSequence
from langchain_openai import ChatOpenAI
draft = PromptTemplate.from_template("Write a poem about {topic}.")
check = PromptTemplate.from_template("Is this a poem? {poem}")
writer = ChatOpenAI(model="gpt-4o", max_tokens=200)
judge = ChatOpenAI(model="gpt-4o-mini", max_tokens=5)
`;

/** Model, limit and literal text of each request. */
const asked = (chain: string, given = '{"topic": "rain"}') =>
  callsIn('/app/a.py', `${HEAD}chain = ${chain}\nchain.invoke(${given})\n`).map(({ model, outputLimit, sections }) => {
    const text = sections.flatMap(({ segments }) => segments.map((segment) => segment.text ?? '_')).join('');
    return `${model.value} ${outputLimit.tokens} ${text}`;
  });
const WRITER = 'gpt-4o 200 Write a poem about rain.';
const JUDGE = 'gpt-4o-mini 5 Is this a poem? _';

describe('a chain asks each of its models', () => {
  it.each([
    ['with operators', 'draft | writer | StrOutputParser() | check | judge'],
    ['in a list', 'RunnableSequence(draft, [writer, StrOutputParser(), check], judge)'],
    ['as methods', 'draft.pipe(writer).pipe(StrOutputParser()).pipe(check).pipe(judge)'],
    ['a chain in a chain', '(draft | writer) | (check | judge)'],
    ['a map in front', '{"poem": draft | writer | StrOutputParser()} | check | judge'],
    ['a named step', 'RunnablePassthrough.assign(poem=draft | writer) | check | judge'],
  ])('%s', (_, chain) => expect(asked(chain)).toEqual([WRITER, JUDGE]));

  it('side by side', () => {
    expect(asked('RunnableParallel(a=draft | writer, b=draft | judge)')).toEqual([
      WRITER,
      'gpt-4o-mini 5 Write a poem about rain.',
    ]);
  });

  it('gives what is passed in to the first alone', () => {
    expect(asked('writer | StrOutputParser() | check | judge', '"Hello."')).toEqual(['gpt-4o 200 Hello.', JUDGE]);
  });

  it('one model is one request, whatever stands around it', () => {
    expect(asked('draft | writer | StrOutputParser()')).toEqual([WRITER]);
    expect(asked('draft | writer.with_fallbacks([judge])')).toEqual([WRITER]);
  });

  it('takes what is not known for a parser or a function, unless a prompt stands in front of it', () => {
    const unknown = 'def run(before, after):\n    (before | draft | writer | after).invoke({"topic": "rain"})\n';
    expect(callsIn('/app/a.py', HEAD + unknown).map(({ model }) => model.value)).toEqual(['gpt-4o']);
    const chosen = 'def run(model):\n    (draft | writer | check | model).invoke({"topic": "rain"})\n';
    expect(callsIn('/app/a.py', HEAD + chosen).map(({ model }) => model.value)).toEqual(['gpt-4o', null]);
  });
});

it('requests of one call have ids of their own', () => {
  const calls = callsIn('/app/a.py', `${HEAD}(draft | writer | check | judge).invoke({"topic": "rain"})`);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
});

it('a chain with a memory sends more than the code shows', () => {
  const program = `${HEAD}from langchain_core.runnables.history import RunnableWithMessageHistory
chat = RunnableWithMessageHistory(draft | writer, get_history, input_messages_key="topic")
chat.invoke({"topic": "rain"}, config={})
`;
  const [call, ...more] = callsIn('/app/a.py', program);
  expect(more).toEqual([]);
  expect(call).toMatchObject({ model: { value: 'gpt-4o' }, outputLimit: { tokens: 200 } });
  expect(call?.media.map(({ kind }) => kind)).toEqual(['context']);
  expect(call?.tokens.input.basis).toBe('unknown');
});
