/** Publishes problems with configuration files as diagnostics in them. */
import { printable } from '@farthing/shared/printable';
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Folder } from '../folders/folder.ts';
import { uriOf } from '../uris.ts';

/**
 * Returns a function that publishes the current problems of the folders' configurations, and clears the former ones.
 */
export function createConfigProblems(connection: Connection): (folders: readonly Folder[]) => void {
  let shown = new Set<string>();
  return (folders) => {
    const byPath = new Map<string, Diagnostic[]>();
    for (const folder of folders) {
      for (const [path, problems] of folder.configProblems()) {
        if (byPath.has(path)) continue;
        byPath.set(
          path,
          problems.map(({ line, message }) => ({
            range: { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 2 ** 31 - 1 } },
            severity: DiagnosticSeverity.Warning,
            source: 'farthing',
            message: printable(message),
          })),
        );
      }
    }
    for (const path of shown) if (!byPath.has(path)) byPath.set(path, []);
    for (const [path, diagnostics] of byPath) {
      if (diagnostics.length > 0 || shown.has(path)) void connection.sendDiagnostics({ uri: uriOf(path), diagnostics });
    }
    shown = new Set([...byPath].filter(([, diagnostics]) => diagnostics.length > 0).map(([path]) => path));
  };
}
