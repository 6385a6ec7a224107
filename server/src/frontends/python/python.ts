/** Python's frontend: from text to IR with Lezer, the parser that recovers best from code that is being typed. */
import type { Comment, ModuleNode } from '../../ir/nodes.ts';
import type { Frontend } from '../frontend.ts';
import { LARGE_TEXT } from '../keep-last.ts';
import { edit } from './edits/syntax.ts';
import { parseAgain } from './parse-again.ts';
import { importsIn } from './search-imports.ts';
import { newSource } from './source.ts';
import { lowerBody } from './statements.ts';
import { parseModule, parseTree, type SyntaxTree } from './tree.ts';

export const python: Frontend = {
  language: 'python',
  extensions: ['.py', '.pyi', '.pyw'],
  lower: (text) => lowerWith(text.length > LARGE_TEXT ? parseTree : parseModule, text),
  createEditing: () => {
    let last: { readonly code: string; readonly tree: SyntaxTree } | null = null;
    return (text) => {
      const before = last;
      last = null;
      return lowerWith((code) => {
        const tree = before === null ? parseTree(code) : parseAgain(before.code, before.tree, code);
        last = { code, tree };
        return tree;
      }, text);
    };
  },
  importsIn,
  edit: (text, _path, operations) => edit(text, operations),
  callForm: () => null,
};

function lowerWith(parse: (code: string) => SyntaxTree, text: string): ModuleNode {
  try {
    return lowerModule(parse, text);
  } catch {
    // The stack has run out: the module stays known, and the problem is reported at its start.
    return { language: 'python', body: [], comments: [], syntaxError: { start: 0, end: 0, cause: 'depth' } };
  }
}

function lowerModule(parse: (code: string) => SyntaxTree, text: string): ModuleNode {
  // A byte order mark becomes a space, so offsets stay valid and the first statement can be parsed.
  const code = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const tree = parse(code);
  return {
    language: 'python',
    body: lowerBody(newSource(code, tree), 0),
    comments: code.includes('farthing') ? farthingComments(code, tree) : [],
    syntaxError: tree.firstError === null ? null : { ...tree.firstError, cause: 'parser' },
  };
}

function farthingComments(text: string, tree: SyntaxTree): Comment[] {
  return tree.comments
    .map((span) => ({ ...span, text: text.slice(span.start, span.end).replace(/^#+/, '').trim() }))
    .filter((comment) => comment.text.includes('farthing'));
}
