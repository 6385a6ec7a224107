/** `codeAction/resolve`: the edit of the action that the user chose. If there is no edit, the log says why. */
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { declareModelEdits, ruleOffEdits } from '../../files/config-edits.ts';
import { absolute, globOf, relativeTo } from '../../files/paths.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { type CommentText, commentAbove, commentOnTop } from '../edits/comment-edit.ts';
import { configEdit } from '../edits/config-edit.ts';
import { fixEdits, safeEdits } from '../edits/fix-edits.ts';
import type { DeclareModel } from '../edits/model-declarations.ts';
import { insertionEdit, workspaceEdit } from '../edits/workspace-edit.ts';

/** What is needed to compute an action later: plain data, because the client stores it. */
export type ActionData =
  | {
      readonly action: 'fix';
      readonly rule: string;
      readonly call: string | null;
      /** Start of the finding, in the module's text. */
      readonly start: number;
      /** Index in the finding's fixes. */
      readonly index: number;
    }
  | { readonly action: 'fix-all' }
  | { readonly action: 'volume'; readonly start: number }
  | { readonly action: 'suppress-line'; readonly rule: string; readonly start: number }
  | { readonly action: 'suppress-file'; readonly rule: string }
  | { readonly action: 'switch-off'; readonly rule: string }
  | DeclareModel;

export const resolveCodeAction: Handler<CodeAction, CodeAction> = (action, context) => {
  const data = action.data as (ActionData & { readonly uri: string }) | undefined;
  const document = data === undefined ? null : context.document(data.uri);
  if (data === undefined || document === null) return action;
  const edit = editOf(data, document, context);
  if (edit !== null) return { ...action, edit };
  if (context.client.resolvesCodeActions) {
    context.log(`"${action.title}" changed nothing: this code cannot be edited safely.`);
  }
  return action;
};

function editOf(data: ActionData, document: AnalysedDocument, context: ServerContext): WorkspaceEdit | null {
  const { workspace } = document;
  switch (data.action) {
    case 'fix': {
      const finding = document.diagnostics.find(
        ({ rule, call, origin }) => rule === data.rule && call === data.call && origin.start === data.start,
      );
      const edits = fixEdits(finding?.fixes()[data.index], workspace);
      return edits && workspaceEdit(edits, workspace, context);
    }
    case 'fix-all':
      return workspaceEdit(safeEdits(document), workspace, context);
    case 'switch-off':
      return configEdit((text) => ruleOffEdits(text, data.rule), document, context);
    case 'declare-model': {
      const { provider } = data;
      const model = data.models.length === 1 ? (data.models[0] ?? '') : data.models;
      const entryIn = (folder: string) => {
        const path = globOf(relativeTo(document.path, absolute(folder)));
        return { path, ...(provider === undefined ? {} : { provider }), model };
      };
      return configEdit((text, folder) => declareModelEdits(text, entryIn(folder)), document, context);
    }
    case 'volume':
    case 'suppress-line': {
      const insertion = commentAbove(document, data.start, commentText(data));
      return insertion && insertionEdit(insertion, workspace, context);
    }
    case 'suppress-file': {
      const insertion = commentOnTop(document, commentText(data));
      return insertion && insertionEdit(insertion, workspace, context);
    }
  }
}

function commentText(data: Extract<ActionData, { action: 'volume' | 'suppress-line' | 'suppress-file' }>): CommentText {
  switch (data.action) {
    case 'volume':
      return { directive: 'farthing: calls=', placeholder: '1k/month' };
    case 'suppress-line':
      return { directive: `farthing-ignore-next-line ${data.rule} -- `, placeholder: 'reason' };
    case 'suppress-file':
      return { directive: `farthing-ignore-file ${data.rule} -- `, placeholder: 'reason' };
  }
}
