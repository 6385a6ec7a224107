/** The place in the code where a step's parameters are written, and where a fix changes them. */
import type { CallArguments, Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';
import type { RequestShape, RolePaths } from './descriptor.ts';
import { isOptions } from './fields.ts';

export interface Site {
  /** The call or construction; of a plain HTTP request, the object literal that is its body. */
  readonly origin: Origin;
  /** Index of the positional argument that is the options object; null if the method has none, and for a body. */
  readonly position: number | null;
  readonly roles: RolePaths;
}

/** Null if the arguments are not written as a call in the source. */
export function siteOf(args: CallArguments | null, shape: RequestShape): Site | null {
  if (args === null || args.node === null || shape.roles === undefined) return null;
  const { start, end } = args.node;
  return { origin: { path: args.path, start, end }, position: optionsIndex(args, shape), roles: shape.roles };
}

export function siteOfBody(value: Value, shape: RequestShape): Site | null {
  if (value.kind !== 'object' || value.origin === null || shape.roles === undefined) return null;
  return { origin: value.origin, position: null, roles: shape.roles };
}

function optionsIndex(args: CallArguments, shape: RequestShape): number | null {
  for (const [index, name] of (shape.positional ?? ['...']).entries()) {
    if (name === '...') return index;
    const value = args.positional[index];
    if (name.endsWith('|...') && (value === undefined || isOptions(value))) return index;
  }
  return null;
}
