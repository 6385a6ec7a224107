/** `farthing/fixRule`: every finding of a rule fixed at once, in all files that are known. */
import type { TextDocumentEdit } from 'vscode-languageserver';
import type { Handler, ServerContext } from '../context.ts';
import { isSafe, joinedEdits } from '../edits/fix-edits.ts';
import { workspaceEdit } from '../edits/workspace-edit.ts';
import type { Folder } from '../folders/folder.ts';
import type { RuleFix } from '../protocol.ts';

export const fixRule: Handler<{ readonly rule: string }, RuleFix | null> = ({ rule }, context) => {
  if (!context.client.takesDocumentChanges) return null;
  const folders = context.folders().map((folder) => ruleFixIn(folder, rule, context));
  const changes = folders.flatMap((folder) => folder.changes);
  return {
    edit: changes.length === 0 ? null : { documentChanges: changes },
    files: changes.length,
    fixed: sumOf(folders.map(({ made }) => made)),
    left: sumOf(folders.map(({ found, made }) => found - made)),
    isSafe: folders.every((folder) => folder.isSafe),
  };
};

interface FolderFix {
  readonly found: number;
  readonly made: number;
  readonly isSafe: boolean;
  readonly changes: readonly TextDocumentEdit[];
}

function ruleFixIn(folder: Folder, rule: string, context: ServerContext): FolderFix {
  const workspace = folder.workspace();
  const findings = workspace
    .found()
    .flatMap((path) => workspace.shown(path).findings.filter((finding) => finding.rule === rule));
  const fixes = findings.flatMap((finding) => finding.fixes()[0] ?? []);
  const { edits, made } = joinedEdits(fixes, workspace);
  const { documentChanges = [] } = workspaceEdit(edits, workspace, context);
  return {
    found: findings.length,
    made,
    isSafe: fixes.every(isSafe),
    changes: documentChanges.filter((change) => 'edits' in change),
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
