import { oneOf } from '../../support/schema.ts';

/** `shadow` records what the layer would have done, and changes nothing. */
export type Mode = 'off' | 'shadow' | 'on';

export const modeSchema = oneOf(['off', 'shadow', 'on']);
