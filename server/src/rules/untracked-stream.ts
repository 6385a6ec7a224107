import { formatCount } from '@farthing/shared/money';
import { isProductCode, type LlmCall } from '../calls/call.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { untrackedStream as untrackedStreamOf } from '../calls/facts/stream-usage.ts';
import type { Fix } from '../edits/fix.ts';
import type { ProjectFinding, ProjectRule } from './rule.ts';
import { usedHere } from './support/feature-calls.ts';

interface Untracked {
  /** How many streams of one provider ask for no usage. */
  readonly streams: number;
}

export const untrackedStream: ProjectRule<Untracked> = {
  scope: 'project',
  id: 'untracked-stream',
  summary: 'A stream does not ask for its usage, so what it costs is in no count.',
  technique: 'policy',
  severity: 'information',
  fix: 'suggested',
  since: '0.2.0',
  needs: [untrackedStreamOf],
  documentation: `
## What it does
Reports streams of chat completions that do not ask for usage (\`stream_options\`), in modules that otherwise count tokens, usage
or costs. It does so once for each provider: at the first stream, with the others as related places. Only providers are looked at that document the option: OpenAI, DeepSeek, xAI, Ollama and vLLM.

Not reported are requests whose options come from elsewhere, addresses that only the run knows, Azure, where the API's version
decides, modules with Farthing's runtime, which asks by itself, scripts, notebooks, tests and examples.

## Why is this bad
A chat completion that is streamed ends without a word about its tokens unless it is asked. A meter, a budget or a bill per
user that reads \`usage\` then counts these calls as nothing, or estimates them without cached and reasoning tokens.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string, log: (tokens: number | undefined) => void) {
  const stream = await client.chat.completions.create({ // expect: untracked-stream
    model: 'gpt-6-sol',
    max_completion_tokens: 800,
    stream: true,
    messages: [{ role: 'user', content: question }],
  });
  for await (const chunk of stream) log(chunk.usage?.total_tokens);
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(question: str, log):
    stream = client.chat.completions.create(  # expect: untracked-stream
        model="gpt-6-sol",
        max_completion_tokens=800,
        stream=True,
        messages=[{"role": "user", "content": question}],
    )
    for chunk in stream:
        log(chunk.usage)
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string, log: (tokens: number | undefined) => void) {
  const stream = await client.chat.completions.create({
    model: 'gpt-6-sol',
    max_completion_tokens: 800,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: question }],
  });
  for await (const chunk of stream) log(chunk.usage?.total_tokens);
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(question: str, log):
    stream = client.chat.completions.create(
        model="gpt-6-sol",
        max_completion_tokens=800,
        stream=True,
        stream_options={"include_usage": True},
        messages=[{"role": "user", "content": question}],
    )
    for chunk in stream:
        log(chunk.usage)
~~~

## Fix safety
Suggested: the stream then ends with one more chunk, whose \`choices\` are empty. Code that reads \`choices[0]\` of every chunk
without a check fails on it.

## References
- OpenAI: [\`stream_options\`](https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options). The
  Responses API, Anthropic and Gemini state usage in every stream.
`,
  *check(index) {
    const found = index.calls().filter((call) => isUntracked(call) && index.isShown(call));
    for (const streams of Map.groupBy(found, ({ provider }) => provider).values()) yield* findingAt(streams);
  },
  message: {
    en: ({ streams }) => {
      const which = streams === 1 ? 'This stream asks' : `This stream and ${formatCount(streams - 1)} more ask`;
      return `${which} for no usage, so the tokens are in no count. Set stream_options: { include_usage: true } and read the last chunk, whose choices are empty.`;
    },
    es: ({ streams }) => {
      const which =
        streams === 1 ? 'Este stream no pide' : `Este stream y ${formatCount(streams - 1, 'es')} más no piden`;
      return `${which} el uso, así que sus tokens no figuran en ningún recuento. Pon stream_options: { include_usage: true } y lee el último fragmento, que llega sin choices.`;
    },
  },
};

function isUntracked(call: LlmCall): boolean {
  const isServing = call.reachedFrom !== 'script' && !isDemonstration(call) && isProductCode(call);
  return isServing && untrackedStreamOf(call) !== null;
}

/** One finding for all streams of a provider: what is missing in one is missing in the next. */
function* findingAt([first, ...rest]: readonly LlmCall[]): Iterable<ProjectFinding<Untracked>> {
  if (first === undefined) return;
  yield {
    call: first,
    data: { streams: rest.length + 1 },
    origin: first.origin,
    ...usedHere(rest),
    fixes: () => fixesOf(first),
  };
}

function fixesOf(call: LlmCall): readonly Fix[] {
  const place = untrackedStreamOf(call)?.place ?? null;
  if (place === null) return [];
  const parameter = place.target.path.join('.');
  return [
    {
      title: { en: `Ask for the usage (${parameter})`, es: `Pedir el uso (${parameter})` },
      safety: 'suggested',
      operations: [{ kind: 'set', target: place.target, value: true }],
    },
  ];
}
