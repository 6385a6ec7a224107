/** Whose words a part of a prompt is, by the role of its message. */
import type { Speaker } from '@farthing/shared/tokens/request';
import type { SectionRole } from '@farthing/shared/vocabulary';
import { MODEL_ROLES, RESULT_ROLES, SYSTEM_ROLES } from '../../sdks/descriptors/message-names.ts';

/** Whose words a part is, and in which section they stand. */
export interface Voice {
  readonly role: SectionRole;
  readonly speaker: Speaker;
}

export const SYSTEM: Voice = { role: 'system', speaker: 'system' };
export const USER: Voice = { role: 'user', speaker: 'user' };
export const ASSISTANT: Voice = { role: 'history', speaker: 'assistant' };
const TOOL: Voice = { role: 'history', speaker: 'user' };

/** `fallback` is the section where no role is stated. */
export function voiceOf(name: string | null, fallback: SectionRole): Voice {
  if (name === null)
    return fallback === 'system' ? SYSTEM : fallback === 'history' ? ASSISTANT : { ...USER, role: fallback };
  if (SYSTEM_ROLES.has(name)) return SYSTEM;
  if (RESULT_ROLES.has(name)) return TOOL;
  return MODEL_ROLES.has(name) ? ASSISTANT : USER;
}
