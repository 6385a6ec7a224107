/** TypeScript and JavaScript, with and without JSX. */
import type { ModuleNode } from '../../ir/nodes.ts';
import type { Frontend } from '../frontend.ts';
import { findComments } from './comments.ts';
import { edit } from './edits.ts';
import { EXTENSIONS, firstSyntaxError, parse } from './parse.ts';
import { newSource } from './source.ts';
import { lowerStatements } from './statements.ts';

export const typescript: Frontend = {
  language: 'typescript',
  extensions: EXTENSIONS,
  lower,
  createEditing: () => lower,
  edit,
};

function lower(text: string, path: string): ModuleNode {
  const file = parse(text, path);
  if (file === null) return { language: 'typescript', body: [], comments: [], syntaxError: { start: 0, end: 0 } };
  return {
    language: 'typescript',
    body: lowerStatements(newSource(text), file.statements),
    comments: findComments(text, file),
    syntaxError: firstSyntaxError(file),
  };
}
