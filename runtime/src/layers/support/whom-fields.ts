import { PER, type Whom } from '../../core/scope-key.ts';
import { byDefault, either, type Fields, flag, listOf, oneOf, required, text } from '../../support/schema.ts';

/** Of budgets and limits alike: what they count apart, and which of them. */
export const whomFields = {
  per: required(oneOf(PER)),
  only: either<NonNullable<Whom['only']>>(text(), listOf(text())),
  adds: byDefault(false, flag()),
} satisfies Fields<Whom>;
