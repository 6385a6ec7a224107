/** Frameworks whose requests are functions under a decorator. */
import { describe, expect, it } from 'vitest';
import { callsIn, linesIn } from './testing.ts';

const py = (text: string) => linesIn('/app/main.py', text);
const roles = (text: string) =>
  callsIn('/app/main.py', text, []).map(({ sections }) => sections.map(({ role }) => role));

describe('ell', () => {
  it('asks where a function is decorated: its docstring is the system prompt, and what it gives the prompt', () => {
    const program = `import ell
@ell.simple(model="gpt-4o-mini", max_tokens=90)
def joke(topic: str):
    """You are a comedian."""
    return f"Tell a joke about {topic}."
joke("cats")
`;
    expect(py(program)).toEqual(['ell invoke openai gpt-4o-mini 90 static']);
    expect(roles(program)).toEqual([['system', 'user']]);
  });

  it('reads messages, and the client that is handed over', () => {
    expect(
      py(`import ell
import openai
router = openai.Client(base_url="https://openrouter.ai/api/v1")
@ell.complex(model="meta-llama/llama-3.1-8b-instruct", client=router)
def talk(history):
    return [ell.system("Be brief."), ell.user(history)]
`),
    ).toEqual(['ell invoke openrouter meta-llama/llama-3.1-8b-instruct static']);
  });
});

describe('magentic', () => {
  it('has the template in the decorator', () => {
    const program = `from magentic import prompt, chatprompt, SystemMessage, UserMessage, OpenaiChatModel
from magentic.chat_model.litellm_chat_model import LitellmChatModel
@prompt("Add more flair to: {phrase}")
def flair(phrase: str) -> str: ...
@prompt("Shorten {phrase}", model=OpenaiChatModel("gpt-6-luna", max_tokens=50))
def shorten(phrase: str) -> str: ...
@chatprompt(SystemMessage("You love films."), UserMessage("What is {film} about?"), model=LitellmChatModel("groq/llama-3.1-8b-instant"))
def about(film: str) -> str: ...
`;
    expect(py(program)).toEqual([
      'magentic invoke openai (gpt-4o)',
      'magentic invoke openai gpt-6-luna 50',
      'magentic invoke groq groq/llama-3.1-8b-instant static',
    ]);
    expect(roles(program)).toEqual([['user'], ['user'], ['system', 'user']]);
  });
});

describe('Mirascope', () => {
  it('has a decorator for all providers, whose function gives the prompt', () => {
    const program = `from mirascope import llm
@llm.call("anthropic/claude-haiku-5-5", max_tokens=80)
def recommend(genre: str):
    return f"Recommend a {genre} book."
@llm.call(provider="openai", model="gpt-6-luna", stream=True)
def talk(question: str):
    return [llm.messages.system("Be brief."), llm.messages.user(question)]
llm.Model("openai/gpt-6-luna").call("hi")
`;
    expect(py(program)).toEqual([
      'mirascope invoke anthropic anthropic/claude-haiku-5-5 80',
      'mirascope invoke openai gpt-6-luna static',
      'mirascope invoke openai openai/gpt-6-luna',
    ]);
    expect(roles(program)).toEqual([['user'], ['system', 'user'], ['user']]);
  });

  it('has one for each provider in version 1, with the template in another', () => {
    const program = `from mirascope.core import openai, prompt_template
from mirascope.core.anthropic import anthropic_call
@openai.call("gpt-6-luna")
@prompt_template("Recommend a {genre} book")
def recommend(genre: str): ...
@anthropic_call("claude-haiku-5-5", call_params={"max_tokens": 70})
def write(): return "A haiku"
`;
    expect(py(program)).toEqual([
      'mirascope invoke openai gpt-6-luna',
      'mirascope invoke anthropic claude-haiku-5-5 70',
    ]);
    expect(roles(program)).toEqual([['user'], ['user']]);
  });

  it('has defined calls in TypeScript', () => {
    expect(
      linesIn(
        '/app/main.ts',
        `import { llm } from 'mirascope';
const recommend = llm.defineCall<{ genre: string }>({
  model: 'openai/gpt-6-luna',
  maxTokens: 60,
  template: ({ genre }) => \`Recommend a \${genre} book\`,
});
await recommend({ genre: 'fantasy' });
await recommend.stream({ genre: 'fantasy' });
`,
      ),
    ).toEqual(Array<string>(2).fill('mirascope invoke openai openai/gpt-6-luna 60'));
  });
});
