/** From text to TypeScript's syntax tree, whatever the text contains. */
import ts from 'typescript';
import type { Span } from '../../ir/nodes.ts';
import { changeBetween } from '../change.ts';
import { keepLast } from '../keep-last.ts';

export const EXTENSIONS: readonly string[] = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

/**
 * JSX is allowed in plain JavaScript, because `.js` files of applications contain it; in `.ts` files `<T>x` is a type
 * assertion.
 */
function scriptKind(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  // Notebook kernels accept TypeScript without JSX.
  if (/\.(?:[mc]?ts|ipynb)$/.test(path)) return ts.ScriptKind.TS;
  return path.endsWith('.jsx') ? ts.ScriptKind.JSX : ts.ScriptKind.JS;
}

/** Documentation comments are not parsed: they take up to a quarter of the time, and no code reads them. */
const OPTIONS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/** Null if the text nests so deeply that the recursive parser runs out of stack. */
export function parse(text: string, path: string): ts.SourceFile | null {
  try {
    return ts.createSourceFile(path, text, OPTIONS, false, scriptKind(path));
  } catch {
    // The parser keeps state in module variables and clears it at the end of a parse, so this parses an empty text.
    ts.createSourceFile('empty.ts', '', OPTIONS, false, ts.ScriptKind.TS);
    return null;
  }
}

/** Like `parse`, for a tree that is only read. Trying a fix right after an analysis does not parse again. */
export const parseOnce = keepLast(parse);

/**
 * Parses `text` again and reuses the parts of `file` that an edit did not touch; `file` cannot be used afterwards.
 * TypeScript's own editor service does this on every keystroke; nodes with errors are never reused. Null as for
 * `parse`.
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

/** TypeScript syntax in a JavaScript file (8001 to 8999) does not break it. */
function isAboutDialect(code: number): boolean {
  return code >= 8000 && code < 9000;
}

/**
 * The first position where the parser had to recover. `parseDiagnostics` is internal to TypeScript and may be missing.
 */
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
