/**
 * `.farthing/call-sites.json`: where the calls of a project stand in its files, by their ids. `farthing measure prepare`
 * writes it, and a recorded process reads it when it loads these files. It holds positions, never a text.
 */

/** Below the project's root, which its paths are relative to. */
export const CALL_SITES_FILE = '.farthing/call-sites.json';

export interface CallSitesFile {
  readonly version: 1;
  /** By path, POSIX. */
  readonly files: Readonly<Record<string, MarkedFile>>;
}

export interface MarkedFile {
  /** SHA-256 of the text as UTF-8 without a byte order mark, in hexadecimal: positions belong to this text alone. */
  readonly hash: string;
  /** Sorted by position: a call stands before those in its arguments. */
  readonly calls: readonly MarkedCall[];
}

/** A call expression: offsets in UTF-16 units of the text. */
export interface MarkedCall {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly form: CallForm;
  /** True for the request itself, false for a call of one of the project's functions that leads to one. */
  readonly isRequest: boolean;
}

/**
 * How the expression can be put into a function of its own: as it is, or, because it awaits something itself and is
 * awaited, into an asynchronous one.
 */
export type CallForm = 'plain' | 'awaited';
