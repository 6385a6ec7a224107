/** Determines which fixes a command line asks for. */
import { nearest } from '@farthing/shared/nearest';
import { LISTED_RULES } from '../lint/rule-list.ts';
import { UsageError } from './exit.ts';

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
  const known = LISTED_RULES.map(({ id }) => id);
  if (list === 'all') return new Set(known);
  const names = list?.split(',').map((name) => name.trim()) ?? [];
  for (const name of names) {
    if (known.includes(name)) continue;
    const guess = nearest(name, known);
    throw new UsageError(
      `--fix-suggested: "${name}" is not a rule. ${guess === null ? '`farthing explain` lists them.' : `Did you mean ${guess}?`}`,
    );
  }
  return new Set(names);
}
