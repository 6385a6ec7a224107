/** Finds what a repository's example and deployment settings state for an environment variable. */
import type { Setting } from '../evaluate/modules.ts';
import type { Files } from '../files/file-system.ts';
import { ancestors, folderOf, isInside, join } from '../files/paths.ts';
import { isSensitive } from '../files/sensitive-files.ts';
import { isSettingsFile, type StatedSetting, settingsIn } from '../files/settings-text.ts';

/** Folders next to the code that describe how it is deployed. */
const DEPLOYMENT = /^(?:docker|deploy(?:ment)?s?|helm|charts?|k8s|kubernetes|infra(?:structure)?|ops|templates)$/i;
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
  const parsed = new Map<string, { readonly text: string; readonly settings: readonly StatedSetting[] }>();

  const filesIn = (folder: string): readonly string[] => {
    const known = byFolder.get(folder);
    if (known) return known;
    // The usual file is consulted even if it is missing, so that creating it later makes the results out of date.
    const found = [...new Set([join(folder, '.env.example'), ...search(folder, files, 0)])];
    byFolder.set(folder, found);
    return found;
  };

  const read = (path: string): readonly StatedSetting[] => {
    const text = readText(path);
    if (text === null) return [];
    const known = parsed.get(path);
    if (known?.text === text) return known.settings;
    const settings = settingsIn(path, text);
    parsed.set(path, { text, settings });
    return settings;
  };

  return (from: string, variable: string): readonly Setting[] => {
    const found: Setting[] = [];
    for (const folder of ancestors(folderOf(from))) {
      if (!tops.some((top) => isInside(folder, top))) break;
      for (const path of filesIn(folder).slice(0, MAX_FILES)) {
        found.push(...read(path).filter(({ name }) => name === variable));
      }
    }
    return found;
  };
}

/** The settings files in `folder` and in the deployment folders below it. */
function search(folder: string, files: Pick<Files, 'list'>, depth: number): readonly string[] {
  const found: string[] = [];
  const below: string[] = [];
  for (const [name, kind] of files.list(folder) ?? []) {
    if (kind === 'file' && isSettingsFile(name) && !isSensitive(name)) found.push(join(folder, name));
    if (kind === 'directory' && depth < MAX_DEPTH && (depth > 0 || DEPLOYMENT.test(name))) below.push(name);
  }
  return [...found.sort(), ...below.sort().flatMap((name) => search(join(folder, name), files, depth + 1))];
}
