/** `farthing/export`: the report as a file, in English like every report outside the editor. */
import { printableData } from '@farthing/shared/printable';
import type { Report } from '@farthing/shared/report';
import { callsAsCsv } from '../../report/export/csv.ts';
import { reportAsHtml } from '../../report/export/html.ts';
import { reportAsMarkdown } from '../../report/export/markdown.ts';
import type { Handler } from '../context.ts';
import type { ExportFormat } from '../protocol.ts';
import { uriOf } from '../uris.ts';

const WRITERS: Readonly<Record<ExportFormat, (report: Report) => string>> = {
  html: reportAsHtml,
  csv: callsAsCsv,
  markdown: reportAsMarkdown,
};

interface Parameters {
  /** Of `ReportResult.reports`. */
  readonly rootUri: string;
  readonly format: ExportFormat;
}

export const exportReport: Handler<Parameters, string | null> = ({ rootUri, format }, context) => {
  const folder = context.folders().find(({ root }) => uriOf(root) === rootUri);
  return folder === undefined ? null : WRITERS[format](printableData(folder.workspace().report()));
};
