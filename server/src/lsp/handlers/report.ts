/** `farthing/report`: the known results of the workspace, in the terminal's JSON schema. */

import { shownCurrency } from '@farthing/shared/display/currency';
import type { Language } from '@farthing/shared/language';
import type { Report } from '@farthing/shared/report';
import { type FoundOwners, findCodeOwners } from '../../files/code-owners.ts';
import { absolute } from '../../files/paths.ts';
import { LISTED_RULES } from '../../lint/rule-list.ts';
import { describeMonth } from '../../report/describe.ts';
import { describeExpected } from '../../report/describe-figure.ts';
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
    currency: { code: shownCurrency().code, rate: shownCurrency().rate },
  };
};

const RULES: readonly RuleInfo[] = LISTED_RULES.map(({ id, summary, technique }) => ({
  id,
  summary,
  technique,
  url: ruleUrl(id),
}));

function reportOf(folder: Folder, language: Language): WorkspaceReport {
  const found = folder.workspace().report(language);
  const savings = found.diagnostics.map(({ saving }) => (saving === null ? '' : describeExpected(saving, language)));
  const owners = ownersByPath(found, folder);
  const words = Object.fromEntries(found.calls.map((call) => [call.id, callWords(call, language)]));
  // The page builds its addresses from `path`, so it is not changed.
  const shares = Object.fromEntries([...monthlyShares(found.calls)].map(([id, { expected }]) => [id, expected]));
  const month = describeMonth(found, language);
  return { ...found, rootUri: uriOf(folder.root), words, savings, shares, month, owners };
}

/** An editor asks for the report after every change, and owners change rarely. */
const knownOwners = new WeakMap<Folder, FoundOwners>();

function ownersByPath({ calls, root }: Report, folder: Folder): WorkspaceReport['owners'] {
  const found = findCodeOwners(folder.root, knownOwners.get(folder) ?? null);
  if (found === null) return null;
  knownOwners.set(folder, found);
  const paths = [...new Set(calls.map(({ path }) => path))];
  return Object.fromEntries(paths.map((path) => [path, found.ownersOf(absolute(path, root))]));
}
