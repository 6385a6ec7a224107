/** What changed, as a language model reads it: fewer tokens than JSON. */
import { diffText } from '../../inspect/diff-tables.ts';
import type { DiffFormat } from './format.ts';

export const formatLlm: DiffFormat = (report) => diffText(report);
