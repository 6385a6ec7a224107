import type { Format } from './format.ts';

/** Schema 1 as it is: the report itself is the contract. */
export const formatJson: Format = (report) => `${JSON.stringify(report, null, 2)}\n`;
