import type { Model } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Range } from '@farthing/shared/range';
import { isRequest, type LlmCall, type PromptSegment } from '../calls/call.ts';
import { changesAtEveryCall } from '../calls/facts/changing-expressions.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { leadingSections, segmentsOf, sumOfTokens } from '../calls/facts/prompt-prefix.ts';
import { isRepeated } from '../calls/facts/repetition.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule, Finding } from './rule.ts';
import { type CacheRates, costsOf, countOf, ratesOf } from './support/cached-tokens.ts';
import {
  calledFrom,
  callersOf,
  isSamePlace,
  leadHere,
  leadHereInSpanish,
  type ModelOf,
  modelsBeside,
} from './support/feature-calls.ts';
import { savedPerRepeat } from './support/money.ts';

interface Volatile {
  /** The first expression that differs, as the code has it. */
  readonly expression: string;
  /** True if it differs at every call (a clock, a random id), false if it differs by input. */
  readonly isAlwaysNew: boolean;
  /** How many further texts differ in front of the stable ones. */
  readonly others: number;
  /** The longest run of tokens behind them that never change. */
  readonly tokens: Range;
  /** Null if only the run knows the model. */
  readonly rates: CacheRates | null;
  /** How many feature calls lead to the request that has the text. */
  readonly callers: number;
}

