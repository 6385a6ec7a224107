import type { Model, Price } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import { formatCount, formatDollars } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import { isRequest, type LlmCall, type PromptSegment } from '../calls/call.ts';
import { isUnattended } from '../calls/facts/attendance.ts';
import { type CacheMarking, cacheMarkings } from '../calls/facts/cache-marking.ts';
import {
  dependsOnInput,
  leadingSections,
  segmentsOf,
  stableFront,
  stablePrefix,
  sumOfTokens,
} from '../calls/facts/prompt-prefix.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule, Finding } from './rule.ts';
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
import { changesAtEveryCall } from './support/volatile.ts';

/** Tokens that are paid in full, and their rates in nano-dollars per token. */
interface Uncached {
  readonly cause: 'unmarked' | 'broken';
  /** Tokens that never change: those at the front of the prompt, or those after the text that ends it. */
  readonly tokens: Range;
  readonly rates: Pick<Price, 'input' | 'cacheRead' | 'cacheWrite'>;
  /** The model if it is only a default; null if it is certain. */
  readonly defaultModel: string | null;
  /** The expression that differs in every call; null if only a mark is missing. */
  readonly volatile: string | null;
  /** How many feature calls lead to the request that wastes them. */
  readonly callers: number;
}

export const uncachedStaticPrompt: CallRule<Uncached> = {
  scope: 'call',
  id: 'uncached-static-prompt',
  summary: 'A long prompt that never changes is paid in full every time, though the provider would cache it.',
  technique: 'caching',
  severity: 'warning',
  fix: 'suggested',
  since: '0.1.0',
  needs: [isUnattended, cacheMarkings],
  documentation: `
## What it does
Reports two ways of paying for the same long prompt again and again:

- The provider only caches marked text (Anthropic, Claude on Bedrock), and the prompt begins with enough stable tokens to be
  cached, but they are not marked.
- The provider caches automatically (OpenAI, Google), but text that differs in every call (a clock, a random value, a request
  id) comes before the long stable part. The cache matches from the first token, so it ends there.

The order is that in which the provider reads the prompt: tools, system prompt, messages. The low estimate of the stable part
must reach the model's published minimum. Not reported are calls with an unknown model, and calls that do not clearly repeat:
a script or notebook cell that runs once, or a retry.

If a function of your own stands between a long prompt and the request, the finding is at the request as long as that
function writes the message (the mark belongs there), or puts the changing text in front: once, with the calls that pay for
it as related locations. It is at the call if that builds the messages, or writes the changing text, itself.

## Why is this bad
A cached token costs a tenth or less of a fresh one. Anthropic charges 25% more for writing the five-minute cache, so marking
pays off from the second use. Leave a prompt unmarked if it is sent less than once every five minutes.

## Example
\`policy.md\` contains about 2,500 tokens.

~~~ts
import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();
const policy = readFileSync('policy.md', 'utf8');

export async function answer(question: string) {
  return client.messages.create({ // expect: uncached-static-prompt
    model: 'claude-sonnet-4-6',
    max_tokens: 500,
    system: policy,
    messages: [{ role: 'user', content: question }],
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
        instructions=f"It is {datetime.now()}.\\n{POLICY}",  # expect: uncached-static-prompt
        input=question,
    )
~~~

## Use instead
~~~ts
import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();
const policy = readFileSync('policy.md', 'utf8');

export async function answer(question: string) {
  return client.messages.create({
    model: 'claude-sonnet-4-6',
    max_tokens: 500,
    system: [{ type: 'text', text: policy, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: question }],
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
Suggested. A marker does not change answers, but a prompt that does not repeat within five minutes costs 25% more. Moving text
changes the prompt, so it may change answers.

The fix marks the front of the prompt where it is written: a string becomes a list with one marked block (in the AI SDK a
system message, which its version 6 and later take), and the last block that does not change gets the marker. Where the
provider caches by itself, the line that changes moves to the end of its template literal or f-string. There is no fix if
the prompt is put together elsewhere.

## References
- Anthropic: \`cache_control\`, 4 breakpoints at most; a prefix below the model's minimum is silently not cached.
- Bedrock: \`cachePoint\`. AI SDK: \`providerOptions.anthropic.cacheControl\`.
- OpenAI: automatic from 1,024 tokens.
`,
  *check(call, context) {
    if (call.family !== 'text' && call.family !== 'agent') return;
    const { index } = context;
    const modelOf = modelsBeside(call, context);
    if (!isRequest(call)) {
      const found = wasteOf(call, modelOf);
      if (found !== null && !index.requestsOf(call).some((request) => isCauseIn(request, found))) {
        yield findingAt(call, found, []);
      }
      return;
    }
    const own = wasteOf(call, modelOf);
    const callers = callersOf(call, index).flatMap((feature) => {
      const found = wasteOf(feature, modelOf);
      return found !== null && isCauseIn(call, found) ? [{ feature, found }] : [];
    });
    const all = [...(own === null ? [] : [own]), ...callers.map(({ found }) => found)];
    // One cause, one finding: with the figures of the request itself, else of the caller that pays most.
    for (const [, same] of Map.groupBy(all, ({ cause }) => cause)) {
      const [worst] = own !== null && same.includes(own) ? [own] : same.toSorted((a, b) => paid(b) - paid(a));
      const features = callers.flatMap(({ feature, found }) => (same.includes(found) ? [feature] : []));
      if (worst !== undefined) yield findingAt(call, worst, features);
    }
  },
  message: {
    en: (finding) =>
      (finding.cause === 'unmarked' ? unmarkedMessage(finding) : brokenMessage(finding)) + leadHere(finding.callers),
    es: (finding) =>
      (finding.cause === 'unmarked' ? unmarkedMessageInSpanish(finding) : brokenMessageInSpanish(finding)) +
      leadHereInSpanish(finding.callers),
  },
  saving: ({ tokens, rates }) => savedPerRepeat(tokens, rates),
};

