/** What differs between two prices of one model, rate by rate. */

import { isDeepStrictEqual } from 'node:util';
import type { LockedModel } from '@farthing/shared/catalogue/lock/price-lock';
import { RATES } from '@farthing/shared/rates';
import { perMillion } from '../../report/describe-model.ts';

/** Nano-dollars per token in a dollar per million tokens. */
const NANOS_PER_TOKEN = 1000;

/** `input $2 -> $1.80 per million`; empty if only the source of the price is another one. */
export function changesOf(before: LockedModel, now: LockedModel): readonly string[] {
  const rates = RATES.flatMap((name): string[] => {
    const [from, to] = [before.price[name], now.price[name]];
    return from === to ? [] : [`${name} ${rateText(from)} -> ${rateText(to)} per million`];
  });
  const parts = [
    ['prices for long prompts', 'tiers'],
    ['fees', 'fees'],
    ['prices by the piece', 'units'],
  ] as const;
  const factors = [
    ['batches', 'batchFactor'],
    ['the flex tier', 'flexFactor'],
    ['the priority tier', 'priorityFactor'],
    ['one region', 'residencyFactor'],
  ] as const;
  return [
    ...rates,
    ...parts.flatMap(([name, key]) => (isDeepStrictEqual(before[key], now[key]) ? [] : [name])),
    ...factors.flatMap(([name, key]) =>
      before[key] === now[key]
        ? []
        : [`the factor for ${name} ${before[key] ?? 'unknown'} -> ${now[key] ?? 'unknown'}`],
    ),
  ];
}

function rateText(nanos: number | null): string {
  return nanos === null ? 'unknown' : perMillion(nanos / NANOS_PER_TOKEN);
}
