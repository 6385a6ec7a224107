import type { Model } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../calls/call.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { type GrowingHistory, growingHistory } from '../calls/facts/growing-history.ts';
import type { CallRule } from './rule.ts';

interface Growing {
  /** The list that grows, as the code has it. */
  readonly list: string;
  readonly grows: GrowingHistory['grows'];
  /** Tokens that one turn adds: a message of a usual length, and the answer. */
  readonly turn: number;
  /** Nano-dollars per token of input; null if unknown. */
  readonly rate: number | null;
}

/** A conversation as long as this is nothing unusual. */
const TURNS = 30;
/** Turns that a window keeps. */
const WINDOW = 10;
/** Tokens of what a user writes, as estimates assume elsewhere. */
const MESSAGE = 200;

export const unboundedHistory: CallRule<Growing> = {
  scope: 'call',
  id: 'unbounded-history',
  summary: 'A conversation grows with every turn and is sent whole each time, so its cost grows with the square.',
  technique: 'prompt',
  severity: 'information',
  fix: 'none',
  since: '0.2.0',
  needs: [growingHistory],
  documentation: `
## What it does
Reports calls that send a conversation which grows with every turn and which nothing shortens: a list of an object, of the
module or of a session to which the code adds the answer (\`self.messages.append(...)\`), a list that grows in a \`while\`
loop or with every item of another list, or one that the code stores and reads whole for each turn (\`getMessagesByChatId(id)\`).

It is reported where the list is sent, in the request or in the call of your own function.

Not reported are modules that take a part of the list (\`messages[-20:]\`, \`slice\`), name a window, a summary or a trimming,
or limit the number of turns; lists that end with their function; messages that a client sends,
which may keep them short; and notebooks.

Severity: a warning for a loop that runs unattended; otherwise information.

## Why is this bad
Each turn sends all the turns before it. Thirty turns of 350 tokens resend about 150,000 tokens, and sixty turns four times as
many. The sum in the message is at the full input price for a message of 200 tokens and the usual answer; a provider's cache
lowers it, but not the growth.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export class Chat {
  messages: OpenAI.ChatCompletionMessageParam[] = [];

  async answer(question: string) {
    this.messages.push({ role: 'user', content: question });
    const answer = await client.chat.completions.create({
      model: 'gpt-5.4',
      max_completion_tokens: 800,
      messages: this.messages, // expect: unbounded-history
    });
    this.messages.push(answer.choices[0]!.message);
    return answer.choices[0]!.message.content;
  }
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()


class Chat:
    def __init__(self):
        self.history = []

    def answer(self, question: str):
        self.history.append({"role": "user", "content": question})
        answer = client.messages.create(
            model="claude-haiku-5-5",
            max_tokens=800,
            messages=self.history,  # expect: unbounded-history
        )
        self.history.append({"role": "assistant", "content": answer.content})
        return answer.content
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export class Chat {
  messages: OpenAI.ChatCompletionMessageParam[] = [];

  async answer(question: string) {
    this.messages.push({ role: 'user', content: question });
    const answer = await client.chat.completions.create({
      model: 'gpt-5.4',
      max_completion_tokens: 800,
      messages: this.messages.slice(-20),
    });
    this.messages.push(answer.choices[0]!.message);
    return answer.choices[0]!.message.content;
  }
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()


class Chat:
    def __init__(self):
        self.history = []

    def answer(self, question: str):
        self.history.append({"role": "user", "content": question})
        answer = client.messages.create(model="claude-haiku-5-5", max_tokens=800, messages=self.history[-20:])
        self.history.append({"role": "assistant", "content": answer.content})
        return answer.content
~~~

## Fix safety
No automatic fix: what may be forgotten, and whether older turns are cut or summarised, depends on the application. Cut in
front of a user's message, so that a tool's result never stands without its call. A window that moves with every turn also
moves the front of the prompt, which ends the provider's cache there: cut seldom, and several turns at once.

## References
- LangChain: \`trim_messages\`. OpenAI Agents: \`SessionSettings(limit=...)\`. AI SDK: \`pruneMessages\`. Anthropic: context editing.
`,
  *check(call, { model }) {
    const history = isDemonstration(call) ? null : growingHistory(call);
    if (history === null) return;
    yield {
      data: { list: history.expression, grows: history.grows, turn: turnOf(call), rate: rateOf(call, model) },
      origin: history.origin,
      severity: history.grows === 'loop' ? 'warning' : 'information',
    };
  },
  message: {
    en: ({ list, grows, turn, rate }) => {
      const what = {
        turns: `${list} grows with every turn and is sent whole`,
        loop: `${list} grows with every round of the loop and is sent whole`,
        items: `${list} grows with every item of the loop and is sent whole`,
      }[grows];
      return `${what}: ${TURNS} turns resend about ${formatCount(resent(turn))} tokens${money(turn, rate, 'en')}. Send the last turns, or summarise the older ones.`;
    },
    es: ({ list, grows, turn, rate }) => {
      const what = {
        turns: `${list} crece con cada turno y se envía entero`,
        loop: `${list} crece con cada vuelta del bucle y se envía entero`,
        items: `${list} crece con cada elemento del bucle y se envía entero`,
      }[grows];
      return `${what}: ${TURNS} turnos reenvían unos ${formatCount(resent(turn), 'es')} tokens${money(turn, rate, 'es')}. Envía los últimos turnos o resume los anteriores.`;
    },
  },
  saving: ({ turn, rate }) => (rate === null ? null : savedPerCall(turn, rate)),
};

/** Tokens of earlier turns that a conversation of `TURNS` turns sends again. */
function resent(turn: number): number {
  return (turn * TURNS * (TURNS - 1)) / 2;
}

function money(turn: number, rate: number | null, language: Language): string {
  if (rate === null) return '';
  return ` (${formatDollars(resent(turn) * rate, 2, language)}, ${NUMBER_STYLES[language].bases.assumed})`;
}

/** What a window of `WINDOW` turns saves of a call, over a conversation of `TURNS` turns. */
function savedPerCall(turn: number, rate: number): Range {
  const cutTurns = ((TURNS - WINDOW) * (TURNS - WINDOW - 1)) / 2;
  const expected = Math.floor((cutTurns * turn * rate) / TURNS);
  return { low: 0, expected, high: 2 * expected, basis: 'assumed' };
}

function turnOf({ tokens }: LlmCall): number {
  return MESSAGE + tokens.output.expected;
}

function rateOf(call: LlmCall, model: Model | null): number | null {
  return model === null ? null : priceAt(model, call.tokens.input.expected).input;
}
