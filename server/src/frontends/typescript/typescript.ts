/** TypeScript and JavaScript, with and without JSX. */
import type ts from 'typescript';
import type { ModuleNode } from '../../ir/nodes.ts';
import type { Frontend, Lower } from '../frontend.ts';
import { LARGE_TEXT } from '../keep-last.ts';
import { callFormIn } from './call-form.ts';
import { findComments } from './comments.ts';
import { edit } from './edits/syntax.ts';
import { EXTENSIONS, firstSyntaxError, parse, parseAgain, parseOnce } from './parse.ts';
import { importsIn } from './search-imports.ts';
import { newSource } from './source.ts';
import { lowerStatements } from './statements.ts';

export const typescript: Frontend = {
  language: 'typescript',
  extensions: EXTENSIONS,
  lower,
  createEditing,
  importsIn,
  edit,
  callForm: (text, path, span) => {
    const file = parseOnce(text, path);
    return file === null ? null : callFormIn(file, span);
  },
};

function lower(text: string, path: string): ModuleNode {
  return lowerFile(text, text.length > LARGE_TEXT ? parse(text, path) : parseOnce(text, path));
}

function createEditing(): Lower {
  let last: ts.SourceFile | null = null;
  return (text, path) => {
    last = last?.fileName === path ? parseAgain(last, text) : parse(text, path);
    return lowerFile(text, last);
  };
}

function lowerFile(text: string, file: ts.SourceFile | null): ModuleNode {
  if (file === null) {
    return { language: 'typescript', body: [], comments: [], syntaxError: { start: 0, end: 0, cause: 'depth' } };
  }
  const source = newSource(text);
  const body = lowerStatements(source, file.statements);
  const error = firstSyntaxError(file);
  return {
    language: 'typescript',
    body,
    comments: findComments(text, file),
    syntaxError: error === null ? source.tooDeep : { ...error, cause: 'syntax' },
  };
}
