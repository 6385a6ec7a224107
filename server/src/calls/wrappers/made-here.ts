/** Prompts that are not known in full: whether a call read, built or chose one itself, or only hands on what it was given. */
import { isSameOrigin, NULL } from '../../evaluate/lattice.ts';
import { sourcesOf } from '../../evaluate/sources.ts';
import type { CallArguments, OneOfValue, UnknownValue, Value } from '../../evaluate/values.ts';
import type { Target } from './requests.ts';
import { type OwnParameter, PROMPT_NAMES } from './summary.ts';
import type { Summary } from './summary-store.ts';
import { contentsOf, isWholeLine, lengthOf, MIN_OWN_TEXT, segmentsIn } from './texts.ts';

const LETTERS = /\p{L}{2}/u;
/** Objects in lists in arguments. */
const MAX_DEPTH = 4;

/** Tells, of literal text with letters, whether the wrapper does not bring it itself. */
type HasNewText = (value: Value) => boolean;

/** True where the text `value` of a request, or a part of it that has no fixed place, was not simply handed in. */
export function isMadeHere(value: Value, own: readonly OwnParameter[], hasNewText: HasNewText): boolean {
  switch (value.kind) {
    case 'external':
      return hasNewText(value) || (value.steps.at(-1)?.kind === 'call' && isBuiltHere(value, own));
    case 'array':
      // What a list was filled with in a loop, or from another list, has no place in it.
      return (
        value.open.some((one) => hasNewText(one) || (value.items.length === 0 && isMadeHere(one, own, hasNewText))) ||
        value.items.some((one) => isMadeHere(one, own, hasNewText))
      );
    case 'object':
      return contentsOf(value).some((one) => isMadeHere(one, own, hasNewText));
    case 'text':
      // Within a line ("Answer: ..."), it is data.
      return value.segments.some(
        (segment, index, segments) =>
          segment.kind === 'hole' &&
          isWholeLine(segments, index, ({ kind }) => kind === 'literal') &&
          isMadeHere(segment.value, own, hasNewText),
      );
    case 'oneOf':
      return withoutOtherForms(value, own).some((one) => isMadeHere(one, own, hasNewText));
    case 'unknown':
      return isUnknownMadeHere(value, own) || isPromptByDefault(value, hasNewText);
    default:
      return false;
  }
}

/** `settings.prompt || RULES`: a setting may replace the prompt, but the one that is sent otherwise is chosen here. */
function isPromptByDefault({ hint, hasFallback }: UnknownValue, hasNewText: HasNewText): boolean {
  if (!hasFallback || hint === null || !hasNewText(hint)) return false;
  const literals = segmentsIn(hint).filter(({ kind }) => kind === 'literal');
  return lengthOf([{ segments: literals }]) >= MIN_OWN_TEXT;
}

/** True where the call gives the wrapper anything that its own function did not simply get: what else is made inside. */
export function givesOwn({ positional, named, open }: CallArguments, own: readonly OwnParameter[]): boolean {
  const values = [...positional, ...[...named.values()].map(({ value }) => value), ...open];
  return values.some((value) => isOwn(value, own, 0));
}

/** Parameters for a whole conversation. */
const MESSAGES_NAMES = /^(?:chat_?)?(?:messages|history|conversation)$/i;

/**
 * True where the call gives the wrapper a prompt, or a conversation, that it did not simply get. What a user typed in is
 * data even if it is called a prompt, and so is a conversation that the wrapper writes a prompt about.
 */
export function givesPrompt(
  target: Target,
  own: readonly OwnParameter[],
  hasNewText: HasNewText,
  { writesPrompt }: Pick<Summary, 'writesPrompt'>,
): boolean {
  const isGiven = (name: string, value: Value) =>
    (MESSAGES_NAMES.test(name) && !writesPrompt) || (PROMPT_NAMES.test(name) && !isInput(value))
      ? isMadeHere(value, own, hasNewText)
      : PROMPT_NAMES.test(name) && value.kind === 'unknown' && isPromptByDefault(value, hasNewText);
  return namedArguments(target).some(([name, value]) => isGiven(name, value));
}

function isInput(value: Value): boolean {
  return value.kind === 'unknown' && (value.reason === 'request' || value.reason === 'parameter');
}

/** The arguments by the names of the parameters that take them, and those in objects of options. */
function namedArguments({ function: { node }, args }: Target): readonly (readonly [string, Value])[] {
  const positional = node.parameters.filter(({ kind }) => kind === 'positional');
  const given = args.positional.flatMap((value, index): readonly (readonly [string, Value])[] => {
    const pattern = positional[index]?.pattern;
    if (pattern?.kind === 'name') return [[pattern.name, value]];
    return value.kind === 'object' ? [...value.entries].map(([name, entry]) => [name, entry.value] as const) : [];
  });
  return [...given, ...[...args.named].map(([name, entry]) => [name, entry.value] as const)];
}

function isOwn(value: Value, own: readonly OwnParameter[], depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const some = (values: readonly Value[]) => values.some((one) => isOwn(one, own, depth + 1));
  switch (value.kind) {
    case 'unknown':
      return isUnknownMadeHere(value, own) || (value.hasFallback === true && isOwn(value.hint ?? NULL, own, depth + 1));
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
      return some(withoutOtherForms(value, own));
    case 'instance':
      // What was put into an object before the call, wherever the object is from, is given with it.
      if (depth === 0 && (value.changes?.length ?? 0) > 0) return true;
      return value.args !== null && depth < MAX_DEPTH && givesOwn(value.args, own);
    default:
      return false;
  }
}

/** `prompt = trim(prompt)` on one path, and the parameter itself on another: what is made of it is the same in another form. */
function withoutOtherForms({ alternatives }: OneOfValue, own: readonly OwnParameter[]): readonly Value[] {
  const itself = alternatives.filter(
    (one) => (one.kind === 'unknown' && one.reason === 'parameter') || (one.kind === 'instance' && one.parameter),
  );
  const parameters = own.filter((parameter) => itself.some((one) => isFrom(one, parameter)));
  return alternatives.filter(
    (one) => one.kind !== 'unknown' || itself.includes(one) || !parameters.some((parameter) => isFrom(one, parameter)),
  );
}

function isFrom(value: Value, parameter: OwnParameter): boolean {
  return sourcesOf(value).some((source) => isSameOrigin(source, parameter));
}

/**
 * A field of a parameter is as unknown as a setting if its type is declared (`{ prompt }: { prompt: string }`), also where
 * something without text of its own stands in for it (`memory || history`).
 */
function isUnknownMadeHere(value: UnknownValue, own: readonly OwnParameter[]): boolean {
  if (value.isFilled?.() === true) return true;
  const hasText = value.hint !== null && segmentsIn(value.hint).some(({ kind }) => kind === 'literal');
  const isField = value.reason === 'configuration' && !hasText && value.from().length === 1;
  return isBuiltHere(value, own, value.reason === 'parameter' || isField);
}

/** What is made of several values is a prompt that is built here; of one, it may be the same in another form. */
function isBuiltHere(value: Value, own: readonly OwnParameter[], isPassedOn = false): boolean {
  const sources = sourcesOf(value);
  const given = own.filter((parameter) => sources.some((source) => isSameOrigin(source, parameter)));
  if (given.length === 0) return true;
  // What is read from a file that is named here is not what the function was given.
  if (!isPassedOn && given.every(({ isFileByDefault }) => isFileByDefault)) return true;
  return !isPassedOn && (given.length > 1 || given.some(({ isTakenApart }) => isTakenApart));
}
