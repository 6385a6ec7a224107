/** Prompts that are not known in full: whether a call read, built or chose one itself, or only hands on what it was given. */
import { isSameOrigin } from '../../evaluate/lattice.ts';
import { sourcesOf } from '../../evaluate/sources.ts';
import type { CallArguments, UnknownValue, Value } from '../../evaluate/values.ts';
import type { OwnParameter } from './summary.ts';
import { segmentsIn } from './texts.ts';

const LETTERS = /\p{L}{2}/u;
/** Objects in lists in arguments. */
const MAX_DEPTH = 4;

/** Tells, of literal text with letters, whether the wrapper does not bring it itself. */
type HasNewText = (value: Value) => boolean;

/** True where the text `value` of a request, or a part of it that has no fixed place, was not simply handed in. */
export function isMadeHere(value: Value, own: readonly OwnParameter[], hasNewText: HasNewText): boolean {
  switch (value.kind) {
    case 'external':
      return hasNewText(value);
    case 'array':
      // What a list was filled with in a loop, or from another list, has no place in it.
      return value.open.some(
        (one) => hasNewText(one) || (value.items.length === 0 && isMadeHere(one, own, hasNewText)),
      );
    case 'oneOf':
      return value.alternatives.some((one) => isMadeHere(one, own, hasNewText));
    case 'unknown':
      return isUnknownMadeHere(value, own);
    default:
      return false;
  }
}

/** True where the call gives the wrapper anything that its own function did not simply get: what else is made inside. */
export function givesOwn({ positional, named, open }: CallArguments, own: readonly OwnParameter[]): boolean {
  const values = [...positional, ...[...named.values()].map(({ value }) => value), ...open];
  return values.some((value) => isOwn(value, own, 0));
}

function isOwn(value: Value, own: readonly OwnParameter[], depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const some = (values: readonly Value[]) => values.some((one) => isOwn(one, own, depth + 1));
  switch (value.kind) {
    case 'unknown':
      return isUnknownMadeHere(value, own);
    case 'text':
    case 'external':
      return segmentsIn(value).some((segment) =>
        segment.kind === 'literal' ? LETTERS.test(segment.text) : isOwn(segment.value, own, depth + 1),
      );
    case 'array':
      return some([...value.items, ...value.open]);
    case 'object':
      return some([...[...value.entries.values()].map((entry) => entry.value), ...value.open]);
    case 'oneOf':
      return some(value.alternatives);
    case 'instance':
      return value.args !== null && depth < MAX_DEPTH && givesOwn(value.args, own);
    default:
      return false;
  }
}

/** What is made of several values is a prompt that is built here; of one, it may be the same in another form. */
function isUnknownMadeHere(value: UnknownValue, own: readonly OwnParameter[]): boolean {
  const sources = sourcesOf(value);
  const given = own.filter((parameter) => sources.some((source) => isSameOrigin(source, parameter)));
  if (given.length === 0) return true;
  return value.reason !== 'parameter' && (given.length > 1 || given.some(({ isTakenApart }) => isTakenApart));
}
