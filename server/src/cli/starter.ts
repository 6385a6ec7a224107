/** A configuration that changes nothing yet. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The schema ships with the package, so an editor checks the file without a network. */
const SCHEMA = 'node_modules/farthing/dist/farthing.schema.json';

/** All sections are included, to show what can be configured; they are empty, so they change nothing. */
const SECTIONS = { rules: {}, ignore: [], volumes: [], models: [], prices: [], baseUrls: {} };

/** The text of a new configuration in `folder`. */
export function starterFor(folder: string): string {
  return `${JSON.stringify({ ...schemaFor(folder), ...SECTIONS }, null, 2)}\n`;
}

/**
 * The schema of the farthing package installed in the folder or above it, as a path relative to the configuration.
 * Empty if there is none, because a path would lead nowhere: the editor's extension recognises the file by its name.
 */
export function schemaFor(folder: string): { readonly $schema?: string } {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, SCHEMA);
    if (existsSync(path)) {
      const way = relative(folder, path).replaceAll('\\', '/');
      return { $schema: way.startsWith('.') ? way : `./${way}` };
    }
    if (at === dirname(at)) return {};
  }
}
