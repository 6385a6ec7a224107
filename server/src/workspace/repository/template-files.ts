/** Finds the templates of prompts that a program names by the end of their path. */
import type { Files } from '../../files/file-system.ts';
import { join } from '../../files/paths.ts';
import { isSensitive } from '../../files/sensitive-files.ts';

/** Template engines leave the choice of the file's name to the program; these are the usual endings. */
const TEMPLATE = /\.(?:j2|jinja2?|njk|nunjucks|hbs|handlebars|mustache|tmpl|tpl|prompt|prompty|txt|md|html|xml)$/i;
const NO_TEMPLATES = /^(?:\.|node_modules$|__pycache__$)/;
/** Folders; a repository with more has generated ones. */
const MAX_FOLDERS = 20_000;

/**
 * @param tops nothing above these folders is looked at
 * @returns the paths that end with what is given, which begins with `/`; the folders are listed when it is first called
 */
export function findTemplates(tops: readonly string[], files: Pick<Files, 'list'>) {
  let byEnding: ReadonlyMap<string, readonly string[]> | null = null;
  return (ending: string): readonly string[] => {
    byEnding ??= Map.groupBy(templatesIn(tops, files), lastName);
    return (byEnding.get(lastName(ending)) ?? []).filter((path) => path.endsWith(ending));
  };
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function templatesIn(tops: readonly string[], files: Pick<Files, 'list'>): readonly string[] {
  const folders = [...tops];
  const found = new Set<string>();
  // The list grows while it is walked.
  for (const folder of folders) {
    for (const [name, kind] of files.list(folder) ?? []) {
      if (kind === 'file' && TEMPLATE.test(name) && !isSensitive(name)) found.add(join(folder, name));
      if (kind === 'directory' && !NO_TEMPLATES.test(name) && folders.length < MAX_FOLDERS)
        folders.push(join(folder, name));
    }
  }
  return [...found].sort();
}
