/** `farthing/report`: the known results of the workspace, in the terminal's JSON schema. */

import type { Language } from '@farthing/shared/language';
import { LISTED_RULES } from '../../lint/rule-list.ts';
import { describeMonth } from '../../report/describe.ts';
import { monthlyShares } from '../../report/months.ts';
import { ruleUrl } from '../../report/rule-url.ts';
import type { Handler } from '../context.ts';
import type { Folder } from '../folders/folder.ts';
import { callWords } from '../markdown/call-facts.ts';
import type { ReportResult, RuleInfo, WorkspaceReport } from '../protocol.ts';
import { uriOf } from '../uris.ts';

export const report: Handler<unknown, ReportResult> = (_parameters, context) => {
  const opened = context.openFolders();
  const folders = opened.length > 0 ? opened : context.folders();
  return {
    reports: folders.map((folder) => reportOf(folder, context.client.language)),
    rules: RULES,
    isWholeWorkspace: opened.length > 0 && opened.every(({ isScanned }) => isScanned),
  };
};

const RULES: readonly RuleInfo[] = LISTED_RULES.map(({ id, summary, technique }) => ({
  id,
  summary,
  technique,
  url: ruleUrl(id),
}));

function reportOf(folder: Folder, language: Language): WorkspaceReport {
  const found = folder.workspace().report();
  const words = Object.fromEntries(found.calls.map((call) => [call.id, callWords(call, language)]));
  // The page builds its addresses from `path`, so it is not changed.
  const shares = Object.fromEntries([...monthlyShares(found.calls)].map(([id, { expected }]) => [id, expected]));
  return { ...found, rootUri: uriOf(folder.root), words, shares, month: describeMonth(found, language) };
}
