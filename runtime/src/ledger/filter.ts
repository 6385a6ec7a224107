import type { LedgerFilter } from '../stores/store.ts';
import { number, object, text } from '../support/schema.ts';

export const filterSchema = object<LedgerFilter>('LedgerFilter', {
  from: number(),
  to: number(),
  feature: text(),
  user: text(),
  tenant: text(),
  team: text(),
  tag: text(),
  model: text(),
});
