/** From prompt parts to sections with stability and token counts. */
import { type Range, sumRanges } from '@farthing/shared/range';
import type { SectionRole, Stability } from '@farthing/shared/vocabulary';
import { segmentsOf } from '../evaluate/lattice.ts';
import type { Origin, Segment, Value } from '../evaluate/values.ts';
import type { PromptSection, PromptSegment } from './call.ts';
import type { PromptPart } from './prompt.ts';

export interface SectionContext {
  /** Tokens of a literal text for the call's model. */
  readonly count: (text: string) => Range;
  /** What a hole of unknown text is taken for. */
  readonly hole: Range;
  /** The code at an origin. */
  readonly sourceOf: (origin: Origin) => string;
}

/** The order in which providers read a request. */
const ORDER: readonly SectionRole[] = ['tools', 'system', 'history', 'user'];
/** Longer expressions are cut in messages. */
const MAX_EXPRESSION = 60;

export function sectionsOf(
  parts: readonly PromptPart[],
  tools: Value | null,
  context: SectionContext,
): readonly PromptSection[] {
  const all: PromptPart[] = tools
    ? [{ role: 'tools', segments: renderValue(tools, 0), isCacheMarked: false }, ...parts]
    : [...parts];
  const sections: PromptSection[] = [];
  // System text stands before the messages wherever the code puts it; the messages keep their own order.
  const front = all.filter((part) => part.role === 'tools' || part.role === 'system');
  const rest = all.filter((part) => part.role !== 'tools' && part.role !== 'system');
  front.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  for (const group of adjacent([...front, ...rest])) sections.push(sectionOf(group, context));
  return sections;
}

function adjacent(parts: readonly PromptPart[]): readonly (readonly PromptPart[])[] {
  const groups: PromptPart[][] = [];
  for (const part of parts) {
    const last = groups[groups.length - 1];
    if (last?.[0]?.role === part.role) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

function sectionOf(parts: readonly PromptPart[], context: SectionContext): PromptSection {
  const segments = parts.flatMap((part) => part.segments.map((segment) => segmentOf(segment, context)));
  return {
    role: (parts[0] as PromptPart).role,
    stability: leastStable(segments.map((segment) => segment.stability)),
    segments,
    tokens: sumRanges(segments.map((segment) => segment.tokens)),
    isCacheMarked: parts.some((part) => part.isCacheMarked),
  };
}

function segmentOf(segment: Segment, context: SectionContext): PromptSegment {
  if (segment.kind === 'literal') {
    return {
      stability: 'stable',
      text: segment.text,
      tokens: context.count(segment.text),
      origin: segment.origin,
      expression: null,
    };
  }
  const source = segment.origin ? context.sourceOf(segment.origin) : '';
  const short = source.length > MAX_EXPRESSION ? `${source.slice(0, MAX_EXPRESSION - 1)}…` : source;
  return {
    stability: stabilityOf(segment.value),
    text: null,
    tokens: context.hole,
    origin: segment.origin,
    expression: short === '' ? null : short.replace(/\s+/g, ' '),
  };
}

/** True for text, and for what holds nothing but text, that is the same at every call. */
export function isStable(value: Value): boolean {
  return renderValue(value, 0).every(
    (segment) => segment.kind === 'literal' || stabilityOf(segment.value) === 'stable',
  );
}

/** A clock or a random id changes at every call; everything else that is not literal differs by input. */
function stabilityOf(value: Value): Stability {
  switch (value.kind) {
    case 'unknown':
      return value.reason === 'volatile' ? 'volatile' : value.reason === 'environment' ? 'stable' : 'varying';
    case 'text':
      return leastStable(
        value.segments.map((segment) => (segment.kind === 'literal' ? 'stable' : stabilityOf(segment.value))),
      );
    case 'number':
    case 'boolean':
    case 'null':
      return 'stable';
    default:
      return 'varying';
  }
}

function leastStable(all: readonly Stability[]): Stability {
  return all.includes('volatile') ? 'volatile' : all.includes('varying') ? 'varying' : 'stable';
}

/** Rendering stops here: schemas nest, but not like this. */
const MAX_DEPTH = 12;

/** A value as the JSON that is sent: literal text where it is known, holes elsewhere. */
export function renderValue(value: Value, depth: number): readonly Segment[] {
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
