import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Localised } from '@farthing/shared/language';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Range } from '@farthing/shared/range';
import { isRequest, type LlmCall } from '../calls/call.ts';
import { type CacheMarking, cacheMarkings } from '../calls/facts/cache-marking.ts';
import { leadingSections, stableFront, stablePrefix } from '../calls/facts/prompt-prefix.ts';
import { isRepeated } from '../calls/facts/repetition.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule, Finding } from './rule.ts';
import { type CacheRates, costsOf, countOf, ratesOf } from './support/cached-tokens.ts';
import {
  calledFrom,
  callersOf,
  leadHere,
  leadHereInSpanish,
  type ModelOf,
  modelsBeside,
} from './support/feature-calls.ts';
import { savedPerRepeat } from './support/money.ts';

/** Tokens that are paid in full, and their rates in nano-dollars per token. */
interface Uncached {
  /** Tokens at the front of the prompt that never change. */
  readonly tokens: Range;
  readonly rates: CacheRates;
  /** Minutes that the provider keeps what is marked; null if that is unknown. */
  readonly minutes: number | null;
  /** The model if it is only a default; null if it is certain. */
  readonly defaultModel: string | null;
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
  restsOnModel: true,
  needs: [isRepeated, cacheMarkings],
  documentation: `
## What it does
Reports prompts that begin with enough stable tokens to be cached, at a provider that only caches marked text (Anthropic,
Claude on Bedrock), if they are not marked.

The order is that in which the provider reads the prompt: tools, system prompt, messages. The low estimate of the stable part
must reach the model's published minimum. Not reported are calls with an unknown model, and calls that do not clearly repeat:
a script or notebook cell that runs once, or a retry.

If a function of your own stands between a long prompt and the request, the finding is at the request as long as that
function writes the message, since the mark belongs there: once, with the calls that pay for it as related locations. It is
at the call if that builds the messages itself.

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
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
POLICY = Path("policy.md").read_text()


def answer(question: str):
    return client.messages.create(  # expect: uncached-static-prompt
        model="claude-sonnet-4-6",
        max_tokens=500,
        system=POLICY,
        messages=[{"role": "user", "content": question}],
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
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
POLICY = Path("policy.md").read_text()


def answer(question: str):
    return client.messages.create(
        model="claude-sonnet-4-6",
        max_tokens=500,
        system=[{"type": "text", "text": POLICY, "cache_control": {"type": "ephemeral"}}],
        messages=[{"role": "user", "content": question}],
    )
~~~

## Fix safety
Suggested. A marker does not change answers, but a prompt that does not repeat within five minutes costs 25% more.

The fix marks the front of the prompt where it is written: a string becomes a list with one marked block (in the AI SDK a
system message, which its version 6 and later take), and the last block that does not change gets the marker. There is no
fix if the prompt is put together elsewhere.

## References
- Anthropic: \`cache_control\`, 4 breakpoints at most; a prefix below the model's minimum is silently not cached.
- Bedrock: \`cachePoint\`. AI SDK: \`providerOptions.anthropic.cacheControl\`.
`,
  *check(call, context) {
    if (call.family !== 'text' && call.family !== 'agent') return;
    const { index } = context;
    const modelOf = modelsBeside(call, context);
    if (!isRequest(call)) {
      const found = wasteOf(call, modelOf);
      if (found !== null && !index.requestsOf(call).some(writesMessage)) yield findingAt(call, found, []);
      return;
    }
    const own = wasteOf(call, modelOf);
    const wasted = writesMessage(call)
      ? callersOf(call, index).flatMap((feature) => wasteOf(feature, modelOf) ?? [])
      : [];
    // A feature call may lead to several providers, of which not every one sells its model.
    const callers = wasted.filter(({ model }) => context.catalogue.find(call.provider, model.id) !== null);
    // One finding, with the figures of the request itself, else of the caller that pays most.
    const worst = own ?? callers.toSorted((a, b) => paid(b) - paid(a))[0];
    if (worst !== undefined) {
      yield findingAt(
        call,
        worst,
        callers.map((one) => one.call),
      );
    }
  },
  message: {
    en: (finding) => unmarkedMessage(finding) + leadHere(finding.callers),
    es: (finding) => unmarkedMessageInSpanish(finding) + leadHereInSpanish(finding.callers),
  },
  saving: ({ tokens, rates }) => savedPerRepeat(tokens, rates),
};

/** What a call pays in full, though the provider would cache it. */
interface Waste {
  readonly call: LlmCall;
  readonly model: Model;
  readonly minimum: number;
  readonly tokens: Range;
}

