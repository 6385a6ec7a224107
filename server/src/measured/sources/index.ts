/** Every format that can be imported. */
import type { Fields } from './fields.ts';
import { helicone } from './helicone.ts';
import { langfuse } from './langfuse.ts';
import { ledger } from './ledger.ts';
import { litellm } from './litellm.ts';
import { otlp } from './otlp.ts';
import type { Source } from './source.ts';
import { anthropicUsage, openaiUsage } from './usage-reports.ts';

export const SOURCES: readonly Source[] = [ledger, otlp, litellm, helicone, langfuse, openaiUsage, anthropicUsage];

/** The format of a record; null if it is of none. */
export function sourceOf(record: Fields): Source | null {
  return SOURCES.find(({ recognises }) => recognises(record)) ?? null;
}
