/**
 * Finds what a repository's settings state: example and deployment settings for an environment variable,
 * configuration files for a field of a class, and a database's schema for a column.
 */
import type { Setting, SettingField, TableColumn } from '../../evaluate/modules.ts';
import type { Files } from '../../files/file-system.ts';
import { ancestors, folderOf, isInside, join, nameOf } from '../../files/paths.ts';
import { isSensitive } from '../../files/sensitive-files.ts';
import { isConfigFile, mappingsIn, statedFields } from '../../files/settings/config-mappings.ts';
import { columnsIn, isSchemaFile } from '../../files/settings/schema-text.ts';
import { isSettingsFile, settingsIn } from '../../files/settings/settings-text.ts';

/** Folders next to the code that describe how it is deployed. */
const DEPLOYMENT =
  /^(?:docker|deploy(?:ment)?s?|helm|charts?|k8s|kubernetes|manifests?|infra(?:structure)?|ops|templates)$/i;
/** Folders of configuration files, and of examples among them. */
const CONFIGURATION = /^(?:conf(?:ig(?:s|uration)?)?|settings)$/i;
const EXAMPLES = /^examples?$/i;
/** Folders of a database's schema, and of packages that may have one. */
const SCHEMAS = /^(?:prisma|drizzle|supabase|migrations?|database|db|schemas?|sql|packages|libs)$/i;
/** Charts have their own folders: `deploy/helm/app/values.yaml`. */
const MAX_DEPTH = 3;
/** Files; a repository that deploys hundreds of services says nothing about one of them. */
const MAX_FILES = 60;

export interface SettingsOptions {
  /** Nothing above these folders is looked at. */
  readonly tops: readonly string[];
  readonly files: Pick<Files, 'list'>;
  /** The text of a file that may be read; null of any other. */
  readonly readText: (path: string) => string | null;
}

/** The files are found once per folder, and read whenever they are asked for, so that readers depend on them. */
export function createSettings({ tops, files, readText }: SettingsOptions) {
  const byFolder = new Map<string, readonly string[]>();
  const configsByFolder = new Map<string, readonly string[]>();
  const schemasByFolder = new Map<string, readonly string[]>();
  const settings = parsedOnce(readText, settingsIn);
  const columns = parsedOnce(readText, columnsIn);
  const mappings = parsedOnce(readText, mappingsIn);

  const filesIn = (folder: string): readonly string[] => {
    const known = byFolder.get(folder);
    if (known) return known;
    // The usual file is consulted even if it is missing, so that creating it later makes the results out of date.
    const found = [...new Set([join(folder, '.env.example'), ...search(folder, files, 0)])];
    byFolder.set(folder, found);
    return found;
  };

  const configFilesIn = (folder: string): readonly string[] => {
    const known = configsByFolder.get(folder);
    if (known) return known;
    // As above: the usual file counts from the moment that it is created.
    const found = [
      ...new Set([join(folder, 'config.yaml'), ...configFiles(folder, files, CONFIGURATION.test(nameOf(folder)))]),
    ];
    configsByFolder.set(folder, found);
    return found;
  };

  const schemaFilesIn = (folder: string): readonly string[] => {
    const known = schemasByFolder.get(folder);
    if (known) return known;
    const found = schemaFiles(folder, files, 0);
    schemasByFolder.set(folder, found);
    return found;
  };

  /** What `stated` finds in the files of the folders around the module at `from`, nearest first. */
  const around = (from: string, stated: (folder: string) => readonly Setting[]): readonly Setting[] =>
    [...ancestors(folderOf(from))]
      .filter((folder) => tops.some((top) => isInside(folder, top)))
      .flatMap((folder) => stated(folder));

  return {
    ofVariable: (from: string, variable: string): readonly Setting[] =>
      around(from, (folder) =>
        filesIn(folder)
          .slice(0, MAX_FILES)
          .flatMap((path) => settings(path).filter(({ name }) => name === variable)),
      ),
    ofColumn: (from: string, { table, name }: TableColumn): readonly Setting[] =>
      around(from, (folder) => {
        const stated = schemaFilesIn(folder).flatMap((path) =>
          columns(path).filter((column) => column.table === table.toLowerCase() && column.name === name),
        );
        // A later migration sets a default anew.
        return stated.slice(-1);
      }).slice(0, 1),
    ofField: (from: string, field: SettingField): readonly Setting[] =>
      around(from, (folder) =>
        configFilesIn(folder)
          .slice(0, MAX_FILES)
          .flatMap((path) => statedFields(path, mappings(path), field)),
      ),
  };
}

/** Parses a file again only when its text has changed; nothing where it cannot be read. */
function parsedOnce<Item>(
  readText: (path: string) => string | null,
  parse: (path: string, text: string) => readonly Item[],
): (path: string) => readonly Item[] {
  const parsed = new Map<string, { readonly text: string; readonly items: readonly Item[] }>();
  return (path) => {
    const text = readText(path);
    if (text === null) return [];
    const known = parsed.get(path);
    if (known?.text === text) return known.items;
    const items = parse(path, text);
    parsed.set(path, { text, items });
    return items;
  };
}

/** The configuration files in `folder`, and in the folders for them below it. */
function configFiles(folder: string, files: Pick<Files, 'list'>, isConfigFolder: boolean): readonly string[] {
  const found: string[] = [];
  const below: string[] = [];
  for (const [name, kind] of files.list(folder) ?? []) {
    if (kind === 'file' && isConfigFile(name, isConfigFolder) && !isSensitive(name)) found.push(join(folder, name));
    if (kind === 'directory' && (CONFIGURATION.test(name) || (isConfigFolder && EXAMPLES.test(name)))) below.push(name);
  }
  return [...found.sort(), ...below.sort().flatMap((name) => configFiles(join(folder, name), files, true))];
}

/** A project that has more migrations says with its last ones what holds. */
const MAX_SCHEMAS = 300;

/** The schemas of databases in `folder`, in the folders for them below it, and in those of a workspace's packages. */
function schemaFiles(folder: string, files: Pick<Files, 'list'>, depth: number): readonly string[] {
  const found: string[] = [];
  const below: string[] = [];
  for (const [name, kind] of files.list(folder) ?? []) {
    if (kind === 'file' && isSchemaFile(name)) found.push(join(folder, name));
    if (kind !== 'directory' || depth >= MAX_DEPTH) continue;
    if (SCHEMAS.test(name) || (depth > 0 && !name.startsWith('.') && name !== 'node_modules')) below.push(name);
  }
  return [...found.sort(), ...below.sort().flatMap((name) => schemaFiles(join(folder, name), files, depth + 1))].slice(
    -MAX_SCHEMAS,
  );
}

/** The settings files in `folder` and in the deployment folders below it. */
function search(folder: string, files: Pick<Files, 'list'>, depth: number): readonly string[] {
  const found: string[] = [];
  const below: string[] = [];
  for (const [name, kind] of files.list(folder) ?? []) {
    if (kind === 'file' && isSettingsFile(join(folder, name)) && !isSensitive(name)) found.push(join(folder, name));
    if (kind === 'directory' && depth < MAX_DEPTH && (depth > 0 || DEPLOYMENT.test(name))) below.push(name);
  }
  return [...found.sort(), ...below.sort().flatMap((name) => search(join(folder, name), files, depth + 1))];
}
