import { flag, listOf, object, text } from '../../../support/schema.ts';

/** What may be left out of a request before it is sent. The application's own data stays as it is. */
export interface ContextPolicy {
  /** True removes white space from JSON in messages and tool results. Values keep every character. Default: false. */
  readonly minifyJson?: boolean;
  /** True removes spaces at the ends of lines, and all but one of several blank lines. Default: false. */
  readonly trimSpace?: boolean;
  /** True says a passage of 200 or more characters that comes again only once, with a note where it was. Default: false. */
  readonly dropRepeats?: boolean;
  /** Tools whose results are never changed, such as one that reads files that the model then edits. Default: none. */
  readonly exactTools?: readonly string[];
}

export const contextSchema = object<ContextPolicy>('ContextPolicy', {
  minifyJson: flag(),
  trimSpace: flag(),
  dropRepeats: flag(),
  exactTools: listOf(text()),
});

/** False if the options change no request. */
export function leavesOut({ exactTools: _, ...options }: ContextPolicy = {}): boolean {
  return Object.values(options).some((option) => option !== undefined && option !== false);
}
