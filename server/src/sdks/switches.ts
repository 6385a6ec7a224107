/** Fields of a step that say who is paid in the place of the SDK's own provider. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { literalText } from '../evaluate/lattice.ts';
import type { StepDescriptor } from './descriptor.ts';
import { type Fields, fieldAt } from './fields.ts';

/** The provider that a field of the step switches to: `any` where only the run knows whether it does. */
export function switched(
  { switches = {}, impliedBy = {} }: Pick<StepDescriptor, 'switches' | 'impliedBy'>,
  fields: Fields,
): ProviderName | null {
  for (const [field, meant] of Object.entries(switches)) {
    const { entry } = fieldAt(fields, field);
    const value = entry?.value;
    const state = value?.kind === 'unknown' && value.hint !== null ? value.hint : value;
    if (state === undefined || state.kind === 'null') continue;
    if (entry?.isCertain === false) return 'any';
    if (typeof meant === 'object') return meant[literalText(state) ?? ''] ?? null;
    if (state.kind === 'boolean') return state.value ? meant : null;
    return 'any';
  }
  for (const [field, provider] of Object.entries(impliedBy)) {
    const value = fieldAt(fields, field).entry?.value;
    if (value !== undefined && value.kind !== 'null') return provider;
  }
  return null;
}
