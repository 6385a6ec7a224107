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
  /** Tokens of `cachedInput` that are audio. */
  readonly cachedAudioInput?: number;
  /** Tokens of `output` that are not text; absent where the provider names none. */
  readonly audioOutput?: number;
  readonly imageOutput?: number;
  readonly videoOutput?: number;
  /** What was used that is charged by the piece: searches, seconds of audio, requests. */
  readonly fees?: Fees;
}

/** A kind that is absent was not used, or the provider does not count it. */
export type Fees = Readonly<Partial<Record<Fee, number>>>;

/** The members of `Usage` that are parts of its input or output by medium. */
export const MEDIA = [
  'audioInput',
  'imageInput',
  'videoInput',
  'cachedAudioInput',
  'audioOutput',
  'imageOutput',
  'videoOutput',
] as const satisfies readonly (keyof Usage)[];

/** The usage of an answer without text: only input. */
export function inputUsage(input: number): Usage {
  return { input, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0, output: 0, reasoning: null };
}
