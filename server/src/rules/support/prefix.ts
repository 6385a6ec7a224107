/** How much of a prompt stands unchanged in front: what a provider's cache can hold. Counts are whole tokens. */
import { type Range, sumRanges } from '@farthing/shared/range';
import type { PromptSection, PromptSegment } from '../../calls/call.ts';

/** Segments of all sections, in the order in which the provider reads them. */
export function segmentsOf(sections: readonly PromptSection[]): readonly PromptSegment[] {
  return sections.flatMap((section) => section.segments);
}

/** Tokens of the stable segments in front of the first that may differ between calls. */
export function stablePrefix(sections: readonly PromptSection[]): Range {
  const segments = segmentsOf(sections);
  const end = segments.findIndex((segment) => segment.stability !== 'stable');
  return sumOfTokens(end < 0 ? segments : segments.slice(0, end));
}

/** Tokens of several segments together. */
export function sumOfTokens(segments: readonly PromptSegment[]): Range {
  return sumRanges(segments.map((segment) => segment.tokens));
}
