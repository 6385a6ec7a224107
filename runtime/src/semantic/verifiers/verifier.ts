/**
 * Says whether an answer to one question also answers another, where the rules cannot tell. It is asked after the call's
 * answer went out, and its word holds from the next time on.
 */
export type Verifier = (stored: string, asked: string, signal: AbortSignal) => boolean | Promise<boolean>;
