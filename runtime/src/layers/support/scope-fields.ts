import { PER, type ScopeRule } from '../../core/scope-key.ts';
import { byDefault, either, type Fields, flag, listOf, oneOf, required, text } from '../../support/schema.ts';

/** The options that budgets and limits share: what is counted separately, and for which names. */
export const scopeFields = {
  per: required(oneOf(PER)),
  only: either<NonNullable<ScopeRule['only']>>(text(), listOf(text())),
  adds: byDefault(false, flag()),
} satisfies Fields<ScopeRule>;