/** True if the code itself shows that the prompt is sent more than once. */
function isRepeated(call: LlmCall): boolean {
  const { lexical, purpose, viaCaller } = call.loop;
  if (purpose === 'retry' || purpose === 'poll') return false;
  if (purpose !== null || lexical !== 'none' || viaCaller) return true;
  if (isUnattended(call) || call.function === null) return false;
  return dependsOnInput(call);
}

/** What a call pays in full, though the provider would cache it. */
interface Waste {
  readonly cause: Uncached['cause'];
  readonly call: LlmCall;
  readonly model: Model;
  readonly minimum: number;
  readonly tokens: Range;
  /** The text that ends the cached front; null if only a mark is missing. */
  readonly culprit: PromptSegment | null;
}

function wasteOf(call: LlmCall, modelOf: ModelOf): Waste | null {
  const model = modelOf(call);
  if (model === null || model.cacheMinimum === null || call.cache || !isRepeated(call)) return null;
  const base = { call, model, minimum: model.cacheMinimum };
  if (model.cacheMode === 'marker') {
    const prefix = stablePrefix(call);
    if (prefix.low < base.minimum || call.sections.some((section) => section.isCacheMarked)) return null;
    return { ...base, cause: 'unmarked', tokens: prefix, culprit: null };
  }
  const found = model.cacheMode === 'automatic' ? breakIn(segmentsOf(leadingSections(call)), base.minimum) : null;
  return found && { ...base, cause: 'broken', tokens: found.lost, culprit: found.culprit };
}

/**
 * True if what a feature call wastes is mended in the request's function: it writes the message around the text that it is
 * given, so the mark is missing there, or it puts the changing text in front.
 */
function isCauseIn(request: LlmCall, { culprit }: Waste): boolean {
  if (culprit === null) return request.sections.length > 0;
  return segmentsOf(request.sections).some(({ origin }) => isSamePlace(origin, culprit.origin));
}

/** What the tokens cost in full, in nano-dollars. */
function paid({ call, model, tokens }: Waste): number {
  return tokens.expected * (ratesOf(call, model).input ?? 0);
}

/** The finding at `call`; the waste is its own, or that of one of the `callers` for whose sake it is reported. */
function findingAt(call: LlmCall, found: Waste, callers: readonly LlmCall[]): Finding<Uncached> {
  const { cause, model, tokens, culprit, minimum } = found;
  return {
    data: {
      cause,
      tokens,
      rates: ratesOf(found.call, model),
      defaultModel: cause === 'unmarked' && found.call.model.value === null ? model.id : null,
      volatile: culprit?.expression ?? null,
      callers: callers.length,
    },
    origin: culprit?.origin ?? call.origin,
    ...calledFrom(callers),
    fixes: () =>
      culprit === null
        ? markerFixes(call, minimum)
        : moveFixes(culprit, segmentsOf(leadingSections(found.call)), minimum),
  };
}

const FRONTS: Readonly<Record<CacheMarking['front'], string>> = {
  tools: 'the tools',
  system: 'the system prompt',
  message: 'the first message',
};

/** The marker that covers most, if that is long enough to be cached. */
function markerFixes(call: LlmCall, minimum: number): readonly Fix[] {
  const marking = cacheMarkings(call).find(({ front }) => covered(call, front) >= minimum);
  if (marking === undefined) return [];
  const { front, operation } = marking;
  return [{ title: `Mark ${FRONTS[front]} for the provider's cache`, safety: 'suggested', operations: [operation] }];
}

/** The minimum number of unchanging tokens from the beginning of the prompt to a marker after `front`. */
function covered(call: LlmCall, front: CacheMarking['front']): number {
  const roles: readonly string[] = front === 'tools' ? ['tools'] : ['tools', 'system'];
  const sections = leadingSections(call);
  return stableFront(front === 'message' ? sections : sections.filter(({ role }) => roles.includes(role))).low;
}

