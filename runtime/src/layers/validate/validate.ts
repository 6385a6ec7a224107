/** Refuses requests that can only fail, or that are not worth paying for, before they cost anything. */

import type { Emit } from '../../core/events.ts';
import type { Exchange, Layer } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { refuse } from '../../core/refuse.ts';
import { orAborted } from '../../support/abort.ts';
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import type { ValidateOptions } from './options.ts';

export interface ValidateTools extends ValidateOptions {
  readonly prices: Prices;
  readonly emit: Emit;
}

export function validate(options: ValidateTools): Layer {
  return (next) =>
    async function validated(exchange) {
      const why = await reasonAgainst(exchange, options);
      if (why === null) return next(exchange);
      return refuse(exchange, { layer: 'validate', status: 400, code: 'request_refused', why }, options.emit);
    };
}

async function reasonAgainst(
  { facts, payload, provider, signal }: Exchange,
  { empty, maximumTokens, unknownModels, check, prices }: ValidateTools,
): Promise<string | null> {
  if (empty && payload.json !== null && !hasText(payload.json)) {
    return 'every message of the request is empty.';
  }
  if (unknownModels && (facts.model === null || prices.model(provider, facts.model) === null)) {
    return `the model "${facts.model}" is unknown. Correct its name, or declare its price under \`prices\`.`;
  }
  // No token is shorter than a byte, so only a request that may be too long is counted.
  if (maximumTokens !== undefined && Buffer.byteLength(payload.text) > maximumTokens) {
    const { countO200k } = await import('@farthing/shared/tokens/encode');
    const tokens = countO200k(payload.text);
    if (tokens > maximumTokens) return `the request has about ${tokens} tokens; at most ${maximumTokens} are allowed.`;
  }
  try {
    if (payload.json === null) return null;
    return (await orAborted(check?.({ body: payload.json, model: facts.model }), signal)) ?? null;
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Works for all forms of input: a text, a list of texts, messages, or contents with parts. Anything but text counts as
 * content.
 */
function hasText(body: JsonObject): boolean {
  const inputs = [body.messages, body.input, body.contents, body.prompt].filter((input) => input !== undefined);
  return inputs.length === 0 || inputs.some(saysSomething);
}

function saysSomething(value: unknown): boolean {
  const text = asString(value);
  if (text !== null) return text.trim() !== '';
  if (Array.isArray(value)) return asArray(value).some(saysSomething);
  const object = asObject(value);
  if (object === null) return typeof value === 'number';
  const inner = [object.content, object.parts, object.text].filter((part) => part !== undefined && part !== null);
  return inner.length === 0 ? object.role === undefined : inner.some(saysSomething);
}
