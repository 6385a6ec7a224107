/** From prompt parts to sections with stability and token counts. */
import { exactly, type Range, sumRanges } from '@farthing/shared/range';
import type { Stability } from '@farthing/shared/vocabulary';
import { segmentsOf } from '../evaluate/lattice.ts';
import type { Segment, Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';
import type { PromptSection, PromptSegment } from './call.ts';
import type { PromptPart } from './prompt.ts';

export interface SectionContext {
  /** Tokens of a literal text for the call's model. */
  readonly count: (text: string) => Range;
  /** What a hole of unknown text is taken for. */
  readonly hole: Range;
  /** Tokens around so many messages; null where texts are sent as they are. */
  readonly wrapping: ((messages: number) => Range) | null;
  /** Tokens of so many tools, whose JSON has these tokens. */
  readonly tools: (count: number, json: Range) => Range;
  /** The code at an origin. */
  readonly sourceOf: (origin: Origin) => string;
}

/** Longer expressions are cut in messages. */
const MAX_EXPRESSION = 60;

export function sectionsOf(
  parts: readonly PromptPart[],
  tools: Value | null,
  context: SectionContext,
): readonly PromptSection[] {
  // System text stands before the messages wherever the code puts it; the messages keep their own order.
  const front = parts.filter(({ role }) => role === 'system');
  const rest = parts.filter(({ role }) => role !== 'system');
  const messages = adjacent([...front, ...rest]).map((group) => sectionOf(group, context));
  return tools ? [toolSection(tools, context), ...messages] : messages;
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
  const wrapping = context.wrapping?.(parts.filter(({ beginsMessage }) => beginsMessage).length) ?? NO_TOKENS;
  return {
    role: (parts[0] as PromptPart).role,
    stability: leastStable(segments.map((segment) => segment.stability)),
    segments,
    tokens: sumRanges([...segments.map((segment) => segment.tokens), wrapping]),
    isCacheMarked: parts.some((part) => part.isCacheMarked),
  };
}

const NO_TOKENS = exactly(0, 'literal');

function toolSection(tools: Value, context: SectionContext): PromptSection {
  const segments = renderValue(tools, 0).map((segment) => segmentOf(segment, context));
  const json = sumRanges(segments.map(({ tokens }) => tokens));
  return {
    role: 'tools',
    stability: leastStable(segments.map((segment) => segment.stability)),
    segments,
    tokens: context.tools(toolCount(tools), json),
    isCacheMarked: false,
  };
}

/** As many as the code shows, and at least one where it does not. */
function toolCount(tools: Value): number {
  if (tools.kind === 'array') return tools.items.length + tools.open.length;
  if (tools.kind === 'object') return tools.entries.size + tools.open.length;
  return tools.kind === 'null' ? 0 : 1;
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
