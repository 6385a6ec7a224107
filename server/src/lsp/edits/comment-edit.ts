/** Writing comments that speak to Farthing: above a line, or at a file's top. */

import { frontendFor } from '../../frontends/index.ts';
import { createPositions } from '../../ir/positions.ts';
import { directivesOf } from '../../lint/directives.ts';
import type { AnalysedDocument } from '../context.ts';
import type { Insertion } from './workspace-edit.ts';

/** What a comment says: `farthing-ignore-next-line rule -- ` and the part that the user writes. */
export interface CommentText {
  readonly directive: string;
  readonly placeholder: string;
}

/**
 * The comment in a line of its own above the line that holds `offset`, indented as that line is. Null where it would not
 * be a comment there: inside a text that goes over several lines, behind a line that goes on.
 */
export function commentAbove(document: AnalysedDocument, offset: number, comment: CommentText): Insertion | null {
  const { path, text, workspace } = document;
  const positions = workspace.code.positions(path);
  const at = positions.startOf(positions.lineOf(offset));
  const indentation = /^[\t ]*/.exec(text.slice(at, offset))?.[0] ?? '';
  return insertion(document, at, indentation, comment);
}

/** The comment at the top of the file (or of a notebook's first code cell), behind what has to come first. */
export function commentOnTop(document: AnalysedDocument, comment: CommentText): Insertion | null {
  // An interpreter line, and Python's word on its encoding, must be the first lines.
  const at = /^(?:\uFEFF)?(?:#!.*(?:\r?\n|\r))?(?:#.*coding[:=].*(?:\r?\n|\r))?/.exec(document.text)?.[0].length ?? 0;
  return insertion(document, at, '', comment);
}

function insertion(
  { path, text, workspace }: AnalysedDocument,
  at: number,
  indentation: string,
  { directive, placeholder }: CommentText,
): Insertion | null {
  const frontend = frontendFor(path, workspace.code.languageOf(path));
  if (frontend === null) return null;
  const mark = frontend.language === 'python' ? '#' : '//';
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = `${indentation}${mark} ${directive}`;
  const written = `${text.slice(0, at)}${before}${placeholder}${end}${text.slice(at)}`;
  const node = frontend.lower(written, path);
  const start = at + indentation.length;
  const isComment = directivesOf(node, written, createPositions(written)).some(
    (directive) => directive.start === start,
  );
  return isComment ? { path, at, before, placeholder, after: end } : null;
}
