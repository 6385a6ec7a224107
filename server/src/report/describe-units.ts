/** What a call buys by the piece, in words: `$0.006 per minute of audio`, `4 images`. */
import type { Language } from '@farthing/shared/language';
import { formatBounds, formatCount, formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import { scaleRange } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import type { Unit } from '@farthing/shared/units';
import { messagesIn } from './messages/index.ts';

type Units = NonNullable<ReportCall['cost']['units']>;

/** Units so small that prices are told of many. */
const TOLD_OF: Readonly<Partial<Record<Unit, number>>> = { 'audio-second': 60, character: 1000 };

/** `$0.006 per minute of audio, assumed`, `price unknown, per image`. */
export function describeUnitPrice({ unit, price }: Pick<Units, 'unit' | 'price'>, language: Language = 'en'): string {
  const messages = messagesIn(language);
  if (price === null) return messages.cost.unknownPerUnit(messages.units[unit]);
  const nanos = scaleRange(price, NANO_DOLLARS * (TOLD_OF[unit] ?? 1));
  const amount = nanos.low === nanos.high ? formatDollars(nanos.low, 3, language) : formatBounds(nanos, language);
  return `${messages.cost.perUnit(amount, messages.units[unit])}, ${messages.bases[price.basis]}`;
}

/** `4 images`, `8 seconds of video`: what is made, as far as it is known; empty for what is only sent or said. */
export function describeMade({ unit, count }: Pick<Units, 'unit' | 'count'>, language: Language = 'en'): string {
  if (count === null || count.basis === 'unknown') return '';
  const number = Math.round(count.expected);
  return messagesIn(language).made(unit, number, formatCount(number, language));
}
