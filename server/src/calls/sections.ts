/** From prompt parts to sections with stability and token counts. */
import { eitherRange, exactly, type Range, sumRanges } from '@farthing/shared/range';
import type { Stability } from '@farthing/shared/vocabulary';
import type { Segment, Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';
import type { PromptSection, PromptSegment } from './call.ts';
import type { PromptPart } from './prompt/parts.ts';
import { renderValue } from './prompt/render.ts';

export interface SectionContext {
  /** Tokens of a literal text for the call's model. */
  readonly count: (text: string) => Range;
  /** What a hole of unknown text is taken for. */
  readonly hole: Range;
  /** The tokens around a part that begins a message, a call or a result, plus those of a part that is not text. */
  readonly around: (part: PromptPart) => Range;
  /** The code at an origin. */
  readonly sourceOf: (origin: Origin) => string;
}

/** Longer expressions are cut in messages. */
const MAX_EXPRESSION = 60;

/** In front of the messages: tools and the answer's schema, each with the tokens that they come to as rendered. */
export interface FrontSection {
  readonly role: 'tools' | 'schema';
  readonly value: Value;
  readonly tokens: Range;
}

export function sectionsOf(
  parts: readonly PromptPart[],
  front: readonly FrontSection[],
  context: SectionContext,
): readonly PromptSection[] {
  // System text stands before the messages wherever the code puts it; the messages keep their own order.
  const system = parts.filter(({ role }) => role === 'system');
  const rest = parts.filter(({ role }) => role !== 'system');
  return [
    ...front.map((section) => frontSection(section, context)),
    ...adjacent([...system, ...rest]).map((group) => sectionOf(group, context)),
  ];
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
  const segments = parts.flatMap((part) => segmentsOfPart(part.segments, context));
  return {
    role: (parts[0] as PromptPart).role,
    stability: leastStable(segments.map((segment) => segment.stability)),
    segments,
    tokens: sumRanges([...segments.map((segment) => segment.tokens), ...parts.map(context.around)]),
    isCacheMarked: parts.some((part) => part.isCacheMarked),
  };
}

function frontSection({ role, value, tokens }: FrontSection, context: SectionContext): PromptSection {
  const segments = segmentsOfPart(renderValue(value), context);
  const stability = leastStable(segments.map((segment) => segment.stability));
  return { role, stability, segments, tokens, isCacheMarked: false };
}

/**
 * Literal neighbours are counted as the one text that they are sent as (`'hello '` a hundred times is 101 tokens, not
 * 200), and share its tokens by their length.
 */
function segmentsOfPart(segments: readonly Segment[], context: SectionContext): readonly PromptSegment[] {
  const result: PromptSegment[] = [];
  for (let start = 0; start < segments.length; ) {
    const first = segments[start] as Segment;
    if (first.kind === 'hole') {
      result.push(holeOf(first, context));
      start += 1;
      continue;
    }
    let text = '';
    let end = start;
    for (let next = segments[end]; next?.kind === 'literal'; next = segments[++end]) text += next.text;
    const tokens = context.count(text);
    let at = 0;
    let taken = NO_TOKENS;
    for (const segment of segments.slice(start, end)) {
      if (segment.kind === 'hole') continue;
      at += segment.text.length;
      const upTo = at >= text.length ? tokens : shareOf(tokens, at / text.length);
      result.push({
        stability: 'stable',
        text: segment.text,
        tokens: difference(upTo, taken),
        origin: segment.origin,
        expression: null,
      });
      taken = upTo;
    }
    start = end;
  }
  return result;
}

const NO_TOKENS = exactly(0, 'literal');

function shareOf({ low, expected, high, basis }: Range, share: number): Range {
  return {
    low: Math.round(low * share),
    expected: Math.round(expected * share),
    high: Math.round(high * share),
    basis,
  };
}

function difference(upTo: Range, taken: Range): Range {
  const low = upTo.low - taken.low;
  const expected = Math.max(low, upTo.expected - taken.expected);
  return { low, expected, high: Math.max(expected, upTo.high - taken.high), basis: upTo.basis };
}

function holeOf(segment: Extract<Segment, { kind: 'hole' }>, context: SectionContext): PromptSegment {
  const source = segment.origin ? context.sourceOf(segment.origin) : '';
  const short = source.length > MAX_EXPRESSION ? `${source.slice(0, MAX_EXPRESSION - 1)}…` : source;
  return {
    stability: stabilityOf(segment.value),
    text: null,
    tokens: filling(segment.value, context),
    origin: segment.origin,
    expression: short === '' ? null : short.replace(/\s+/g, ' '),
  };
}

/** More texts than this are counted one by one for no gain. */
const MAX_TEXTS = 8;

/** Of several texts that the code has, one fills the hole, or what is not known does. */
function filling(value: Value, context: SectionContext): Range {
  if (value.kind !== 'oneOf' || value.alternatives.length > MAX_TEXTS) return context.hole;
  if (!value.alternatives.some(({ kind }) => kind === 'text')) return context.hole;
  return eitherRange(value.alternatives.map((one) => sizeOf(one, context))) ?? context.hole;
}

/** What is chosen again within one of several texts is taken for a hole like any other. */
function sizeOf(value: Value, context: SectionContext): Range {
  if (value.kind === 'null') return NO_TOKENS;
  if (value.kind !== 'text') return context.hole;
  const isHole = ({ kind }: Segment) => kind === 'hole';
  const known = segmentsOfPart(
    value.segments.filter((segment) => !isHole(segment)),
    context,
  );
  return sumRanges([...known.map(({ tokens }) => tokens), ...value.segments.filter(isHole).map(() => context.hole)]);
}

/** True for text, and for what holds nothing but text, that is the same at every call. */
export function isStable(value: Value): boolean {
  return renderValue(value).every((segment) => segment.kind === 'literal' || stabilityOf(segment.value) === 'stable');
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
