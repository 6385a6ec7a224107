/** `codeAction/resolve`: the edit of the action that the user chose. Without an edit it says why there is none. */
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { editsOf } from '../../edits/edits-of.ts';
import type { FileEdit, Fix } from '../../edits/fix.ts';
import type { Session } from '../../engine/session.ts';
import { type CommentText, commentAbove, commentOnTop } from '../comment-edit.ts';
import { switchOffEdit } from '../config-edit.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { insertionEdit, workspaceEdit } from '../workspace-edit.ts';

/** What an action needs to be worked out later: plain data, since the client keeps it. */
export type ActionData =
  | {
      readonly action: 'fix';
      readonly rule: string;
      readonly start: number;
      readonly end: number;
      readonly index: number;
    }
  | { readonly action: 'fix-all' }
  | { readonly action: 'volume'; readonly start: number }
  | { readonly action: 'suppress-line'; readonly rule: string; readonly start: number }
  | { readonly action: 'suppress-file'; readonly rule: string }
  | { readonly action: 'switch-off'; readonly rule: string };

export const resolveCodeAction: Handler<CodeAction, CodeAction> = (action, context) => {
  const data = action.data as (ActionData & { readonly uri: string }) | undefined;
  const document = data === undefined ? null : context.document(data.uri);
  if (data === undefined || document === null) return action;
  const edit = editOf(data, document, context);
  if (edit !== null) return { ...action, edit };
  if (context.client.resolvesCodeActions) {
    context.log(
      `"${action.title}" changed nothing: the code here is not written so that it can be edited with certainty.`,
    );
  }
  return action;
};

function editOf(data: ActionData, document: AnalysedDocument, context: ServerContext): WorkspaceEdit | null {
  const { session } = document;
  switch (data.action) {
    case 'fix': {
      const edits = fixEdits(data, document);
      return edits && workspaceEdit(edits, session, context);
    }
    case 'fix-all':
      return workspaceEdit(safeEdits(document), session, context);
    case 'switch-off':
      return switchOffEdit(data.rule, document.folder, context);
    case 'volume':
    case 'suppress-line': {
      const insertion = commentAbove(document, data.start, commentText(data));
      return insertion && insertionEdit(insertion, session, context);
    }
    case 'suppress-file': {
      const insertion = commentOnTop(document, commentText(data));
      return insertion && insertionEdit(insertion, session, context);
    }
  }
}

function commentText(data: Extract<ActionData, { action: 'volume' | 'suppress-line' | 'suppress-file' }>): CommentText {
  switch (data.action) {
    case 'volume':
      return { said: 'farthing: calls=', placeholder: '1k/month' };
    case 'suppress-line':
      return { said: `farthing-ignore-next-line ${data.rule} -- `, placeholder: 'reason' };
    case 'suppress-file':
      return { said: `farthing-ignore-file ${data.rule} -- `, placeholder: 'reason' };
  }
}

function fixEdits(
  data: Extract<ActionData, { action: 'fix' }>,
  document: AnalysedDocument,
): readonly FileEdit[] | null {
  const diagnostic = document.diagnostics.find(
    ({ rule, origin }) => rule === data.rule && origin.start === data.start && origin.end === data.end,
  );
  const fix = diagnostic?.fixes()[data.index];
  return fix === undefined ? null : editsFor(fix, document.session);
}

/** All safe fixes of the document together; of two that touch the same place, the first. */
function safeEdits(document: AnalysedDocument): readonly FileEdit[] {
  const taken: FileEdit[] = [];
  for (const diagnostic of document.diagnostics) {
    const fix = diagnostic.fixes().find(({ safety }) => safety === 'safe');
    const edits = fix === undefined ? null : editsFor(fix, document.session);
    if (edits === null || edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...edits);
  }
  return taken;
}

function overlaps(a: FileEdit, b: FileEdit): boolean {
  return a.path === b.path && a.start <= b.end && b.start <= a.end;
}

function editsFor(fix: Fix, { textOf, cellsOf, languageOf }: Session): ReturnType<typeof editsOf> {
  return editsOf(fix, textOf, cellsOf, languageOf);
}
