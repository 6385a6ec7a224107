/**
 * The packages that a project's manifests name: `package.json`, `pyproject.toml` and lists of requirements, in its folder
 * and up to two levels below it, where applications and packages of one repository are.
 */
import { isExcludedFolder } from '../excluded-folders.ts';
import { type Listing, tryListing } from '../listing.ts';
import { join } from '../paths.ts';
import { readTextOrNull } from '../regular-file.ts';
import { type DataNode, textOf } from './data-node.ts';
import { tomlDocument } from './toml-text.ts';

const DEPTH = 2;
/** A repository may hold thousands of folders, and the user has not asked for a scan yet. */
const FOLDER_LIMIT = 300;
const REQUIREMENTS = /^requirements.*\.(?:txt|in)$/i;
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
/** `openai>=1.0`, `openai[datalib]==1.2 ; python_version > "3.9"`, or the name alone. */
const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:[<>=!~;@#,].*)?$/;

/** In the order of the folders; each name once. */
export function manifestPackages(root: string): readonly string[] {
  const names = new Set<string>();
  let folders = [root];
  let left = FOLDER_LIMIT;
  for (let depth = 0; depth <= DEPTH; depth++) {
    const below: string[] = [];
    for (const folder of folders.slice(0, left)) {
      const listing = tryListing(folder);
      if (listing === null) continue;
      for (const name of packagesIn(folder, listing)) names.add(name);
      below.push(...foldersIn(folder, listing));
    }
    left -= folders.length;
    if (left <= 0) break;
    folders = below;
  }
  return [...names];
}

function foldersIn(folder: string, listing: Listing): readonly string[] {
  return [...listing].flatMap(([name, kind]) => {
    if (kind !== 'directory' || name.startsWith('.')) return [];
    const inside = join(folder, name);
    const list = (path: string) => tryListing(path === '' ? inside : join(inside, path));
    return isExcludedFolder(name, listing, list) ? [] : [inside];
  });
}

function packagesIn(folder: string, listing: Listing): readonly string[] {
  return [...listing].flatMap(([name, kind]) => {
    const read = readerOf(name);
    if (kind !== 'file' || read === null) return [];
    const text = readTextOrNull(join(folder, name));
    return text === null ? [] : read(text);
  });
}

function readerOf(file: string): ((text: string) => readonly string[]) | null {
  if (file === 'package.json') return fromPackageJson;
  if (file === 'pyproject.toml') return fromPyproject;
  return REQUIREMENTS.test(file) ? fromRequirements : null;
}

function fromPackageJson(text: string): readonly string[] {
  try {
    const manifest: unknown = JSON.parse(text);
    return DEPENDENCIES.flatMap((kind) => {
      const packages: unknown = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, kind) : null;
      return typeof packages === 'object' && packages !== null ? Object.keys(packages) : [];
    });
  } catch {
    // Half written, or no JSON.
    return [];
  }
}

/** Of the standard's tables, and of Poetry's, where the names are keys. */
function fromPyproject(text: string): readonly string[] {
  const manifest = tomlDocument(text);
  const project = memberOf(manifest, 'project');
  const poetry = memberOf(memberOf(manifest, 'tool'), 'poetry');
  const lists = [
    memberOf(project, 'dependencies'),
    ...membersOf(memberOf(project, 'optional-dependencies')),
    ...membersOf(memberOf(manifest, 'dependency-groups')),
  ];
  const tables = [poetry, ...membersOf(memberOf(poetry, 'group'))].map((part) => memberOf(part, 'dependencies'));
  return [
    ...lists.flatMap((list) =>
      list?.kind === 'list' ? list.items.flatMap((item) => requirement(textOf(item) ?? '')) : [],
    ),
    ...tables.flatMap((table) => (table?.kind === 'table' ? [...table.entries.keys()] : [])),
  ];
}

function memberOf(node: DataNode | null, name: string): DataNode | null {
  return node?.kind === 'table' ? (node.entries.get(name) ?? null) : null;
}

function membersOf(node: DataNode | null): readonly DataNode[] {
  return node?.kind === 'table' ? [...node.entries.values()] : [];
}

function fromRequirements(text: string): readonly string[] {
  return text.split('\n').flatMap(requirement);
}

function requirement(line: string): readonly string[] {
  const name = REQUIREMENT.exec(line.trim())?.[1];
  return name === undefined ? [] : [name];
}
