import type { Expression } from './nodes.ts';

/** `self.history` as text; null for anything but a plain chain of names. */
export function dottedPath(node: Expression): string | null {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'member') return null;
  const object = dottedPath(node.object);
  return object === null ? null : `${object}.${node.property}`;
}
