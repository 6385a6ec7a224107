/**
 * Functions of the project that a module calls with a provider's address: HTTP helpers, which stand in other files as a
 * rule. What such a function does with the address is a request to a model, though its own file does not show it.
 */
import { lastName } from '../../evaluate/callers.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallRecord, ModuleScope } from '../../evaluate/scopes/scope.ts';
import type { Argument, Expression } from '../../ir/nodes.ts';
import { exampleAddress } from '../../sdks/endpoints.ts';
import type { GivenAddress, WrapperName } from './wrapper-index.ts';

/** Names of variables, parameters, fields and functions for an address, or for a part of one. */
export const ADDRESS_NAMES = /ur[il]|path|endpoint|address|route|host/i;
/** An address stands first, or after a method, a client or a key. */
const MAX_INDEX = 2;

/** The functions, by the names that the calls have, each with the first address that it is called with. */
export function addressedFunctions(module: ModuleScope, evaluator: Evaluator): readonly WrapperName[] {
  const found = new Map<string, WrapperName>();
  for (const record of module.calls) {
    const name = lastName(record.node.callee);
    if (name === '' || found.has(name)) continue;
    const address = addressGiven(record, evaluator);
    if (address !== null) found.set(name, { name, method: null, address });
  }
  return [...found.values()];
}

/** The address that a function of the project is called with; null for any other call. */
export function addressGiven({ node, scope }: CallRecord, evaluator: Evaluator): GivenAddress | null {
  const candidates = node.arguments.slice(0, MAX_INDEX + 1).flatMap(addressesIn);
  if (candidates.length === 0) return null;
  const frame = evaluator.frameOf(scope);
  evaluator.startQuery();
  const callee = evaluator.evaluate(node.callee, frame);
  if (!alternativesOf(callee).some(({ kind }) => kind === 'function')) return null;
  for (const { index, field, value } of candidates) {
    evaluator.startQuery();
    const address = exampleAddress(evaluator.evaluate(value, frame));
    if (address !== null) return { index, field, text: address };
  }
  return null;
}

interface Candidate {
  readonly index: number;
  readonly field: string | null;
  readonly value: Expression;
}

/** What may be an address in an argument, judging by how it is written. */
function addressesIn({ kind, value }: Argument, index: number): readonly Candidate[] {
  if (kind !== 'positional') return [];
  if (value.kind !== 'object') return mayBeAddress(value) ? [{ index, field: null, value }] : [];
  return value.entries.flatMap((entry) => {
    if (entry.kind !== 'property' || typeof entry.key !== 'string' || !ADDRESS_NAMES.test(entry.key)) return [];
    return [{ index, field: entry.key, value: entry.value }];
  });
}

function mayBeAddress(value: Expression): boolean {
  switch (value.kind) {
    case 'string':
      return value.value.includes('/');
    case 'template':
      return value.parts.some((part) => part.kind === 'text' && part.value.includes('/'));
    case 'binary':
      return mayBeAddress(value.left) || mayBeAddress(value.right);
    case 'name':
      return ADDRESS_NAMES.test(value.name);
    case 'member':
      return ADDRESS_NAMES.test(value.property);
    case 'call':
      return ADDRESS_NAMES.test(lastName(value.callee));
    default:
      return false;
  }
}
