/** Diagnostics of many files, in full if they changed since the client last received them. */
import type { Language } from '@farthing/shared/language';
import { DocumentDiagnosticReportKind, type WorkspaceFullDocumentDiagnosticReport } from 'vscode-languageserver';
import type { Diagnostic } from '../../lint/diagnostic.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Documents } from '../documents/documents.ts';
import type { Folder } from '../folders/folder.ts';
import { uriOf } from '../uris.ts';
import { type DiagnosticReport, diagnosticsOf, diagnosticsOfFile, diagnosticsOfPrompt } from './diagnostics.ts';

/** The protocol's type, always with the id that says whether it changed. */
export type ChangedDiagnostics = WorkspaceFullDocumentDiagnosticReport & { readonly resultId: string };

const EMPTY: DiagnosticReport = { items: [], resultId: '' };

interface Asked {
  /** Result ids by address, as the client has them. */
  readonly known: ReadonlyMap<string, string>;
  /** False for clients that ask about each open document. */
  readonly includesOpen: boolean;
  readonly language: Language;
}

/**
 * Everything that differs from what the client has: open documents, and the known results of the other files in
 * `folders`. A file without results has no diagnostics.
 */
export function workspaceDiagnostics(
  { known, includesOpen, language }: Asked,
  folders: readonly Folder[],
  documents: Documents,
): ChangedDiagnostics[] {
  const changed: ChangedDiagnostics[] = [];
  const seen = new Set<string>();
  const note = (uri: string, { items, resultId }: DiagnosticReport, version: number | null): void => {
    seen.add(uri);
    const before = known.get(uri);
    if (before === resultId || (before === undefined && items.length === 0)) return;
    changed.push({ kind: DocumentDiagnosticReportKind.Full, uri, version, items, resultId });
  };

  const openPaths = new Set<string>();
  for (const open of documents.all()) {
    openPaths.add(open.path);
    if (includesOpen) note(open.uri, diagnosticsOf(open, documents, language), open.document.version);
  }
  for (const open of includesOpen ? documents.prompts() : []) {
    note(open.uri, diagnosticsOfPrompt(open, documents, language), open.document.version);
  }
  for (const folder of folders) {
    const workspace = folder.workspace();
    for (const path of workspace.found()) {
      if (openPaths.has(path)) continue;
      note(uriOf(path), reportOf(workspace.shown(path).findings, workspace, documents, language), null);
    }
  }
  for (const uri of known.keys()) if (!seen.has(uri)) note(uri, EMPTY, null);
  return changed;
}

/** A list of findings never changes, so its report stays valid as long as the list exists. */
const reports = new WeakMap<readonly Diagnostic[], DiagnosticReport>();

function reportOf(
  diagnostics: readonly Diagnostic[],
  workspace: Workspace,
  documents: Documents,
  language: Language,
): DiagnosticReport {
  const known = reports.get(diagnostics);
  if (known) return known;
  const report = diagnosticsOfFile(diagnostics, workspace, documents, language);
  reports.set(diagnostics, report);
  return report;
}
