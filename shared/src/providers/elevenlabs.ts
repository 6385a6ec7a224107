import type { Provider } from './provider.ts';

export const elevenlabs: Provider = {
  name: 'ElevenLabs',
  hosts: [{ host: 'api.elevenlabs.io' }],
  sales: { kind: 'maker' },
};
