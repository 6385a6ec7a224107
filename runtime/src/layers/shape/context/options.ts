import { count, flag, listOf, object, required, text } from '../../../support/schema.ts';

/** What may be left out of a request before it is sent. The application's own data stays as it is. */
export interface ContextPolicy {
  /** True removes white space from JSON in messages and tool results. Values keep every character. Default: false. */
  readonly minifyJson?: boolean;
  /** True writes lists of records in JSON results of tools as tables, which name their columns once. Default: false. */
  readonly tabulateJson?: boolean;
  /** True writes `\u00f6` as `ö` in JSON results of tools, where the character can be seen. Default: false. */
  readonly unescapeJson?: boolean;
  /** True removes spaces at the ends of lines, and all but one of several blank lines. Default: false. */
  readonly trimSpace?: boolean;
  /** True says a passage of 200 or more characters that comes again only once, with a note where it was. Default: false. */
  readonly dropRepeats?: boolean;
  /** Cuts long tool results to the passages that answer what was asked. Default: none is cut. */
  readonly shortenToolResults?: ShortenOptions;
  /** Leaves out old tool results where that pays, with a handle to get them back. Default: none is left out. */
  readonly clearToolResults?: ClearOptions;
  /** Tools whose results are never changed, such as one that reads files that the model then edits. Default: none. */
  readonly exactTools?: readonly string[];
}

export interface ShortenOptions {
  /** The length of a result from which it is cut, and to which, in tokens. */
  readonly tokens: number;
}

export interface ClearOptions {
  /** So many of the last tool calls keep their results. Default: 3. */
  readonly keepLast?: number;
  /** Results are only cleared if they have this many tokens together. Default: 2000. */
  readonly atLeast?: number;
  /** A tool of the application that reads a cleared result by its handle. Default: the model is told to call the tool again. */
  readonly recallTool?: string;
}

export const contextSchema = object<ContextPolicy>('ContextPolicy', {
  minifyJson: flag(),
  tabulateJson: flag(),
  unescapeJson: flag(),
  trimSpace: flag(),
  dropRepeats: flag(),
  shortenToolResults: object<ShortenOptions>('ShortenOptions', { tokens: required(count({ min: 50 })) }),
  clearToolResults: object<ClearOptions>('ClearOptions', {
    keepLast: count(),
    atLeast: count(),
    recallTool: text(),
  }),
  exactTools: listOf(text()),
});

/** False if the options change no request. */
export function leavesOut({ exactTools: _, ...options }: ContextPolicy = {}): boolean {
  return Object.values(options).some((option) => option !== undefined && option !== false);
}
