import { defineLayer } from '../definition.ts';
import { attempt } from './attempt.ts';
import { attemptFields } from './options.ts';

export const attemptDefinition = defineLayer({
  name: 'attempt',
  stage: 'send',
  options: attemptFields,
  create: (options, { providerAt, prices }) => attempt({ ...options, providerAt, prices }),
});
