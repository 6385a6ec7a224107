import type { Provider } from './provider.ts';

export const novita: Provider = {
  name: 'Novita AI',
  hosts: [{ host: 'api.novita.ai' }],
  aliases: ['novita'],
  sales: { kind: 'host', table: 'novita' },
};
