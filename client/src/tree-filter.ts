/** A text that the lists in the side bar are limited to. */
import * as vscode from 'vscode';

export interface TreeFilter extends vscode.Disposable {
  /** True if one of the texts contains what was asked for, in any case. */
  readonly accepts: (...texts: readonly string[]) => boolean;
  /** What a list says above its rows; empty without a filter. */
  readonly message: () => string;
  readonly ask: () => Promise<void>;
  readonly clear: () => void;
  readonly onChanged: vscode.Event<void>;
}

export function createTreeFilter(): TreeFilter {
  const changed = new vscode.EventEmitter<void>();
  let wanted = '';
  const set = (text: string): void => {
    wanted = text.trim();
    void vscode.commands.executeCommand('setContext', 'farthing.isFiltered', wanted !== '');
    changed.fire();
  };
  return {
    accepts: (...texts) => {
      const text = wanted.toLowerCase();
      return texts.some((one) => one.toLowerCase().includes(text));
    },
    message: () => (wanted === '' ? '' : vscode.l10n.t('Filtered by "{0}"', wanted)),
    ask: async () => {
      const prompt = vscode.l10n.t('Filter by file, model, function or rule');
      const text = await vscode.window.showInputBox({ prompt, value: wanted });
      if (text !== undefined) set(text);
    },
    clear: () => set(''),
    onChanged: changed.event,
    dispose: () => changed.dispose(),
  };
}
