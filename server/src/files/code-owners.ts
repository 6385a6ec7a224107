/**
 * Who owns a file, by the repository's `CODEOWNERS`
 * (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners,
 * with GitLab's sections).
 */
import ignore from 'ignore';
import { repositoryTop } from './git/repository.ts';
import { join, relativeTo } from './paths.ts';
import { createReadPolicy } from './read-policy.ts';
import { readTextOrNull } from './regular-file.ts';

/** The owners of a file by its absolute path, as the file names them: `@org/search`. Empty if it has none. */
export type CodeOwners = (path: string) => readonly string[];

/** The first that is there counts. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS'];

export interface FoundOwners {
  readonly text: string;
  readonly ownersOf: CodeOwners;
}

/**
 * Null if the repository of `folder` names no owners.
 *
 * @param known what was found before, which stays while the file says the same
 */
export function findCodeOwners(folder: string, known: FoundOwners | null = null): FoundOwners | null {
  const top = repositoryTop(folder) ?? folder;
  // Owners are printed, and a link may lead to a file whose words are nobody's to see.
  const mayRead = createReadPolicy([top]);
  for (const place of PLACES) {
    const path = join(top, place);
    const text = mayRead(path) ? readTextOrNull(path) : null;
    if (text !== null) return text === known?.text ? known : { text, ownersOf: ownersIn(text, top) };
  }
  return null;
}

/** @param top the absolute path that patterns are relative to */
export function ownersIn(text: string, top: string): CodeOwners {
  const rules = text.split(/\r?\n/).flatMap(ruleOf).reverse();
  const found = new Map<string, readonly string[]>();
  const ownersOf: CodeOwners = (path) => {
    const relative = relativeTo(path, top);
    // What lies outside the repository keeps its absolute path.
    if (relative === '' || relative.startsWith('/')) return [];
    // The last pattern that matches takes precedence.
    return rules.find(({ matches }) => matches(relative))?.owners ?? [];
  };
  return (path) => {
    const owners = found.get(path) ?? ownersOf(path);
    found.set(path, owners);
    return owners;
  };
}

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

function ruleOf(line: string): readonly Rule[] {
  // A space in a path is written `\ `; what follows ` #` is a comment.
  const [pattern, ...rest] = line.trim().split(/(?<!\\)\s+/);
  // `[Section]` and `^[Optional section]` are headings.
  if (pattern === undefined || pattern === '' || /^(#|\^?\[)/.test(pattern)) return [];
  const end = rest.findIndex((word) => word.startsWith('#'));
  return [{ matches: matcherOf(pattern), owners: end < 0 ? rest : rest.slice(0, end) }];
}

/** Patterns are those of a `.gitignore`, but `docs/*` does not match what is in folders of `docs`. */
function matcherOf(pattern: string): Rule['matches'] {
  const matching = ignore().add(pattern);
  const deeper = pattern.endsWith('/*') ? ignore().add(`${pattern}/**`) : null;
  return (path) => matching.ignores(path) && deeper?.ignores(path) !== true;
}