export const volatilePromptPrefix: CallRule<Volatile> = {
  scope: 'call',
  id: 'volatile-prompt-prefix',
  summary:
    'Text that differs between calls stands in front of a long text that never changes, so that is never cached.',
  technique: 'caching',
  severity: 'warning',
  fix: 'suggested',
  since: '0.2.0',
  restsOnModel: true,
  needs: [isRepeated],
  documentation: `
## What it does
Reports prompts in which a text that differs between calls (a clock, a random value, an id, a name, a document) stands in
front of a long text that never changes, such as instructions and examples. A provider's cache matches from the first token
on, so it ends there.

The order is that in which the provider reads the prompt: system prompt, messages. The low estimate of the stable
text must reach the minimum that the provider publishes for the model; where only the run knows the model, 1,024 tokens, which
most providers publish, and the finding is only likely. Instructions of agents count as system prompts. If a function of your
own puts the differing text in front, the finding is there, once for all calls that lead to it.

Not reported are models of which no minimum is known, prompts with a cache marker, notebooks, calls that do not clearly
repeat, and dates without a time: those are the same for a day, and a cache lives for minutes.

Severity: a warning if the text differs at every call, otherwise information.

## Why is this bad
A cached token costs a tenth or less of a fresh one. Behind a text that differs, the same tokens are paid in full every time.

## Example
\`policy.md\` contains about 2,500 tokens.

~~~ts
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const client = new OpenAI();
const policy = readFileSync('policy.md', 'utf8');

export async function answer(question: string, customer: string) {
  return client.chat.completions.create({
    model: 'gpt-5.4',
    max_completion_tokens: 500,
    messages: [
      { role: 'system', content: \`You talk to \${customer}.\\n\${policy}\` }, // expect: volatile-prompt-prefix
      { role: 'user', content: question },
    ],
  });
}
~~~

~~~py
from datetime import datetime
from pathlib import Path

from openai import OpenAI

client = OpenAI()
POLICY = Path("policy.md").read_text()


def answer(question: str):
    return client.responses.create(
        model="gpt-5.4",
        max_output_tokens=500,
        instructions=f"It is {datetime.now()}.\\n{POLICY}",  # expect: volatile-prompt-prefix
        input=question,
    )
~~~

## Use instead
~~~ts
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const client = new OpenAI();
const policy = readFileSync('policy.md', 'utf8');

export async function answer(question: string, customer: string) {
  return client.chat.completions.create({
    model: 'gpt-5.4',
    max_completion_tokens: 500,
    messages: [
      { role: 'system', content: \`\${policy}\\nYou talk to \${customer}.\` },
      { role: 'user', content: question },
    ],
  });
}
~~~

~~~py
from datetime import datetime
from pathlib import Path

from openai import OpenAI

client = OpenAI()
POLICY = Path("policy.md").read_text()


def answer(question: str):
    return client.responses.create(
        model="gpt-5.4",
        max_output_tokens=500,
        instructions=POLICY,
        input=f"It is {datetime.now()}.\\n{question}",
    )
~~~

## Fix safety
Suggested: moving text changes the prompt, so it may change answers. The fix moves the line with a clock or a random value to
the end of its template literal or f-string. Move other texts by hand, with the words that introduce them. Where the provider
only caches marked text, mark the stable part as well.

## References
- OpenAI, Google: automatic from 1,024 tokens. Anthropic: \`cache_control\`.
`,
  *check(call, context) {
    if (call.family !== 'text' && call.family !== 'agent') return;
    const { index } = context;
    const modelOf = modelsBeside(call, context);
    if (!isRequest(call)) {
      const found = lossOf(call, modelOf);
      if (found === null || index.requestsOf(call).some((request) => isCauseIn(request, found))) return;
      yield findingAt(call, found, []);
      return;
    }
    const own = lossOf(call, modelOf);
    const callers = callersOf(call, index).flatMap((feature) => {
      const found = lossOf(feature, modelOf);
      return found !== null && isCauseIn(call, found) ? [found] : [];
    });
    // One finding, with the figures of the request itself, else of the caller that pays most.
    const worst = own ?? callers.toSorted((a, b) => b.tokens.expected - a.tokens.expected)[0];
    if (worst === undefined) return;
    yield findingAt(
      call,
      worst,
      callers.map((one) => one.call),
    );
  },
  message: {
    en: ({ expression, isAlwaysNew, others, tokens, rates, callers }) => {
      const costs = rates === null ? null : costsOf(tokens, rates);
      const money = costs === null ? '' : ` (${costs.full} instead of ${costs.cached})`;
      const more = others === 0 ? '' : ` and ${others} more`;
      const differ = `${others === 0 ? 'differs' : 'differ'} ${isAlwaysNew ? 'at every call' : 'by input'}`;
      return `${expression}${more} ${differ}, in front of ${countOf(tokens)} tokens that never change. The cache ends there, so they are paid in full each time${money}. Move ${others === 0 ? 'it' : 'them'} behind.${leadHere(callers)}`;
    },
    es: ({ expression, isAlwaysNew, others, tokens, rates, callers }) => {
      const costs = rates === null ? null : costsOf(tokens, rates, 'es');
      const money = costs === null ? '' : ` (${costs.full} en lugar de ${costs.cached})`;
      const more = others === 0 ? '' : ` y ${others} más`;
      const differ = `${others === 0 ? 'cambia' : 'cambian'} ${isAlwaysNew ? 'en cada llamada' : 'con la entrada'}`;
      return `${expression}${more} ${differ}, delante de ${countOf(tokens, 'es')} tokens que no cambian nunca. La caché termina ahí: se pagan enteros cada vez${money}. ${others === 0 ? 'Ponlo' : 'Ponlos'} detrás.${leadHereInSpanish(callers)}`;
    },
  },
  saving: ({ tokens, rates }) => (rates === null ? null : savedPerRepeat(tokens, rates)),
};

/** Tokens from which a prompt is cached by OpenAI and by most models of others (`farthing models NAME` says so for one). */
const USUAL_MINIMUM = 1_024;

/** The stable tokens that a call pays in full because of what stands in front of them. */
interface Loss {
  readonly call: LlmCall;
  /** Null if only the run knows it. */
  readonly model: Model | null;
  readonly minimum: number;
  readonly culprit: PromptSegment;
  readonly others: number;
  readonly tokens: Range;
}

