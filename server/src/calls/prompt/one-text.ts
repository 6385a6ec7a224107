/** Messages that are one text by their name: `responses.create({ input: question })`. */
import type { Origin } from '../../ir/origin.ts';
import { LIST_FIELD, TEXT_NAME } from '../../sdks/descriptors/message-names.ts';
import type { RoleValue } from '../../sdks/roles.ts';

/**
 * True of an argument that may be a text as well as a list of messages, where all that the code says of it is the name of a
 * parameter, and that is the name of a text. One whose name says nothing may be a conversation of any length.
 */
export function isOneText({ value, field }: RoleValue, sourceOf: (origin: Origin) => string): boolean {
  if (value.kind !== 'unknown' || value.reason !== 'parameter' || value.isText === true) return false;
  if (value.origin === null || value.hint !== null || LIST_FIELD.test(field)) return false;
  // A declared type says more than the name, and the rest of the arguments is a list.
  const [, name = ''] = /^([\w$]+)\s*(?:=|$)/.exec(sourceOf(value.origin)) ?? [];
  return TEXT_NAME.test(name);
}
