/**
 * Messages between the server and an editor's extension beyond the protocol: only names and types, so that the
 * extension can import this file without the server.
 */
import type { Report } from '@farthing/shared/report';
import type { CodeAction, Range, WorkspaceEdit } from 'vscode-languageserver-types';

/**
 * What an extension passes to the server when it starts it (`initializationOptions`). All properties may be missing.
 */
export interface InitializationOptions {
  /** The client has the commands of `CLIENT_COMMANDS`; without them code lenses are plain text. */
  readonly hasClientCommands?: boolean;
  /** False while the user does not trust the workspace: git is not run. Default: true. */
  readonly isTrusted?: boolean;
}

/** Commands that the server names in code lenses and code actions, and that the extension runs. */
export const CLIENT_COMMANDS = {
  /** Arguments: uri of the document (or notebook cell), id of the call. Shows the breakdown. */
  showBreakdown: 'farthing.showBreakdown',
  /** Arguments as of `showBreakdown`. Shows the fixes of the call's findings. */
  showFindings: 'farthing.showFindings',
  /** Arguments as of `showBreakdown`. Asks which model a call uses, and declares it. */
  chooseModel: 'farthing.chooseModel',
  /** Arguments: uri and position of a text or a function, and the locations of the calls that use it. */
  showCalls: 'farthing.showCalls',
  /** Arguments: id of a rule. */
  explainRule: 'farthing.explainRule',
  /** Arguments: a web address. */
  openUrl: 'farthing.openUrl',
} as const;

/**
 * Settings that change what is shown, in the section `farthing` of the client's configuration. Rules are in
 * `farthing.config.json`.
 */
export interface DisplaySettings {
  readonly codeLens: {
    readonly enabled: boolean;
    readonly position: LensPosition;
    /** Dollars per 1,000 calls: a call that certainly costs less has no lens. */
    readonly minimumCost: number;
  };
  readonly hover: { readonly enabled: boolean };
  /** What an edit costs, next to the last commit. */
  readonly sinceHead: { readonly enabled: boolean };
  readonly inlayHints: {
    readonly enabled: boolean;
    /** Shorter prompt strings get no hint. */
    readonly minimumTokens: number;
  };
}

/** Where the cost of a call is shown: above its line, at the end of its line, or only on hover. */
export type LensPosition = 'above' | 'end' | 'hover';

export const DEFAULT_SETTINGS: DisplaySettings = {
  codeLens: { enabled: true, position: 'above', minimumCost: 0 },
  hover: { enabled: true },
  sinceHead: { enabled: true },
  inlayHints: { enabled: true, minimumTokens: 100 },
};

/**
 * Request: scans every workspace folder. It takes a `workDoneToken` for progress and can be cancelled like any request.
 * Afterwards the server also answers workspace diagnostics.
 */
export const SCAN_WORKSPACE = 'farthing/scanWorkspace';
export interface ScanWorkspaceResult {
  readonly files: number;
  readonly calls: number;
  readonly findings: number;
  readonly milliseconds: number;
}

/**
 * Request without parameters: the current results. Complete if the workspace was scanned, otherwise only for open
 * files.
 */
export const REPORT = 'farthing/report';
export interface ReportResult {
  /** One per workspace folder, in schema 2; `root` is the folder's path. */
  readonly reports: readonly WorkspaceReport[];
  readonly rules: readonly RuleInfo[];
  readonly isWholeWorkspace: boolean;
  /** In which words show amounts; numbers are in dollars. */
  readonly currency: { readonly code: string; readonly rate: number };
}
export interface WorkspaceReport extends Report {
  /** The folder's address; a call's document is this plus its path. */
  readonly rootUri: string;
  /** By call id, as the terminal describes it, in the editor's language: `$0.0114 per call, assumed`, `gpt-6-sol (literal)`. */
  readonly words: Readonly<Record<string, CallWords>>;
  /** In the order of `diagnostics`: what a fix saves, `~$1.20 per 1,000 calls`; empty if that is not known. */
  readonly savings: readonly string[];
  /** By call id: what the call adds to the cost per month, in dollars. Missing if its volume is not known. */
  readonly shares: Readonly<Record<string, number>>;
  /** The total cost per month of the calls with known volumes; null if there are none. */
  readonly month: string | null;
  /** By path: who owns the file according to `CODEOWNERS`. Null without such a file. */
  readonly owners: Readonly<Record<string, readonly string[]>> | null;
}
export interface CallWords {
  /** `openai chat.completions`; of a feature call `via createGenerateText`. */
  readonly api: string;
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly cost: string;
  /** The figure alone: `~$0.0114 per call`, or `~$570/month` if the volume is known. */
  readonly brief: string;
  /** What one call is expected to cost: `~$4.30 per 1,000 calls`. Null if it is not known, or known only in part. */
  readonly perCall: string | null;
  /** Of a feature call, the function through which it goes; null for a request. */
  readonly wrapper: string | null;
}
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly technique: string;
  readonly url: string;
}

