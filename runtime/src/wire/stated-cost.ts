/** The cost that a provider itself states, in integer nano-dollars. */
import { isExactAmount } from '@farthing/shared/money';
import { asArray, asObject, type Json, type JsonObject } from '../support/json-body.ts';

interface Statement {
  /** Members that lead to the figure, below the one that contains them. */
  readonly path: readonly string[];
  /** Nano-dollars per unit. */
  readonly unit: number;
  /** Where the figure is documented. */
  readonly source: string;
}

const DOLLAR = 1e9;

/** In the usage. The first valid figure is used. */
const IN_USAGE: readonly Statement[] = [
  { path: ['cost_in_usd_ticks'], unit: 0.1, source: 'https://docs.x.ai/docs/api-reference' },
  { path: ['cost_in_nano_usd'], unit: 1, source: 'https://docs.x.ai/docs/api-reference' },
  { path: ['cost', 'total_cost'], unit: DOLLAR, source: 'https://docs.perplexity.ai/api-reference' },
  { path: ['cost', 'usd'], unit: DOLLAR, source: 'https://hyper.charm.land' },
  { path: ['cost'], unit: DOLLAR, source: 'https://openrouter.ai/docs/use-cases/usage-accounting' },
  { path: ['estimated_cost'], unit: DOLLAR, source: 'https://deepinfra.com/docs' },
];

/** In the metadata of a gateway, in either spelling, and of a message. */
const IN_METADATA: readonly Statement[] = [
  { path: ['gateway', 'cost'], unit: DOLLAR, source: 'https://vercel.com/docs/ai-gateway' },
];

/** In the answer, or in a stream's event. Null if it states none. */
export function statedCost(answer: JsonObject): number | null {
  const amount =
    statedIn(answer.usage, IN_USAGE) ??
    statedIn(answer.provider_metadata, IN_METADATA) ??
    statedIn(answer.providerMetadata, IN_METADATA);
  if (amount !== null) return withOwnKey(answer, amount);
  for (const item of asArray(answer.choices)) {
    const choice = asObject(item);
    const message = asObject(choice?.message) ?? asObject(choice?.delta);
    const inMessage = statedIn(message?.provider_metadata, IN_METADATA);
    if (inMessage !== null) return inMessage;
  }
  return null;
}

function statedIn(container: Json | undefined, statements: readonly Statement[]): number | null {
  const members = asObject(container);
  if (members === null) return null;
  for (const { path, unit } of statements) {
    const stated = valueAt(members, path);
    if (stated === undefined) continue;
    const amount = nanosOf(stated, unit);
    // 0 ticks mean that the field was not filled in: the provider has no free model.
    if (amount !== null && (amount > 0 || unit === DOLLAR)) return amount;
  }
  return null;
}

/**
 * With a key of the application's own, OpenRouter states its fee, and separately what the provider behind it charges.
 */
function withOwnKey(answer: JsonObject, amount: number): number {
  const usage = asObject(answer.usage);
  if (usage?.is_byok !== true) return amount;
  return amount + (nanosOf(asObject(usage.cost_details)?.upstream_inference_cost, DOLLAR) ?? 0);
}

/** Headers in which gateways state a cost, in dollars. */
const HEADERS = ['x-litellm-response-cost'];

export function isCostHeader(name: string): boolean {
  return HEADERS.includes(name);
}

export function statedInHeaders(headers: Headers): number | null {
  for (const name of HEADERS) {
    const amount = nanosOf(headers.get(name), DOLLAR);
    // A proxy that does not know the model's price says 0.
    if (amount !== null && amount > 0) return amount;
  }
  return null;
}

function valueAt(members: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = members;
  for (const name of path) {
    value = asObject(value)?.[name];
    if (value === undefined) return undefined;
  }
  return value;
}

/** Null for anything that is not a valid amount: negative, not finite, or above the maximum. */
function nanosOf(value: unknown, unit: number): number | null {
  const isText = typeof value === 'string' && /^\d+(\.\d+)?(e-?\d+)?$/i.test(value.trim());
  const figure = isText ? Number(value) : value;
  if (typeof figure !== 'number' || !Number.isFinite(figure) || figure < 0) return null;
  // A fraction of a nano-dollar is rounded up, except for the noise of decimals in binary.
  const nanos = Math.ceil(Number((figure * unit).toPrecision(12)));
  return isExactAmount(nanos) ? nanos : null;
}
