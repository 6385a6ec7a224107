/** Converts values to the JSON that is sent, with unknown parts left open. */
import { type Json, UNKNOWN_JSON } from '@farthing/shared/tokens/request';
import { literalText } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';

/** Schemas nest, but not like this. */
const MAX_DEPTH = 16;

export function jsonOf(value: Value, depth = 0): Json {
  if (depth > MAX_DEPTH) return UNKNOWN_JSON;
  switch (value.kind) {
    case 'null':
      return null;
    case 'text':
      return literalText(value) ?? UNKNOWN_JSON;
    case 'number':
    case 'boolean':
      return value.value;
    case 'array':
      return [...value.items, ...value.open].map((item) => jsonOf(item, depth + 1));
    case 'object': {
      const known = [...value.entries].map(([key, entry]): [string, Json] => [key, jsonOf(entry.value, depth + 1)]);
      const open = value.open.map((_, index): [string, Json] => [`...${index}`, UNKNOWN_JSON]);
      return Object.fromEntries([...known, ...open]);
    }
    default:
      return UNKNOWN_JSON;
  }
}
