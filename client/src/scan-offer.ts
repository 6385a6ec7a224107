/** Before a scan: which packages for language models the project names, and an offer, made once, to find their calls. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import { countCalls } from './counts.ts';
import { fetchReport } from './report/data.ts';
import type { Server } from './server.ts';

export interface ScanOffer extends vscode.Disposable {
  /**
   * What a list says above its calls: `openai and ai are used here. 2 calls in open files so far.` Empty where there is
   * nothing to say.
   */
  readonly message: (calls: number, isWholeWorkspace: boolean) => string;
  /** The packages were read. */
  readonly onChanged: vscode.Event<void>;
}

const PACKAGES: typeof protocol.PACKAGES = 'farthing/packages';
/** In the state of the workspace. */
const OFFERED = 'farthing.isScanOffered';
/** More names would not be read. */
const MAX_NAMES = 3;

export function createScanOffer(server: Server, state: vscode.Memento): ScanOffer {
  const changed = new vscode.EventEmitter<void>();
  let packages: readonly protocol.NamedPackage[] = [];

  const read = async (): Promise<void> => {
    packages = (await server.request<readonly protocol.NamedPackage[]>(PACKAGES, null)) ?? [];
    changed.fire();
    if (packages.some(({ isRead }) => isRead)) await offer(packages, server, state);
  };
  const started = server.onStarted(() => void read());
  const folders = vscode.workspace.onDidChangeWorkspaceFolders(() => void read());
  return {
    message: (calls, isWholeWorkspace) => messageOf(packages, calls, isWholeWorkspace),
    onChanged: changed.event,
    dispose: () => {
      for (const part of [started, folders, changed]) part.dispose();
    },
  };
}

async function offer(packages: readonly protocol.NamedPackage[], server: Server, state: vscode.Memento): Promise<void> {
  if (state.get(OFFERED) === true || (await fetchReport(server))?.isWholeWorkspace === true) return;
  await state.update(OFFERED, true);
  const scan = vscode.l10n.t('Scan the workspace');
  const message = vscode.l10n.t(
    'Farthing: this project uses {0}. A scan finds all of its LLM calls and what they cost. Nothing is sent anywhere.',
    namesOf(packages.filter(({ isRead }) => isRead)),
  );
  const chosen = await vscode.window.showInformationMessage(message, scan, vscode.l10n.t('Not now'));
  if (chosen === scan) await vscode.commands.executeCommand('farthing.scanWorkspace');
}

function messageOf(packages: readonly protocol.NamedPackage[], calls: number, isWholeWorkspace: boolean): string {
  const { t } = vscode.l10n;
  const read = packages.filter(({ isRead }) => isRead);
  const unread = packages.filter(({ isRead }) => !isRead);
  const seen = read.length === 0 ? '' : t('LLM packages of this project: {0}.', namesOf(read));
  const missing =
    unread.length === 0 ? '' : t('Calls of {0} are not found: Farthing does not know them yet.', namesOf(unread));
  // Without calls and packages the list is empty, and says more than this; after a scan that found calls it is whole.
  if (calls === 0 ? packages.length === 0 : isWholeWorkspace) return '';
  const none = isWholeWorkspace ? t('No LLM calls were found in this workspace.') : t('No calls in open files.');
  const found = calls === 0 ? none : t('{0} in open files.', countCalls(calls));
  return [found, seen, missing].filter((part) => part !== '').join(' ');
}

function namesOf(packages: readonly protocol.NamedPackage[]): string {
  const names = packages.slice(0, MAX_NAMES).map(({ name }) => name);
  const rest = packages.length - names.length;
  const all = rest === 0 ? names : [...names, vscode.l10n.t('{0} more', rest)];
  return new Intl.ListFormat(vscode.env.language, { type: 'conjunction' }).format(all);
}
