/** Narrows a report to what a team works on: what is not in its baseline, and what it changed. */
import { dirname, relative, resolve } from 'node:path';
import { formatCount } from '@farthing/shared/money';
import type { Report } from '@farthing/shared/report';
import { plural } from '../report/plural.ts';
import { UsageError } from './exit.ts';
import type { LinesIn } from './formats/format.ts';
import type { Io } from './io.ts';
import { pathsIn, type Target } from './paths.ts';

export interface ScopeOptions {
  /** A file, or false for none. Default: the nearest one. */
  readonly baseline?: string | boolean;
  readonly changedSince?: string;
  /** A file with a unified diff; `-` is standard input. */
  readonly diff?: string;
}

export interface Scoped {
  readonly report: Report;
  /** What was left out, for readers. */
  readonly notes: readonly string[];
}

export type Scope = (report: Report, linesIn: LinesIn) => Scoped;

/** Reads what it needs at once: a mistake in the command line is not found after a long scan. @throws UsageError */
export async function scopeOf(options: ScopeOptions, target: Target, io: Io): Promise<Scope> {
  if (options.changedSince !== undefined && options.diff !== undefined)
    throw new UsageError('--changed-since and --diff both say what changed: use one of them.');
  const scopes = [await baselineScope(options, target, io), await changeScope(options, io)];
  return (report, linesIn) =>
    scopes.reduce(
      (scoped: Scoped, scope) => {
        if (scope === null) return scoped;
        const next = scope(scoped.report, linesIn);
        return { report: next.report, notes: [...scoped.notes, ...next.notes] };
      },
      { report, notes: [] },
    );
}

async function baselineScope({ baseline }: ScopeOptions, target: Target, io: Io): Promise<Scope | null> {
  if (baseline === false) return null;
  const { findBaseline, readBaseline } = await import('./baseline-file.ts');
  const path = typeof baseline === 'string' ? resolve(io.cwd, baseline) : findBaseline(target.root);
  if (path === null) return null;
  const name = relative(io.cwd, path) || path;
  const known = readBaseline(path, name);
  const { withoutBaseline } = await import('../report/baseline.ts');
  return (report) => {
    const compared = withoutBaseline(report, known, pathsIn(dirname(path), report));
    const notes = compared.known === 0 ? [] : [`${plural(compared.known, 'known finding')} in ${name}`];
    // Only a scan of everything that the baseline is about can tell that an entry is gone.
    const isWhole = target.paths.some((one) => resolve(one) === dirname(path));
    if (isWhole && compared.gone > 0)
      notes.push(`${formatCount(compared.gone)} of its findings are gone: farthing baseline removes them`);
    return { report: compared.report, notes };
  };
}

async function changeScope({ changedSince, diff }: ScopeOptions, io: Io): Promise<Scope | null> {
  if (changedSince === undefined && diff === undefined) return null;
  const [{ changesOf, changesSince }, { changedPart }] = await Promise.all([
    import('./wanted-changes.ts'),
    import('../report/changes.ts'),
  ]);
  const { changes, folder, description } =
    changedSince === undefined ? changesOf(diff ?? '-', io) : changesSince(changedSince, io);
  return (report, linesIn) => {
    const part = changedPart(report, changes, { pathOf: pathsIn(folder, report), linesInFile: linesIn(report.root) });
    return { report: part, notes: [`only calls and findings ${description}`] };
  };
}
