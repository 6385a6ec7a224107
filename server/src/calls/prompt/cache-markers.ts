/** Markers for the provider's cache, wherever a request has them. */
import type { ObjectValue, Value } from '../../evaluate/values.ts';
import { CACHE_CONTAINERS, CACHE_KEYS } from '../../sdks/descriptors/message-names.ts';
import { argumentFields } from './fields.ts';

/** Requests within requests: no SDK nests deeper. */
const MAX_DEPTH = 8;

export function hasCacheMarker(fields: ObjectValue): boolean {
  for (const [key, { value }] of fields.entries) {
    if (CACHE_KEYS.has(key)) return value.kind !== 'null';
    if (CACHE_CONTAINERS.has(key) && value.kind === 'object') {
      if (hasCacheMarker(value)) return true;
    }
  }
  return false;
}

/** True if a value contains a cache marker anywhere. */
export function holdsCacheMarker(value: Value, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (value.kind) {
    case 'object':
      return (
        hasCacheMarker(value) ||
        [...value.entries.values()].some((entry) => holdsCacheMarker(entry.value, depth + 1)) ||
        value.open.some((item) => holdsCacheMarker(item, depth + 1))
      );
    case 'array':
      return [...value.items, ...value.open].some((item) => holdsCacheMarker(item, depth + 1));
    case 'oneOf':
      return value.alternatives.some((item) => holdsCacheMarker(item, depth + 1));
    case 'external': {
      const fields = argumentFields(value);
      return fields !== null && holdsCacheMarker(fields, depth + 1);
    }
    default:
      return false;
  }
}
