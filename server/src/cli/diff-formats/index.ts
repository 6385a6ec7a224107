/** Formats of `farthing diff` by name, each loaded on demand. */
import { printableData } from '@farthing/shared/printable';
import type { DiffFormat, DiffFormatName } from './format.ts';

const loaders: Readonly<Record<DiffFormatName, () => Promise<DiffFormat>>> = {
  text: async () => printed((await import('./text.ts')).formatText),
  markdown: async () => printed((await import('./markdown.ts')).formatMarkdown),
  github: async () => printed((await import('./github.ts')).formatGithub),
  sarif: async () => (await import('./sarif.ts')).formatSarif,
  llm: async () => printed((await import('./llm.ts')).formatLlm),
  json: async () => (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/** For a format that people read; programs need the real file names. */
function printed(format: DiffFormat): DiffFormat {
  return (report, context) => format(printableData(report), context);
}

export function loadDiffFormat(name: DiffFormatName): Promise<DiffFormat> {
  return loaders[name]();
}
