/** Comments that may be addressed to Farthing. */
import ts from 'typescript';
import type { Comment } from '../../ir/nodes.ts';
import { commentEnd, lineEnd, tokenStart } from './source.ts';

const { SyntaxKind } = ts;

/**
 * Comments that mention `farthing`, in order. They are between the tree's tokens, so text that looks like a comment
 * inside a string, a template, a regular expression or JSX is not one. Only subtrees that contain the word are walked.
 */
export function findComments(text: string, file: ts.SourceFile): Comment[] {
  const mentions = Array.from(text.matchAll(/farthing/gi), (match) => match.index);
  if (mentions.length === 0) return [];
  const comments: Comment[] = [];
  let next = 0;
  // Everything before the cursor has been read.
  let cursor = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  const pending: ts.Node[] = [file];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    while (next < mentions.length && (mentions[next] as number) < cursor) next++;
    const mention = mentions[next];
    if (mention === undefined) break;
    if (isToken(node)) {
      if (node.pos === node.end && node.kind !== SyntaxKind.EndOfFileToken) continue;
      const start = node.kind === SyntaxKind.JsxText ? node.pos : tokenStart(text, node.pos);
      if (mention < start) collect(text, cursor, start, comments);
      cursor = Math.max(cursor, node.end);
    } else if (mention >= node.end && node !== file) {
      cursor = Math.max(cursor, node.end);
    } else {
      const children: ts.Node[] = [];
      ts.forEachChild(node, (child) => {
        children.push(child);
      });
      for (let index = children.length - 1; index >= 0; index--) pending.push(children[index] as ts.Node);
    }
  }
  return comments;
}

function isToken(node: ts.Node): boolean {
  return node.kind >= SyntaxKind.FirstToken && node.kind <= SyntaxKind.LastToken;
}

/** Reads comments between `from` and `to`, where the only tokens are punctuation. */
function collect(text: string, from: number, to: number, comments: Comment[]): void {
  for (let index = from; index < to; index++) {
    if (text.charCodeAt(index) !== SLASH) continue;
    const next = text.charCodeAt(index + 1);
    if (next !== SLASH && next !== ASTERISK) continue;
    const end = next === SLASH ? lineEnd(text, index) : commentEnd(text, index);
    const content = withoutMarks(text.slice(index, end));
    if (/farthing/i.test(content)) comments.push({ start: index, end, text: content });
    index = end - 1;
  }
}

/** The text of the comment: without its marks, and without the asterisks at the start of a block's lines. */
function withoutMarks(comment: string): string {
  if (comment.startsWith('//')) return comment.replace(/^\/+/, '').trim();
  return comment
    .replace(/^\/\*+/, '')
    .replace(/\*+\/$/, '')
    .replace(/^[ \t]*\*+/gm, '')
    .trim();
}

const ASTERISK = 42;
const SLASH = 47;
