import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const databricks: Provider = {
  name: 'Databricks',
  hosts: [{ host: '*.azuredatabricks.net' }, { host: '*.databricks.com' }],
  aliases: ['databricks'],
  sales: {
    kind: 'host',
    billedAsText: IMAGES,
    makers: [
      // Its units convert to the maker's prices: 42.857 and 214.286 DBU of $0.07 per million tokens are $3 and $15.
      { maker: 'anthropic', pattern: /^databricks-(claude.+)$/, id: '$1', samePrice: '[S] Databricks price list' },
      {
        maker: 'openai',
        pattern: /^databricks-gpt-(\d)-(\d)(.*)$/,
        id: 'gpt-$1.$2$3',
        samePrice: '[S] Databricks price list',
      },
      {
        maker: 'openai',
        pattern: /^databricks-(gpt-\d(?!-\d|-oss).*)$/,
        id: '$1',
        samePrice: '[S] Databricks price list',
      },
      {
        maker: 'google',
        pattern: /^databricks-gemini-(\d)-(\d)(.*)$/,
        id: 'gemini-$1.$2$3',
        samePrice: '[S] Databricks price list',
      },
    ],
  },
};
