import type { Provider } from './provider.ts';

export const heroku: Provider = {
  name: 'Heroku',
  hosts: [{ host: '*.inference.heroku.com' }],
  sales: { kind: 'host', makers: [{ maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1' }] },
};
