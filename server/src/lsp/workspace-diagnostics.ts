/** Diagnostics of every file of the workspace, in full where they changed since the client last asked. */
import {
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { FileAnalysis } from '../engine/session.ts';
import { type DiagnosticReport, diagnosticsOf, diagnosticsOfFile } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import type { Folder } from './folder.ts';
import { uriOf } from './uris.ts';

/** Reports only what differs from what the client has; empty where nothing does. */
export function workspaceDiagnostics(
  { previousResultIds }: Pick<WorkspaceDiagnosticParams, 'previousResultIds'>,
  folders: readonly Folder[],
  documents: Documents,
): WorkspaceDocumentDiagnosticReport[] {
  const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
  const now = new Map<string, { report: DiagnosticReport; version: number | null }>();
  const openPaths = new Set<string>();
  for (const open of documents.all()) {
    openPaths.add(open.path);
    now.set(open.uri, { report: diagnosticsOf(open, documents), version: open.document.version });
  }
  for (const folder of folders) {
    const session = folder.session();
    for (const [path, analysis] of session.findings()) {
      if (!openPaths.has(path)) now.set(uriOf(path), { report: reportOf(analysis, folder, documents), version: null });
    }
  }
  for (const uri of known.keys()) if (!now.has(uri)) now.set(uri, { report: EMPTY, version: null });
  return [...now]
    .filter(
      ([uri, { report }]) => known.get(uri) !== report.resultId && !(report.items.length === 0 && !known.has(uri)),
    )
    .map(
      ([
        uri,
        {
          report: { items, resultId },
          version,
        },
      ]) => ({
        kind: DocumentDiagnosticReportKind.Full,
        uri,
        version,
        items,
        resultId,
      }),
    );
}

const EMPTY: DiagnosticReport = { items: [], resultId: '' };

/** An analysis never changes: what is made of it holds as long as it does. */
const reports = new WeakMap<FileAnalysis, DiagnosticReport>();

function reportOf(analysis: FileAnalysis, folder: Folder, documents: Documents): DiagnosticReport {
  const known = reports.get(analysis);
  if (known) return known;
  const report = diagnosticsOfFile(analysis, folder.session(), documents);
  reports.set(analysis, report);
  return report;
}