/**
 * Request without parameters: the packages for language models that the manifests of the open folders name. Nothing else
 * is read, so that it can be asked before a scan.
 */
export const PACKAGES = 'farthing/packages';
export interface NamedPackage {
  /** As the manifest has it: `@langchain/openai`, `google-genai`. */
  readonly name: string;
  /** False for a package whose calls Farthing does not find. */
  readonly isRead: boolean;
}

/** Request `{ uri }`: one line about a document for a status bar; null for a document that is not analysed. */
export const SUMMARY = 'farthing/summary';
export interface Summary {
  readonly calls: number;
  readonly findings: number;
  /** `~$4.30 per 1,000 calls`, `$2.00 to $90.00 per 1,000 calls` over several calls, `price unknown`; null without a call. */
  readonly cost: string | null;
  /** `~$3.10 -> ~$5.20 per 1,000 calls (+68%) since HEAD`: one of each call that changed, came or went. Null if none did. */
  readonly change: string | null;
  /** Markdown: what the figure means and what it is based on. */
  readonly details: string;
}

/** Request `{ uri }`: the document's calls that are new or changed since HEAD, in the order of the code. */
export const CHANGES = 'farthing/changes';
export interface ChangedCall {
  readonly range: Range;
  /** `other` where the change in cost is not known. */
  readonly kind: 'new' | 'more' | 'less' | 'other';
  /** `~$3.10 -> ~$5.20 per 1,000 calls (+68%) since HEAD`. */
  readonly text: string;
}

/** Request without parameters: a line about what the changes since HEAD cost, for a commit message. */
export const COMMIT_LINE = 'farthing/commitLine';
export interface CommitLine {
  readonly rootUri: string;
  /** In English: `LLM cost: ~$3.10 -> ~$5.20 per 1,000 calls (+68%), 1 call changed`. Null if no call changed. */
  readonly line: string | null;
}

/** Request `{ uri, call }`: everything about one call as Markdown; null if the call no longer exists. */
export const BREAKDOWN = 'farthing/breakdown';
export interface Breakdown {
  readonly title: string;
  readonly markdown: string;
  /** The call expression. */
  readonly range: Range;
}

/** Request `{ uri, call }`: the models that a call of which the code names none may use; null if the call no longer exists. */
export const MODEL_CHOICES = 'farthing/modelChoices';
export interface ModelOption {
  /** `gpt-6-sol`, `any of 3 models`. */
  readonly label: string;
  /** `$2 in, $10 out per million`; empty if no price is known. */
  readonly price: string;
  /** A code action without its edit, which `codeAction/resolve` adds: it declares the model. */
  readonly action: CodeAction;
}

/** Request `{ rootUri, format }`: the report of one folder as the text of a file; null for an unknown folder. */
export const EXPORT = 'farthing/export';
export type ExportFormat = 'html' | 'csv' | 'markdown';

/** Request `{ rule }`: what fixes the rule's findings in all folders at once. */
export const FIX_RULE = 'farthing/fixRule';
export interface RuleFix {
  /** Null if no fix can be made. */
  readonly edit: WorkspaceEdit | null;
  /** How many files the edit changes. */
  readonly files: number;
  /** True if the edit certainly keeps what the code does. */
  readonly isSafe: boolean;
  /** Findings that the edit fixes. */
  readonly fixed: number;
  /** Findings that it leaves, because they have no fix or theirs changes what another one changes. */
  readonly left: number;
}

/** Request `{ rule }`: the rule's document as Markdown; null for an unknown rule. */
export const EXPLAIN = 'farthing/explain';

/** Notification from client to server: the user trusts the workspace now. */
export const TRUSTED = 'farthing/trusted';

/** Notification from server to client: results changed; reports, summaries and trees can be requested again. */
export const CHANGED = 'farthing/changed';