function ratesOf(call: LlmCall, model: Model): Uncached['rates'] {
  const { input, cacheRead, cacheWrite } = priceAt(model, call.tokens.input.expected);
  return { input, cacheRead, cacheWrite };
}

/** The volatile text that ends the cached front, and the tokens after it that are lost; null if there are too few. */
function breakIn(
  segments: readonly PromptSegment[],
  minimum: number,
): { readonly culprit: PromptSegment; readonly lost: Range } | null {
  const first = segments.findIndex((segment) => segment.stability !== 'stable');
  const culprit = segments[first];
  if (culprit === undefined || culprit.stability !== 'volatile' || !changesAtEveryCall(culprit.expression)) return null;
  const behind = segments.slice(first + 1);
  const end = behind.findIndex((segment) => segment.stability !== 'stable');
  const lost = sumOfTokens(end < 0 ? behind : behind.slice(0, end));
  return lost.low < minimum ? null : { culprit, lost };
}

/** Moves the changing line to the end of its text, if no other line breaks the cache as well. */
function moveFixes(culprit: PromptSegment, segments: readonly PromptSegment[], minimum: number): readonly Fix[] {
  const { origin, expression } = culprit;
  const moved = [...segments.filter((segment) => segment !== culprit), culprit];
  if (origin === null || breakIn(moved, minimum) !== null) return [];
  return [
    {
      title: `Move the line with ${expression} to the end of its text`,
      safety: 'suggested',
      operations: [{ kind: 'move-line', origin }],
    },
  ];
}

function unmarkedMessage({ tokens, rates, defaultModel }: Uncached): string {
  const which = defaultModel === null ? '' : ` (on ${defaultModel}, the default)`;
  const what = `${capitalised(count(tokens, 'about'))} tokens of this prompt never change and are sent uncached${which}.`;
  const costs = costsOf(tokens, rates);
  if (costs === null) {
    return `${what} Mark them for caching: a repeat within 5 minutes then reads them at the cache price, which is not known here.`;
  }
  const then = `Marked for caching, they cost ${costs.cached} instead of ${costs.full} on each repeat within 5 minutes`;
  return `${what} ${then}${costs.premium > 0 ? `; the first use costs ${costs.premium}% more.` : '.'}`;
}

function unmarkedMessageInSpanish({ tokens, rates, defaultModel }: Uncached): string {
  const which = defaultModel === null ? '' : ` (en ${defaultModel}, el modelo por defecto)`;
  const what = `${capitalised(count(tokens, 'unos'))} tokens de este prompt no cambian nunca y se envían sin caché${which}.`;
  const costs = costsOf(tokens, rates);
  if (costs === null) {
    return `${what} Márcalos para la caché: una repetición en menos de 5 minutos los lee al precio de la caché, que aquí no se conoce.`;
  }
  const then = `Marcados para la caché, cuestan ${costs.cached} en lugar de ${costs.full} en cada repetición en menos de 5 minutos`;
  return `${what} ${then}${costs.premium > 0 ? `; el primer uso cuesta un ${costs.premium}% más.` : '.'}`;
}

function brokenMessage({ tokens, rates, volatile }: Uncached): string {
  const costs = costsOf(tokens, rates);
  const money = costs === null ? '' : ` (${costs.full} instead of ${costs.cached})`;
  return `${volatile} differs at every call and stands in front of ${count(tokens, 'about')} tokens that never change. The provider's cache ends there, so they are paid in full every time${money}. Move it behind them.`;
}

function brokenMessageInSpanish({ tokens, rates, volatile }: Uncached): string {
  const costs = costsOf(tokens, rates);
  const money = costs === null ? '' : ` (${costs.full} en lugar de ${costs.cached})`;
  return `${volatile} cambia en cada llamada y está delante de ${count(tokens, 'unos')} tokens que no cambian nunca. La caché del proveedor termina ahí, así que se pagan enteros cada vez${money}. Ponlo detrás de ellos.`;
}

/** The tokens at both rates, and by how many percent a first use costs more; null if the cache rate is unknown. */
function costsOf(
  { expected }: Range,
  { input, cacheRead, cacheWrite }: Uncached['rates'],
): { readonly full: string; readonly cached: string; readonly premium: number } | null {
  if (input === null || cacheRead === null || cacheRead >= input) return null;
  return {
    full: dollars(expected * input),
    cached: dollars(expected * cacheRead),
    premium: cacheWrite === null ? 0 : Math.round((cacheWrite / input - 1) * 100),
  };
}

/** Token counts of a prompt are accurate to two digits at best, and so are amounts computed from them. */
function dollars(nanos: number): string {
  return formatDollars(nanos, 2);
}

/** `3,180`, or `about 3,180` if the count is not exact. */
function count({ low, expected, high }: Range, about: string): string {
  return `${low === high ? '' : `${about} `}${formatCount(expected)}`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
