/** The place that an expression denotes as the target of a change: a name, and the keys that lead from it. */
import type { Expression } from '../../ir/nodes.ts';
import type { DefinitionSource, Mutation } from './scope.ts';

export interface MutatedPath {
  readonly name: string;
  readonly keys: Mutation['keys'];
}

/** `messages[-1]["content"]`, `messages.at(-1).content`; null if it does not begin with a name. */
export function pathTo(target: Expression): MutatedPath | null {
  const keys: (string | Expression | null)[] = [];
  for (let node = target; ; ) {
    if (node.kind === 'name') return { name: node.name, keys };
    if (node.kind === 'member') {
      keys.unshift(node.property);
      node = node.object;
    } else if (node.kind === 'index') {
      keys.unshift(node.index.kind === 'string' ? node.index.value : node.index);
      node = node.object;
    } else if (node.kind === 'call' && node.callee.kind === 'member' && node.callee.property === 'at') {
      keys.unshift(node.arguments[0]?.value ?? null);
      node = node.callee.object;
    } else return null;
  }
}

/** What a name is another name for; null if it has its own value. */
export function originalOf(source: DefinitionSource): MutatedPath | null {
  if (source.kind === 'item') {
    const list = source.path.length === 0 ? pathTo(source.iterable) : null;
    return list && { name: list.name, keys: [...list.keys, null] };
  }
  if (source.kind !== 'value' || source.operator !== '=' || source.path.length > 0) return null;
  const { kind } = source.expression;
  // A copy is made by calls and literals only.
  return kind === 'index' || kind === 'member' || kind === 'call' ? pathTo(source.expression) : null;
}
