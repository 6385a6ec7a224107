import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { exactly } from '@farthing/shared/range';
import type { LlmCall } from '../calls/call.ts';
import { type ConversationFront, conversationFront } from '../calls/facts/conversation-front.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import type { CallRule } from './rule.ts';
import { type CacheRates, costsOf, ratesOf } from './support/cached-tokens.ts';
import { sharingPlace, usedHere } from './support/feature-calls.ts';
import { savedPerRepeat } from './support/money.ts';

interface Volatile extends Pick<ConversationFront, 'conversation' | 'expression' | 'kind'> {
  /** Null if only the run knows the model. */
  readonly rates: CacheRates | null;
}

/** What the message prices: a conversation of a few turns with documents, or of a dozen steps of an agent. */
const EARLIER = exactly(10_000, 'assumed');

export const volatileHistoryPrefix: CallRule<Volatile> = {
  scope: 'call',
  id: 'volatile-history-prefix',
  summary: 'Text that differs with every turn stands in front of the conversation, so no turn is read from the cache.',
  technique: 'caching',
  severity: 'information',
  fix: 'none',
  since: '0.2.0',
  isPreview: true,
  needs: [conversationFront],
  documentation: `
## What it does
Reports requests that send a conversation behind a text that is another one with each turn: a clock with hours and minutes, a
random id, or, as its name says, what was looked up for the question (\`context\`, \`searchResults\`, \`chunks\`) or what a turn
changes (\`current.code\`).

A conversation is a list by the name of a history, or any list of messages in the handler of a chat or in an agent's loop. Where
a function of your own puts the text in front, the finding is there, once. A date is not reported, since a cache lives for
minutes, nor are models that do not cache, models for which nothing is marked (\`uncached-conversation\`), notebooks and examples.

Severity: a warning for a clock in an agent's loop, where each step sends all the earlier ones; otherwise information. A text
that was looked up, by its name, makes the finding likely only.

## Why is this bad
Every turn sends all earlier ones again, and providers read what is the same from the first token on at a tenth to a half of the
price. With a text in front that differs, nothing behind it is the same: each turn pays the whole conversation in full. The
amounts in the message are those of ${formatCount(EARLIER.expected)} tokens of earlier turns.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(history: OpenAI.ChatCompletionMessageParam[], question: string) {
  return client.chat.completions.create({
    model: 'gpt-5.4',
    max_completion_tokens: 800,
    messages: [
      { role: 'system', content: \`You help our customers. It is \${new Date().toISOString()}.\` }, // expect: volatile-history-prefix
      ...history,
      { role: 'user', content: question },
    ],
  });
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(history: list, question: str, search):
    context = search(question)
    return client.chat.completions.create(
        model="gpt-5.4",
        max_completion_tokens=800,
        messages=[
            {"role": "system", "content": f"Answer by these pages only:\\n{context}"},  # expect: volatile-history-prefix
            *history,
            {"role": "user", "content": question},
        ],
    )
~~~

## Use instead
Put what differs into the newest message, behind the conversation.

~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(history: OpenAI.ChatCompletionMessageParam[], question: string) {
  return client.chat.completions.create({
    model: 'gpt-5.4',
    max_completion_tokens: 800,
    messages: [
      { role: 'system', content: 'You help our customers.' },
      ...history,
      { role: 'user', content: \`It is \${new Date().toISOString()}.\\n\${question}\` },
    ],
  });
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(history: list, question: str, search):
    context = search(question)
    return client.chat.completions.create(
        model="gpt-5.4",
        max_completion_tokens=800,
        messages=[
            {"role": "system", "content": "Answer by the pages in the question only."},
            *history,
            {"role": "user", "content": f"Pages:\\n{context}\\n\\n{question}"},
        ],
    )
~~~

## Fix safety
There is no automatic fix: the words that introduce the text have to move with it, and may change answers.

## References
- OpenAI, Google: automatic from 1,024 tokens. Anthropic: \`cache_control\`, at the end of the conversation.
`,
  *check(call, { model, catalogue, index }) {
    const front = conversationFront(call);
    if (front === null || isDemonstration(call) || !mayCache(call, model, catalogue)) return;
    const placesOf = (other: LlmCall) => conversationFront(other)?.origin ?? [];
    const others = sharingPlace(call, front.origin, index, (other) => [placesOf(other)].flat());
    if (others === null) return;
    const { conversation, expression, kind, origin } = front;
    const isInLoop = [call, ...others].some(({ loop }) => loop.purpose === 'agent');
    yield {
      data: { conversation, expression, kind, rates: model === null ? null : ratesOf(call, model) },
      origin,
      severity: kind === 'clock' && isInLoop ? 'warning' : 'information',
      ...(kind === 'lookup' ? { confidence: 'likely' } : {}),
      ...usedHere(others),
    };
  },
  message: {
    en: ({ expression, kind, conversation, rates }) =>
      `${shortened(expression)} ${kind === 'clock' ? 'is new at every call' : 'differs from turn to turn'}, in front of ${shortened(conversation)}: no earlier turn is cached${money(rates, 'en')}. Put it into the newest message.`,
    es: ({ expression, kind, conversation, rates }) =>
      `${shortened(expression)} cambia ${kind === 'clock' ? 'en cada llamada' : 'de un turno a otro'}, delante de ${shortened(conversation)}: nada anterior queda en caché${money(rates, 'es')}. Ponlo en el mensaje más nuevo.`,
  },
  saving: ({ rates }) => (rates === null ? null : savedPerRepeat({ ...EARLIER, low: 0 }, rates)),
};

/** False for a model that does not cache, or that caches only what is marked where nothing is. */
function mayCache(call: LlmCall, model: Model | null, catalogue: Catalogue): boolean {
  const isMarked = call.cache || call.sections.some(({ isCacheMarked }) => isCacheMarked);
  const models = model === null ? catalogue.models(call.provider).filter(({ family }) => family === 'text') : [model];
  const modes = models.map(({ cacheMode }) => cacheMode).filter((mode) => mode !== null);
  if (modes.length === 0) return model === null;
  return modes.some((mode) => mode === 'automatic' || (mode === 'marker' && isMarked));
}

/** Of an expression in the message. */
const MAX_LENGTH = 30;

function shortened(expression: string): string {
  return expression.length > MAX_LENGTH ? `${expression.slice(0, MAX_LENGTH - 1)}…` : expression;
}

function money(rates: CacheRates | null, language: Language): string {
  const costs = rates === null ? null : costsOf(EARLIER, rates, language);
  if (costs === null) return '';
  const count = formatCount(EARLIER.expected, language);
  return language === 'es'
    ? ` (${count} tokens: ${costs.full}, no ${costs.cached})`
    : ` (${count} tokens: ${costs.full}, not ${costs.cached})`;
}
