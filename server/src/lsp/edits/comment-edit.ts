/** Writes comments to Farthing: above a line, or at the top of a file. */

import { frontendFor } from '../../frontends/index.ts';
import { createPositions } from '../../ir/positions.ts';
import { directivesOf } from '../../lint/directives.ts';
import type { AnalysedDocument } from '../context.ts';
import type { Insertion } from './workspace-edit.ts';

/** The text of a comment: `farthing-ignore-next-line rule -- `, and the part that the user fills in. */
export interface CommentText {
  readonly directive: string;
  readonly placeholder: string;
}

/**
 * The comment as a new line above the line that contains `offset`, with the same indentation. Null if it would not be a
 * comment there: inside a multi-line text, or after a line that continues.
 */
export function commentAbove(document: AnalysedDocument, offset: number, comment: CommentText): Insertion | null {
  const { path, text, workspace } = document;
  const positions = workspace.code.positions(path);
  const at = positions.startOf(positions.lineOf(offset));
  const indentation = /^[\t ]*/.exec(text.slice(at, offset))?.[0] ?? '';
  return insertion(document, at, indentation, comment);
}

/** The comment at the top of the file (or of a notebook's first code cell), after anything that must come first. */
export function commentOnTop(document: AnalysedDocument, comment: CommentText): Insertion | null {
  // A shebang and Python's encoding declaration must be the first lines.
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
