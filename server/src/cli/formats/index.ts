/** Formats by name. Each is loaded on demand, so that the others do not slow down start-up. */
import { printableData } from '@farthing/shared/printable';
import type { Format, FormatName, PiecewiseFormat } from './format.ts';

const loaders: Readonly<Record<FormatName, () => Promise<PiecewiseFormat>>> = {
  text: async () => printed((await import('./text.ts')).formatText),
  json: async () => (await import('./json.ts')).formatJson,
  sarif: async () => inOnePiece((await import('./sarif.ts')).formatSarif),
  github: async () => printed((await import('./github.ts')).formatGithub),
  gitlab: async () => inOnePiece((await import('./gitlab.ts')).formatGitlab),
  junit: async () => printed((await import('./junit.ts')).formatJunit),
  html: async () => inOnePiece((await import('../../report/export/html.ts')).reportAsHtml),
  csv: async () => inOnePiece((await import('../../report/export/csv.ts')).callsAsCsv),
  llm: async () => printed((await import('./llm.ts')).formatLlm),
  markdown: async () => printed((await import('./markdown.ts')).formatMarkdown),
};

/** For a format that people read. Those in JSON do their own escaping, because programs need the real file names. */
function printed(format: Format): PiecewiseFormat {
  return inOnePiece((report, context) => format(printableData(report), context));
}

function inOnePiece(format: Format): PiecewiseFormat {
  return (report, context) => [format(report, context)];
}

export function loadFormat(name: FormatName): Promise<PiecewiseFormat> {
  return loaders[name]();
}
