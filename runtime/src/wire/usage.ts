/** What a provider says that a call used, in one meaning for all of them. */
import type { Fee } from '@farthing/shared/vocabulary';

export interface Usage {
  /** All input, what was read from and written to the provider's cache included. */
  readonly input: number;
  readonly cachedInput: number;
  /** Written to the cache for its usual lifetime, and for the longer one that is sold beside it. */
  readonly cacheWriteInput: number;
  readonly cacheWriteLongInput: number;
  /** All output, reasoning included. */
  readonly output: number;
  /** Null where the provider does not say. */
  readonly reasoning: number | null;
  /** Tokens of `input` that are not text; absent where the provider names none. */
  readonly audioInput?: number;
  readonly imageInput?: number;
  readonly videoInput?: number;
  /** Tokens of `cachedInput` that are not text. */
  readonly cachedAudioInput?: number;
  readonly cachedImageInput?: number;
  /** Tokens of `output` that are not text; absent where the provider names none. */
  readonly audioOutput?: number;
  readonly imageOutput?: number;
  readonly videoOutput?: number;
  /** What was used that is charged by the piece: searches, seconds of audio, requests. */
  readonly fees?: Fees;
  /** How much a search was allowed to read, where its fee depends on that. */
  readonly searchContext?: 'low' | 'medium' | 'high';
  /** What models beside the one that answered used on the way: billed at their own prices, and not in the counts above. */
  readonly others?: readonly OtherUsage[];
}

export interface OtherUsage {
  readonly model: string;
  readonly usage: Usage;
}

/** A kind that is absent was not used, or the provider does not count it. */
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
] as const satisfies readonly (keyof Usage)[];

/** The usage of an answer without text: only input. */
export function inputUsage(input: number): Usage {
  return { input, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0, output: 0, reasoning: null };
}

/** The usage of a call that is charged by the piece alone. */
export function feeUsage(fees: Fees): Usage {
  return { ...inputUsage(0), fees };
}

/** What is known of a stream that was given up, that broke off, or that does not say what it used. */
export interface PartialUsage {
  /** What the provider had counted so far; null where it had counted nothing. */
  readonly counted: Usage | null;
  /** Characters of the answer that had passed: its text, its reasoning, the arguments of its tool calls. */
  readonly characters: number;
}
