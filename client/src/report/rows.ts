/** The server's reports as rows for a table and a tree. Money is in dollars, as in the report. */
import type { ReportResult } from '../../../server/src/lsp/protocol.ts';

export interface CallRow {
  readonly id: string;
  /** Address of the file. */
  readonly uri: string;
  readonly path: string;
  /** From 0, like positions in editors. The cell of a notebook is its index over all cells. */
  readonly cell: number | null;
  readonly line: number;
  readonly character: number;
  /**
   * The function, or if there is none the location: `translate.ts:5`, in a notebook with the cell `notes.ipynb[3]:5`.
   */
  readonly name: string;
  /** `src/translate.ts:5`, `notes.ipynb[3]:5`. */
  readonly place: string;
  /** `openai chat.completions`; of a feature call `via createGenerateText`. */
  readonly api: string;
  /** Of a feature call, the function through which it goes; null for a request. */
  readonly wrapper: string | null;
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly cost: string;
  readonly brief: string;
  /** The expected cost of one call and of a month; null if unknown. */
  readonly perCall: number | null;
  readonly perMonth: number | null;
  /** `perCall` in words: `~$4.30 per 1,000 calls`; null where it is unknown. */
  readonly perCallText: string | null;
  /** What the call adds to a sum of months, in which a request and its feature calls are counted once; null if unknown. */
  readonly share: number | null;
  /** The expected tokens, to sort by. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The rules of its findings, one for each finding. */
  readonly rules: readonly string[];
  /** The first folders of its path, `src/support`; `.` for a file that is in none. */
  readonly folder: string;
  /** Who owns its file according to `CODEOWNERS`; null where nobody does. */
  readonly owner: string | null;
}

export interface FindingRow {
  readonly rule: string;
  readonly message: string;
  readonly place: string;
  readonly uri: string;
  readonly cell: number | null;
  readonly line: number;
  readonly character: number;
  /** The id of its call; null for a finding about a comment. */
  readonly call: string | null;
  /** Dollars that one call is expected to cost less once it is fixed; null if unknown. */
  readonly saving: number | null;
  /** `saving` in words: `~$1.20 per 1,000 calls`; empty where it is unknown. */
  readonly savingText: string;
  /** True if there is a fix. */
  readonly isFixable: boolean;
}

export function callRows({ reports }: ReportResult): readonly CallRow[] {
  return reports.flatMap((report) => {
    const findings = Map.groupBy(report.diagnostics, ({ call }) => call);
    return report.calls.map((call): CallRow => {
      const words = report.words[call.id];
      const path = reports.length > 1 ? `${nameOf(report.rootUri)}/${call.path}` : call.path;
      return {
        id: call.id,
        uri: uriOf(report.rootUri, call.path),
        path,
        place: placeIn(path, call),
        cell: call.cell,
        line: call.line - 1,
        character: call.column - 1,
        name: call.function ?? placeIn(nameOf(call.path), call),
        api: words?.api ?? '',
        wrapper: words?.wrapper ?? null,
        model: words?.model ?? '',
        input: words?.input ?? '',
        output: words?.output ?? '',
        cost: words?.cost ?? '',
        brief: words?.brief ?? '',
        // A lower bound is not a figure to compare with.
        perCall: call.cost.perCall?.basis === 'unknown' ? null : (call.cost.perCall?.expected ?? null),
        perMonth: call.cost.perMonth?.expected ?? null,
        perCallText: words?.perCall ?? null,
        share: report.shares[call.id] ?? null,
        inputTokens: call.tokens.input.expected,
        outputTokens: call.tokens.output.expected,
        rules: (findings.get(call.id) ?? []).map(({ rule }) => rule),
        folder: folderOf(path),
        owner: report.owners?.[call.path]?.join(' ') || null,
      };
    });
  });
}

export function findingRows({ reports }: ReportResult): readonly FindingRow[] {
  return reports.flatMap((report) =>
    report.diagnostics.map((finding, index): FindingRow => {
      const path = reports.length > 1 ? `${nameOf(report.rootUri)}/${finding.path}` : finding.path;
      return {
        rule: finding.rule,
        message: finding.message,
        place: placeIn(path, finding),
        uri: uriOf(report.rootUri, finding.path),
        cell: finding.cell,
        line: finding.line - 1,
        character: finding.column - 1,
        call: finding.call,
        saving: finding.saving?.expected ?? null,
        savingText: report.savings[index] ?? '',
        isFixable: finding.fix !== 'none',
      };
    }),
  );
}

/** Most expensive first: by month if that is known, else by call. Calls without a figure come last, by location. */
export function byCost(a: CallRow, b: CallRow): number {
  return (
    (b.perMonth ?? -1) - (a.perMonth ?? -1) ||
    (b.perCall ?? -1) - (a.perCall ?? -1) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line)
  );
}

/** An absolute path is used as it is: the file is outside the folder. */
function uriOf(root: string, path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${encoded}` : `${root}/${encoded}`;
}

/** Deep folders count with those around them, so that a chart has few bars. */
function folderOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.length === 0 ? '.' : folders.slice(0, 2).join('/');
}

function placeIn(path: string, { cell, line }: { readonly cell: number | null; readonly line: number }): string {
  return cell === null ? `${path}:${line}` : `${path}[${cell}]:${line}`;
}

/** The last part of an address or a path. */
export function nameOf(uri: string): string {
  return decodeURIComponent(uri.split('/').at(-1) ?? uri);
}
