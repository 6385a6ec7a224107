import { defineLayer } from '../definition.ts';
import { observe } from './observe.ts';

export const observeDefinition = defineLayer({
  name: 'observe',
  stage: 'observe',
  options: {},
  create: (_, { onResult, telemetry }) => observe({ onResult, telemetry }),
});
