/** Retries that the SDK or the call makes by itself; null if the code does not say. */
import { roleOf } from '../request.ts';
import { codeFact } from './fact.ts';

export const retries = codeFact('retries', ({ sdkCall }): number | null => {
  const value = roleOf(sdkCall, 'retries')?.value;
  return value?.kind === 'number' ? value.value : null;
});
