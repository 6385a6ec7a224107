/** Templates of LangChain that are filled before a model is asked, and what the report says of the prompt. */
import { describe, expect, it } from 'vitest';
import { callsIn } from './testing.ts';

const PY = `from langchain_anthropic import ChatAnthropic
from langchain_core.prompts import ChatPromptTemplate, PromptTemplate
llm = ChatAnthropic(model="claude-haiku-4-5")
chat = ChatPromptTemplate.from_messages([("system", "Sort letters of {town}."), ("human", "{letter}")])
`;
const TS = `import { ChatAnthropic } from '@langchain/anthropic';
import { ChatPromptTemplate } from '@langchain/core/prompts';
const llm = new ChatAnthropic({ model: 'claude-haiku-4-5' });
const chat = ChatPromptTemplate.fromMessages([['system', 'Sort letters.'], ['human', '{letter}']]);
`;

function promptIn(path: string, text: string): readonly string[] {
  return callsIn(path, text).map(({ system, sections }) => [system, ...sections.map(({ role }) => role)].join(' '));
}

describe('a template that is filled before a model is asked', () => {
  it.each<[name: string, program: string, expected: string]>([
    ['its messages', 'llm.invoke(chat.format_messages(town="Ulm", letter=letter))', 'dynamic system user'],
    ['some of it first', 'llm.invoke(chat.partial(town="Ulm").format_messages(letter=letter))', 'dynamic system user'],
    ['on its own', 'llm.invoke(chat.invoke({"town": "Ulm", "letter": letter}))', 'static system user'],
    ['as a list', 'llm.invoke(chat.format_prompt(town="Ulm", letter=letter).to_messages())', 'dynamic system user'],
    ['a text', 'llm.invoke(PromptTemplate.from_template("Sort {letter}.").format(letter=letter))', 'none user'],
  ])('in Python: %s', (_, program, expected) => expect(promptIn('/app/main.py', PY + program)).toEqual([expected]));

  it.each<[name: string, program: string, expected: string]>([
    ['its messages', 'llm.invoke(await chat.formatMessages({ letter }));', 'static system user'],
    ['on its own', 'llm.invoke(await chat.invoke({ letter }));', 'static system user'],
  ])('in TypeScript: %s', (_, program, expected) => expect(promptIn('/app/main.ts', TS + program)).toEqual([expected]));
});
