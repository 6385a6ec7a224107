/** `@farthing/runtime`: a meter gives back the client that it wraps, whichever SDK's it is. It has no calls of its own. */
import type { SdkDescriptor } from '../descriptor.ts';

export const runtime: SdkDescriptor = {
  // Whose calls they are is the wrapped client's to say.
  name: 'openai',
  provider: 'openai',
  modules: ['@farthing/runtime'],
  exports: { createMeter: { creates: 'Meter' } },
  types: { Meter: { methods: { wrap: { passes: 0 } } } },
  markers: [],
};
