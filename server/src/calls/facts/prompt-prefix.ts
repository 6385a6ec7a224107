/** The front of a prompt that never changes: what a provider's cache can hold. Counts are whole tokens. */
import { type Range, sumRanges } from '@farthing/shared/range';
import type { LlmCall, PromptSection, PromptSegment } from '../call.ts';
import { callFact } from './fact.ts';

/** Segments of all sections, in the order in which the provider reads them. */
export function segmentsOf(sections: readonly PromptSection[]): readonly PromptSegment[] {
  return sections.flatMap((section) => section.segments);
}

/** True if the code does not show the whole prompt: messages come from elsewhere, at an unknown position. */
export function isOpen(call: LlmCall): boolean {
  return call.tokens.input.basis === 'unknown';
}

/** True if the prompt differs by input, as far as the code shows. */
export const dependsOnInput = callFact(
  (call) => isOpen(call) || segmentsOf(call.sections).some((segment) => segment.stability !== 'stable'),
);

/** Sections that are known to be at the front, in this order; messages from elsewhere may come before the others. */
export function leadingSections(call: LlmCall): readonly PromptSection[] {
  return isOpen(call) ? call.sections.filter(({ role }) => role === 'tools' || role === 'system') : call.sections;
}

/** Tokens of the stable segments in front of the first that may differ between calls. */
export const stablePrefix = callFact((call): Range => stableFront(leadingSections(call)));

/** Tokens of the stable segments at the front of these sections. */
export function stableFront(sections: readonly PromptSection[]): Range {
  const segments = segmentsOf(sections);
  const end = segments.findIndex((segment) => segment.stability !== 'stable');
  return sumOfTokens(end < 0 ? segments : segments.slice(0, end));
}

/** Tokens of several segments together. */
export function sumOfTokens(segments: readonly PromptSegment[]): Range {
  return sumRanges(segments.map((segment) => segment.tokens));
}
