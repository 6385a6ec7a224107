/** Applies a feature's `context` options to a request. */
import { withPayload } from '../../../core/exchange.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { type JsonObject, payloadOfText } from '../../../support/json-body.ts';
import { type Edit, withEdits } from '../../../support/json-edits.ts';
import { type RequestText, requestTexts } from '../../../wire/request-texts.ts';
import { type LosslessOptions, lossless, type Passages } from './lossless.ts';
import type { ContextPolicy } from './options.ts';
import { roughTokens } from './rough-tokens.ts';

/** Tokens that are left out at one place of a request. */
export interface Removal {
  /** How much of the request's text stands before it: from 0 to 1. */
  readonly at: number;
  readonly tokens: number;
}

export interface Shortened {
  readonly exchange: Exchange;
  readonly removals: readonly Removal[];
}

/** The same exchange where there is nothing to leave out, or where its body must not change. */
export function shorten(exchange: Exchange, policy: ContextPolicy): Shortened {
  const { codec, payload, log } = exchange;
  const unchanged = { exchange, removals: [] };
  if (codec.readsInputsApart === true || codec.isFree === true || isSigned(exchange) || payload.json === null) {
    return unchanged;
  }
  const changes = losslessChanges(payload.json, policy);
  if (changes.length === 0) return unchanged;
  const text = withEdits(
    payload.text,
    changes.map(({ edit }) => edit),
  );
  const shorter = text === null ? null : payloadOfText(text);
  if (shorter === null) return unchanged;
  const removals = changes.map(({ removal }) => removal);
  const tokens = removals.reduce((sum, removal) => sum + removal.tokens, 0);
  log.decide({ layer: 'shape', outcome: 'shortened', tokens, reason: 'the same in fewer tokens' });
  return { exchange: withPayload(exchange, shorter), removals };
}

/** A signature covers the body. */
function isSigned({ headers }: Exchange): boolean {
  return headers.get('authorization')?.startsWith('AWS4-') === true;
}

interface Change {
  readonly edit: Edit;
  readonly removal: Removal;
}

function losslessChanges(body: JsonObject, policy: ContextPolicy): readonly Change[] {
  const { minifyJson = false, trimSpace = false, dropRepeats = false, exactTools = [] } = policy;
  const options: LosslessOptions = { minifyJson, trimSpace, dropRepeats };
  const texts = requestTexts(body);
  const total = texts.reduce((sum, { text }) => sum + text.length, 0);
  const isExact = ({ call }: RequestText): boolean => call !== null && exactTools.includes(call.tool ?? '');
  const seen: Passages = new Map();
  const changes: Change[] = [];
  let before = 0;
  for (const one of texts) {
    const shorter = isExact(one) ? one.text : lossless(one.text, options, seen);
    if (shorter !== one.text) {
      const tokens = roughTokens(one.text) - roughTokens(shorter);
      changes.push({ edit: { path: one.path, value: shorter }, removal: { at: before / total, tokens } });
    }
    before += one.text.length;
  }
  return changes;
}
