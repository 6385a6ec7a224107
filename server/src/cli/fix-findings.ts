/** `farthing scan --fix`: applies fixes to the files and describes the changes. */
import { relative, resolve } from 'node:path';
import { printable, printableLines } from '@farthing/shared/printable';
import type { ReportProblem } from '@farthing/shared/report';
import { createRewriter } from '../files/atomic-write.ts';
import { type AppliedFix, fixFiles } from '../fixes/fix-files.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { describePosition } from '../report/describe.ts';
import { plural } from '../report/plural.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { WantedFixes } from './wanted-fixes.ts';

export interface FixResult {
  /** What was done, or would be done, for stderr. */
  readonly summary: string;
  /** The changes as a unified diff if they are only shown; null if they are written. */
  readonly diff: string | null;
  readonly problems: readonly ReportProblem[];
}

/** Applies the wanted fixes of the findings in the workspace, and brings its results up to date. */
export async function fixFindings(workspace: Workspace, wanted: WantedFixes, cwd: string): Promise<FixResult> {
  const isWanted = ({ rule }: Diagnostic, { safety }: { readonly safety: string }): boolean =>
    safety === 'safe' ? wanted.isSafeWanted : wanted.suggested.has(rule);
  const rewriter = createRewriter(workspace.mayChange);
  const { applied, contents, left } = fixFiles(workspace, {
    paths: workspace.found(),
    isWanted,
    contentOf: rewriter.contentOf,
  });
  const nameOf = (path: string): string => relative(cwd, resolve(path)) || path;
  const problems = wanted.isDryRun ? [] : rewriter.write(contents);
  // From here on, the files on disk count again.
  for (const path of contents.keys()) workspace.setOverlay(path, null);
  if (!wanted.isDryRun) for (const _ of workspace.scan(false));
  const unwritten = new Set(problems.map(({ path }) => path));
  const done = applied.filter(({ path }) => !unwritten.has(path));
  return {
    summary: summaryOf(done, { files: contents.size - unwritten.size, left }, wanted.isDryRun, nameOf),
    diff: wanted.isDryRun ? await diffOf(contents, rewriter.contentOf, nameOf) : null,
    problems: problems.map(({ path, message }) => ({ path: nameOf(path), message })),
  };
}

function summaryOf(
  applied: readonly AppliedFix[],
  { files, left }: { readonly files: number; readonly left: number },
  isDryRun: boolean,
  nameOf: (path: string) => string,
): string {
  const lines = applied.map(
    ({ path, position, rule, title }) =>
      `${printable(`${nameOf(path)}:${describePosition(position)}: ${rule}: ${title}`)}\n`,
  );
  const fixes = plural(applied.length, 'fix', 'fixes');
  const verb = isDryRun ? `${fixes} would change` : `${fixes} changed`;
  const rest = left === 0 ? '' : ` ${plural(left, 'fix', 'fixes')} could not be applied to the code as it is written.`;
  return applied.length === 0 && left === 0
    ? 'farthing: nothing to fix.\n'
    : `${lines.join('')}farthing: ${verb} ${plural(files, 'file')}.${rest}\n`;
}

async function diffOf(
  contents: ReadonlyMap<string, string>,
  contentOf: (path: string) => string | null,
  nameOf: (path: string) => string,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patches = [...contents].map(([path, content]) =>
    createTwoFilesPatch(
      `a/${printable(nameOf(path))}`,
      `b/${printable(nameOf(path))}`,
      contentOf(path) ?? '',
      content,
      '',
      '',
      {
        headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
      },
    ),
  );
  return printableLines(patches.join(''));
}
