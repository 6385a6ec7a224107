/** What a scan says of a text, in the protocol's terms, to hold an editor's diagnostics against. */
import { dirname, join } from 'node:path';
import * as parser from '@farthing/shared/config';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Report } from '@farthing/shared/report';
import { SEVERITIES } from '@farthing/shared/vocabulary';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { scan } from '../../server/src/analyzer.ts';
import { findConfig, readFoundConfig } from '../../server/src/files/config-file.ts';
import { defaultSeverities } from '../../server/src/lint/rule-list.ts';
import { farthing } from '../run-bundle.ts';
import type { StillClock } from './still-clock.ts';

/** The fields in which an editor and a terminal must not differ, with the notebook's cell (null in a file). */
export interface Shown extends Pick<Diagnostic, 'range' | 'severity' | 'code' | 'message'> {
  readonly cell: number | null;
}

/**
 * Like `farthing scan --stdin-filename NAME`, by the same code in this process: everything about the folder is read
 * again.
 */
export function scanReport(root: string, name: string, text: string): Report {
  const file = join(root, name);
  return scan({ ...optionsFor(root), paths: [file], stdin: { path: file, text } }).report;
}

export interface ProjectScan {
  readonly report: Report;
  /** Of all fixes of the file's findings, each title once, sorted. */
  readonly fixTitles: (name: string) => readonly string[];
}

/** As `farthing scan` of the whole folder. */
export function projectScan(root: string): ProjectScan {
  const { report, workspace } = scan({ ...optionsFor(root), paths: [root] });
  const titlesIn = (path: string): readonly string[] => {
    const titles = workspace.findings(path).flatMap(({ fixes }) => fixes().map(({ title }) => title.en));
    return [...new Set(titles)].sort();
  };
  const titles = new Map(workspace.found().map((path) => [path, titlesIn(path)]));
  return {
    report,
    fixTitles: (name) => titles.get(join(root, name)) ?? [],
  };
}

function optionsFor(root: string) {
  const path = findConfig(root);
  const read = path === null ? null : readFoundConfig(path, path, defaultSeverities(), parser);
  return {
    root,
    config: read?.config ?? DEFAULT_CONFIG,
    configFolder: path === null ? root : dirname(path),
    cache: null,
    now: new Date(),
  };
}

/** By the built command itself, on `clock` if there is one. */
export function commandReport(root: string, name: string, text: string, clock: Partial<StillClock> = {}): Report {
  const { out, err } = farthing(['scan', '--stdin-filename', name, '--format', 'json'], {
    cwd: root,
    input: text,
    ...clock,
  });
  if (err !== '') throw new Error(err);
  return JSON.parse(out);
}

export function shownByScan({ diagnostics }: Report): readonly Shown[] {
  return sorted(
    diagnostics.map(({ cell, line, column, endLine, endColumn, severity, rule, message }) => ({
      cell,
      range: {
        start: { line: line - 1, character: column - 1 },
        end: { line: endLine - 1, character: endColumn - 1 },
      },
      severity: (SEVERITIES.indexOf(severity) + 1) as NonNullable<Diagnostic['severity']>,
      code: rule,
      message,
    })),
  );
}

export function shownByEditor(diagnostics: readonly Diagnostic[], cell: number | null = null): readonly Shown[] {
  return sorted(
    diagnostics.map(({ range, severity, code, message }) => ({
      cell,
      range,
      ...(severity === undefined ? {} : { severity }),
      ...(code === undefined ? {} : { code }),
      message,
    })),
  );
}

/** The same findings are in the same order, whichever side found them. */
export function sorted(shown: readonly Shown[]): readonly Shown[] {
  const key = ({ cell, range: { start, end }, code, message }: Shown): string =>
    JSON.stringify([cell, start.line, start.character, end.line, end.character, code, message]);
  return shown.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