function wasteOf(call: LlmCall, modelOf: ModelOf): Waste | null {
  const model = modelOf(call);
  if (model === null || model.cacheMinimum === null || model.cacheMode !== 'marker') return null;
  if (call.cache || call.sections.some((section) => section.isCacheMarked) || !isRepeated(call)) return null;
  const tokens = stablePrefix(call);
  return tokens.low < model.cacheMinimum ? null : { call, model, minimum: model.cacheMinimum, tokens };
}

/** True if the request's function writes the message around the text that it is given: the mark is missing there. */
function writesMessage(request: LlmCall): boolean {
  return request.sections.length > 0;
}

/** What the tokens cost in full, in nano-dollars. */
function paid({ call, model, tokens }: Waste): number {
  return tokens.expected * (ratesOf(call, model).input ?? 0);
}

/** The finding at `call`; the waste is its own, or that of one of the `callers` for whose sake it is reported. */
function findingAt(call: LlmCall, found: Waste, callers: readonly LlmCall[]): Finding<Uncached> {
  const { model, tokens, minimum } = found;
  return {
    data: {
      tokens,
      rates: ratesOf(found.call, model),
      minutes: PROVIDER_TABLE[model.provider].markedCache?.minutes ?? null,
      defaultModel: found.call.model.value === null ? model.id : null,
      callers: callers.length,
    },
    origin: call.origin,
    ...calledFrom(callers),
    fixes: () => markerFixes(call, minimum),
  };
}

const FRONTS: Readonly<Record<CacheMarking['front'], Localised>> = {
  tools: { en: 'the tools', es: 'las herramientas' },
  system: { en: 'the system prompt', es: 'el prompt del sistema' },
  message: { en: 'the first message', es: 'el primer mensaje' },
};

/** The marker that covers most, if that is long enough to be cached. */
function markerFixes(call: LlmCall, minimum: number): readonly Fix[] {
  const marking = cacheMarkings(call).find(({ front }) => covered(call, front) >= minimum);
  if (marking === undefined) return [];
  const { front, operation } = marking;
  const { en, es } = FRONTS[front];
  const title = { en: `Mark ${en} for the provider's cache`, es: `Marcar ${es} para la caché del proveedor` };
  return [{ title, safety: 'suggested', operations: [operation] }];
}

/** The minimum number of unchanging tokens from the beginning of the prompt to a marker after `front`. */
function covered(call: LlmCall, front: CacheMarking['front']): number {
  const roles: readonly string[] = front === 'tools' ? ['tools'] : ['tools', 'system'];
  const sections = leadingSections(call);
  return stableFront(front === 'message' ? sections : sections.filter(({ role }) => roles.includes(role))).low;
}

function unmarkedMessage({ tokens, rates, minutes, defaultModel }: Uncached): string {
  const which = defaultModel === null ? '' : ` (on ${defaultModel}, the default)`;
  const what = `${capitalised(countOf(tokens))} tokens of this prompt never change and are sent uncached${which}.`;
  const whileCached = minutes === null ? 'while they are cached' : `within ${minutes} minutes`;
  const costs = costsOf(tokens, rates);
  if (costs === null) {
    return `${what} Mark them for caching: a repeat ${whileCached} then reads them at the cache price, which is not known here.`;
  }
  const then = `Marked for caching, they cost ${costs.cached} instead of ${costs.full} on each repeat ${whileCached}`;
  return `${what} ${then}${costs.premium > 0 ? `; the first use costs ${costs.premium}% more.` : '.'}`;
}

function unmarkedMessageInSpanish({ tokens, rates, minutes, defaultModel }: Uncached): string {
  const which = defaultModel === null ? '' : ` (en ${defaultModel}, el modelo por defecto)`;
  const what = `${capitalised(countOf(tokens, 'es'))} tokens de este prompt no cambian nunca y se envían sin caché${which}.`;
  const whileCached = minutes === null ? 'mientras estén en ella' : `en menos de ${minutes} minutos`;
  const costs = costsOf(tokens, rates, 'es');
  if (costs === null) {
    return `${what} Márcalos para la caché: una repetición ${whileCached} los lee al precio de la caché, que aquí no se conoce.`;
  }
  const then = `Marcados, cuestan ${costs.cached} en lugar de ${costs.full} en cada repetición ${whileCached}`;
  return `${what} ${then}${costs.premium > 0 ? `; el primer uso cuesta un ${costs.premium}% más.` : '.'}`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
