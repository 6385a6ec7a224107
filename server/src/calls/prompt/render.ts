/** Renders a value as the JSON that is sent: literal text if it is known, holes otherwise. */
import { segmentsOf } from '../../evaluate/lattice.ts';
import type { Segment, Value } from '../../evaluate/values.ts';

/** Rendering stops here: schemas nest, but not like this. */
const MAX_DEPTH = 12;

export function renderValue(value: Value, depth = 0): readonly Segment[] {
  if (depth > MAX_DEPTH) return [{ kind: 'hole', value, origin: null }];
  const literal = (text: string): Segment => ({ kind: 'literal', text, origin: null });
  switch (value.kind) {
    case 'text':
      return [literal('"'), ...value.segments, literal('"')];
    case 'number':
    case 'boolean':
      return [literal(String(value.value))];
    case 'null':
      return [literal('null')];
    case 'array': {
      const inner = [...value.items, ...value.open].flatMap((item, index) => [
        ...(index > 0 ? [literal(',')] : []),
        ...renderValue(item, depth + 1),
      ]);
      return merged([literal('['), ...inner, literal(']')]);
    }
    case 'object': {
      const inner = [...value.entries].flatMap(([key, entry], index) => [
        literal(`${index > 0 ? ',' : ''}"${key}":`),
        ...renderValue(entry.value, depth + 1),
      ]);
      const open = value.open.flatMap((item) => segmentsOf(item, null));
      return merged([literal('{'), ...inner, ...open, literal('}')]);
    }
    case 'function':
      // A tool's implementation is not sent.
      return [];
    default:
      return [{ kind: 'hole', value, origin: 'origin' in value ? value.origin : null }];
  }
}

function merged(segments: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result[result.length - 1];
    if (segment.kind === 'literal' && last?.kind === 'literal' && last.origin === null && segment.origin === null) {
      result[result.length - 1] = { ...last, text: last.text + segment.text };
    } else result.push(segment);
  }
  return result;
}
