/** The usage of a call, with one meaning for all providers. */
import type { MediaTokens } from '@farthing/shared/cost';
import type { Fee } from '@farthing/shared/vocabulary';

export interface Usage extends MediaTokens {
  /** All input, including cache reads and writes. */
  readonly input: number;
  readonly cachedInput: number;
  /** Cache writes with the provider's default lifetime, and with the longer one that it also sells. */
  readonly cacheWriteInput: number;
  readonly cacheWriteLongInput: number;
  /** All output, including reasoning. */
  readonly output: number;
  /** Null if the provider does not say. */
  readonly reasoning: number | null;
  /** Uses that are charged per unit: searches, seconds of audio, requests. */
  readonly fees?: Fees;
  /** How much a search was allowed to read, if its fee depends on that. */
  readonly searchContext?: 'low' | 'medium' | 'high';
  /** Usage of other models on the way: billed at their own prices, and not included in the counts above. */
  readonly others?: readonly OtherUsage[];
}

export interface OtherUsage {
  readonly model: string;
  readonly usage: Usage;
}

/** A missing kind was not used, or the provider does not count it. */
export type Fees = Readonly<Partial<Record<Fee, number>>>;

/** The members of `Usage` that are parts of its input or output by medium. */
export const MEDIA = [
  'audioInput',
  'imageInput',
  'videoInput',
  'cachedAudioInput',
  'cachedImageInput',
  'audioOutput',
  'imageOutput',
  'videoOutput',
] as const satisfies readonly (keyof MediaTokens)[];

/** The usage of an answer without text: only input. */
export function inputUsage(input: number): Usage {
  return { input, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0, output: 0, reasoning: null };
}

/** The usage of a call that is only charged per unit. */
export function feeUsage(fees: Fees): Usage {
  return { ...inputUsage(0), fees };
}

/** What is known about a stream that was abandoned, broke off, or never reported its usage. */
export interface PartialUsage {
  /** What the provider had counted so far; null if it had counted nothing. */
  readonly counted: Usage | null;
  /** Characters of the answer that had passed: text, reasoning, arguments of tool calls. */
  readonly characters: number;
}
