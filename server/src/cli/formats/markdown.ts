/** A pull-request comment. */
import { reportAsMarkdown } from '../../report/export/markdown.ts';
import type { Format } from './format.ts';

export const formatMarkdown: Format = (report, { scope }) => reportAsMarkdown(report, scope);
