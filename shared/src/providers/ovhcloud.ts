import type { Provider } from './provider.ts';

export const ovhcloud: Provider = {
  name: 'OVHcloud',
  hosts: [{ host: 'oai.endpoints.kepler.ai.cloud.ovh.net' }],
  aliases: ['ovhcloud'],
  sales: { kind: 'host', table: 'ovhcloud' },
};
