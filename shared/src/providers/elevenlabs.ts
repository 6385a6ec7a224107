import type { Provider } from './provider.ts';

export const elevenlabs: Provider = {
  hosts: [{ host: 'api.elevenlabs.io' }],
  sales: { kind: 'maker' },
};
