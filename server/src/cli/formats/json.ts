import { printableJson } from '@farthing/shared/printable';
import type { Format } from './format.ts';

/** Schema 1 as it is: the report itself is the contract. */
export const formatJson: Format = (report) => `${printableJson(JSON.stringify(report, null, 2))}\n`;
