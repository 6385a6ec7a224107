/** Determines which fixes a command line asks for. */
import { UsageError } from './exit.ts';
import { allRuleNames, ruleNames } from './rule-names.ts';

/** The wanted fixes: the safe ones if `isSafeWanted`, and the suggested ones of these rules. */
export interface WantedFixes {
  readonly isSafeWanted: boolean;
  readonly suggested: ReadonlySet<string>;
  /** True if the changes are only shown, not written. */
  readonly isDryRun: boolean;
}

interface FixOptions {
  readonly fix?: true;
  readonly fixSuggested?: string;
  readonly dryRun?: true;
  readonly stdinFilename?: string;
}

/** Null if nothing is to be fixed. @throws UsageError for contradictory options and unknown rules */
export function wantedFixes({ fix, fixSuggested, dryRun, stdinFilename }: FixOptions): WantedFixes | null {
  if (fix === undefined && fixSuggested === undefined) {
    if (dryRun) throw new UsageError('--dry-run shows what --fix or --fix-suggested would change: add one of them.');
    return null;
  }
  if (stdinFilename !== undefined)
    throw new UsageError('--fix changes files, so it cannot be combined with --stdin-filename.');
  return { isSafeWanted: true, suggested: rulesOf(fixSuggested), isDryRun: dryRun === true };
}

function rulesOf(list: string | undefined): ReadonlySet<string> {
  if (list === undefined) return new Set();
  return list === 'all' ? allRuleNames() : ruleNames('--fix-suggested', list);
}
