/** Applies the fixes of a workspace's findings in memory, and says what is wrong with what they make. */
import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../../../server/src/lint/diagnostic.ts';
import type { Workspace } from '../../../server/src/workspace/workspace.ts';
import { type Application, applyFix } from './apply.ts';
import { judgeAll } from './judge.ts';
import { linesChanged } from './lines.ts';

/** One fix of one finding; a finding without a fix has one entry, whose `title` is null. */
export interface FixCheck {
  readonly path: string;
  readonly rule: string;
  readonly title: string | null;
  /** True for the first fix of its finding: each finding is counted once. */
  readonly isFirst: boolean;
  /** False where a fix was stated but cannot be written into this code. */
  readonly isApplied: boolean;
  readonly isJudgedByParser: boolean;
  readonly failures: readonly string[];
  /** The changed lines, for reading. */
  readonly change: string;
  /** The content of the finding's own file after the fix, where it can be written; null where it cannot. */
  readonly after: string | null;
}

export function* checkFixes(workspace: Workspace): Generator<FixCheck> {
  for (const path of workspace.found()) yield* checkFile(workspace, path, workspace.findings(path));
}

interface Stated extends Pick<FixCheck, 'path' | 'rule' | 'title' | 'isFirst'> {
  readonly diagnostic: Diagnostic;
  readonly application: Application | null;
}

/** Every fix of these findings, which are the file's. */
export function checkFile(workspace: Workspace, path: string, diagnostics: readonly Diagnostic[]): readonly FixCheck[] {
  const stated = diagnostics
    .filter(({ call }) => call !== null)
    .flatMap((diagnostic) => statedBy(workspace, path, diagnostic));
  const applied = stated.flatMap(({ diagnostic, application }) =>
    application === null ? [] : [{ diagnostic, application }],
  );
  const judgements = judgeAll(applied);
  const judged = new Map(applied.map(({ application }, index) => [application, judgements[index]]));
  return stated.map(({ diagnostic: _, application, ...check }): FixCheck => {
    const judgement = application === null ? undefined : judged.get(application);
    return {
      ...check,
      isApplied: application !== null,
      isJudgedByParser: judgement?.isJudgedByParser ?? false,
      failures: judgement?.failures ?? [],
      change: application === null ? '' : changeOf(application),
      after: application === null ? null : afterOf(application, check.path),
    };
  });
}

function statedBy(workspace: Workspace, path: string, diagnostic: Diagnostic): readonly Stated[] {
  const common = { path, rule: diagnostic.rule, diagnostic };
  const fixes = diagnostic.fixes();
  if (fixes.length === 0) return [{ ...common, title: null, isFirst: true, application: null }];
  return fixes.map((fix, index) => ({
    ...common,
    title: fix.title.en,
    isFirst: index === 0,
    application: applyFix(workspace, diagnostic, fix),
  }));
}

function afterOf({ files }: Application, path: string): string {
  return files.find((file) => file.path === path)?.content.after ?? readFileSync(path, 'utf8');
}

function changeOf({ files }: Application): string {
  return files.map(({ before, after }) => linesChanged(before, after)).join('\n');
}
