/** Text to TypeScript's syntax tree, whatever the text is. */
import ts from 'typescript';
import type { Span } from '../../ir/nodes.ts';
import { changeBetween } from '../change.ts';
import { keepLast } from '../keep-last.ts';

export const EXTENSIONS: readonly string[] = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

/** JSX is part of plain JavaScript here, since `.js` files of applications hold it; in `.ts` files `<T>x` is a type assertion. */
function scriptKind(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  // A notebook's kernel takes TypeScript, without JSX.
  if (/\.(?:[mc]?ts|ipynb)$/.test(path)) return ts.ScriptKind.TS;
  return path.endsWith('.jsx') ? ts.ScriptKind.JSX : ts.ScriptKind.JS;
}

/** Documentation comments are not parsed: they take up to a quarter of the time and nothing reads them. */
const OPTIONS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/** Null where the text nests so deeply that the parser, which recurses, runs out of stack. */
export function parse(text: string, path: string): ts.SourceFile | null {
  try {
    return ts.createSourceFile(path, text, OPTIONS, false, scriptKind(path));
  } catch {
    // The parser keeps its state in variables of its module and clears them at the end of a parse: an empty one does so.
    ts.createSourceFile('empty.ts', '', OPTIONS, false, ts.ScriptKind.TS);
    return null;
  }
}

/** As `parse`, for a tree that is only read: trying a fix right after an analysis parses nothing anew. */
export const parseOnce = keepLast(parse);

/**
 * Parses `text` again, keeping what an edit left alone of `file`, which is of no more use then. TypeScript's own editor
 * service does it with every keystroke; what had an error is never kept. Null as for `parse`.
 */
export function parseAgain(file: ts.SourceFile, text: string): ts.SourceFile | null {
  const change = changeBetween(file.text, text);
  if (change === null) return file;
  const span = { start: change.start, length: change.end - change.start };
  const newLength = span.length + text.length - file.text.length;
  try {
    return ts.updateSourceFile(file, text, { span, newLength });
  } catch {
    return parse(text, file.fileName);
  }
}

/** Complaints that a JavaScript file holds TypeScript's syntax (8001 to 8999) do not break it. */
function isAboutDialect(code: number): boolean {
  return code >= 8000 && code < 9000;
}

/** The first place where the parser had to recover. `parseDiagnostics` is internal to TypeScript, so that it may be missing. */
export function firstSyntaxError(file: ts.SourceFile): Span | null {
  const { parseDiagnostics } = file as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  for (const { start, length, code } of parseDiagnostics ?? []) {
    if (isAboutDialect(code)) continue;
    const from = Math.min(start, file.end);
    return { start: from, end: Math.min(from + length, file.end) };
  }
  return null;
}
