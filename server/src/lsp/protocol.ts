/**
 * What the server and an editor's extension say to each other beyond the protocol: names and shapes, and nothing that
 * runs, so that the extension can import it without the server.
 */
import type { Report } from '@farthing/shared/report';
import type { Range } from 'vscode-languageserver-types';

/** What an extension tells the server when it starts it (`initializationOptions`). All may be missing. */
export interface InitializationOptions {
  /** The client has the commands of `CLIENT_COMMANDS`; without them lenses are plain text. */
  readonly hasClientCommands?: boolean;
}

/** Commands that the server names in lenses and code actions and the extension carries out. */
export const CLIENT_COMMANDS = {
  /** Arguments: uri of the document (or notebook cell), id of the call. Shows the breakdown. */
  showBreakdown: 'farthing.showBreakdown',
  /** Arguments: id of a rule. */
  explainRule: 'farthing.explainRule',
  /** Arguments: a web address. */
  openUrl: 'farthing.openUrl',
} as const;

/** Settings that change what is shown, under `farthing` in the client's configuration. Rules are in `farthing.config.json`. */
export interface DisplaySettings {
  readonly codeLens: { readonly enabled: boolean };
  readonly hover: { readonly enabled: boolean };
  readonly inlayHints: {
    readonly enabled: boolean;
    /** Prompt strings with fewer tokens get no hint. */
    readonly minimumTokens: number;
  };
}

export const DEFAULT_SETTINGS: DisplaySettings = {
  codeLens: { enabled: true },
  hover: { enabled: true },
  inlayHints: { enabled: true, minimumTokens: 100 },
};

/**
 * Request: scans every workspace folder. Takes a `workDoneToken` for progress and is cancelled as any request; from then
 * on the server also answers workspace diagnostics.
 */
export const SCAN_WORKSPACE = 'farthing/scanWorkspace';
export interface ScanWorkspaceResult {
  readonly files: number;
  readonly calls: number;
  readonly findings: number;
  readonly milliseconds: number;
}

/** Request, without parameters: what is known now. Whole where the workspace was scanned, else of the open files. */
export const REPORT = 'farthing/report';
export interface ReportResult {
  /** One for each workspace folder, in schema 1; `root` is the folder's path. */
  readonly reports: readonly WorkspaceReport[];
  readonly rules: readonly RuleInfo[];
  readonly isWholeWorkspace: boolean;
}
export interface WorkspaceReport extends Report {
  /** The folder's address; a call's document is this with its path behind it. */
  readonly rootUri: string;
  /** By call id, in the words of the terminal: `$0.0114 per call, assumed`, `gpt-6-sol (literal)`. */
  readonly words: Readonly<Record<string, CallWords>>;
  /** What the calls with known volumes cost together in a month; null where none has one. */
  readonly month: string | null;
}
export interface CallWords {
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly cost: string;
  /** The figure alone: `$0.0114`, or `$570/month` where the volume is known. */
  readonly brief: string;
}
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly technique: string;
  readonly url: string;
}

/** Request `{ uri }`: one line for a status bar about a document; null for a document that is not analysed. */
export const SUMMARY = 'farthing/summary';
export interface Summary {
  readonly calls: number;
  readonly findings: number;
  /** `$0.0043 per call`, `$0.002 to $0.09 per call` over several calls, `price unknown`; null where there is no call. */
  readonly cost: string | null;
  /** Markdown: what the figure means and rests on. */
  readonly details: string;
}

/** Request `{ uri, call }`: everything about one call as Markdown; null where the call is gone. */
export const BREAKDOWN = 'farthing/breakdown';
export interface Breakdown {
  readonly title: string;
  readonly markdown: string;
  /** The call expression. */
  readonly range: Range;
}

/** Request `{ rule }`: the rule's document as Markdown; null for an unknown rule. */
export const EXPLAIN = 'farthing/explain';

/** Notification, server to client: results changed; reports, summaries and trees may be asked for again. */
export const CHANGED = 'farthing/changed';
