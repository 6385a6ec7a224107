import { defineLayer } from '../definition.ts';
import { account } from './account.ts';

export const accountDefinition = defineLayer({
  name: 'account',
  stage: 'send',
  options: {},
  create: (_, { prices }) => account({ prices }),
});
