import type { Provider } from './provider.ts';

export const novita: Provider = {
  hosts: [{ host: 'api.novita.ai' }],
  aliases: ['novita'],
  sales: { kind: 'host', table: 'novita' },
};
