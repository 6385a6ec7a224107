/** A request's prompt, read: ordered parts with their roles. Plain data over the evaluator's values. */
import type { SentImage, Speaker } from '@farthing/shared/tokens/request';
import type { MediaKind, SectionRole } from '@farthing/shared/vocabulary';
import type { Segment } from '../../evaluate/values.ts';

export interface PromptPart {
  readonly role: SectionRole;
  readonly speaker: Speaker;
  readonly segments: readonly Segment[];
  readonly isCacheMarked: boolean;
  /** What begins with this part, and has its own wrapping: a message, a tool call or a tool's result. Null for what follows in one. */
  readonly opens: 'message' | 'call' | 'result' | null;
  /** Set for input that is not text. */
  readonly media: Media | null;
}

export interface Media {
  readonly kind: MediaKind;
  /** For images. */
  readonly image: SentImage | null;
}

export interface Prompt {
  readonly parts: readonly PromptPart[];
  /** True where messages come from a place that is not known: there may be more of them. */
  readonly isOpen: boolean;
  /** True where one of these may be the system's. */
  readonly mayHoldSystem: boolean;
  readonly usesImages: boolean;
}
