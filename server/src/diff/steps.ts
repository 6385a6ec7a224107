/**
 * The parts of a request that can change its cost, in the order in which a change is taken apart. The order is fixed,
 * because two parts that change together have an effect of their own (a longer prompt on a dearer model), which goes to
 * the later of the two.
 */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { DiffCause } from '@farthing/shared/diff-report';
import type { Candidate } from '../calls/estimate/estimate-models.ts';
import type { Estimation } from '../calls/estimate/estimation.ts';
import type { PromptPart } from '../calls/prompt/parts.ts';
import { CUT_TEXT } from '../evaluate/lattice.ts';
import type { Segment } from '../evaluate/values.ts';

export interface Step {
  readonly cause: DiffCause;
  /** True if the two requests differ in this part, as far as the estimate is concerned. */
  readonly differs: (from: Estimation, to: Estimation) => boolean;
  /** The first request with this part of the second. */
  readonly take: (from: Estimation, to: Estimation) => Estimation;
}

type Asked = Estimation['asked'];

export const STEPS: readonly Step[] = [
  {
    cause: 'model',
    differs: byKey(({ candidates: { list, isOpen, byDefault }, provider }) => [
      list.map(({ name, provider, share }) => [name, provider, share]),
      isOpen,
      byDefault,
      provider,
    ]),
    take: (from, to) => ({ ...from, candidates: to.candidates, provider: to.provider }),
  },
  ofRequest('api', [
    'family',
    'api',
    'isSentAsIs',
    'hasNoAnswer',
    'sendsPictures',
    'hasStoredContext',
    'settings',
    'answers',
    'seconds',
  ]),
  {
    cause: 'prompt',
    differs: byKey(({ asked: { prompt } }) => [
      prompt.isOpen,
      prompt.mayHoldSystem,
      prompt.usesImages,
      prompt.parts.map(partKey),
    ]),
    take: (from, to) => withAsked(from, { prompt: to.asked.prompt }),
  },
  {
    cause: 'tools',
    differs: byKey(({ asked: { tools, toolChoice } }) => [
      tools && [tools.definitions, tools.atProvider],
      tools === null || toolChoice,
    ]),
    take: (from, to) => withAsked(from, { tools: to.asked.tools, toolChoice: to.asked.toolChoice }),
  },
  {
    cause: 'schema',
    differs: byKey(({ asked: { schema, isLabel } }) => [schema?.read ?? null, isLabel]),
    take: (from, to) => withAsked(from, { schema: to.asked.schema, isLabel: to.asked.isLabel }),
  },
  ofRequest('reasoning', ['isThinking', 'reasoning']),
  {
    cause: 'limit',
    differs: byKey(({ asked: { outputLimit } }) => [outputLimit.state, outputLimit.tokens]),
    take: (from, to) => withAsked(from, { outputLimit: to.asked.outputLimit }),
  },
  ofRequest('tier', ['tier', 'isTierOpen']),
  ofRequest('assumptions', ['assumptions']),
  {
    cause: 'loop',
    differs: byKey(({ multiplier }) => multiplier?.count ?? null),
    take: (from, to) => ({ ...from, multiplier: to.multiplier }),
  },
  ofRequest('volume', ['callsPerMonth']),
];

/** Comes before all others: from here on, both sides are priced by the same table. */
export function pricesStep(catalogue: Catalogue): Step {
  const priced = ({ provider, name }: Candidate) => catalogue.find(provider, name);
  return {
    cause: 'prices',
    differs: ({ candidates: { list } }) =>
      json(list.map(({ known }) => pricesOf(known))) !== json(list.map((one) => pricesOf(priced(one)))),
    take: (from) => ({
      ...from,
      candidates: { ...from.candidates, list: from.candidates.list.map((one) => ({ ...one, known: priced(one) })) },
    }),
  };
}

/** All but where a price comes from and until when it holds: the same prices in a newer table change no cost. */
function pricesOf(model: Model | null): object | null {
  return model && { ...model, provenance: null, priceProvenance: null, priceUntil: null };
}

function byKey(keyOf: (estimation: Estimation) => unknown): Step['differs'] {
  return (from, to) => json(keyOf(from)) !== json(keyOf(to));
}

function ofRequest(cause: DiffCause, fields: readonly (keyof Asked)[]): Step {
  const pick = (asked: Asked): Partial<Asked> => Object.fromEntries(fields.map((field) => [field, asked[field]]));
  return {
    cause,
    differs: byKey(({ asked }) => pick(asked)),
    take: (from, to) => withAsked(from, pick(to.asked)),
  };
}

function withAsked(from: Estimation, changes: Partial<Asked>): Estimation {
  return { ...from, asked: { ...from.asked, ...changes } };
}

function partKey({ role, speaker, opens, media, isCacheMarked, segments }: PromptPart) {
  return [role, speaker, opens, media, isCacheMarked, segments.map(segmentKey)];
}

/** Of a hole, what the estimate asks about it: never its expression, which a new name for a variable changes. */
function segmentKey(segment: Segment) {
  if (segment.kind === 'literal') return segment.text;
  const { value } = segment;
  return [value.kind, value === CUT_TEXT, value.kind === 'unknown' && [value.reason, value.isText === true]];
}

function json(value: unknown): string {
  // Parts of a tool that only the run knows are symbols, which would be left out.
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'symbol' ? String(one) : one)) ?? '';
}
