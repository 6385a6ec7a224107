/**
 * Says whether an answer to one question also answers another, where the rules cannot tell. It is asked after the call's
 * answer went out, and its word holds from the next time on. A pair that it finds the same is asked about once more with the
 * questions swapped, and both answers must agree.
 */
export type Verifier = (stored: string, asked: string, signal: AbortSignal) => boolean | Promise<boolean>;
