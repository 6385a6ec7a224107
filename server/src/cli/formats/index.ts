/** Formats by name. Each is loaded when it is asked for, so that the others cost nothing at start-up. */
import type { Format, FormatName } from './format.ts';

const loaders: Readonly<Record<FormatName, () => Promise<Format>>> = {
  text: async () => (await import('./text.ts')).formatText,
  json: async () => (await import('./json.ts')).formatJson,
  sarif: async () => (await import('./sarif.ts')).formatSarif,
  github: async () => (await import('./github.ts')).formatGithub,
  markdown: async () => (await import('./markdown.ts')).formatMarkdown,
};

export function loadFormat(name: FormatName): Promise<Format> {
  return loaders[name]();
}
