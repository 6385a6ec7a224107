import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { exactly } from '@farthing/shared/range';
import { isRequest, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { sentConversation } from '../calls/facts/sent-conversation.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { type CacheRates, costsOf, ratesOf } from './support/cached-tokens.ts';
import { byPlace, calledFrom, callersOf, usedHere } from './support/feature-calls.ts';
import { savedPerRepeat } from './support/money.ts';

interface Uncached {
  /** The conversation, as the code has it. */
  readonly list: string;
  /** Null if only the run knows the model. */
  readonly rates: CacheRates | null;
  /** What a cached token costs at most, in percent of a fresh one, with any model that the call may use. */
  readonly percent: number;
}

/** What the message prices: a conversation of a few turns with documents, or of a dozen steps of an agent. */
const EARLIER = exactly(10_000, 'assumed');

export const uncachedConversation: CallRule<Uncached> = {
  scope: 'call',
  id: 'uncached-conversation',
  summary: 'Each turn pays the whole conversation before it in full, though the provider would cache it.',
  technique: 'caching',
  severity: 'information',
  fix: 'suggested',
  since: '0.2.0',
  restsOnModel: true,
  needs: [sentConversation],
  documentation: `
## What it does
Reports requests that send a conversation with nothing marked for the cache, to a provider that caches only what is marked
(Anthropic, and its models elsewhere). A conversation is a list of messages that the call does not write itself, in an agent's
loop, in the handler of a chat, or by the name of a history or a transcript.

It is reported once for the requests of a file. Not reported are requests whose messages are all written in the code, modules that mark
something for the cache anywhere, models whose provider caches by itself, notebooks and examples.

Severity: a warning in an agent's loop, where each step sends all the earlier ones; otherwise information.

## Why is this bad
Every turn sends all earlier ones again: ten turns of 1,000 tokens are 55,000 tokens of input. A cached token costs a tenth
or less of a fresh one, and the earlier turns are the same to the last letter. Only the newest turn, which is written to the
cache, costs a quarter more. The amounts in the message are those of ${formatCount(EARLIER.expected)} tokens of earlier turns.

## Example
~~~ts
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function answer(history: Anthropic.MessageParam[], question: string) {
  return client.messages.create({ // expect: uncached-conversation
    model: 'claude-sonnet-5-5',
    max_tokens: 800,
    messages: [...history, { role: 'user', content: question }],
  });
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()


def run(task: str, tools: list, call_tool):
    messages = [{"role": "user", "content": task}]
    while True:
        answer = client.messages.create(  # expect: uncached-conversation
            model="claude-sonnet-5-5", max_tokens=2000, tools=tools, messages=messages
        )
        messages.append({"role": "assistant", "content": answer.content})
        if answer.stop_reason != "tool_use":
            return answer
        messages.append({"role": "user", "content": call_tool(answer)})
~~~

## Use instead
~~~ts
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function answer(history: Anthropic.MessageParam[], question: string) {
  return client.messages.create({
    model: 'claude-sonnet-5-5',
    cache_control: { type: 'ephemeral' },
    max_tokens: 800,
    messages: [...history, { role: 'user', content: question }],
  });
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()


def run(task: str, tools: list, call_tool):
    messages = [{"role": "user", "content": task}]
    while True:
        answer = client.messages.create(
            model="claude-sonnet-5-5",
            cache_control={"type": "ephemeral"},
            max_tokens=2000,
            tools=tools,
            messages=messages,
        )
        messages.append({"role": "assistant", "content": answer.content})
        if answer.stop_reason != "tool_use":
            return answer
        messages.append({"role": "user", "content": call_tool(answer)})
~~~

## Fix safety
Suggested. A mark does not change answers. A conversation whose next turn comes after five minutes pays a quarter more for its
newest turn and reads nothing, and one below the model's minimum is not cached. The fix sets \`cache_control\` on the request,
which SDKs from before 2026 do not know: there, mark the last block of the last message. There is no fix for Bedrock and Vertex
AI, which take marks on blocks only.

## References
- Anthropic: [prompt caching](https://platform.claude.com/docs/en/build-with-claude/prompt-caching), automatic and by block.
- AI SDK: \`providerOptions.anthropic.cacheControl\`, of the request or of a message. Bedrock: \`cachePoint\`.
`,
  *check(call, { model, catalogue, index }) {
    if (!isRequest(call) || isDemonstration(call)) return;
    const list = conversationOf(call, index);
    const prices = list === null ? null : pricesOf(call, model, catalogue);
    if (list === null || prices === null) return;
    // The request that streams stands beside the one that does not.
    const [first, ...others] = requestsBeside(call, index).filter((other) => conversationOf(other, index) !== null);
    if (first !== call) return;
    const callers = callersOf(call, index).filter(isConversation);
    const related = [...(usedHere(others).related ?? []), ...(calledFrom(callers).related ?? [])];
    yield {
      data: { list, ...prices },
      origin: call.origin,
      severity: [call, ...others, ...callers].some(({ loop }) => loop.purpose === 'agent') ? 'warning' : 'information',
      ...(related.length === 0 ? {} : { related }),
      fixes: () => fixesOf(call),
    };
  },
  message: {
    en: ({ list, rates, percent }) =>
      `${list} is sent whole with every turn, and nothing marks it for the cache: ${money(rates, percent, 'en')}. Mark the end of the request.`,
    es: ({ list, rates, percent }) =>
      `${list} se envía entero en cada turno y nada lo marca para la caché: ${money(rates, percent, 'es')}. Marca el final de la petición.`,
  },
  saving: ({ rates }) => (rates === null ? null : savedPerRepeat({ ...EARLIER, low: 0 }, rates)),
};

/** The conversation that the request sends, by its own code or that of a caller; null if that may be a prompt. */
function conversationOf(call: LlmCall, index: CallIndex): string | null {
  if (sentConversation(call) === null) return null;
  const found = [call, ...callersOf(call, index)].find(isConversation);
  return found === undefined ? null : (sentConversation(found)?.expression ?? null);
}

/** True if the name says so, or if the call is made again for the next turn. */
function isConversation(call: LlmCall): boolean {
  const list = sentConversation(call);
  return list !== null && (list.isNamed || call.reachedFrom === 'handler' || call.loop.purpose === 'agent');
}

/** The requests of the same file to the same provider, sorted by place. */
function requestsBeside({ origin: { path }, provider }: LlmCall, index: CallIndex): readonly LlmCall[] {
  const isBeside = (other: LlmCall) => isRequest(other) && other.origin.path === path && other.provider === provider;
  return index.calls().filter(isBeside).toSorted(byPlace);
}

/** Null if the provider caches by itself, or if that is not known of every model that the call may use. */
function pricesOf(call: LlmCall, model: Model | null, catalogue: Catalogue): Omit<Uncached, 'list'> | null {
  const models = model === null ? catalogue.models(call.provider).filter(isCurrent) : [model];
  if (models.length === 0 || !models.every(({ cacheMode }) => cacheMode === 'marker')) return null;
  const shares = models.map(({ price: { input, cacheRead } }) => (cacheRead ?? Infinity) / (input ?? 0));
  const percent = Math.ceil(Math.max(...shares) * 100);
  if (!(percent < 100)) return null;
  return { rates: model === null ? null : ratesOf(call, model), percent };
}

/** True for a model that can still be asked, as far as the table knows. */
function isCurrent({ retirement, cacheMode, family }: Model): boolean {
  return retirement === null && cacheMode !== null && family === 'text';
}

function money(rates: CacheRates | null, percent: number, language: Language): string {
  const costs = rates === null ? null : costsOf(EARLIER, rates, language);
  const count = formatCount(EARLIER.expected, language);
  if (language === 'es') {
    return costs === null
      ? `los turnos anteriores se pagan enteros en lugar de al ${percent} % como mucho`
      : `${count} tokens de turnos anteriores cuestan ${costs.full} en lugar de ${costs.cached}`;
  }
  return costs === null
    ? `earlier turns are paid in full instead of at ${percent}% at most`
    : `${count} tokens of earlier turns cost ${costs.full} instead of ${costs.cached}`;
}

function fixesOf(call: LlmCall): readonly Fix[] {
  const marking = sentConversation(call)?.marking ?? null;
  if (marking === null) return [];
  return [
    {
      title: {
        en: "Mark the request for the provider's cache",
        es: 'Marcar la petición para la caché del proveedor',
      },
      safety: 'suggested',
      operations: [marking],
    },
  ];
}
