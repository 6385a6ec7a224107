/** What a request says about reasoning, in any SDK's spelling. */
import type { ApiName } from '@farthing/shared/vocabulary';
import { literalText } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';
import { NO_REASONING, REASONING_BUDGETS, REASONING_EFFORTS } from '../../sdks/descriptors/message-names.ts';
import { firstField } from './fields.ts';

/** Whether the request switches reasoning on or off; null if it leaves that to the model. */
export function reasoningSwitch(value: Value | null): boolean | null {
  switch (value?.kind) {
    case 'boolean':
      return value.value;
    case 'number':
      return value.value > 0;
    case 'text': {
      const effort = literalText(value);
      return effort === null ? null : !NO_REASONING.test(effort);
    }
    case 'object': {
      const type = literalText(value.entries.get('type')?.value);
      if (type !== null) return !NO_REASONING.test(type);
      const stated = firstField(value, ['enabled', ...REASONING_EFFORTS, ...REASONING_BUDGETS]);
      return stated === null ? null : reasoningSwitch(stated);
    }
    default:
      return null;
  }
}

/**
 * Reasoning with a budget, which gateways make of an effort. In Anthropic's API an effort does not switch reasoning on, and
 * adaptive reasoning adds nothing to the prompt.
 */
export function isThinking(reasoning: Value | null, api: ApiName): boolean {
  const type = reasoning?.kind === 'object' ? literalText(reasoning.entries.get('type')?.value) : null;
  if (type !== null) return type === 'enabled';
  return !(reasoning?.kind === 'text' && api === 'messages') && reasoningSwitch(reasoning) === true;
}
