/** What a name is known to hold, judging only by its declaration. */

import { childOfKind, childrenOf, isExpression, kindOf, type Source, textOf } from '../source.ts';
import { mentionsOf, parentsOf } from './variables.ts';

/**
 * `list` for a list of strings, `iterable` for anything else that yields strings, by annotation or literal; null
 * otherwise.
 */
export function knownList(source: Source, node: number): 'list' | 'iterable' | null {
  if (kindOf(source, node) === 'ArrayExpression') return isListOfTexts(source, node) ? 'list' : null;
  if (kindOf(source, node) !== 'VariableName') return null;
  const name = textOf(source, node);
  const scopes = parentsOf(source, node).filter((at) => kindOf(source, at) === 'FunctionDefinition' || at === 0);
  for (const scope of scopes) {
    const found = mentionsOf(source, scope, name).flatMap(({ node: mention, parent }) => {
      const isBound = BINDING.has(kindOf(source, parent)) && bound(source, mention, parent);
      return isBound ? [{ mention, parent }] : [];
    });
    const [only, ...more] = found;
    if (only === undefined) continue;
    return more.length > 0 ? null : ofDeclaration(source, only.mention, only.parent);
  }
  return null;
}

const BINDING: ReadonlySet<string> = new Set([
  'ParamList',
  'AssignStatement',
  'UpdateStatement',
  'ForStatement',
  'WithStatement',
]);

/**
 * True for a target, false for a value: in an assignment the first child is a target, in a loop whatever comes before
 * `in`.
 */
function bound(source: Source, mention: number, parent: number): boolean {
  const children = childrenOf(source, parent);
  const at = children.indexOf(mention);
  if (kindOf(source, parent) === 'ForStatement')
    return at < children.findIndex((child) => kindOf(source, child) === 'in');
  return kindOf(source, parent) === 'ParamList' ? kindOf(source, children[at - 1]) !== 'AssignOp' : at === 0;
}

function ofDeclaration(source: Source, mention: number, parent: number): 'list' | 'iterable' | null {
  const children = childrenOf(source, parent);
  const behind = children[children.indexOf(mention) + 1];
  if (behind !== undefined && kindOf(source, behind) === 'TypeDef') return ofType(textOf(source, behind));
  if (kindOf(source, parent) !== 'AssignStatement' || children.length !== 3) return null;
  const value = children[2];
  return value !== undefined && isListOfTexts(source, value) ? 'list' : null;
}

function ofType(annotation: string): 'list' | 'iterable' | null {
  const type = annotation
    .replace(/^:/, '')
    .replace(/\s+/g, '')
    .replace(/^(?:typing|t|collections\.abc|abc)\./, '');
  if (/^(?:[lL]ist)\[str\]$/.test(type)) return 'list';
  return /^(?:Sequence|Iterable|Collection|Iterator|[sS]et|[fF]rozenset)\[str\]$|^[tT]uple\[str,\.\.\.\]$/.test(type)
    ? 'iterable'
    : null;
}

function isListOfTexts(source: Source, node: number): boolean {
  if (kindOf(source, node) !== 'ArrayExpression' || childOfKind(source, node, '*') !== undefined) return false;
  const items = childrenOf(source, node).filter((child) => isExpression(source, child));
  return items.length > 0 && items.every((item) => kindOf(source, item) === 'String');
}
