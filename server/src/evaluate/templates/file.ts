/** The files of templates that a program loads by name: `environment.get_template("ask.j2")`. */
import type { Origin } from '../../ir/origin.ts';
import { readTextFile } from '../builtins.ts';
import type { Evaluator } from '../evaluator.ts';
import { alternativesOf, literalText, oneOf, text } from '../lattice.ts';
import type { CallStep, ExternalValue, Step, Value } from '../values.ts';

/** Loaders of jinja2 and nunjucks, and where each is given its folders. */
const LOADERS: readonly (readonly [name: string, parameter: string, position: number])[] = [
  ['FileSystemLoader', 'searchpath', 0],
  ['PackageLoader', 'package_path', 1],
];
/** More files of one name belong to different programs. */
const MAX_FILES = 4;

/**
 * The text of the file, or one of the texts if several are possible; null if none is known.
 * @param environment the steps of the object that loads it
 */
export function templateFile(
  evaluator: Evaluator,
  name: Value | undefined,
  environment: readonly Step[],
  origin: Origin,
): Value | null {
  if (name === undefined) return null;
  const folders = environment.flatMap((step) => (step.kind === 'call' ? foldersOf(step) : []));
  const found = alternativesOf(name).map((one) => fileOf(evaluator, one, folders, origin));
  const texts = found.filter((one) => one !== null);
  return texts.length === found.length ? oneOf(texts) : null;
}

function fileOf(evaluator: Evaluator, name: Value, folders: readonly string[], origin: Origin): Value | null {
  const literal = literalText(name);
  if (literal !== null) {
    for (const folder of folders) {
      const content = readTextFile(evaluator, text(`${folder}/${literal}`), origin);
      if (content !== null) return content;
    }
  }
  const ending = endingOf(name);
  if (ending === null) return null;
  const paths = evaluator.host.templates(ending);
  const texts = paths.slice(0, MAX_FILES).flatMap((path) => evaluator.host.readText(path) ?? []);
  return texts.length === 0 || paths.length > MAX_FILES ? null : oneOf(texts.map((content) => text(content, origin)));
}

/** The end of a path that is certain, from a slash on: `/ask.j2`. */
function endingOf(name: Value): string | null {
  if (name.kind !== 'text') return null;
  const certain = name.segments.slice(name.segments.findLastIndex(({ kind }) => kind === 'hole') + 1);
  const literal = certain.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('');
  if (certain.length === name.segments.length) return `/${literal.replace(/^(?:\.?\/)+/, '')}`;
  const slash = literal.indexOf('/');
  return slash >= 0 ? literal.slice(slash) : null;
}

/** What the loader among the arguments of `Environment(...)` or `configure(...)` is given. */
function foldersOf({ args }: CallStep): readonly string[] {
  if (args === null) return [];
  const given = [...args.positional, ...[...args.named.values()].map(({ value }) => value)];
  return given.flatMap((value) => (value.kind === 'external' ? foldersOfLoader(value) : (literalText(value) ?? [])));
}

function foldersOfLoader({ steps }: ExternalValue): readonly string[] {
  const [made, call] = [steps.at(-2), steps.at(-1)];
  if (made?.kind !== 'member' || call?.kind !== 'call' || call.args === null) return [];
  const loader = LOADERS.find(([name]) => name === made.name);
  if (loader === undefined) return [];
  const [name, parameter, position] = loader;
  const value = call.args.named.get(parameter)?.value ?? call.args.positional[position];
  // What the package's own loader takes if it is told nothing.
  if (value === undefined) return name === 'PackageLoader' ? ['templates'] : [];
  const folders = value.kind === 'array' ? value.items : [value];
  return folders.flatMap((folder) => alternativesOf(folder)).flatMap((folder) => literalText(folder) ?? []);
}
