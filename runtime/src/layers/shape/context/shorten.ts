/** Applies a feature's `context` options to a request. */
import { withPayload } from '../../../core/exchange.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { payloadOfText } from '../../../support/json-body.ts';
import { type Edit, withEdits } from '../../../support/json-edits.ts';
import { type RequestText, requestTexts } from '../../../wire/request-texts.ts';
import { type Cleared, type ClearTools, createClear, type SentText } from './clear.ts';
import { extract } from './extract.ts';
import { type LosslessOptions, lossless, type Passages } from './lossless.ts';
import type { ContextPolicy, ShortenOptions } from './options.ts';
import { roughTokens, sampledTokens } from './rough-tokens.ts';
import { tabulated } from './tabulate.ts';
import { unescapedJson } from './unescape.ts';

/** Tokens that are left out at one place of a request. */
export interface Removal {
  /** How much of the request's text stands before it: from 0 to 1. */
  readonly at: number;
  readonly tokens: number;
}

export interface Shortened {
  readonly exchange: Exchange;
  /** By an estimate of the tokens that `tokens` estimates for the texts that are sent. */
  readonly removals: readonly Removal[];
  readonly tokens: number;
  /** What clearing did to the provider's cache; null if the option is not set. */
  readonly cleared: Cleared | null;
}

export type Shorten = (exchange: Exchange, policy: ContextPolicy) => Shortened;

/** Each returns the text that takes the place of another; the first that applies to a text comes first. */
interface Step {
  /** For people, as the reason of the decision. */
  readonly reason: string;
  readonly apply: (text: string, one: RequestText) => string;
}

export function createShorten(tools: ClearTools): Shorten {
  const clear = createClear(tools);

  return (exchange, policy) => {
    const { codec, payload, context, log } = exchange;
    const { exactTools = [], clearToolResults, shortenToolResults } = policy;
    const unchanged = { exchange, removals: [], tokens: 0, cleared: null };
    if (codec.readsInputsApart === true || codec.isFree === true || isSigned(exchange) || payload.json === null) {
      return unchanged;
    }
    const isExact = ({ call }: RequestText): boolean => call !== null && exactTools.includes(call.tool ?? '');
    const texts = requestTexts(payload.json);
    const cut = shortenToolResults === undefined ? null : extractingStep(texts, shortenToolResults);
    // What must not be kept cannot be given back.
    const mayClear = clearToolResults !== undefined && !context.noStore;
    const asSent = (): readonly SentText[] =>
      texts.map((one) => ({ one, text: cut === null || isExact(one) ? one.text : cut.apply(one.text, one) }));
    const cleared = mayClear ? clear(exchange, asSent(), clearToolResults, isExact) : null;
    const steps: readonly Step[] = [
      ...(cut === null ? [] : [cut]),
      ...(cleared === null ? [] : [clearingStep(cleared)]),
      ...(policy.unescapeJson === true ? [UNESCAPING] : []),
      ...(policy.tabulateJson === true ? [TABULATING] : []),
      losslessStep(policy),
    ];
    const { edits, removals, tokens, byReason } = changesOf(texts, steps, isExact);
    if (edits.length === 0) return { ...unchanged, cleared };
    const text = withEdits(payload.text, edits);
    const shorter = text === null ? null : payloadOfText(text);
    if (shorter === null) return unchanged;
    for (const [reason, left] of byReason) log.decide({ layer: 'shape', outcome: 'shortened', tokens: left, reason });
    return { exchange: withPayload(exchange, shorter), removals, tokens, cleared };
  };
}

/** A signature covers the body. */
function isSigned({ headers }: Exchange): boolean {
  return headers.get('authorization')?.startsWith('AWS4-') === true;
}

function clearingStep({ notes }: Cleared): Step {
  return { reason: 'old tool results', apply: (text, one) => notes.get(one) ?? text };
}

/** The question is what the user said last before the result, with the arguments of the call. */
function extractingStep(texts: readonly RequestText[], { tokens }: ShortenOptions): Step {
  const asked = new Map<RequestText, string>();
  let last = '';
  for (const one of texts) {
    if (one.role === 'user') last = one.text;
    asked.set(one, last);
  }
  const cut = new Map<RequestText, string>();
  return {
    reason: 'long tool results',
    apply: (text, one) => {
      if (one.call === null) return text;
      const shorter = cut.get(one) ?? extract(text, `${asked.get(one) ?? ''} ${one.call.input}`, tokens);
      cut.set(one, shorter);
      return shorter;
    },
  };
}

/** Only results: what else has JSON may be an example of what the model is to write. */
const TABULATING: Step = {
  reason: 'records as tables',
  apply: (text, { call }) => (call === null ? text : tabulated(text)),
};

/** Only results: an escape in a message may be what it is about. */
const UNESCAPING: Step = {
  reason: 'characters for escapes',
  apply: (text, { call }) => (call === null ? text : unescapedJson(text)),
};

function losslessStep({ minifyJson = false, trimSpace = false, dropRepeats = false }: ContextPolicy): Step {
  const seen: Passages = new Map();
  const options: LosslessOptions = { minifyJson, trimSpace, dropRepeats };
  return { reason: 'the same in fewer tokens', apply: (text) => lossless(text, options, seen) };
}

interface Changes {
  readonly edits: readonly Edit[];
  readonly removals: readonly Removal[];
  readonly tokens: number;
  /** Tokens that are left out. */
  readonly byReason: ReadonlyMap<string, number>;
}

function changesOf(
  texts: readonly RequestText[],
  steps: readonly Step[],
  isExact: (one: RequestText) => boolean,
): Changes {
  const total = texts.reduce((sum, { text }) => sum + text.length, 0);
  const edits: Edit[] = [];
  const removals: Removal[] = [];
  const byReason = new Map<string, number>();
  let before = 0;
  let sent = 0;
  for (const one of texts) {
    let current = one.text;
    for (const { reason, apply } of isExact(one) ? [] : steps) {
      const changed = apply(current, one);
      if (changed === current) continue;
      const tokens = roughTokens(current) - roughTokens(changed);
      byReason.set(reason, (byReason.get(reason) ?? 0) + tokens);
      removals.push({ at: before / total, tokens });
      current = changed;
    }
    if (current !== one.text) edits.push({ path: one.path, value: current });
    before += one.text.length;
    sent += sampledTokens(current);
  }
  return { edits, removals, tokens: sent, byReason };
}
