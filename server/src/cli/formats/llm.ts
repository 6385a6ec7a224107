/** A report that a language model reads: fewer tokens than JSON, with what it needs already added up. */
import {
  callSection,
  findingSection,
  problemSection,
  summarySections,
  textOf,
  totals,
} from '../../inspect/report-tables.ts';
import type { Format } from './format.ts';

export const formatLlm: Format = (report, { scope, extent }) => {
  const lists = extent === 'summary' ? [] : [callSection(report.calls), findingSection(report)];
  return textOf(totals(report, scope), [...summarySections(report), ...lists, problemSection(report)]);
};
