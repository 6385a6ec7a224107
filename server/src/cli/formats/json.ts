import { printableJson } from '@farthing/shared/printable';
import type { Format } from './format.ts';

/** Schema 1, unchanged: the report itself is the contract. */
export const formatJson: Format = (report) => `${printableJson(JSON.stringify(report, null, 2))}\n`;
