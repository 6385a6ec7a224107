import type { Provider } from './provider.ts';

export const snowflake: Provider = {
  name: 'Snowflake',
  hosts: [{ host: '*.snowflakecomputing.com' }],
  aliases: ['snowflake'],
  sales: { kind: 'host', makers: [{ maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1' }] },
};