function lossOf(call: LlmCall, modelOf: ModelOf): Loss | null {
  const model = modelOf(call);
  const minimum = minimumOf(call, model);
  if (minimum === null) return null;
  if (call.cache || call.sections.some((section) => section.isCacheMarked)) return null;
  if (isDemonstration(call) || !isRepeated(call)) return null;
  const found = longestRunBehind(textOf(call));
  if (found === null || found.tokens.low < minimum) return null;
  return { call, model, minimum, ...found };
}

/** The tokens from which the call's prompt is cached; null if it never is, or if nothing is known about the model. */
function minimumOf({ provider, model: { value, hint } }: LlmCall, model: Model | null): number | null {
  if (model !== null) return model.cacheMode === 'none' ? null : model.cacheMinimum;
  const isLocal = PROVIDER_TABLE[provider].sales.kind === 'local';
  return value === null && hint === null && !isLocal ? USUAL_MINIMUM : null;
}

/** The texts of the prompt: of tools and schemas, the order is the provider's, and a part that is not seen need not differ. */
function textOf(call: LlmCall): readonly PromptSegment[] {
  return segmentsOf(leadingSections(call).filter(({ role }) => role !== 'tools' && role !== 'schema'));
}

/** The longest stable run behind the first text that differs, and how many further ones are between them. */
function longestRunBehind(segments: readonly PromptSegment[]): Pick<Loss, 'culprit' | 'others' | 'tokens'> | null {
  const first = segments.findIndex(isDifferent);
  const culprit = segments[first];
  if (culprit === undefined) return null;
  let best: Pick<Loss, 'culprit' | 'others' | 'tokens'> | null = null;
  let others = 0;
  for (let start = first + 1; start < segments.length; ) {
    const next = segments.findIndex((segment, at) => at >= start && isDifferent(segment));
    const end = next < 0 ? segments.length : next;
    const tokens = sumOfTokens(segments.slice(start, end));
    if (tokens.low > (best?.tokens.low ?? 0)) best = { culprit, others, tokens };
    others += 1;
    start = end + 1;
  }
  return best;
}

/** A text that changes within minutes is not stable, and a date is. */
function isDifferent({ stability, expression }: PromptSegment): boolean {
  return stability === 'varying' || (stability === 'volatile' && changesAtEveryCall(expression));
}

/** True if the request's function puts the differing text in front, whoever calls it. */
function isCauseIn(request: LlmCall, { culprit }: Loss): boolean {
  return segmentsOf(request.sections).some(({ origin }) => isSamePlace(origin, culprit.origin));
}

/** The finding at `call`; the loss is its own, or that of one of the `callers` for whose sake it is reported. */
function findingAt(call: LlmCall, found: Loss, callers: readonly LlmCall[]): Finding<Volatile> {
  const { culprit, model, tokens, others } = found;
  const isAlwaysNew = culprit.stability === 'volatile';
  return {
    data: {
      expression: culprit.expression ?? 'a text',
      isAlwaysNew,
      others,
      tokens,
      rates: model === null ? null : ratesOf(found.call, model),
      callers: callers.length,
    },
    origin: culprit.origin ?? call.origin,
    severity: isAlwaysNew ? 'warning' : 'information',
    ...calledFrom(callers),
    fixes: () => moveFixes(found),
  };
}

/** Moves the changing line to the end of its text, if no other line breaks the cache as well. */
function moveFixes({ call, culprit, minimum }: Loss): readonly Fix[] {
  const { origin, expression, stability } = culprit;
  const segments = textOf(call);
  const moved = longestRunBehind([...segments.filter((segment) => segment !== culprit), culprit]);
  if (origin === null || stability !== 'volatile' || (moved !== null && moved.tokens.low >= minimum)) return [];
  return [
    {
      title: {
        en: `Move the line with ${expression} to the end of its text`,
        es: `Mover la línea con ${expression} al final de su texto`,
      },
      safety: 'suggested',
      operations: [{ kind: 'move-line', origin }],
    },
  ];
}
